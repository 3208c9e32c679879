/**
 * How a question is written in quiz.yaml: what all types have in common, and what a type says about its own part.
 *
 * ```yaml
 * questions:
 *   - id: burst-of-six                    # its identity together with the lesson's; never changes
 *     type: single-choice                 # one of `questionTypes`
 *     topic: cold-start                   # one of the lesson's topics
 *     point: when it occurs               # the point of the topic that it asks, in the words of topics.yaml
 *     stem: '{= n} orders arrive at once. How many start cold?'   # inline text
 *     explanation: Each environment takes one request at a time.  # said after every answer
 *     # If wanted:
 *     alsoAsks: { warm-start: [idle recycling] }   # further points of the lesson that nobody can answer it without
 *     section: one-request-at-a-time      # another heading than the one the lesson says it teaches the point under
 *     draw: { n: { from: 3, to: 8 }, memory: [128, 256, 512] }    # a retry draws other numbers
 *     computed: { cost: "n * fact('price-requests') / 1000000" }  # in order; each may use the ones before
 *     run:                                # measured when the site is built: billed(1) and so on in all expressions
 *       function: checkout
 *       configuration: { MemorySize: 256 }
 *       edit: [{ file: template.yaml, text: 'RouteTableIds: []', with: 'RouteTableIds: [rtb-1]' }]
 *       steps: [{ invoke: order }, { wait: 30s }, { invoke: order, count: 5 }]
 * ```
 *
 * Inline text knows `code`, *emphasis*, {fact some-id.field} and {= expression}. Expressions know the drawn and computed
 * names, + - * / %, ceil, floor, round(x, decimals), fixed(x, decimals), min, max, dollars(x), fact('some-id.field'), and
 * with a run what `src/quiz/measurements.ts` measures.
 */
import type { z } from 'zod';
import type { Pieces, QuestionFields, RunSource } from './pieces.ts';
import type { OpenPart, OpenText, OpenValue, Question, RunData, Value } from './question.ts';

/** Where in the question something is wrong. */
export type Path = readonly (string | number)[];

/** What preparing a question may ask for. Paths are those of the question in quiz.yaml. */
export interface Preparation {
  /** Inline text. */
  readonly text: (source: string, path: Path) => OpenText;
  /** Text without styles, such as an accepted answer. */
  readonly plain: (source: string, path: Path) => OpenPart | string;
  /** A number or an expression; what is not drawn is computed at once. */
  readonly value: (source: number | string, path: Path) => OpenValue | Value;
  /** A run of one of the lesson's functions; nothing when that cannot be, which has been reported. */
  readonly run: (source: RunSource, path: Path) => Promise<RunData | undefined>;
  /** Something the schema could not see. */
  readonly report: (path: Path, reason: string, mend: string) => void;
}

/** How a type is written in quiz.yaml. `Authored` is its part of the entry, `Body` what pages get of it. */
export interface QuestionSource<Authored extends object = object, Body = unknown> {
  /** Its fields besides those of every question, or instead of one of them. */
  fields(pieces: Pieces): z.ZodRawShape;
  /** Its body as JSON with open texts and values; closing them makes a `Body`. */
  prepare(authored: Authored & QuestionFields, preparation: Preparation): unknown;
  /** What makes one drawing of it unanswerable; called for each. */
  check?(question: Question<Body>, report: Preparation['report']): void;
}
