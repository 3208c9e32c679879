/** One field of a cron expression that is a set of numbers: `5`, `MON-FRI`, `0/15`, `1-10/3`, `*`, and lists of these. */
import { ScheduleExpressionError } from './schedule-expression-error.ts';

export interface FieldRange {
  /** As messages call it: `minutes`. */
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names for the numbers from `min` on. */
  readonly names?: readonly string[];
  /** Whether a range may run over the end: `FRI-MON`. */
  readonly circular?: boolean;
}

/** The numbers of a field, ascending. @throws {ScheduleExpressionError} */
export function parseField(text: string, range: FieldRange): readonly number[] {
  const values = new Set(text.split(',').flatMap((part) => parsePart(part, range)));
  return [...values].sort((a, b) => a - b);
}

function parsePart(part: string, range: FieldRange): number[] {
  const [span = '', step, ...rest] = part.split('/');
  if (rest.length > 0) throw refusal(range, part, 'has more than one /');
  const values = parseSpan(span, range, step !== undefined);
  if (step === undefined) return values;
  if (!/^\d+$/.test(step) || Number(step) < 1) throw refusal(range, part, 'needs a whole number above 0 after the /');
  return values.filter((_, index) => index % Number(step) === 0);
}

/** `*`, `5`, `5-7`; a single value before a step reaches to the end of the field. */
function parseSpan(span: string, range: FieldRange, hasStep: boolean): number[] {
  const { min, max, circular = false } = range;
  if (span === '*') return sequence(min, max);
  const [first = '', last, ...rest] = span.split('-');
  if (rest.length > 0) throw refusal(range, span, 'has more than one -');
  const from = parseValue(first, range);
  if (last === undefined) return sequence(from, hasStep ? max : from);
  const to = parseValue(last, range);
  if (from <= to) return sequence(from, to);
  if (!circular) throw refusal(range, span, 'runs backwards');
  return [...sequence(from, max), ...sequence(min, to)];
}

/** A number or a name. @throws {ScheduleExpressionError} */
export function parseValue(text: string, range: FieldRange): number {
  const { min, max, names = [] } = range;
  const named = names.indexOf(text.toUpperCase());
  if (named >= 0) return min + named;
  if (!/^\d+$/.test(text)) throw refusal(range, text, `is not ${describe(range)}`);
  const value = Number(text);
  if (value < min || value > max) throw refusal(range, text, `is not ${describe(range)}`);
  return value;
}

export function refusal({ name }: FieldRange, text: string, reason: string): ScheduleExpressionError {
  return new ScheduleExpressionError(`The field ${name}: "${text}" ${reason}.`);
}

function describe({ min, max, names }: FieldRange): string {
  const numbers = `a number from ${min} to ${max}`;
  return names === undefined ? numbers : `${numbers} or ${names[0] ?? ''}-${names.at(-1) ?? ''}`;
}

const sequence = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
