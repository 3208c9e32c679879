/** What one challenge is made of when its page is built. JSON, so that the page can carry it. Types only. */
import type { Check } from '../../../content/challenge-schema.ts';
import type { RunnerData } from '../runner/runner-data.ts';

/** A right solution: what a learner could have typed. */
export interface Solution {
  /** Source text by path, given files left out. */
  readonly files: Readonly<Record<string, string>>;
  /** The configuration that the learner may change, as it is shown: `Memory` → `256 MB`. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface ChallengeData {
  readonly id: string;
  /** What is asked: a pass is recorded with it. */
  readonly hash: string;
  readonly runner: RunnerData;
  readonly checks: readonly Check[];
  /** Text with code in backticks. */
  readonly hints: readonly string[];
  /** The first is the one that is shown first. */
  readonly solutions: readonly Solution[];
}
