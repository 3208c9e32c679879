/** A language process that follows a script: what the Lambda service is tested with, without running any code. */
import type { Cancel } from '../../sandbox/kernel/clock.ts';
import type { CreateProcess } from '../../sandbox/lambda/environment-process.ts';
import type {
  FunctionErrorPayload,
  InvocationRequest,
  ProcessConfiguration,
  ProcessEvents,
  ProcessExit,
  RuntimeProcess,
} from '../../sandbox/runtime/contract.ts';

/** What an init does after `ms`; it succeeds unless it says otherwise. `hang` never ends. */
export interface InitScript {
  readonly ms: number;
  readonly log?: string;
  readonly fail?: FunctionErrorPayload;
  readonly exit?: ProcessExit;
  readonly hang?: true;
}

/** What a handler does after `ms`: it returns `respond`, or fails, or ends the process, or never ends. */
export interface HandlerScript {
  readonly ms: number;
  readonly log?: string;
  readonly respond?: string;
  readonly fail?: { readonly payload: string; readonly errorType: string };
  readonly exit?: ProcessExit;
  readonly hang?: true;
  /** Time between the answer and the next poll. */
  readonly afterMs?: number;
  /** The process polls for the next event and then ends, before it can be frozen. */
  readonly exitAfterPoll?: ProcessExit;
}

export interface Script {
  /** `attempt` counts the processes of all environments, from 1. */
  readonly init?: (attempt: number) => InitScript;
  readonly handler?: (request: InvocationRequest, state: { readonly count: number }) => HandlerScript;
  readonly memoryMB?: number;
}

/** Everything that was asked of the processes, for tests that look behind the service. */
export interface ProcessRecord {
  readonly configuration: ProcessConfiguration;
  readonly requests: InvocationRequest[];
  frozen: boolean;
  killed: boolean;
}

export function scriptedProcesses(script: Script = {}): { create: CreateProcess; processes: ProcessRecord[] } {
  const processes: ProcessRecord[] = [];
  const create: CreateProcess = (configuration, { clock, events }) => {
    const record: ProcessRecord = { configuration, requests: [], frozen: false, killed: false };
    processes.push(record);
    const attempt = processes.length;
    const later = (ms: number, callback: () => void): Cancel => clock.schedule(clock.now + ms, callback);
    let cancel: Cancel = () => undefined;
    const process: RuntimeProcess = {
      maxMemoryUsedMB: script.memoryMB ?? 70,
      flush: () => undefined,
      start: () => {
        const init = script.init?.(attempt) ?? { ms: 130 };
        cancel = later(init.ms, () => endInit(init, events));
      },
      invoke: (request) => {
        if (record.frozen || record.killed) throw new Error('A frozen or ended process cannot be invoked.');
        record.requests.push(request);
        const step = script.handler?.(request, { count: record.requests.length }) ?? { ms: 10, respond: '"ok"' };
        cancel = later(step.ms, () => {
          if (step.log !== undefined) events.log({ message: step.log, level: 'INFO' });
          if (step.respond !== undefined) events.responded(step.respond);
          if (step.fail !== undefined) events.failed(step.fail.payload, step.fail.errorType);
          if (step.exit !== undefined) events.exited(step.exit);
          else if (step.hang === undefined) {
            cancel = later(step.afterMs ?? 0, () => {
              events.completed();
              if (step.exitAfterPoll !== undefined) events.exited(step.exitAfterPoll);
            });
          }
        });
      },
      freeze: () => (record.frozen = true),
      thaw: () => (record.frozen = false),
      stopAt: () => undefined,
      kill: () => {
        record.killed = true;
        cancel();
      },
    };
    return process;
  };
  return { create, processes };
}

function endInit(init: InitScript, events: ProcessEvents): void {
  if (init.log !== undefined) events.log({ message: init.log });
  if (init.hang === true) return;
  if (init.fail !== undefined) {
    events.initFailed(init.fail);
    events.exited({ kind: 'exit', code: 1 });
  } else if (init.exit !== undefined) {
    events.exited(init.exit);
  } else {
    events.initialized();
  }
}
