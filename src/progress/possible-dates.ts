/**
 * Facts from a clock that was ahead. A fact cannot have happened later than now: left alone, its date would let it win
 * over everything that is written until then. When it did happen is unknown, so a draft, setting or checklist item
 * counts as the oldest there is and replaces nothing; anything else, which replaces nothing anyway, counts as of now.
 */
import type { Entry } from './entry.ts';
import { slotOf } from './fact-set.ts';

/** Two clocks may differ by this much, in ms, without one of them being called wrong. */
const tolerance = 5 * 60 * 1000;

/** The date of a fact whose real one is unknown. */
export const unknownDate = 0;

/** The fact with a date that can be; itself when its own can. */
export function datePossibly<Fact extends Entry>(entry: Fact, now: number): Fact {
  if (entry.at <= now + tolerance) return entry;
  return { ...entry, at: slotOf(entry) === undefined ? now : unknownDate };
}
