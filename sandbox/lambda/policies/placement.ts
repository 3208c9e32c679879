/** How long it takes until a new environment can begin its init: placing it, fetching the code. Not billed. */
import { factNumber, type Facts } from '../../facts.ts';
import { roundToMicroseconds } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/random.ts';

/** Modelled: AWS publishes no distribution. */
export interface PlacementTimes {
  readonly placeMs: number;
  readonly placeVariation: number;
  readonly fetchBaseMs: number;
  readonly fetchPerMB: number;
}

export function readPlacementTimes(facts: Facts): PlacementTimes {
  return {
    placeMs: factNumber(facts, 'timing-place', 'ms'),
    placeVariation: factNumber(facts, 'timing-place', 'cv'),
    fetchBaseMs: factNumber(facts, 'timing-fetch-zip', 'baseMs'),
    fetchPerMB: factNumber(facts, 'timing-fetch-zip', 'perMB'),
  };
}

/** One draw, in ms. */
export function createDurationMs(times: PlacementTimes, codeBytes: number, random: Random): number {
  const place = random.lognormal(times.placeMs, times.placeVariation);
  const fetch = times.fetchBaseMs + (times.fetchPerMB * codeBytes) / (1024 * 1024);
  return roundToMicroseconds(place + fetch);
}
