/**
 * Fill the configuration: a policy, template or command has blanks, or a whole JSON document is to be completed. It is
 * graded by what it says: `"x"`, `x` and, where both are JSON, any order of properties are the same.
 *
 * With blanks:
 *
 * ```yaml
 * - id: two-always-ready
 *   type: fill-the-configuration
 *   topic: provisioned-concurrency
 *   point: configured on a version or alias
 *   stem: Two environments are to be ready at all times for the alias `live`.
 *   name: command                 # what the text is: command, template.yaml, policy.json
 *   template: |                   # {{name}} is a blank
 *     aws lambda put-provisioned-concurrency-config --function-name checkout \
 *       --qualifier {{qualifier}} --provisioned-concurrent-executions {{count}}
 *   blanks:
 *     qualifier:
 *       label: Which version or alias
 *       accept: [live]            # the first is shown as the answer; numbers are compared as numbers
 *       wrong: [{ answers: [$LATEST], reply: Provisioned concurrency cannot be configured on $LATEST. }]
 *       reply: It is configured on a version or an alias.   # why, and what is said to any other answer
 *       ignoreCase: true          # left out, case counts
 *     count: { label: How many environments, accept: [2], reply: Two are to be ready. }
 *   explanation: …
 * ```
 *
 * As a whole:
 *
 * ```yaml
 *   name: policy.json
 *   start: |                      # what the learner begins with
 *     { "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "", "Resource": "" }] }
 *   solution: |
 *     { "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::orders/*" }] }
 *   accept: ['{ … }']             # further documents that are right
 *   anyOrder: true                # lists are sets, and one value may stand for a list of one, as in IAM policies
 *   wrong:                        # wrong values that people give, by place
 *     - { at: Statement.0.Action, is: 's3:*', reply: That allows deleting too. }
 *   otherwise: Allow one action on the objects of one bucket.
 * ```
 */
import { findJsonMistake } from '../components/runner/json-mistake.ts';
import type { QuestionType, Reply, Text } from './question.ts';
import { firstDifference, sameJson, valueAt, withValueAt, type Comparison } from './same-json.ts';
import type { QuestionSource } from './source.ts';

export interface Blank {
  readonly name: string;
  readonly label: string;
  readonly accept: readonly string[];
  readonly wrong: readonly { readonly answers: readonly string[]; readonly reply: Text }[];
  readonly reply: Text;
  readonly ignoreCase: boolean;
}

export interface Blanks {
  readonly kind: 'blanks';
  readonly name: string;
  /** The text around the blanks: one piece more than there are blanks. */
  readonly pieces: readonly string[];
  /** In the order of their places. */
  readonly blanks: readonly Blank[];
}

export interface WholeDocument extends Comparison {
  readonly kind: 'whole';
  readonly name: string;
  readonly start: string;
  readonly solution: string;
  readonly accept: readonly string[];
  readonly wrong: readonly { readonly at: string; readonly is: unknown; readonly reply: Text }[];
  readonly otherwise: Text;
}

type Body = Blanks | WholeDocument;

/** What stands in each blank, in the order of their places; or the whole document. */
type Given = readonly string[] | string;

/** Whether a blank's value says the same as another. */
function saysTheSame(a: string, b: string, { ignoreCase }: Pick<Blank, 'ignoreCase'>): boolean {
  const [one, other] = [a, b].map((text) => plain(text.trim())) as [string, string];
  const [json, otherJson] = [parse(one), parse(other)];
  if (json !== undefined && otherJson !== undefined) return sameJson(json, otherJson, { anyOrder: false });
  return ignoreCase ? one.toLowerCase() === other.toLowerCase() : one === other;
}

