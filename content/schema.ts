/**
 * What each content file may hold. One small schema per kind of file; every property says what it is for. Of `quiz.yaml`
 * only the smallest pieces are here: what a question holds is known to its type, in `src/quiz/`.
 * A value that does not fit is turned into file, line, reason and mend by `describeMistakes` in `content/mistakes.ts`.
 */
import { z } from 'zod';

/** Lower-case words joined by hyphens: `cold-and-warm-starts`. */
export const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens, like cold-starts');

/** A day written `2026-11-21`; YAML readers that turn it into a Date are accepted too. */
export const day = z.preprocess(
  (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value),
  z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day like 2026-11-21'),
);

export const sentence = z.string().trim().min(1, 'must not be empty');

/** A page that backs a lesson: AWS's own where there is one. */
export const sourceSchema = z.strictObject({
  /** The page's title as its owner writes it. */
  title: sentence,
  url: z.url({ protocol: /^https$/, error: 'must be an https address' }),
  /** Day on which somebody last read it against the text; null when nobody has yet. */
  checked: day.nullable(),
});

/** Frontmatter of `content/lessons/NN-unit/NN-lesson/index.mdx`. Unit and order come from the folder names. */
export const lessonSchema = z.strictObject({
  /** The lesson's identity: its address and the key of a learner's progress. Never changes, even when the folder moves. */
  id: slug,
  /** The one point of the lesson as a sentence; the page's heading. */
  title: sentence,
  /** A few words for lists and navigation. */
  label: sentence,
  /** The question somebody really has that this lesson answers. */
  question: sentence,
  /** Reading and running time. */
  minutes: z.int().min(3).max(30),
  /** One or two sentences for lists and search engines. */
  summary: sentence,
  /**
   * What it teaches, in the words of `content/topics.yaml`: by topic, each point with the id of the heading under which
   * it is taught (`one-file-run-in-two-parts`).
   */
  topics: z
    .record(slug, z.record(sentence, slug))
    .refine((topics) => Object.keys(topics).length > 0, 'must name at least one topic'),
  /** Pages that back the lesson, listed under Sources. */
  sources: z.array(sourceSchema).default([]),
  /** A draft is left out of the built site. */
  draft: z.boolean().default(false),
});

/** `content/lessons/NN-unit/unit.yaml`. */
export const unitSchema = z.strictObject({
  title: sentence,
  /** What a learner can do after it, each as a sentence. */
  outcomes: z.array(sentence).min(1, 'must name at least one outcome'),
});

/** One entry of a file in `content/facts/`. */
export const factSchema = z.strictObject({
  /** What lessons, quizzes and the sandbox call it. Unique in the course. */
  id: slug,
  topic: slug,
  /** One sentence in our own words. */
  statement: sentence,
  /** A number, text, list or record; null when the statement is all there is. */
  value: z.json(),
  /** What the numbers count, `null` for a bare number or text. */
  unit: sentence.nullable(),
  /** Where AWS says so; for modelled values, what the model rests on. */
  source: sentence,
  /** Day of the last check against the source; null when it was written from memory and nobody has looked yet. */
  checked: day.nullable(),
  /** True when AWS publishes no number and the value is this simulator's model. */
  modelled: z.boolean().optional(),
  note: sentence.optional(),
});

/** A file in `content/facts/`: a list of facts. */
export const factFileSchema = z.array(factSchema);

/** An HTTP request to a function URL, an API or a load balancer of the account. */
export const requestSchema = z.strictObject({
  method: z
    .string()
    .regex(/^[A-Z]+$/, 'must be a method like GET')
    .optional(),
  /** `{url.FunctionUrl}orders`, where a call of `account` is kept as `url`. */
  url: sentence,
  headers: z.record(z.string(), z.string()).optional(),
  body: z.string().optional(),
  /** Signed by the account's owner, for what asks for IAM authorisation. */
  signed: z.boolean().optional(),
});

/** One thing a run does. `wait` is a duration like `15m`, `2h`, `500ms`; `invoke` names a file in `events/`. */
export const stepSchema = z.union(
  [
    z.strictObject({ invoke: slug, count: z.int().min(1).max(100).optional() }),
    z.strictObject({ wait: z.string().regex(/^\d+(ms|s|m|h)$/, 'must be a duration like 500ms, 30s, 15m or 2h') }),
    z.strictObject({ request: requestSchema, count: z.int().min(1).max(100).optional() }),
  ],
  'must be a step like `invoke: order`, `wait: 15m` or `request: { url: … }`',
);

/** A call of an AWS API, as the account's owner makes it. */
export const apiCallSchema = z.strictObject({
  /** As SDK packages name it: `dynamodb` of `@aws-sdk/client-dynamodb`. */
  service: slug,
  operation: z.string().regex(/^[A-Z]\w+$/, 'must be the name of an operation like PutItem'),
  /** As the AWS SDK takes it. `{api.ApiId}` in a text stands for what the call kept as `api` answered. */
  input: z.record(z.string(), z.json()).default({}),
  /** A name for its answer, for later calls and requests. */
  as: z
    .string()
    .regex(/^[a-z][a-zA-Z0-9]*$/, 'must be a short name like api')
    .optional(),
});

/** `function.yaml` beside a lesson's function: its configuration, in the names of Lambda's CreateFunction. */
export const functionSchema = z.strictObject({
  Runtime: z.enum(['nodejs20.x', 'nodejs22.x', 'nodejs24.x']).default('nodejs24.x'),
  Handler: sentence.default('index.handler'),
  MemorySize: z.int().default(128),
  /** Seconds. */
  Timeout: z.int().default(3),
  Architectures: z
    .array(z.enum(['x86_64', 'arm64']))
    .length(1)
    .default(['arm64']),
  EphemeralStorage: z.strictObject({ Size: z.int() }).optional(),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.string()) }).optional(),
  LoggingConfig: z
    .strictObject({
      LogFormat: z.enum(['Text', 'JSON']).optional(),
      ApplicationLogLevel: z.string().optional(),
      SystemLogLevel: z.string().optional(),
    })
    .optional(),
  TracingConfig: z.strictObject({ Mode: z.enum(['Active', 'PassThrough']) }).optional(),
  /** Ids may be answers of the account's calls: `'{private.Subnet.SubnetId}'`. The role's policy must allow the interfaces. */
  VpcConfig: z.strictObject({ SubnetIds: z.array(sentence), SecurityGroupIds: z.array(sentence) }).optional(),
  /**
   * What the account has besides the function, made by calls of AWS's APIs: tables, queues, objects. Calls of Lambda's
   * own API are made when the function is there.
   */
  account: z.array(apiCallSchema).default([]),
  /**
   * What Invoke does instead of a synchronous invocation: `asynchronous` hands the test event to the function's queue;
   * `http-request` sends it, a request like `{ "method": "POST", "url": "{url.FunctionUrl}orders", "body": {} }`; an
   * operation of another service takes it as its input (`{ service: sqs, operation: SendMessageBatch }`), and invokes
   * the function through what `account` has set up.
   */
  sends: z.union([z.enum(['asynchronous', 'http-request']), apiCallSchema.omit({ input: true, as: true })]).optional(),
  /** What the recorded run does before the learner runs anything; `invoke` names a file in `events/`. */
  recorded: z.array(stepSchema).default([]),
});

export type Source = z.infer<typeof sourceSchema>;
export type LessonFrontmatter = z.infer<typeof lessonSchema>;
export type Unit = z.infer<typeof unitSchema>;
export type FunctionConfiguration = z.infer<typeof functionSchema>;
