/** How long calls of AWS APIs take on the wire: modelled, since AWS publishes no such numbers. */
import { FactError, factValue, type Facts } from '../../facts.ts';
import type { Random } from '../../kernel/random.ts';
import type { Result } from '../service.ts';
import type { ServiceCall } from './gateway.ts';

/** Median, and the ratio of the 90th percentile to it. */
export interface CallTime {
  readonly ms: number;
  readonly p90Ratio: number;
}

const bytesPerMB = 1024 * 1024;

/** The two ways of one call, in virtual ms. */
export interface Way {
  readonly thereMs: number;
  backMs(result: Result): number;
}

export class CallTimes {
  readonly #random: Random;
  readonly #services: Readonly<Record<string, CallTime | undefined>>;
  readonly #otherwise: CallTime;
  readonly #msPerMB: number;
  readonly #connectionMs: number;

  constructor(facts: Facts, random: Random) {
    this.#random = random;
    this.#services = factValue(facts, 'timing-api-calls') as Readonly<Record<string, CallTime>>;
    const { other } = this.#services;
    if (other === undefined) throw new FactError('The fact timing-api-calls needs a time for other services.');
    this.#otherwise = other;
    this.#msPerMB = (factValue(facts, 'timing-api-transfer') as { msPerMB: number }).msPerMB;
    this.#connectionMs = (factValue(facts, 'timing-api-connection') as { ms: number }).ms;
  }

  /** Half of the time passes before the service acts, half after it. */
  draw({ service, input, newConnection }: ServiceCall): Way {
    const { ms, p90Ratio } = this.#services[service] ?? this.#otherwise;
    const half = this.#random.lognormalFromQuantiles(ms, p90Ratio) / 2;
    const transfer = (bytes: number): number => (bytes / bytesPerMB) * this.#msPerMB;
    return {
      thereMs: half + transfer(sizeOf(input)) + (newConnection === true ? this.#connectionMs : 0),
      backMs: (result) => half + (result.ok ? transfer(sizeOf(result.output)) : 0),
    };
  }
}

/** Bytes of the texts and byte arrays in a value, roughly. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (value instanceof Uint8Array) return value.length;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + sizeOf(item), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, item) => sum + sizeOf(item), 0);
}