/** Without the quotes that people put around a value or leave away. */
const plain = (text: string): string => /^(["'])(.*)\1$/s.exec(text)?.[2] ?? text;

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function gradeBlank(blank: Blank, given: string): { right: boolean; text: Text } {
  const is = (forms: readonly string[]) => forms.some((form) => saysTheSame(form, given, blank));
  if (is(blank.accept)) return { right: true, text: blank.reply };
  return { right: false, text: blank.wrong.find(({ answers }) => is(answers))?.reply ?? blank.reply };
}

function gradeWhole(body: WholeDocument, given: string): Reply {
  const json = parse(given);
  const right = [body.solution, ...body.accept].some((document) => sameJson(json, parse(document), body));
  if (right) return { right, text: [] };
  const foreseen = body.wrong.find(({ at, is }) => sameJson(valueAt(json, at), is, body));
  if (foreseen) return { right, text: foreseen.reply };
  const place = firstDifference(json, parse(body.solution), body);
  return { right, text: place ? [...body.otherwise, ' Look at ', { code: place }, '.'] : body.otherwise };
}

export const fillTheConfiguration: QuestionType<Body, Given> = {
  label: 'Fill the configuration',
  read({ body }, kept) {
    if (body.kind === 'whole') return typeof kept === 'string' ? kept : undefined;
    const fits = Array.isArray(kept) && kept.length === body.blanks.length;
    return fits && kept.every((one) => typeof one === 'string') ? kept : undefined;
  },
  lacks({ body }, given) {
    if (body.kind === 'blanks') {
      const open = body.blanks.find((_, at) => (given?.[at] ?? '').trim() === '');
      return open && `Fill in “${open.label}” first.`;
    }
    if (typeof given !== 'string' || given.trim() === body.start.trim()) return 'Complete the document first.';
    const mistake = findJsonMistake(given, 'document');
    return mistake
      ? `This is not JSON yet. Line ${mistake.line}, column ${mistake.column}: ${mistake.reason}`
      : undefined;
  },
  /** `at` counts blanks. */
  grade({ body }, given) {
    const replies =
      body.kind === 'blanks'
        ? body.blanks.map((blank, at) => ({ at, ...gradeBlank(blank, given[at] ?? '') }))
        : [gradeWhole(body, String(given))];
    return { correct: replies.every(({ right }) => right), replies };
  },
  key: ({ body }) => (body.kind === 'blanks' ? body.blanks.map(({ accept }) => accept[0] ?? '') : body.solution),
  foreseen({ body }) {
    if (body.kind === 'whole') {
      const solution = parse(body.solution);
      return body.wrong.map(({ at, is }) => JSON.stringify(withValueAt(solution, at, is), null, 2));
    }
    const key = body.blanks.map(({ accept }) => accept[0] ?? '');
    return body.blanks.flatMap(({ wrong }, at) =>
      wrong.flatMap(({ answers }) => answers.map((one) => key.with(at, one))),
    );
  },
  sheet({ body }) {
    if (body.kind === 'whole') {
      const wrong = body.wrong.map(({ at, is, reply }) => ({
        answer: [{ code: at }, ' is ', { code: JSON.stringify(is) }],
        right: false,
        reply,
      }));
      return [{ answer: [{ code: body.solution.trim() }], right: true }, ...wrong];
    }
    return body.blanks.flatMap(({ label, accept, wrong, reply }) => [
      { answer: [`${label}: `, { code: accept.join(' or ') }], right: true, reply },
      ...wrong.map((one) => ({
        answer: [`${label}: `, { code: one.answers.join(', ') }],
        right: false,
        reply: one.reply,
      })),
    ]);
  },
};

interface BlankAuthored {
  readonly label: string;
  readonly accept: readonly string[];
  readonly wrong: readonly { readonly answers: readonly string[]; readonly reply: string }[];
  readonly reply: string;
  readonly ignoreCase: boolean;
}

interface Authored {
  readonly name: string;
  readonly template?: string | undefined;
  readonly blanks?: Readonly<Record<string, BlankAuthored>> | undefined;
  readonly start?: string | undefined;
  readonly solution?: string | undefined;
  readonly accept: readonly string[];
  readonly anyOrder: boolean;
  readonly wrong: readonly { readonly at: string; readonly is: unknown; readonly reply: string }[];
  readonly otherwise?: string | undefined;
}

export const fillTheConfigurationSource: QuestionSource<Authored, Body> = {
  fields: ({ z, sentence }) => {
    const written = z.union([z.string(), z.number(), z.boolean()]).transform(String);
    const blank = z.strictObject({
      label: sentence,
      accept: z.array(written).min(1, 'must accept at least one answer'),
      wrong: z.array(z.strictObject({ answers: z.array(written).min(1), reply: sentence })).default([]),
      reply: sentence,
      ignoreCase: z.boolean().default(false),
    });
    return {
      name: sentence,
      template: z.string().optional(),
      blanks: z.record(z.string().regex(/^[a-z][A-Za-z0-9]*$/), blank).optional(),
      start: z.string().optional(),
      solution: z.string().optional(),
      accept: z.array(z.string()).default([]),
      anyOrder: z.boolean().default(false),
      wrong: z.array(z.strictObject({ at: sentence, is: z.json(), reply: sentence })).default([]),
      otherwise: sentence.optional(),
    };
  },
  prepare(authored, preparation) {
    const { name, template, blanks, start, solution, accept, anyOrder, wrong, otherwise } = authored;
    if (template !== undefined && blanks !== undefined && solution === undefined) {
      const pieces = template.trimEnd().split(/\{\{\s*[A-Za-z0-9]*\s*\}\}/);
      const places = [...template.matchAll(/\{\{\s*([A-Za-z0-9]*)\s*\}\}/g)].map(([, place = '']) => place);
      const known = Object.keys(blanks);
      for (const place of places) {
        if (known.includes(place)) continue;
        preparation.report(['template'], `has a blank {{${place}}} that is not in blanks.`, 'Describe it there.');
      }
      for (const one of known) {
        const times = places.filter((place) => place === one).length;
        if (times === 1) continue;
        const mend = `Write {{${one}}} where it belongs, once.`;
        preparation.report(['blanks', one], `is ${times === 0 ? 'nowhere' : `${times} times`} in the template.`, mend);
      }
      const described = places.map((place) => {
        const blank = blanks[place];
        return {
          name: place,
          label: blank?.label ?? place,
          accept: blank?.accept ?? [],
          ignoreCase: blank?.ignoreCase ?? false,
          reply: preparation.text(blank?.reply ?? '', ['blanks', place, 'reply']),
          wrong: (blank?.wrong ?? []).map((one, at) => ({
            answers: one.answers,
            reply: preparation.text(one.reply, ['blanks', place, 'wrong', at, 'reply']),
          })),
        };
      });
      return { kind: 'blanks', name, pieces, blanks: described };
    }
    if (start !== undefined && solution !== undefined && template === undefined && otherwise !== undefined) {
      for (const [path, text] of [
        [['solution'], solution],
        ...accept.map((text, at) => [['accept', at], text]),
      ] as const) {
        const mistake = findJsonMistake(text as string, 'document');
        if (mistake) {
          const reason = `is not JSON: line ${mistake.line}, column ${mistake.column}: ${mistake.reason}`;
          preparation.report(path as (string | number)[], reason, 'Write it as JSON.');
        }
      }
      const replies = wrong.map(({ reply, ...one }, at) => ({
        ...one,
        reply: preparation.text(reply, ['wrong', at, 'reply']),
      }));
      const said = preparation.text(otherwise, ['otherwise']);
      return { kind: 'whole', name, start, solution, accept, anyOrder, wrong: replies, otherwise: said };
    }
    const reason = 'has neither blanks in a template nor a whole document to complete.';
    preparation.report([], reason, 'Give template and blanks, or start, solution and otherwise.');
    return undefined;
  },
};
