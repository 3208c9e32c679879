/** Labs for stories: in this thread, with real or scripted functions. */
import type { AccountLab } from '../../../sandbox/lab/account-lab.ts';
import { openLab, type OpenLabOptions } from '../../../sandbox/lab/open-lab.ts';
import type { LabAction, LabFunction, LabStart, LabUpdate } from '../../../sandbox/lab/lab.types.ts';
import type { TraceEvent } from '../../../sandbox/trace.ts';
import { scriptedProcesses } from '../scripted-process.ts';

export const start: LabStart = { seed: 7, startTime: '2026-01-05T09:00:00.000Z' };

/** Virtual ms at which labs of stories begin. */
export const nine = Date.parse(start.startTime);

/** A function with this code in `index.mjs`. */
export function functionOf(
  FunctionName: string,
  code = 'export const handler = async () => 1;',
  settings: Partial<LabFunction> & { readonly policy?: string } = {},
): LabFunction {
  const { policy, ...rest } = settings;
  return {
    FunctionName,
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    MemorySize: 128,
    Timeout: 3,
    Architectures: ['arm64'],
    Files: { 'index.mjs': code, ...(policy === undefined ? {} : { 'policy.json': policy }) },
    ...rest,
  };
}

export const deploy = (...values: Parameters<typeof functionOf>): LabAction => ({
  kind: 'deploy',
  function: functionOf(...values),
});
export const call = (service: string, operation: string, input: Record<string, unknown> = {}): LabAction => ({
  kind: 'call',
  call: { service, operation, input },
});
export const wait = (milliseconds: number): LabAction => ({ kind: 'wait', milliseconds });
export const invoke = (functionName: string, payload: unknown = {}): LabAction => ({
  kind: 'invoke',
  functionName,
  payload: JSON.stringify(payload),
});

/** All that a lab has told, as one. */
export class Story {
  readonly lab: AccountLab;
  readonly events: TraceEvent[] = [];
  /** What would have to be done again. */
  readonly done: LabAction[] = [];
  last: LabUpdate;

  constructor(lab: AccountLab, update: LabUpdate) {
    this.lab = lab;
    this.last = update;
    this.take(update);
  }

  take(update: LabUpdate): LabUpdate {
    this.last = update;
    this.events.push(...update.events);
    this.done.push(...update.done);
    return update;
  }

  async do(...actions: readonly LabAction[]): Promise<LabUpdate> {
    for (const action of actions) this.take(await this.lab.perform(action));
    return this.last;
  }

  types(): readonly string[] {
    return this.events.map(({ type }) => type);
  }

  count(type: TraceEvent['type']): number {
    return this.events.filter((event) => event.type === type).length;
  }

  /** Everything that can be seen of the account, as text. */
  async bytes(): Promise<string> {
    return JSON.stringify([this.events, this.last.now, this.last.bill, await this.lab.look({ about: 'account' })]);
  }
}

export async function openStory(
  actions: readonly LabAction[] = [],
  options: OpenLabOptions = {},
  from: LabStart = start,
): Promise<Story> {
  const { lab, update } = await openLab(from, actions, options);
  return new Story(lab, update);
}

/** The same with functions that run no code and answer `"ok"`. */
export const openScripted = (
  actions: readonly LabAction[] = [],
  options: OpenLabOptions = {},
  from: LabStart = start,
): Promise<Story> => openStory(actions, { createProcess: scriptedProcesses().create, ...options }, from);
