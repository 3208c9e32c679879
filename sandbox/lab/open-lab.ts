/** Opens labs in this thread: for the worker, the build and tests. */
import { createAccount, type AccountOptions } from '../account.ts';
import { defaultFacts } from '../default-facts.ts';
import type { TraceListener } from '../trace-log.ts';
import { AccountLab, keptEvents } from './account-lab.ts';
import type { LabAction, LabControl, LabStart, LabUpdate } from './lab.types.ts';

export interface OpenLabOptions extends Pick<AccountOptions, 'engine' | 'loadEngine' | 'createProcess'> {
  readonly control?: LabControl;
  /** Told of every event, also of those that no update tells. */
  readonly onEvent?: TraceListener;
}

/** A new account on which the actions were done. Rejects with `EngineLoadError` when there is no engine. */
export async function openLab(
  { seed, startTime, concurrentExecutions }: LabStart,
  actions: readonly LabAction[],
  { control, onEvent, ...engine }: OpenLabOptions = {},
): Promise<{ readonly lab: AccountLab; readonly update: LabUpdate }> {
  const account = await createAccount({
    ...engine,
    seed,
    startTime,
    keepEvents: keptEvents,
    ...(concurrentExecutions === undefined ? {} : { concurrentExecutions }),
  });
  if (onEvent !== undefined) account.onEvent(onEvent);
  const lab = new AccountLab({ account, facts: defaultFacts, seed, ...(control === undefined ? {} : { control }) });
  const update = await lab.restore(actions);
  return { lab, update };
}
