/** What a pattern says about one value of an event: `"a"`, `{"prefix": "a"}`, `{"numeric": [">", 0]}`, … */
import { parseCidr, parseIpAddress } from './ip-address.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';
import { parseWildcard } from './wildcard.ts';

/** A value that holds no other values. */
export type Scalar = string | number | boolean | null;

export type ValueTest = (value: Scalar) => boolean;

/** What stands in a pattern's list: a test of a value, or the wish that there is none. */
export type Condition = { readonly type: 'value'; readonly test: ValueTest } | { readonly type: 'absent' };

/** Which operators a service takes. */
export interface Dialect {
  readonly operators: ReadonlySet<string>;
  /** Operators that may stand inside `anything-but`. */
  readonly insideAnythingBut: ReadonlySet<string>;
}

/** @throws {InvalidPatternError} */
export function parseCondition(source: unknown, dialect: Dialect, path: readonly string[]): Condition {
  if (isScalar(source)) return { type: 'value', test: (value) => value === source };
  if (!isRecord(source)) {
    throw new InvalidPatternError('Match value must be String, number, true, false, or null', path);
  }
  const [operator, operand] = singleEntry(source, path);
  if (!dialect.operators.has(operator)) throw new InvalidPatternError(`Unrecognized match type ${operator}`, path);
  if (operator === 'exists') {
    if (typeof operand !== 'boolean')
      throw new InvalidPatternError('exists match pattern must be either true or false.', path);
    return operand ? { type: 'value', test: () => true } : { type: 'absent' };
  }
  return { type: 'value', test: parseOperator(operator, operand, dialect, path) };
}

/** An object with one entry, as every operator is written. */
function singleEntry(source: Readonly<Record<string, unknown>>, path: readonly string[]): readonly [string, unknown] {
  const entries = Object.entries(source);
  const [entry] = entries;
  if (entry === undefined) throw new InvalidPatternError('Empty match expression', path);
  if (entries.length > 1) throw new InvalidPatternError('Only one key allowed in match expression', path);
  return entry;
}

function parseOperator(operator: string, operand: unknown, dialect: Dialect, path: readonly string[]): ValueTest {
  switch (operator) {
    case 'prefix':
      return affix('prefix', operand, path, (text, start) => text.startsWith(start));
    case 'suffix':
      return affix('suffix', operand, path, (text, end) => text.endsWith(end));
    case 'equals-ignore-case': {
      const expected = textOperand(operator, operand, path).toLowerCase();
      return ofText((text) => text.toLowerCase() === expected);
    }
    case 'wildcard':
      return ofText(parseWildcard(textOperand(operator, operand, path), path));
    case 'cidr': {
      const block = parseCidr(textOperand(operator, operand, path), path);
      return ofText((text) => {
        const address = parseIpAddress(text);
        return address !== undefined && block.contains(address);
      });
    }
    case 'numeric':
      return numericTest(operand, path);
    case 'anything-but':
      return anythingBut(operand, dialect, path);
    default:
      throw new InvalidPatternError(`Unrecognized match type ${operator}`, path);
  }
}

const ofText =
  (test: (text: string) => boolean): ValueTest =>
  (value) =>
    typeof value === 'string' && test(value);

function textOperand(operator: string, operand: unknown, path: readonly string[]): string {
  if (typeof operand !== 'string') throw new InvalidPatternError(`${operator} match pattern must be a string`, path);
  return operand;
}

/** `{"prefix": "a"}` or `{"prefix": {"equals-ignore-case": "a"}}`. */
function affix(
  operator: string,
  operand: unknown,
  path: readonly string[],
  test: (text: string, part: string) => boolean,
): ValueTest {
  if (!isRecord(operand)) {
    const part = textOperand(operator, operand, path);
    return ofText((text) => test(text, part));
  }
  const [inner, innerOperand] = singleEntry(operand, path);
  if (inner !== 'equals-ignore-case') {
    throw new InvalidPatternError(`Unsupported ${operator} pattern: ${inner}`, path);
  }
  const part = textOperand(inner, innerOperand, path).toLowerCase();
  return ofText((text) => test(text.toLowerCase(), part));
}

