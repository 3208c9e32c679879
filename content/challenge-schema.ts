/**
 * What the files of a challenge may hold: `brief.mdx`'s frontmatter, and `checks.yaml`, the runs that decide whether a
 * learner's function meets the requirement. A check says what is sent and what must be seen, never how the code looks.
 */
import { z } from 'zod';
import { apiCallSchema, sentence, slug, sourceSchema } from './schema.ts';

/** Frontmatter of `content/challenges/NN-name/brief.mdx`. The order comes from the folder names. */
export const challengeSchema = z.strictObject({
  /** The challenge's identity: its address and the key of a learner's progress. Never changes. */
  id: slug,
  /** What has to be achieved, as a sentence; the page's heading. */
  title: sentence,
  /** A few words for lists and navigation. */
  label: sentence,
  /** One or two sentences for lists and search engines. */
  summary: sentence,
  minutes: z.int().min(5).max(30),
  /** Ids of the topics it asks for, from `content/topics.yaml`. It stands at the end of the last unit that one belongs to. */
  topics: z.array(slug).min(1, 'must name at least one topic'),
  /** What the function is called. */
  function: slug,
  /** Files of `start/` that stand for something outside: shown, but not to be changed, and the same in every solution. */
  given: z.array(sentence).default([]),
  /** The configuration that may be changed; everything else is as in `start/function.yaml`, whatever the learner sets. */
  settings: z.array(z.enum(['memory', 'timeout', 'architecture', 'variables'])).default([]),
  /** From a nudge to nearly the answer; opened one at a time. Inline text: `code`, *emphasis* and {fact some-id}. */
  hints: z.array(sentence).min(1, 'must offer at least one hint'),
  /** AWS's pages behind it. */
  sources: z.array(sourceSchema).default([]),
});

const duration = z.string().regex(/^\d+(ms|s|m|h|d)$/, 'must be a duration like 500ms, 30s, 15m, 2h or 1d');

/** A place in JSON: `items.0.id`; a `*` stands for every item of a list. */
const place = z.string().regex(/^[^.\s]+(\.[^.\s]+)*$/, 'must be a path like items.0.id');

/** A number that must be met exactly, or its limits. */
const amount = z.union(
  [
    z.number(),
    z
      .strictObject({ least: z.number().optional(), most: z.number().optional() })
      .refine(({ least, most }) => least !== undefined || most !== undefined, 'must say least or most'),
  ],
  'must be a number, or its limits like { least: 1, most: 3 }',
);

/** What a value is compared with; all that is said must hold. */
const comparison = {
  /** A place in the value. */
  at: place.optional(),
  /** Exactly this. */
  equals: z.json().optional(),
  /** A list of these, in any order. */
  members: z.array(z.json()).optional(),
  /** A number. */
  amount: amount.optional(),
  /** A list of so many. */
  items: amount.optional(),
};

/** One thing that a check does. */
const stepSchema = z.union(
  [
    z.strictObject({
      /** An event of `start/events/`. */
      invoke: slug,
      /** So many requests in the same moment. */
      count: z.int().min(1).max(50).optional(),
      /** So many times, one after the other. */
      times: z.int().min(1).max(100).optional(),
      /** Idle time between those; a second when left out. */
      every: duration.optional(),
      /** A field of the event that holds a number: each request gets the next one. */
      vary: place.optional(),
      /** Handed to the function's queue: nobody waits, and what fails is tried again while time passes. */
      asynchronous: z.literal(true).optional(),
    }),
    z.strictObject({ wait: duration }),
    /** The next so many calls of an operation fail with a server error. A client of the SDK tries three times. */
    z.strictObject({
      outage: z.strictObject({ ...apiCallSchema.omit({ input: true }).shape, times: z.int().min(1).max(100) }),
    }),
    /** What somebody else in the account does: puts an object, sends messages. */
    z.strictObject({ call: apiCallSchema, says: sentence }),
    z.strictObject({
      /** Fields of the next event and where in the last result their values are: `{ photos: rest }`. */
      follow: z.record(z.string(), place),
      /** Requests after which it stops, done or not. */
      most: z.int().min(1).max(50),
    }),
  ],
  'must be a step like `invoke: order`, `wait: 15m`, `follow: { items: rest }` or `call: { service: sqs, … }`',
);

/** An action on a resource. */
const permissionSchema = z.strictObject({
  action: z.string().regex(/^[a-z0-9-]+:\w+$/, 'must be an action like s3:GetObject'),
  resource: z.string().regex(/^(arn:|\*$)/, 'must be an ARN or *'),
});

/** The requests of the run that an expectation is about: `all`, `last`, `3`, `2-5` or a list of numbers. */
const requestsSchema = z.union(
  [z.enum(['all', 'last']), z.int().min(1), z.string().regex(/^\d+-\d+$/), z.array(z.int().min(1)).min(1)],
  'must be all, last, a number, a range like 2-5 or a list of numbers',
);

