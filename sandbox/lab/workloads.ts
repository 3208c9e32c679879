/** Workloads: requests that are sent one after the other while virtual time passes. */
import type { Clock } from '../kernel/clock.ts';
import { Random } from '../kernel/random.ts';
import type { ApiCall, SessionRequest } from '../worker/session.types.ts';
import type { Workload, WorkloadProgress } from './lab.types.ts';

/** How a workload's requests leave: `refused` is called when the API does not take one. */
export interface WorkloadDoor {
  invoke(target: string, payload: string, asynchronous: boolean, refused: (error: Error) => void): void;
  call(call: ApiCall, refused: (error: Error) => void): void;
  request(request: SessionRequest, refused: (error: Error) => void): void;
}

interface Running {
  readonly workload: Workload;
  readonly startedAt: number;
  readonly random: Random;
  sent: number;
  refused: number;
  error: string | undefined;
  cancel: () => void;
  ended: boolean;
}

export class Workloads {
  readonly #clock: Clock;
  readonly #seed: number;
  readonly #door: WorkloadDoor;
  readonly #running = new Map<string, Running>();
  #started = 0;

  constructor(clock: Clock, seed: number, door: WorkloadDoor) {
    this.#clock = clock;
    this.#seed = seed;
    this.#door = door;
  }

  /** The first request is sent in its share of the time from now on. One of the same name that still runs is ended. */
  start(workload: Workload): void {
    this.stop(workload.name);
    this.#started += 1;
    const running: Running = {
      workload,
      startedAt: this.#clock.now,
      random: new Random(this.#seed, `workload ${this.#started}`),
      sent: 0,
      refused: 0,
      error: undefined,
      cancel: () => undefined,
      ended: false,
    };
    this.#running.set(workload.name, running);
    this.#plan(running);
  }

  /** False when none of that name is running. */
  stop(name: string): boolean {
    const running = this.#running.get(name);
    if (running === undefined || running.ended) return false;
    running.cancel();
    running.ended = true;
    return true;
  }

  /** All that are running, and those that have ended since this was asked last. */
  takeProgress(): readonly WorkloadProgress[] {
    const progress = [...this.#running.values()].map(({ workload: { name, count }, sent, refused, error }) => ({
      name,
      count,
      sent,
      refused,
      ...(error === undefined ? {} : { error }),
    }));
    for (const [name, { ended }] of this.#running) if (ended) this.#running.delete(name);
    return progress;
  }

  /** One event at a time: a hundred thousand would make every other event slow. */
  #plan(running: Running): void {
    const { workload, startedAt, sent, random } = running;
    if (sent >= workload.count) {
      running.ended = true;
      return;
    }
    const share = workload.milliseconds / workload.count;
    const within = workload.arrivals === 'random' ? random.uniform() : 0;
    running.cancel = this.#clock.schedule(startedAt + (sent + within) * share, () => {
      running.sent += 1;
      this.#send(running);
      this.#plan(running);
    });
  }

  #send(running: Running): void {
    const { target } = running.workload;
    const refused = (error: Error): void => {
      running.refused += 1;
      running.error ??= `${error.name}: ${error.message}`;
    };
    const number = String(running.sent);
    if ('request' in target) {
      this.#door.request(numbered(target.request, number) as SessionRequest, refused);
    } else if ('call' in target) {
      this.#door.call({ ...target.call, input: numbered(target.call.input, number) as ApiCall['input'] }, refused);
    } else {
      const payload = target.payload.replaceAll('{n}', number);
      this.#door.invoke(target.invoke, payload, target.invocationType === 'Event', refused);
    }
  }
}

/** The same with `{n}` in its texts replaced. */
function numbered(value: unknown, number: string): unknown {
  if (typeof value === 'string') return value.replaceAll('{n}', number);
  if (Array.isArray(value)) return value.map((item) => numbered(item, number));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, numbered(item, number)]));
}
