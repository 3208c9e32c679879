/** What the page and the worker say to each other: calls with ids, and one reply for each. */
import type { LabAction, LabProgress, LabQuestion, LabStart } from '../lab/lab.types.ts';
import type { FunctionDefinition, OpenSession, SessionStep } from './session.types.ts';

export type SessionOptions = NonNullable<Parameters<OpenSession>[0]>;

/** One call of a session; `open` makes the session that the others name. */
export type SessionRequest =
  | { readonly method: 'open'; readonly session: number; readonly options: SessionOptions }
  | { readonly method: 'deploy'; readonly session: number; readonly definition: FunctionDefinition }
  | { readonly method: 'run'; readonly session: number; readonly step: SessionStep }
  | { readonly method: 'setFreeTier'; readonly session: number; readonly enabled: boolean }
  | { readonly method: 'close'; readonly session: number };

/** One call of a lab; `open-lab` makes the lab that the others name, and restores its state. */
export type LabRequest =
  | {
      readonly method: 'open-lab';
      readonly lab: number;
      readonly start: LabStart;
      readonly actions: readonly LabAction[];
    }
  | { readonly method: 'perform'; readonly lab: number; readonly action: LabAction }
  | { readonly method: 'step'; readonly lab: number }
  | { readonly method: 'lab-free-tier'; readonly lab: number; readonly enabled: boolean }
  | { readonly method: 'look'; readonly lab: number; readonly question: LabQuestion }
  /** Is not answered in its turn but at once. */
  | { readonly method: 'cancel'; readonly lab: number }
  | { readonly method: 'close-lab'; readonly lab: number };

export type Request = SessionRequest | LabRequest;

/** Page to worker. */
export interface Call<Asked extends Request = Request> {
  readonly id: number;
  readonly request: Asked;
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

/** Worker to page. `update` is what the method returns, if anything. `progress` may come before it, and is a sign of life. */
export type Reply =
  | { readonly id: number; readonly ok: true; readonly update?: unknown }
  | { readonly id: number; readonly progress: LabProgress }
  | { readonly id: number; readonly ok: false; readonly error: CrossedError };
