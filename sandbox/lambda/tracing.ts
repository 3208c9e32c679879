/** Active tracing: what X-Ray is told of an invocation. Source: Lambda guide, X-Ray; X-Ray guide, tracing header. */
import type { Random } from '../kernel/random.ts';
import { newSegmentId } from '../kernel/ids.ts';
import type { FunctionConfiguration } from './api.types.ts';

/** The recorded trace of one invocation. */
export interface TracedInvocation {
  /** `Root=…;Parent=…;Sampled=1` as the function saw it. */
  readonly header: string;
  /** 16 hexadecimal digits. */
  readonly segmentId: string;
}

/** One environment's traces. */
export class Tracing {
  readonly #isActive: boolean;
  readonly #segmentIds: Random;

  constructor({ TracingConfig: tracing }: FunctionConfiguration, random: Random) {
    this.#isActive = tracing.Mode === 'Active';
    this.#segmentIds = random.stream('segment ids');
  }

  /** The header that the function gets: active tracing records every request. */
  header(arrived: string): string {
    return this.#isActive ? arrived.replace('Sampled=0', 'Sampled=1') : arrived;
  }

  /** What REPORT says of an invocation's trace; undefined without active tracing. Once for each invocation. */
  ofInvocation(arrived: string): TracedInvocation | undefined {
    if (!this.#isActive) return undefined;
    return { header: this.header(arrived), segmentId: newSegmentId(this.#segmentIds) };
  }
}
