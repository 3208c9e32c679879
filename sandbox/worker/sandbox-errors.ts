/** What can go wrong between the page and the sandbox. */
import type { CrossedError } from './protocol.ts';

/** An error that the sandbox answered with: the Lambda API's refusal, by its name, or a defect of the simulator. */
export class SandboxError extends Error {
  /** HTTP status of a service error. */
  readonly code?: number;
  /** Why a request was throttled. */
  readonly reason?: string;

  constructor({ name, message, code, reason }: CrossedError) {
    super(message);
    this.name = name;
    if (code !== undefined) this.code = code;
    if (reason !== undefined) this.reason = reason;
  }
}

/** The sandbox could not be started: its script or engine did not load. Trying again may help. */
export class SandboxUnavailableError extends Error {
  override readonly name = 'SandboxUnavailableError';
}

/** The page ended the sandbox; every account in it is lost. */
export class SandboxStoppedError extends Error {
  override readonly name = 'SandboxStoppedError';

  constructor() {
    super('The run was stopped.');
  }
}

/** The sandbox did not answer in real time and was ended; every account in it is lost. */
export class SandboxStuckError extends Error {
  override readonly name = 'SandboxStuckError';

  constructor(patience: number) {
    super(
      `The sandbox did not answer for ${patience / 1000} seconds and was ended. Its environments, logs and bill are ` +
        'lost; your code is not. The next run starts with a new account.',
    );
  }
}
