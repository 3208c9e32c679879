/** What one runner is made of when the page is built, and what the learner can change in it. Types only. */
import type { ChallengeSetting } from '../../../content/challenge-schema.ts';
import type { Fact } from '../../../sandbox/facts.ts';
import type { TraceEvent } from '../../../sandbox/trace.ts';
import type { FunctionDefinition } from '../../../sandbox/worker/session.types.ts';

/** A named test event of the function folder: its JSON text. */
export interface TestEvent {
  readonly name: string;
  readonly text: string;
}

/** Least, most and default of a number that the learner may set. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** What AWS allows, taken from facts. */
export interface RunnerLimits {
  /** MB */
  readonly memory: Range;
  /** Seconds. */
  readonly timeout: Range;
}

/** One environment variable as it is typed. */
export interface Variable {
  readonly name: string;
  readonly value: string;
}

/** Everything the learner can type: it is kept as a draft, shared as a link, and deployed. */
export interface RunnerInput {
  /** Source text by path. */
  readonly files: Readonly<Record<string, string>>;
  /** JSON text of the test event, as typed. */
  readonly event: string;
  /** MB */
  readonly memory: number;
  /** Seconds. */
  readonly timeout: number;
  readonly architecture: 'x86_64' | 'arm64';
  readonly variables: readonly Variable[];
  readonly freeTier: boolean;
}

/** A run as a page has it: recorded when it was built, or of a check. */
export interface RecordedRun {
  readonly trace: readonly TraceEvent[];
  /** Virtual ms since the epoch at its end. */
  readonly now: number;
  /** The test event of its last invocation, by name; absent when there is only one to choose, or none was sent. */
  readonly event?: string;
}

/** The props of a runner; JSON, so that the page can carry them. */
export interface RunnerData {
  /** Where drafts are kept: the lesson's id and the function's folder, `cold-starts/checkout`. */
  readonly key: string;
  /** Changes with the lesson's code, event and configuration. */
  readonly version: string;
  readonly definition: FunctionDefinition;
  readonly events: readonly TestEvent[];
  readonly limits: RunnerLimits;
  /** The facts that the sandbox's readers need to turn usage into money. */
  readonly prices: readonly Fact[];
  readonly recorded: RecordedRun;
  /** Code, buttons, lanes and money only. */
  readonly compact: boolean;
  /** What is settled when the function is a challenge's. */
  readonly task?: RunnerTask;
}

/** What a learner may change of a challenge's function. */
export interface RunnerTask {
  /** Files that are shown and cannot be changed. */
  readonly given: readonly string[];
  /** The configuration that can be changed. */
  readonly settings: readonly ChallengeSetting[];
}

/** One file with its highlighted code as HTML. */
export interface HighlightedFile {
  readonly path: string;
  readonly html: string;
}
