/** What an expectation comes to: whether it is met, what was expected, and what was seen. Types only. */
import type { Fact } from '../../sandbox/facts.ts';
import type { Expectation } from '../../content/challenge-schema.ts';
import type { Asked } from './ask.ts';
import type { Observation } from './observation.ts';

/** Sentences; code in them stands in backticks. */
export interface Finding {
  readonly met: boolean;
  readonly expected: string;
  readonly saw: string;
}

/** What judging needs besides the run. */
export interface JudgeContext {
  /** The facts that money is computed from: `billFacts`. */
  readonly prices: readonly Fact[];
  /** What the account answered to what the expectation asks, if it asks something. */
  readonly asked?: Asked | undefined;
}

/** The expectations that have the key `Kind`. */
export type ExpectationOf<Kind extends string> = Extract<Expectation, { readonly [key in Kind]: unknown }>;

/** One kind of expectation. */
export type Judge<Kind extends string> = (
  expectation: ExpectationOf<Kind>,
  observation: Observation,
  context: JudgeContext,
) => Finding;
