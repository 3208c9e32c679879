/** Reads a content file against its schema and tells an author file, line, reason and mend for everything wrong in it. */
import { isCollection, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';

/** One thing wrong in one file. */
export interface Mistake {
  /** Path from the project's root. */
  readonly file: string;
  /** 1-based line in that file. */
  readonly line: number;
  /** Where in the data: `options[2].reply`, empty for the whole file. */
  readonly path: string;
  /** What was expected and what was found. */
  readonly reason: string;
  /** What to do about it. */
  readonly mend: string;
}

/** Thrown by `parseContent`; its message lists every mistake. */
export class ContentMistakeError extends Error {
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[]) {
    super(`\n${mistakes.map(formatMistake).join('\n')}`);
    this.name = 'ContentMistakeError';
    this.mistakes = mistakes;
  }
}

/** `file:line: path: reason` and the mend on the next line. */
export function formatMistake({ file, line, path, reason, mend }: Mistake): string {
  return `${file}:${line}: ${path ? `${path} ` : ''}${reason}\n    ${mend}`;
}

/** Where a YAML text comes from; `firstLine` is the line of the file on which the YAML starts (frontmatter: 2). */
export interface YamlSource {
  readonly file: string;
  readonly text: string;
  readonly firstLine?: number;
}

/** Reads YAML and checks it. Throws `ContentMistakeError` when it cannot be read or does not fit. */
export function parseContent<Schema extends z.ZodType>(schema: Schema, source: YamlSource): z.output<Schema> {
  const lines = new LineCounter();
  const document = parseDocument(source.text, { lineCounter: lines, prettyErrors: false });
  const offset = (source.firstLine ?? 1) - 1;
  if (document.errors.length > 0) {
    throw new ContentMistakeError(
      document.errors.map((error) => ({
        file: source.file,
        line: lines.linePos(error.pos[0]).line + offset,
        path: '',
        reason: `is not valid YAML: ${error.message}`,
        mend: 'Check indentation, colons and quotes on this line and the one above.',
      })),
    );
  }
  const result = schema.safeParse(document.toJS());
  if (result.success) return result.data;
  throw new ContentMistakeError(describeMistakes(result.error, source));
}

/** Something wrong in a file's data that no schema could see: found by whoever knows the files around it. */
export interface Finding {
  readonly path: readonly PropertyKey[];
  readonly reason: string;
  readonly mend: string;
}

/** Findings as mistakes, with the lines of the YAML they are about. */
export function locateFindings(findings: readonly Finding[], source: YamlSource): Mistake[] {
  const { lineOf } = locate(source);
  return findings.map(({ path, reason, mend }) => ({
    file: source.file,
    line: lineOf(path),
    path: formatPath(path),
    reason,
    mend,
  }));
}

/** Turns a zod error into mistakes with the lines of the YAML they are about. */
export function describeMistakes(error: z.ZodError, source: YamlSource): Mistake[] {
  const { document, lineOf } = locate(source);
  return error.issues.map((issue) => {
    const unknownKey = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    const at = unknownKey === undefined ? issue.path : [...issue.path, unknownKey];
    return {
      file: source.file,
      line: lineOf(at),
      path: formatPath(at),
      ...explain(issue, document.getIn(issue.path)),
    };
  });
}

function locate({ text, firstLine = 1 }: YamlSource): {
  readonly document: Document;
  readonly lineOf: (path: readonly PropertyKey[]) => number;
} {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  return { document, lineOf: (path) => lines.linePos(position(document, path)).line + firstLine - 1 };
}

/** Offset of the deepest node on the way to `path`; the key where there is one, since that is the line an author looks for. */
function position(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    if (!isCollection(node)) break;
    const pair = node.items.find((item) => keyOf(item) === String(step)) as
      { key: unknown; value: unknown } | undefined;
    const next = pair ? pair.value : node.get(step, true);
    const start = startOf(pair?.key) ?? startOf(next);
    if (start === undefined) break;
    offset = start;
    node = next;
  }
  return offset;
}

const keyOf = (item: unknown): string | undefined => {
  const key = (item as { key?: { value?: unknown } } | null)?.key;
  return key === undefined ? undefined : String(key.value);
};

const startOf = (node: unknown): number | undefined => (node as { range?: readonly number[] } | undefined)?.range?.[0];

const formatPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}${text ? '.' : ''}${String(step)}`),
    '',
  );

function explain(issue: z.core.$ZodIssue, found: unknown): { reason: string; mend: string } {
  const mend = issue.code === 'custom' ? (issue.params?.['mend'] as unknown) : undefined;
  if (typeof mend === 'string') return { reason: issue.message, mend };
  if (issue.code === 'unrecognized_keys') {
    return { reason: 'is not a property of this file.', mend: 'Remove it, or correct its spelling.' };
  }
  const allowed = issue.code === 'invalid_value' ? issue.values.map((value) => JSON.stringify(value)).join(' or ') : '';
  if (found === undefined && issue.path.length > 0) {
    if (allowed) return { reason: 'is missing.', mend: `Add it with the value ${allowed}.` };
    return { reason: 'is missing.', mend: issue.code === 'invalid_type' ? `Add it: ${issue.expected}.` : 'Add it.' };
  }
  if (allowed) return { reason: `cannot be ${show(found)}.`, mend: `Use ${allowed}.` };
  const expected = issue.code === 'invalid_type' ? `must be of the kind ${issue.expected}` : issue.message;
  return { reason: `${expected}; found ${show(found)}.`, mend: 'Change it to fit.' };
}

function show(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (isCollection(value)) return isSeq(value) ? 'a list' : 'a record';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
