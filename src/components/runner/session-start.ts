/** Opens a sandbox session ahead of its use: when a button goes down, not yet when it comes up. */
import { openSession } from '../../../sandbox/worker/client.ts';
import type { Session } from '../../../sandbox/worker/session.types.ts';

let started: Promise<Session> | undefined;

/** Begins to load the sandbox. A failure is reported by `takeSession`. */
export function startSession(): void {
  if (started) return;
  started = openSession();
  started.catch(() => undefined);
}

/** The session that was started, or a new one; each is given away once. */
export function takeSession(): Promise<Session> {
  const session = started ?? openSession();
  started = undefined;
  return session;
}
