/** Whether what a scenario promises is to be seen in a run, and what is seen instead. */
import type { ScenarioPromise } from '../../content/scenario-schema.ts';
import type { Lab } from '../../sandbox/lab/lab.types.ts';
import type { TraceEvent } from '../../sandbox/trace.ts';
import { readLogLines } from '../components/runner/trace-readers.ts';

/** A promise that is not kept: which one, and what was seen. */
export interface Broken {
  readonly index: number;
  readonly saw: string;
}

/** The promises that `events`, and the account as it stands in `lab`, do not keep; `earlier` is what was before those. */
export async function findBroken(
  promises: readonly ScenarioPromise[],
  events: readonly TraceEvent[],
  lab: Pick<Lab, 'look'>,
  earlier: readonly TraceEvent[] = [],
): Promise<readonly Broken[]> {
  const broken: Broken[] = [];
  for (const [index, promise] of promises.entries()) {
    const saw = await mistakeIn(promise, events, lab, earlier);
    if (saw !== undefined) broken.push({ index, saw });
  }
  return broken;
}

async function mistakeIn(
  promise: ScenarioPromise,
  events: readonly TraceEvent[],
  lab: Pick<Lab, 'look'>,
  earlier: readonly TraceEvent[],
): Promise<string | undefined> {
  if ('seen' in promise) {
    const fields = Object.entries(promise.where);
    const ofType = events.filter((event) => event.type === promise.seen);
    const count = ofType.filter((event) => fields.every(([key, value]) => Reflect.get(event, key) === value)).length;
    return isIn(count, promise.times)
      ? undefined
      : `${promise.seen} is seen ${count} times (${ofType.length} of any kind).`;
  }
  if ('log' in promise) {
    const of = new Map(
      [...earlier, ...events].flatMap((event) =>
        event.type === 'environmentCreated' ? [[event.environmentId, event.functionName] as const] : [],
      ),
    );
    const lines = readLogLines(events).filter(
      ({ environmentId }) => promise.function === undefined || of.get(environmentId) === promise.function,
    );
    const count = lines.filter(({ text }) => text.includes(promise.log)).length;
    return isIn(count, promise.times) ? undefined : `it is logged ${count} times.`;
  }
  if ('alarm' in promise) {
    const { alarms } = await lab.look({ about: 'account' });
    const found = alarms.find(({ name }) => name === promise.alarm);
    return found?.state === promise.state ? undefined : `the alarm is ${found?.state ?? 'not there'}.`;
  }
  const contents = await lab.look({ about: 'contents', ...promise.inside, most: 1000 });
  if (contents === undefined) return 'there is no such thing.';
  if (promise.count !== undefined && !isIn(contents.count, promise.count)) return `${contents.count} are in it.`;
  const text = promise.text;
  if (text === undefined || contents.items.some((item) => JSON.stringify(item).includes(text))) return undefined;
  return `the text is not in it: ${JSON.stringify(contents.items).slice(0, 300)}`;
}

function isIn(
  count: number,
  limits: number | { readonly least?: number | undefined; readonly most?: number | undefined },
): boolean {
  if (typeof limits === 'number') return count === limits;
  return count >= (limits.least ?? 0) && count <= (limits.most ?? Infinity);
}
