/** A worker in the same thread: its host answers through copies, as real messages would. */
import { createAccount } from '../../../sandbox/account.ts';
import { defaultFacts } from '../../../sandbox/default-facts.ts';
import { serveSessions, type Port } from '../../../sandbox/worker/serve-sessions.ts';
import { sessionOf } from '../../../sandbox/worker/session.ts';
import type { WorkerLike } from '../../../sandbox/worker/worker-link.ts';
import { scriptedProcesses, type Script } from '../scripted-process.ts';

type Listener = (event: { readonly data: unknown; readonly message?: string }) => void;

export interface FakeWorker extends WorkerLike {
  readonly isTerminated: boolean;
  /** From now on it receives and never answers, as one in an endless loop would. */
  stall(): void;
  fail(message: string): void;
}

/** A worker that serves scripted functions, or refuses to open sessions with `loadError`. */
export function fakeWorker(script: Script = {}, loadError?: Error): FakeWorker {
  const toPage: Listener[] = [];
  const toHost: Listener[] = [];
  const onError: Listener[] = [];
  let isTerminated = false;
  let isStalled = false;
  const port: Port = {
    postMessage: (reply) => {
      const data = structuredClone(reply);
      queueMicrotask(() => {
        if (!isTerminated && !isStalled) toPage.forEach((listener) => listener({ data }));
      });
    },
    addEventListener: (_type, listener) => void toHost.push(listener),
  };
  serveSessions(port, async (options) => {
    if (loadError !== undefined) throw loadError;
    const account = await createAccount({ ...options, createProcess: scriptedProcesses(script).create });
    return sessionOf(account, defaultFacts);
  });
  return {
    get isTerminated() {
      return isTerminated;
    },
    postMessage: (call) => {
      const data: unknown = structuredClone(call);
      queueMicrotask(() => {
        if (!isTerminated && !isStalled) toHost.forEach((listener) => listener({ data }));
      });
    },
    terminate: () => (isTerminated = true),
    addEventListener: (type: string, listener: Listener) => void (type === 'message' ? toPage : onError).push(listener),
    stall: () => (isStalled = true),
    fail: (message) => onError.forEach((listener) => listener({ data: undefined, message })),
  };
}