/** A value that none of the tests inside it matches. */
function anythingBut(operand: unknown, dialect: Dialect, path: readonly string[]): ValueTest {
  if (isRecord(operand)) {
    const [operator, innerOperand] = singleEntry(operand, path);
    if (!dialect.insideAnythingBut.has(operator)) {
      throw new InvalidPatternError(`Unsupported anything-but pattern: ${operator}`, path);
    }
    const tests = nonEmptyList(innerOperand, path).map((item) => parseOperator(operator, item, dialect, path));
    return (value) => !tests.some((test) => test(value));
  }
  const excluded = nonEmptyList(operand, path);
  const textsOnly = excluded.every((item) => typeof item === 'string');
  if (!textsOnly && !excluded.every((item) => typeof item === 'number')) {
    const several = 'Inside anything but list, either all values are number or string, mixed type is not supported';
    const single = 'Value of anything-but must be an array or single string/number value.';
    throw new InvalidPatternError(Array.isArray(operand) ? several : single, path);
  }
  const values = new Set<unknown>(excluded);
  return (value) => !values.has(value);
}

function nonEmptyList(operand: unknown, path: readonly string[]): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  if (list.length === 0) throw new InvalidPatternError('Empty arrays are not allowed', path);
  return list;
}

/** The range of numbers that patterns can compare. Source: EventBridge user guide, numeric matching. */
const numericLimit = 5_000_000_000;

function numericTest(operand: unknown, path: readonly string[]): ValueTest {
  if (!Array.isArray(operand)) throw new InvalidPatternError('Invalid numeric match type', path);
  const terms: readonly unknown[] = operand;
  const [operator] = terms;
  if (typeof operator !== 'string')
    throw new InvalidPatternError('Invalid member in numeric match: ' + JSON.stringify(operator ?? null), path);
  const bound = numericBound(operator, terms[1], path);
  const isLowerBound = operator === '>' || operator === '>=';
  if (terms.length > 2 && !isLowerBound)
    throw new InvalidPatternError('Too many terms in numeric range expression', path);
  const first = comparison(operator, bound, path);
  if (terms.length <= 2) return (value) => typeof value === 'number' && first(value);
  const [, , upperOperator, top] = terms;
  if (upperOperator !== '<' && upperOperator !== '<=') {
    throw new InvalidPatternError(`Bad numeric range operator: ${String(upperOperator)}`, path);
  }
  const upperBound = numericBound(upperOperator, top, path);
  if (terms.length > 4) throw new InvalidPatternError('Too many terms in numeric range expression', path);
  if (bound >= upperBound) throw new InvalidPatternError('Bottom must be less than top', path);
  const second = comparison(upperOperator, upperBound, path);
  return (value) => typeof value === 'number' && first(value) && second(value);
}

function numericBound(operator: string, bound: unknown, path: readonly string[]): number {
  if (typeof bound !== 'number') throw new InvalidPatternError(`Value of ${operator} must be numeric`, path);
  if (Math.abs(bound) > numericLimit) {
    throw new InvalidPatternError('Value must be between -5.0E9 and 5.0E9, inclusive', path);
  }
  return bound;
}

function comparison(operator: string, bound: number, path: readonly string[]): (value: number) => boolean {
  switch (operator) {
    case '=':
      return (value) => value === bound;
    case '<':
      return (value) => value < bound;
    case '<=':
      return (value) => value <= bound;
    case '>':
      return (value) => value > bound;
    case '>=':
      return (value) => value >= bound;
    default:
      throw new InvalidPatternError(`Unrecognized numeric range operator: ${operator}`, path);
  }
}

export function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
