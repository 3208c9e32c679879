/** What the page and the worker say to each other: calls with ids, and one reply for each. */
import type { FunctionDefinition, OpenSession, SessionStep, SessionUpdate } from './session.types.ts';

export type SessionOptions = NonNullable<Parameters<OpenSession>[0]>;

/** One call of a session; `open` makes the session that the others name. */
export type Request =
  | { readonly method: 'open'; readonly session: number; readonly options: SessionOptions }
  | { readonly method: 'deploy'; readonly session: number; readonly definition: FunctionDefinition }
  | { readonly method: 'run'; readonly session: number; readonly step: SessionStep }
  | { readonly method: 'setFreeTier'; readonly session: number; readonly enabled: boolean }
  | { readonly method: 'close'; readonly session: number };

/** Page to worker. */
export interface Call {
  readonly id: number;
  readonly request: Request;
}

/** An error as it crosses: the class is lost, its name is not. */
export interface CrossedError {
  readonly name: string;
  readonly message: string;
  /** HTTP status of a service error. */
  readonly code?: number;
  /** Why a request was throttled. */
  readonly reason?: string;
}

/** Worker to page. `update` is absent for `open` and `close`. */
export type Reply =
  | { readonly id: number; readonly ok: true; readonly update?: SessionUpdate }
  | { readonly id: number; readonly ok: false; readonly error: CrossedError };
