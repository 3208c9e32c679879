/** What can go wrong in a runner, as a message that says what happened and what to do. */

export interface Problem {
  /** `unavailable` can be tried again; `event` is mended in the test event. */
  readonly kind: 'event' | 'stopped' | 'unavailable' | 'refused';
  readonly text: string;
}

const messages: Record<string, (message: string) => Problem> = {
  SandboxUnavailableError: (message) => ({
    kind: 'unavailable',
    text: `The sandbox could not be loaded (${message}). Nothing you typed is lost; try again.`,
  }),
  SandboxStuckError: (message) => ({ kind: 'stopped', text: message }),
  UnknownAddressError: (message) => ({ kind: 'refused', text: message }),
  UnknownReferenceError: (message) => ({ kind: 'refused', text: message }),
  MalformedLinkError: (message) => ({ kind: 'refused', text: message }),
};

/** Any error as a message for the learner. */
export function describeProblem(error: unknown): Problem {
  const name = error instanceof Error ? error.name : 'Error';
  const message = error instanceof Error ? error.message : String(error);
  return messages[name]?.(message) ?? { kind: 'refused', text: name === 'Error' ? message : `${name}: ${message}` };
}
