/** What a page has of a scenario. Types only; JSON, so that pages can carry and fetch it. */
import type { Fact } from '../../sandbox/facts.ts';
import type { LabAction, LabStart } from '../../sandbox/lab/lab.types.ts';
import type { TraceEvent } from '../../sandbox/trace.ts';
import type { SavedEvent } from './lab-document.ts';

/** One thing to try. */
export interface AttemptText {
  /** Inline text. */
  readonly says: string;
  /** What its button says; it has none without. */
  readonly label?: string;
  /** It goes on from the one above. */
  readonly afterPrevious: boolean;
}

/** What a page shows of a scenario before anybody runs it. */
export interface ScenarioCard {
  readonly id: string;
  readonly title: string;
  /** Inline text. */
  readonly summary: string;
  /** Inline text with the values of facts in it. */
  readonly text: string;
  readonly attempts: readonly AttemptText[];
}

/** A card with what its opening showed when the page was built. */
export interface RecordedScenario extends ScenarioCard {
  readonly trace: readonly TraceEvent[];
  /** Earlier events are not in the trace. */
  readonly isCut: boolean;
  readonly now: number;
  /** US dollars so far. */
  readonly total: number;
  readonly prices: readonly Fact[];
}

/** What it takes to run it: `lab/<id>.json`. */
export interface ScenarioScript {
  readonly id: string;
  readonly title: string;
  readonly start: LabStart;
  readonly actions: readonly LabAction[];
  readonly attempts: readonly (AttemptText & { readonly actions: readonly LabAction[] })[];
  readonly events: Readonly<Record<string, readonly SavedEvent[]>>;
  /** Inline text. */
  readonly text: string;
}
