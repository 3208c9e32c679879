/** Expressions of a Logs Insights query: fields, comparisons, `like`, arithmetic and a few functions. */
import { malformed, type Token } from './tokens.ts';

/** The fields of a log event, by name; absent ones are not there. */
export type Row = Readonly<Record<string, FieldValue>>;
export type FieldValue = string | number | undefined;
export type Evaluate = (row: Row) => FieldValue;

/** Reads tokens one after the other. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get next(): Token {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new Error('Read past the end of a query.');
    return token;
  }

  take(): Token {
    const token = this.next;
    if (token.kind !== 'end') this.#at += 1;
    return token;
  }

  /** Takes the token when it is this word or sign, whatever its case. */
  takeIf(text: string): boolean {
    const isIt = this.next.kind !== 'text' && this.next.text.toLowerCase() === text;
    if (isIt) this.#at += 1;
    return isIt;
  }

  expect(text: string): void {
    if (!this.takeIf(text)) throw malformed(`there should be ${text}, not ${this.next.text}`, this.next.at);
  }

  /** A field's name, without backticks. */
  name(): string {
    const token = this.take();
    if (token.kind !== 'name') throw malformed(`there should be a field, not ${token.text}`, token.at);
    return token.text.replaceAll('`', '');
  }
}

/** Reads an expression: `or` binds weakest. */
export function readExpression(reader: TokenReader): Evaluate {
  let left = readAnd(reader);
  while (reader.takeIf('or')) {
    const [a, b] = [left, readAnd(reader)];
    left = (row) => truth(isTrue(a(row)) || isTrue(b(row)));
  }
  return left;
}

function readAnd(reader: TokenReader): Evaluate {
  let left = readNot(reader);
  while (reader.takeIf('and')) {
    const [a, b] = [left, readNot(reader)];
    left = (row) => truth(isTrue(a(row)) && isTrue(b(row)));
  }
  return left;
}

function readNot(reader: TokenReader): Evaluate {
  if (!reader.takeIf('not')) return readComparison(reader);
  const inner = readNot(reader);
  return (row) => truth(!isTrue(inner(row)));
}

function readComparison(reader: TokenReader): Evaluate {
  const left = readSum(reader);
  const negated = reader.takeIf('not');
  if (reader.takeIf('like') || reader.takeIf('=~')) {
    const matches = readPattern(reader);
    return (row) => truth(matches(left(row)) !== negated);
  }
  if (reader.takeIf('in')) {
    const list = readList(reader);
    return (row) => truth(list.some((item) => isSame(left(row), item(row))) !== negated);
  }
  if (negated) throw malformed('after not there should be like or in', reader.next.at);
  for (const [sign, holds] of comparisons) {
    if (!reader.takeIf(sign)) continue;
    const right = readSum(reader);
    return (row) => truth(holds(left(row), right(row)));
  }
  return left;
}

const ordered =
  (test: (a: number | string, b: number | string) => boolean) =>
  (a: FieldValue, b: FieldValue): boolean => {
    if (a === undefined || b === undefined) return false;
    const [x, y] = [Number(a), Number(b)];
    return Number.isNaN(x) || Number.isNaN(y) ? test(String(a), String(b)) : test(x, y);
  };

const comparisons: readonly [string, (a: FieldValue, b: FieldValue) => boolean][] = [
  ['!=', (a, b) => !isSame(a, b)],
  ['>=', ordered((a, b) => a >= b)],
  ['<=', ordered((a, b) => a <= b)],
  ['=', (a, b) => isSame(a, b)],
  ['>', ordered((a, b) => a > b)],
  ['<', ordered((a, b) => a < b)],
];

function readPattern(reader: TokenReader): (value: FieldValue) => boolean {
  const token = reader.take();
  if (token.kind === 'pattern') {
    const [, source = '', flags = ''] = /^\/([\s\S]*)\/(i?)$/.exec(token.text) ?? [];
    const pattern = compile(source, flags, token.at);
    return (value) => value !== undefined && pattern.test(String(value));
  }
  if (token.kind !== 'text') throw malformed(`after like there should be /…/ or "…", not ${token.text}`, token.at);
  const part = unquote(token.text);
  return (value) => value !== undefined && String(value).includes(part);
}

function compile(source: string, flags: string, at: number): RegExp {
  try {
    return new RegExp(source.replace(/^\(\?i\)/, ''), source.startsWith('(?i)') ? 'i' : flags);
  } catch (error) {
    throw malformed(`${source} is not a regular expression: ${String(error)}`, at);
  }
}

function readList(reader: TokenReader): readonly Evaluate[] {
  reader.expect('[');
  const items: Evaluate[] = [];
  do items.push(readSum(reader));
  while (reader.takeIf(','));
  reader.expect(']');
  return items;
}

