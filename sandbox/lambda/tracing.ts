/**
 * X-Ray tracing of invocations: which requests are recorded, and what a recorded one is called. Source: Lambda guide and
 * API reference (TracingConfig), X-Ray guide (sampling, tracing header).
 */
import { factNumber, type Facts } from '../facts.ts';
import { newSegmentId } from '../kernel/ids.ts';
import type { Random } from '../kernel/random.ts';
import type { FunctionConfiguration } from './api.types.ts';
import type { Surroundings } from './surroundings.ts';

/** Whether a function with that role reaches X-Ray. Without surroundings there are no roles to ask. */
export const mayTrace = (roleArn: string, surroundings: Surroundings | undefined): boolean =>
  surroundings?.allows(roleArn, 'xray:PutTraceSegments', '*') ?? true;

/** The recorded trace of one invocation. */
export interface TracedInvocation {
  /** `Root=…;Parent=…;Sampled=1` as the function saw it. */
  readonly header: string;
  /** 16 hexadecimal digits: the segment of the function, whose id is the header's Parent. */
  readonly segmentId: string;
}

/** X-Ray's default rule: the first request of each second, and a share of the others. */
export class Sampler {
  readonly #random: Random;
  readonly #perSecond: number;
  readonly #share: number;
  /** What was taken in the present second, by name. */
  readonly #taken = new Map<string, { second: number; count: number }>();

  constructor(facts: Facts, random: Random) {
    this.#random = random;
    this.#perSecond = factNumber(facts, 'xray-sampling', 'requestsPerSecond');
    this.#share = factNumber(facts, 'xray-sampling', 'percentOfOthers') / 100;
  }

  /** Whether the next request of what has that name is recorded. `now` in virtual ms. */
  takes(name: string, now: number): boolean {
    const second = Math.floor(now / 1000);
    const taken = this.#taken.get(name);
    if (taken?.second !== second) {
      this.#taken.set(name, { second, count: 1 });
      return this.#perSecond > 0;
    }
    taken.count += 1;
    return taken.count <= this.#perSecond || this.#random.uniform() < this.#share;
  }
}

/**
 * The header with the decision in it. Who called may have decided already, and is respected; otherwise only active
 * tracing asks `sampler`.
 */
export function withDecision(
  header: string,
  decided: 'sampled' | 'not-sampled' | undefined,
  { TracingConfig: tracing, FunctionName: name }: FunctionConfiguration,
  sampler: Sampler,
  now: number,
): string {
  const isActive = tracing.Mode === 'Active';
  const isSampled = decided === undefined ? isActive && sampler.takes(name, now) : decided === 'sampled';
  return header.replace(/Sampled=[01]/, `Sampled=${isSampled ? 1 : 0}`);
}

export const isSampled = (header: string): boolean => header.includes('Sampled=1');

/** One environment's traces. */
export class Tracing {
  readonly #segmentIds: Random;
  #current: TracedInvocation | undefined;

  constructor(random: Random) {
    this.#segmentIds = random.stream('segment ids');
  }

  /** The header that the function gets; of a recorded request it names the function's own segment as the parent. */
  header(arrived: string): string {
    if (!isSampled(arrived)) return arrived;
    const segmentId = newSegmentId(this.#segmentIds);
    const header = arrived.replace(/Parent=[0-9a-f]+/, `Parent=${segmentId}`);
    this.#current = { header, segmentId };
    return header;
  }

  /** What REPORT says of an invocation's trace; undefined when it is not recorded. Once for each invocation. */
  ofInvocation(arrived: string): TracedInvocation | undefined {
    // An init that failed leaves the function without a request: it has a segment all the same.
    if (this.#current === undefined) this.header(arrived);
    const traced = this.#current;
    this.#current = undefined;
    return traced;
  }
}
