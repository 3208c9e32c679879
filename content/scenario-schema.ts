/**
 * What `scenario.yaml` of a folder in `content/scenarios/` may hold: an account in a telling state, what to try in it, and
 * what its text promises. The promises are run when the course is built.
 */
import { z } from 'zod';
import { apiCallSchema, sentence, slug } from './schema.ts';

const duration = z.string().regex(/^\d+(ms|s|m|h|d)$/, 'must be a duration like 500ms, 30s, 15m, 2h or 1d');

/** A function of the scenario, or one of its aliases. */
const target = z.string().regex(/^[a-z0-9-]+(:[\w-]+)?$/, 'must be a function, or an alias of one like checkout:live');

/** What a request carries: an event of the function's `events/`, or JSON. Nothing is `{}`. */
const payload = { event: slug.optional(), payload: z.json().optional() };

const amount = z.union(
  [
    z.int().min(0),
    z
      .strictObject({ least: z.int().min(0).optional(), most: z.int().min(0).optional() })
      .refine(({ least, most }) => least !== undefined || most !== undefined, 'must say least or most'),
  ],
  'must be a number, or its limits like { least: 1, most: 3 }',
);

/** An HTTP request from outside of the account. */
const request = z.strictObject({
  method: z
    .string()
    .regex(/^[A-Z]+$/, 'must be a method like POST')
    .optional(),
  /** `{api.ApiEndpoint}/orders` */
  url: sentence,
  headers: z.record(z.string(), z.string()).optional(),
  /** Text, or JSON that becomes text. */
  body: z.json().optional(),
});

/** One thing that is done to the account. */
export const scenarioStepSchema = z.union(
  [
    z.strictObject({ call: apiCallSchema }),
    /** The folder of a function, or of a change to one: `checkout--faster` has the files of `checkout` that differ. */
    z.strictObject({ deploy: z.string().regex(/^[a-z0-9-]+$/, 'must be the name of a folder beside this file') }),
    z.strictObject({
      invoke: target,
      ...payload,
      /** So many requests in the same moment. */
      count: z.int().min(1).max(200).optional(),
      asynchronous: z.literal(true).optional(),
    }),
    /** Requests spread over the time that follows; `{n}` in a text of the payload is the number of the request. */
    z.strictObject({
      workload: slug,
      count: z.int().min(1).max(100_000),
      over: duration,
      arrivals: z.enum(['even', 'random']).default('even'),
      invoke: target,
      ...payload,
      asynchronous: z.literal(true).optional(),
    }),
    /** The same with calls of an API. */
    z.strictObject({
      workload: slug,
      count: z.int().min(1).max(100_000),
      over: duration,
      arrivals: z.enum(['even', 'random']).default('even'),
      call: apiCallSchema,
    }),
    /** The same with HTTP requests. */
    z.strictObject({
      workload: slug,
      count: z.int().min(1).max(100_000),
      over: duration,
      arrivals: z.enum(['even', 'random']).default('even'),
      request,
    }),
    /** An HTTP request, or several in the same moment. */
    z.strictObject({ request, count: z.int().min(1).max(200).optional() }),
    z.strictObject({ stop: slug }),
    z.strictObject({
      outage: z.strictObject({ ...apiCallSchema.omit({ input: true }).shape, times: z.int().min(1).max(100) }),
    }),
    z.strictObject({ wait: duration }),
  ],
  'must be a step like `invoke: worker`, `wait: 15m`, `deploy: worker--mended`, `workload: orders` or `call: { service: sqs, … }`',
);

/** One thing that must be seen in what happened since the opening, or since the try, began. */
export const promiseSchema = z.union(
  [
    z.strictObject({
      /** Type of an event of the trace. */
      seen: z.string().regex(/^[a-z][A-Za-z]+$/, 'must be the type of a trace event like requestThrottled'),
      /** What its members must be. */
      where: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
      times: amount,
    }),
    z.strictObject({
      /** A text that functions log; of one function with `function`. */
      log: sentence,
      function: slug.optional(),
      times: amount,
    }),
    z.strictObject({
      /** What lies in a queue, table, bucket or stream now. */
      inside: z.strictObject({ service: z.enum(['sqs', 'dynamodb', 's3', 'kinesis']), name: sentence }),
      count: amount.optional(),
      /** A text that stands in it. */
      text: sentence.optional(),
    }),
    z.strictObject({ alarm: sentence, state: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']) }),
  ],
  'must be one of: seen, log, inside, alarm',
);

const trySchema = z.strictObject({
  /** What to do, as a sentence. Inline text. */
  says: sentence,
  /** What its button says; needed where there are steps. */
  label: sentence.optional(),
  /** The same for who presses a button. */
  steps: z.array(scenarioStepSchema).default([]),
  /** What then happens. Each try is proven on the opening state, or after the try before it with `after`. */
  expects: z.array(promiseSchema).default([]),
  /** It goes on from the try above it. */
  after: z.literal('previous').optional(),
});

/** `scenario.yaml`. The order of scenarios comes from the folder names, the id from what follows the number. */
export const scenarioSchema = z.strictObject({
  title: sentence,
  /** One sentence for lists. */
  summary: sentence,
  /** Two or three sentences about what is to be seen. Inline text: `code`, *emphasis* and {fact some-id}. */
  text: sentence,
  /** What a learner can do next. */
  try: z.array(trySchema).min(1, 'must offer something to try'),
  seed: z.int().min(0).default(7),
  /** ISO 8601. */
  startTime: z.iso.datetime().default('2026-01-05T09:00:00Z'),
  /** The account's limit; AWS's default when left out. */
  concurrentExecutions: z.int().min(1).max(10_000).optional(),
  /** What the account has before its functions: queues, tables, buckets. */
  account: z.array(apiCallSchema).default([]),
  /** What happens before a learner comes. All functions are deployed before. */
  opening: z.array(scenarioStepSchema).default([]),
  /** What the text promises of that. */
  expects: z.array(promiseSchema).min(1, 'must say what the text promises'),
});

export type ScenarioFile = z.infer<typeof scenarioSchema>;
export type ScenarioStep = z.infer<typeof scenarioStepSchema>;
export type ScenarioPromise = z.infer<typeof promiseSchema>;
export type ScenarioTry = ScenarioFile['try'][number];