function readSum(reader: TokenReader): Evaluate {
  let left = readProduct(reader);
  for (;;) {
    const sign = reader.takeIf('+') ? 1 : reader.takeIf('-') ? -1 : 0;
    if (sign === 0) return left;
    const [a, b] = [left, readProduct(reader)];
    left = (row) => arithmetic(a(row), b(row), (x, y) => x + sign * y);
  }
}

function readProduct(reader: TokenReader): Evaluate {
  let left = readValue(reader);
  for (;;) {
    const sign = ['*', '/', '%'].find((one) => reader.takeIf(one));
    if (sign === undefined) return left;
    const [a, b] = [left, readValue(reader)];
    left = (row) => arithmetic(a(row), b(row), (x, y) => (sign === '*' ? x * y : sign === '/' ? x / y : x % y));
  }
}

const functions: Readonly<Record<string, (...values: FieldValue[]) => FieldValue>> = {
  abs: (value) => number(value, Math.abs),
  ceil: (value) => number(value, Math.ceil),
  floor: (value) => number(value, Math.floor),
  sqrt: (value) => number(value, Math.sqrt),
  greatest: (...values) => Math.max(...values.map(Number)),
  least: (...values) => Math.min(...values.map(Number)),
  strlen: (value) => (value === undefined ? undefined : String(value).length),
  tolower: (value) => (value === undefined ? undefined : String(value).toLowerCase()),
  toupper: (value) => (value === undefined ? undefined : String(value).toUpperCase()),
  trim: (value) => (value === undefined ? undefined : String(value).trim()),
  concat: (...values) => values.map((value) => value ?? '').join(''),
  ispresent: (value) => truth(value !== undefined),
  isempty: (value) => truth(value === undefined || value === ''),
  coalesce: (...values) => values.find((value) => value !== undefined),
};

function readValue(reader: TokenReader): Evaluate {
  if (reader.takeIf('(')) {
    const inner = readExpression(reader);
    reader.expect(')');
    return inner;
  }
  if (reader.takeIf('-')) {
    const inner = readValue(reader);
    return (row) => arithmetic(0, inner(row), (a, b) => a - b);
  }
  const token = reader.next;
  if (token.kind === 'number') {
    const value = Number(reader.take().text);
    return () => value;
  }
  if (token.kind === 'text') {
    const value = unquote(reader.take().text);
    return () => value;
  }
  const name = reader.name();
  if (!reader.takeIf('(')) return (row) => row[name];
  return readCall(reader, name.toLowerCase(), token);
}

function readCall(reader: TokenReader, name: string, token: Token): Evaluate {
  if (name === 'bin' || name === 'datefloor') {
    const bin = name === 'bin' ? undefined : reader.name();
    if (bin !== undefined) reader.expect(',');
    const ms = durationMs(reader.take());
    reader.expect(')');
    return (row) => number(row[bin ?? '@timestamp'], (time) => Math.floor(time / ms) * ms);
  }
  const call = functions[name];
  if (call === undefined) {
    const known = Object.keys(functions).join(', ');
    throw malformed(`the function ${name} is not simulated; there are bin, datefloor, ${known}`, token.at);
  }
  const values: Evaluate[] = [];
  if (!reader.takeIf(')')) {
    do values.push(readExpression(reader));
    while (reader.takeIf(','));
    reader.expect(')');
  }
  return (row) => call(...values.map((value) => value(row)));
}

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

function durationMs(token: Token): number {
  const [, count = '', unit = ''] = /^(\d+)(ms|s|m|h|d|w)$/.exec(token.text) ?? [];
  const ms = Number(count) * (unitMs[unit] ?? 0);
  if (token.kind !== 'duration' || ms === 0)
    throw malformed(`there should be a time like 5m, not ${token.text}`, token.at);
  return ms;
}

/** A quoted text's value. */
export const unquote = (text: string): string => text.slice(1, -1).replace(/\\(.)/g, '$1');

export const isTrue = (value: FieldValue): boolean => value !== undefined && value !== 0 && value !== '';
const truth = (value: boolean): number => (value ? 1 : 0);

function isSame(a: FieldValue, b: FieldValue): boolean {
  if (a === undefined || b === undefined) return false;
  return a === b || (a !== '' && b !== '' && Number(a) === Number(b)) || String(a) === String(b);
}

function number(value: FieldValue, compute: (value: number) => number): FieldValue {
  const read = value === undefined || value === '' ? Number.NaN : Number(value);
  return Number.isNaN(read) ? undefined : compute(read);
}

function arithmetic(a: FieldValue, b: FieldValue, compute: (a: number, b: number) => number): FieldValue {
  return number(a, (x) => number(b, (y) => compute(x, y)) as number);
}
