/** Does what a check says on a session: sends, waits, follows up; and says in words what it did. */
import type { CheckStep } from '../../content/challenge-schema.ts';
import type { TraceEvent } from '../../sandbox/trace.ts';
import type { Session, SessionInvocation, SessionUpdate } from '../../sandbox/worker/session.types.ts';
import type { TestEvent } from '../components/runner/runner-data.ts';
import { formatDuration } from '../components/timeline/format-time.ts';
import { valueAt } from './observation.ts';
import { sayCount, sayList, sentence } from './words.ts';

/** What came of the steps of one check. */
export interface StepsDone {
  readonly trace: readonly TraceEvent[];
  /** Virtual ms since the epoch at the end. */
  readonly now: number;
  /** What was sent, by request id. */
  readonly events: ReadonlyMap<string, string>;
  /** What was done, as a sentence. */
  readonly did: string;
}

/** Virtual ms between requests that follow one another, so that the environment is frozen in between. */
const usualPause = 1000;

/** Does the steps in order. `stopped` is asked before each call. */
export async function doSteps(
  session: Session,
  steps: readonly CheckStep[],
  events: readonly TestEvent[],
  deployed: SessionUpdate,
  stopped: () => void,
): Promise<StepsDone> {
  const doing = new Doing(session, events, deployed, stopped);
  const did: string[] = [];
  for (const step of steps) did.push(await doing.step(step));
  return { trace: doing.trace, now: doing.now, events: doing.sent, did: `${sentence(did.join(', then '))}.` };
}

class Doing {
  readonly #session: Session;
  readonly #events: readonly TestEvent[];
  readonly #stopped: () => void;
  readonly trace: TraceEvent[];
  readonly sent = new Map<string, string>();
  now: number;
  #last: SessionInvocation | undefined;

  constructor(session: Session, events: readonly TestEvent[], deployed: SessionUpdate, stopped: () => void) {
    this.#session = session;
    this.#events = events;
    this.#stopped = stopped;
    this.trace = [...deployed.events];
    this.now = deployed.now;
  }

  async step(step: CheckStep): Promise<string> {
    if ('wait' in step) {
      await this.#wait(milliseconds(step.wait));
      return `waited ${formatDuration(milliseconds(step.wait))}`;
    }
    if ('outage' in step) {
      const { operation, times } = step.outage;
      await this.#run({ kind: 'outage', ...step.outage });
      return `had the next ${sayCount(times, 'call')} of \`${operation}\` fail`;
    }
    if ('call' in step) {
      await this.#run({ kind: 'call', call: step.call });
      return step.says;
    }
    return 'follow' in step ? this.#follow(step) : this.#invoke(step);
  }

  async #invoke({
    invoke,
    count = 1,
    times = 1,
    every,
    vary,
    asynchronous,
  }: Extract<CheckStep, { invoke: unknown }>): Promise<string> {
    const text = this.#events.find(({ name }) => name === invoke)?.text ?? '{}';
    const pause = every === undefined ? usualPause : milliseconds(every);
    for (let time = 0; time < times; time += 1) {
      // The next request comes a moment later, also after those of the step before.
      if (time > 0) await this.#wait(pause);
      else if (this.#last !== undefined) await this.#wait(usualPause);
      const payloads = Array.from({ length: count }, (_, index) => varied(text, vary, time * count + index));
      await this.#send(payloads, asynchronous);
    }
    const what = count > 1 ? `${count} requests with \`${invoke}\` at once` : `\`${invoke}\``;
    const apart = times > 1 ? ` ${times} times, ${formatDuration(pause)} apart` : '';
    const own = vary ? `, each with its own \`${vary}\`` : '';
    return `sent ${what}${apart}${own}${asynchronous ? ', asynchronously' : ''}`;
  }

  /** Sends what the last result left, until it leaves nothing. */
  async #follow({ follow, most }: Extract<CheckStep, { follow: unknown }>): Promise<string> {
    let sent = 0;
    let left = this.#left(follow);
    for (; left && sent < most; sent += 1) {
      await this.#wait(usualPause);
      await this.#send([left]);
      left = this.#left(follow);
    }
    const places = Object.values(follow).map((place) => `\`${place}\``);
    const more = sayCount(sent, 'more request');
    if (left) return `sent what was left in ${sayList(places)}: ${more}, and something is still left`;
    return `sent what was left in ${sayList(places)} until nothing was left: ${more}`;
  }

  /** The next event, when the last result left something. */
  #left(follow: Readonly<Record<string, string>>): string | undefined {
    const result = this.#last === undefined || this.#last.functionError ? undefined : parse(this.#last.payload);
    const fields = Object.entries(follow).map(([field, place]) => [field, valueAt(result, place)] as const);
    const isSomething = fields.some(([, value]) => Array.isArray(value) && value.length > 0);
    return isSomething ? JSON.stringify(Object.fromEntries(fields)) : undefined;
  }

  async #send(payloads: readonly string[], asynchronous?: true): Promise<void> {
    const queued = asynchronous ? { invocationType: 'Event' as const } : {};
    const update = await this.#run({ kind: 'invoke', payload: payloads, ...queued });
    for (const [index, { requestId }] of update.invocations.entries())
      this.sent.set(requestId, payloads[index] ?? '{}');
    this.#last = update.invocations.at(-1);
  }

  async #wait(duration: number): Promise<void> {
    await this.#run({ kind: 'wait', milliseconds: duration });
  }

  async #run(step: Parameters<Session['run']>[0]): Promise<SessionUpdate> {
    this.#stopped();
    const update = await this.#session.run(step);
    this.trace.push(...update.events);
    this.now = update.now;
    return update;
  }
}

/** The event with a number counted up: `vary: order` of the third request is the event's own `order` plus 2. */
function varied(text: string, field: string | undefined, by: number): string {
  if (field === undefined || by === 0) return text;
  const event = JSON.parse(text) as Record<string, unknown>;
  const value = event[field];
  return JSON.stringify({ ...event, [field]: typeof value === 'number' ? value + by : value });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `15m` in ms; the schema has checked its form. */
function milliseconds(duration: string): number {
  return Number.parseInt(duration, 10) * (units[duration.replace(/^\d+/, '')] ?? 1);
}
