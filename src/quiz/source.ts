/**
 * How a question is written in quiz.yaml: what all types have in common, and what a type says about its own part.
 * Schemas are made on demand, so that pages, which only grade, carry none of them.
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
 *     section: one-request-at-a-time      # another heading than the one the lesson says it teaches the point under
 *     draw: { n: { from: 3, to: 8 }, memory: [128, 256, 512] }    # a retry draws other numbers
 *     computed: { cost: "n * fact('price-requests') / 1000000" }  # in order; each may use the ones before
 *     run:                                # measured when the site is built: billed(1) and so on in all expressions
 *       function: checkout
 *       configuration: { MemorySize: 256 }
 *       steps: [{ invoke: order }, { wait: 30s }, { invoke: order, count: 5 }]
 * ```
 *
 * Inline text knows `code`, *emphasis*, {fact some-id.field} and {= expression}. Expressions know the drawn and computed
 * names, + - * / %, ceil, floor, round(x, decimals), fixed(x, decimals), min, max, dollars(x), fact('some-id.field'), and
 * with a run what `src/quiz/measurements.ts` measures.
 */
import { z } from 'zod';
import { functionSchema, sentence, slug } from '../../content/schema.ts';
import type { OpenPart, OpenText, OpenValue, Question, RunData, Value } from './question.ts';

/** A drawn or computed number's name. */
const name = () => z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'must be a name like n or perRequest');

/** A number, or an expression that gives one. */
export const amount = () => z.union([z.number(), sentence], 'must be a number or an expression');

/** One step of a run; counts and waits may be drawn: `{ invoke: order, count: n }`, `{ wait: gap * 60, unit: s }`. */
const runStep = () =>
  z.union(
    [
      z.strictObject({ invoke: slug, count: amount().default(1) }),
      z.strictObject({ wait: z.string().regex(/^\d+(ms|s|m|h)$/) }),
      z.strictObject({ wait: amount(), unit: z.enum(['ms', 's', 'm', 'h']) }),
    ],
    'must be a step like `invoke: order`, `wait: 15m`, or `wait: gap` with `unit: m`',
  );

/** What a run may set instead of the function's own configuration. Nothing by default. */
const configuration = () => {
  const { MemorySize, Timeout, Runtime, Handler, Architectures, ...rest } = functionSchema.omit({
    recorded: true,
  }).shape;
  const own = { MemorySize, Timeout, Runtime, Handler, Architectures };
  const optional = Object.entries(own).map(([name, schema]) => [name, schema.unwrap().optional()] as const);
  return z.strictObject({
    ...rest,
    ...(Object.fromEntries(optional) as {
      [K in keyof typeof own]: z.ZodOptional<ReturnType<(typeof own)[K]['unwrap']>>;
    }),
  });
};

/** A run of a function that stands in the lesson's folder. */
export const runSource = () =>
  z.strictObject({
    function: slug,
    /** Instead of what its function.yaml says. */
    configuration: configuration().optional(),
    steps: z.array(runStep()).min(1, 'must have at least one step'),
    /** What to look at in it: inline text. */
    look: sentence.optional(),
  });
export type RunSource = z.output<ReturnType<typeof runSource>>;

/** What every question has. */
export const questionFields = () => ({
  id: slug,
  topic: slug,
  point: sentence,
  section: slug.optional(),
  stem: sentence,
  /** Why the answer is what it is: inline text. */
  explanation: sentence,
  draw: z
    .record(
      name(),
      z.union(
        [
          z.strictObject({ from: z.number(), to: z.number(), step: z.number().positive().default(1) }),
          z.array(z.number()).min(2),
        ],
        'must be a range like { from: 2, to: 9 } or a list of numbers',
      ),
    )
    .default({}),
  computed: z.record(name(), sentence).default({}),
  run: runSource().optional(),
});
export type QuestionFields = Omit<z.output<z.ZodObject<ReturnType<typeof questionFields>>>, 'explanation'> & {
  /** Types whose replies say it may go without. */
  readonly explanation?: string | undefined;
};

/** A wrong answer that the author foresaw, with what to tell whoever gives it. */
export const foreseenAnswer = () => z.strictObject({ answer: amount(), reply: sentence });

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
  fields(): z.ZodRawShape;
  /** Its body as JSON with open texts and values; closing them makes a `Body`. */
  prepare(authored: Authored & QuestionFields, preparation: Preparation): unknown;
  /** What makes one drawing of it unanswerable; called for each. */
  check?(question: Question<Body>, report: Preparation['report']): void;
}