/** What every expectation may say. */
const about = {
  /** All requests when left out. */
  of: requestsSchema.optional(),
  /** What a learner has to know when it is not met. Inline text. */
  why: sentence.optional(),
};

/** One thing that must be seen. The key that is not `of` or `why` says of which kind it is. */
export const expectationSchema = z.union(
  [
    /** How the invocation ended. */
    z.strictObject({ ends: z.enum(['success', 'error', 'timeout']), ...about }),
    /** The result, or a place in it. */
    z.strictObject({
      result: z.strictObject({
        ...comparison,
        /** What stands at this place of the request's own event. */
        event: place.optional(),
      }),
      ...about,
    }),
    /** What comes back for HTTP requests, of a function with `sends: http-request`: the status, the body or a place in it. */
    z.strictObject({
      response: z
        .strictObject({ status: z.int().min(100).max(599).optional(), ...comparison })
        .refine((wanted) => Object.values(wanted).some((value) => value !== undefined), 'must say what comes back'),
      /** All responses when left out. */
      of: z.union([z.enum(['all', 'last']), z.int().min(1)], 'must be all, last or a number').optional(),
      why: sentence.optional(),
    }),
    /** What an API answers after the run. `says` names it: `the order in the table`. */
    z.strictObject({
      answer: z.strictObject({ ...apiCallSchema.shape, ...comparison, says: sentence }),
      why: sentence.optional(),
    }),
    /** How often the function calls an operation: `dynamodb PutItem`. With `failed`, how often such a call fails. */
    z.strictObject({
      calls: z.string().regex(/^[a-z0-9-]+ [A-Z]\w+$/, 'must be a service and its operation like dynamodb PutItem'),
      times: amount,
      failed: z.literal(true).optional(),
      ...about,
    }),
    /** What the policies of the function's role decide. */
    z.strictObject({
      role: z.enum(['may', 'may-not']),
      do: z.array(permissionSchema).min(1),
      why: sentence.optional(),
    }),
    /** How often a text is logged by the function, in the lines of the requests, or of the whole run without `of`. */
    z.strictObject({
      log: sentence,
      times: amount,
      /** A list, or its place in the first request's event: `{each}` in the text stands for its items, each is counted. */
      each: z.union([place, z.array(sentence).min(1)], 'must be a list or its place in the event').optional(),
      ...about,
    }),
    z.strictObject({ start: z.enum(['cold', 'warm']), ...about }),
    /** A number of the REPORT line. */
    z.strictObject({
      report: z.enum(['durationMs', 'billedDurationMs', 'initDurationMs', 'maxMemoryUsedMB']),
      is: amount,
      ...about,
    }),
    /** How many requests the run took. */
    z.strictObject({ requests: amount, why: sentence.optional() }),
    /** How many environments were created. */
    z.strictObject({ environments: amount, why: sentence.optional() }),
    /** The bill of a month in which what was run repeats until there were so many requests. US dollars. */
    z.strictObject({
      month: z.strictObject({ requests: z.int().min(1), most: z.number() }),
      why: sentence.optional(),
    }),
  ],
  'must be one of: ends, result, response, log, start, report, requests, environments, month, answer, calls, role',
);

export const checkSchema = z.strictObject({
  id: slug,
  /** What must hold, as a sentence without a full stop. */
  title: sentence,
  /** Configuration that holds for this check only, in the names of Lambda's API. */
  configuration: z.strictObject({ MemorySize: z.int().optional(), Timeout: z.int().optional() }).optional(),
  run: z.array(stepSchema).min(1, 'must do something'),
  expect: z.array(expectationSchema).min(1, 'must expect something'),
});

/** `checks.yaml` of a challenge. */
export const checksSchema = z.strictObject({
  checks: z
    .array(checkSchema)
    .min(1, 'must hold at least one check')
    .refine((checks) => new Set(checks.map(({ id }) => id)).size === checks.length, 'must not use an id twice'),
});

export type ChallengeFrontmatter = z.infer<typeof challengeSchema>;
export type ChallengeSetting = ChallengeFrontmatter['settings'][number];
export type Amount = z.infer<typeof amount>;
export type CheckStep = z.infer<typeof stepSchema>;
/** What is said of a value. */
export interface Comparison {
  readonly at?: string | undefined;
  readonly equals?: unknown;
  readonly members?: readonly unknown[] | undefined;
  readonly amount?: Amount | undefined;
  readonly items?: Amount | undefined;
}
export type RequestSelection = z.infer<typeof requestsSchema>;
export type Expectation = z.infer<typeof expectationSchema>;
export type Check = z.infer<typeof checkSchema>;
