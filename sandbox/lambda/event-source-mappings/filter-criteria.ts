/**
 * Filter criteria: which messages or records reach the function. A pattern looks at the record as Lambda's event has
 * it, with its data (`body` of a message, `data` of a Kinesis record) read as JSON when the pattern looks into it.
 * Source: Lambda developer guide, event filtering with SQS, Kinesis and DynamoDB.
 */
import { factNumber, type Facts } from '../../facts.ts';
import { compileEventPattern, lambdaDialect, type EventPattern } from '../../services/event-pattern/event-pattern.ts';
import { factError } from '../../services/fact-errors.ts';
import { textFromBase64 } from '../text-bytes.ts';
import type { SourceKind } from './event-source.ts';

type Json = Readonly<Record<string, unknown>>;

/** Whether a record, as it stands in the event, is wanted. */
export type RecordFilter = (eventRecord: Json) => boolean;

interface CompiledPattern {
  readonly pattern: EventPattern;
  /** What the pattern says of the data: nothing, that it is a text, or what is in its JSON. */
  readonly data: 'nothing' | 'text' | 'json';
}

/** A record is wanted when one of the patterns matches. @throws {ApiError} */
export function compileFilter(patterns: readonly string[], kind: SourceKind, facts: Facts): RecordFilter {
  const limit = factNumber(facts, 'esm-filter', 'filters');
  if (patterns.length > limit) {
    throw factError(facts, 'err-mapping', 'invalid', {
      reason: `A mapping takes at most ${limit} filters, not ${patterns.length}.`,
    });
  }
  const compiled = patterns.map((text) => compilePattern(text, kind, facts));
  if (kind === 'dynamodb') return (record) => compiled.some(({ pattern }) => pattern.matches(record));
  return kind === 'kinesis'
    ? (record) => matchesAny(compiled, 'data', kinesisFields(record))
    : (record) => matchesAny(compiled, 'body', record);
}

function compilePattern(text: string, kind: SourceKind, facts: Facts): CompiledPattern {
  if (text.length > factNumber(facts, 'esm-filter', 'patternCharacters')) throw invalidPattern(facts);
  try {
    const source: unknown = JSON.parse(text);
    const pattern = compileEventPattern(source, lambdaDialect);
    const wanted = (source as Json)[kind === 'kinesis' ? 'data' : 'body'];
    if (kind === 'dynamodb' || wanted === undefined) return { pattern, data: 'nothing' };
    const data = Array.isArray(wanted) ? 'text' : 'json';
    // A Kinesis record's data can only be filtered as JSON.
    if (kind === 'kinesis' && data === 'text') throw invalidPattern(facts);
    return { pattern, data };
  } catch {
    throw invalidPattern(facts);
  }
}

const invalidPattern = (facts: Facts): Error => factError(facts, 'err-mapping', 'filterPattern');

/** The text of a Kinesis record's data stands in for its base64. */
function kinesisFields({ kinesis }: Json): Json {
  const fields = kinesis as Json & { readonly data: string };
  return { ...fields, data: textFromBase64(fields.data) };
}

/**
 * Data that is JSON matches only patterns that look into it, data that is not only patterns about its text; patterns
 * that say nothing about the data do not mind.
 */
function matchesAny(patterns: readonly CompiledPattern[], field: 'body' | 'data', record: Json): boolean {
  const parsed = parseObject(record[field]);
  return patterns.some(({ pattern, data }) => {
    if (data === 'nothing') return pattern.matches(record);
    if ((data === 'json') !== (parsed !== undefined)) return false;
    return pattern.matches(parsed === undefined ? record : { ...record, [field]: parsed });
  });
}

/** JSON that a pattern can look into: an object, or a list of them. */
function parseObject(text: unknown): object | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
