/**
 * A lab as it is saved, exported and shared: what the account begins with, what was done in order, and what was typed and
 * not deployed. Everything from outside (files, links, storage) goes through `readDocument`, which takes it whole or says
 * what is wrong with it.
 */
import { z } from 'zod';
import type { LabAction, LabStart } from '../../sandbox/lab/lab.types.ts';

/** A named test event. */
export interface SavedEvent {
  readonly name: string;
  /** JSON text, as typed. */
  readonly text: string;
}

export interface LabDocument {
  readonly format: 'coldstart-lab';
  readonly version: 1;
  readonly title: string;
  /** Id of the scenario that it came from. */
  readonly scenario?: string | undefined;
  readonly start: LabStart;
  readonly actions: readonly LabAction[];
  readonly freeTier: boolean;
  /** Test events by function. */
  readonly events: Readonly<Record<string, readonly SavedEvent[]>>;
  /** Files that were changed and not deployed, by function and path. */
  readonly drafts: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export type ReadDocument =
  { readonly ok: true; readonly document: LabDocument } | { readonly ok: false; readonly message: string };

/** Bytes of a file that is read at all. */
export const mostFileBytes = 5_000_000;
const mostActions = 20_000;
const mostFiles = 50;
const mostCharacters = 400_000;

const name = z.string().min(1).max(140);
const text = z.string().max(mostCharacters);
const path = z.string().regex(/^(?!.*(^|\/)\.\.?(\/|$))[\w@.-][\w@./ -]{0,99}$/, 'must be a path like src/index.mjs');
const milliseconds = z
  .number()
  .min(0)
  .max(400 * 86_400_000);

const call = z.strictObject({
  service: z.string().regex(/^[a-z0-9-]{1,40}$/, 'must be a service like dynamodb'),
  operation: z.string().regex(/^[A-Z]\w{1,80}$/, 'must be an operation like PutItem'),
  input: z.record(z.string(), z.json()),
  as: z
    .string()
    .regex(/^[a-z][a-zA-Z0-9]{0,40}$/, 'must be a short name like api')
    .optional(),
});

const request = z.strictObject({
  method: z.string().max(20).optional(),
  url: z.string().max(4000),
  headers: z.record(z.string(), text).optional(),
  body: text.optional(),
  signed: z.boolean().optional(),
});

const files = z
  .record(path, text)
  .refine((all) => Object.keys(all).length <= mostFiles, `must have at most ${mostFiles} files`);

const labFunction = z.strictObject({
  FunctionName: name,
  Runtime: name,
  Handler: name,
  MemorySize: z.number(),
  Timeout: z.number(),
  Architectures: z.array(z.enum(['x86_64', 'arm64'])).length(1),
  EphemeralStorage: z.strictObject({ Size: z.number() }).optional(),
  Environment: z.strictObject({ Variables: z.record(z.string(), text) }).optional(),
  LoggingConfig: z
    .strictObject({
      LogFormat: z.enum(['Text', 'JSON']).optional(),
      ApplicationLogLevel: name.optional(),
      SystemLogLevel: name.optional(),
    })
    .optional(),
  TracingConfig: z.strictObject({ Mode: z.enum(['Active', 'PassThrough']) }).optional(),
  DeadLetterConfig: z.strictObject({ TargetArn: z.string().max(300) }).optional(),
  Layers: z.array(z.string().max(300)).max(5).optional(),
  Files: files,
});

const invocationType = z.literal('Event').optional();

const action = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('deploy'), function: labFunction }),
  z.strictObject({ kind: z.literal('call'), call }),
  z.strictObject({
    kind: z.literal('invoke'),
    functionName: name,
    payload: text,
    invocationType,
    count: z.int().min(1).max(1000).optional(),
    hold: z.literal(true).optional(),
  }),
  z.strictObject({
    kind: z.literal('request'),
    request,
    count: z.int().min(1).max(1000).optional(),
    hold: z.literal(true).optional(),
  }),
  z.strictObject({
    kind: z.literal('workload'),
    workload: z.strictObject({
      name,
      count: z.int().min(1).max(200_000),
      milliseconds,
      arrivals: z.enum(['even', 'random']),
      target: z.union(
        [
          z.strictObject({ invoke: name, payload: text, invocationType }),
          z.strictObject({ call }),
          z.strictObject({ request }),
        ],
        'must be an invoke with a payload, a call or a request',
      ),
    }),
  }),
  z.strictObject({ kind: z.literal('stop'), workload: name }),
  z.strictObject({ kind: z.literal('outage'), service: name, operation: name, times: z.int().min(1).max(10_000) }),
  z.strictObject({ kind: z.literal('wait'), milliseconds }),
]);

const documentSchema = z.strictObject({
  format: z.literal('coldstart-lab'),
  version: z.literal(1),
  title: z.string().max(200),
  scenario: name.optional(),
  start: z.strictObject({
    seed: z.int().min(0).max(0xffffffff),
    startTime: z.iso.datetime(),
    concurrentExecutions: z.int().min(1).max(100_000).optional(),
  }),
  actions: z.array(action).max(mostActions),
  freeTier: z.boolean().default(false),
  events: z.record(name, z.array(z.strictObject({ name, text })).max(50)).default({}),
  drafts: z.record(name, files).default({}),
});

/** The text of a file. */
export function readDocumentText(json: string): ReadDocument {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return refused('It is not JSON: it was probably cut, or is another kind of file.');
  }
  return readDocument(value);
}

/** Any value as a document: all of it, or a message that says where it is wrong. */
export function readDocument(value: unknown): ReadDocument {
  const { format, version } = (isRecord(value) ? value : {}) as { format?: unknown; version?: unknown };
  if (format !== 'coldstart-lab') return refused('It does not say that it is one ("format": "coldstart-lab").');
  if (typeof version === 'number' && version > 1) {
    return refused(`It was made by a newer version of this page (${version}). Reload the page and try again.`);
  }
  if (version !== 1)
    return refused(
      `Its version is ${version === undefined ? 'missing' : JSON.stringify(version)}; this page reads version 1.`,
    );
  const place = placeOfPrototype(value, '');
  if (place !== undefined) return refused(`${place} has a member named ${forbidden}, which no lab has.`);
  const result = documentSchema.safeParse(value);
  if (result.success) return { ok: true, document: present(result.data) };
  const [issue] = result.error.issues;
  const where = placeOf(issue?.path ?? []);
  return refused(`${where === '' ? 'It' : where} ${wordsOf(issue)}.`);
}

const refused = (message: string): ReadDocument => ({ ok: false, message });

const forbidden = '__proto__';

/** Where a value has a member that objects must not be given. */
function placeOfPrototype(value: unknown, place: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, member] of Object.entries(value)) {
    if (key === forbidden) return place === '' ? 'It' : place;
    const found = placeOfPrototype(member, place === '' ? key : `${place}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

const placeOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (said, step) => (typeof step === 'number' ? `${said}[${step}]` : `${said}${said === '' ? '' : '.'}${String(step)}`),
    '',
  );

function wordsOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return 'does not fit';
  if (issue.code === 'unrecognized_keys') return `has something unknown: ${issue.keys.join(', ')}`;
  if (issue.code === 'invalid_union' && issue.path.at(-1) === 'kind') return 'is an action of no known kind';
  if (issue.code === 'invalid_type') return `must be of the kind ${issue.expected}`;
  return issue.message.replace(/^[A-Z]/, (letter) => letter.toLowerCase()).replace(/\.$/, '');
}

/** Without members that are there and undefined: what is written again is the same text. */
const present = (document: unknown): LabDocument => JSON.parse(JSON.stringify(document)) as LabDocument;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
