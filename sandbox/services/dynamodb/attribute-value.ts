/** Attribute values: `{ S: 'text' }`, `{ N: '1.5' }`, …; checked, compared, measured. */
import type { Facts } from '../../facts.ts';
import { factError } from '../fact-errors.ts';
import { compareTexts } from '../text-order.ts';
import { compareDecimals, decimalText, parseDecimal } from './decimal.ts';

export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: Uint8Array }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly M: Item }
  | { readonly L: readonly AttributeValue[] }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly Uint8Array[] };

/** An item, or the value of a map: attributes by name. */
export type Item = Readonly<Record<string, AttributeValue>>;

export type TypeName = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'M' | 'L' | 'SS' | 'NS' | 'BS';

const typeNames: readonly TypeName[] = ['S', 'N', 'B', 'BOOL', 'NULL', 'M', 'L', 'SS', 'NS', 'BS'];

export function typeOf(value: AttributeValue): TypeName {
  return Object.keys(value)[0] as TypeName;
}

/** A checked copy with its numbers in their one form. @throws {ApiError} ValidationException */
export function checkValue(value: unknown, facts: Facts): AttributeValue {
  const refuse = (key: string, values: Readonly<Record<string, string>> = {}): Error =>
    factError(facts, 'err-dynamodb', key, values);
  if (typeof value !== 'object' || value === null) throw refuse('emptyValue');
  const given = value as Record<string, unknown>;
  const kinds = typeNames.filter((name) => given[name] !== undefined);
  const [kind] = kinds;
  if (kind === undefined) throw refuse('emptyValue');
  if (kinds.length > 1) throw refuse('severalTypes');
  const content = given[kind];
  const isList = Array.isArray(content);
  switch (kind) {
    case 'S':
      if (typeof content === 'string') return { S: content };
      break;
    case 'N':
      if (typeof content === 'string') return { N: numberText(content, facts) };
      break;
    case 'B':
      if (content instanceof Uint8Array) return { B: content.slice() };
      if (typeof content === 'string') return { B: new TextEncoder().encode(content) };
      break;
    case 'BOOL':
      if (typeof content === 'boolean') return { BOOL: content };
      break;
    case 'NULL':
      if (content === true) return { NULL: true };
      break;
    case 'M':
      if (typeof content === 'object' && content !== null && !isList) return { M: checkItem(content, facts) };
      break;
    case 'L':
      if (isList) return { L: content.map((item) => checkValue(item, facts)) };
      break;
    case 'SS':
      if (isList) return { SS: checkSet(content.map(String), 'string', (item) => item, refuse) };
      break;
    case 'NS':
      if (isList) {
        return {
          NS: checkSet(
            content.map((item) => numberText(String(item), facts)),
            'number',
            (item) => item,
            refuse,
          ),
        };
      }
      break;
    case 'BS':
      if (isList && content.every((item) => item instanceof Uint8Array)) {
        return {
          BS: checkSet(
            content.map((item) => item.slice()),
            'binary',
            String,
            refuse,
          ),
        };
      }
      break;
  }
  throw refuse('emptyValue');
}

export function checkItem(item: object, facts: Facts): Item {
  return itemFrom(Object.entries(item).map(([name, value]) => [name, checkValue(value, facts)]));
}

/** An item of these attributes; a name may be any text, `__proto__` too. */
export function itemFrom(entries: Iterable<readonly [string, AttributeValue]>): Item {
  return Object.fromEntries(entries);
}

function checkSet<T>(
  values: readonly T[],
  kind: string,
  identity: (value: T) => string,
  refuse: (key: string, values: Readonly<Record<string, string>>) => Error,
): readonly T[] {
  if (values.length === 0) throw refuse('emptySet', { kind });
  if (new Set(values.map(identity)).size < values.length)
    throw refuse('duplicatesInSet', { values: values.join(', ') });
  return values;
}

const numberText = (text: string, facts: Facts): string => decimalText(parseDecimal(text, facts));

/** Bytes of a text in UTF-8. */
export function utf8Size(text: string): number {
  let size = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    // Each half of a pair stands for two of its four bytes.
    size += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
  }
  return size;
}

/** Bytes that count against limits and capacity. Source: DynamoDB guide, item sizes and formats. */
export function sizeOf(value: AttributeValue): number {
  if ('S' in value) return utf8Size(value.S);
  if ('N' in value) return numberSize(value.N);
  if ('B' in value) return value.B.length;
  if ('BOOL' in value || 'NULL' in value) return 1;
  if ('SS' in value) return value.SS.reduce((sum, item) => sum + utf8Size(item), 0);
  if ('NS' in value) return value.NS.reduce((sum, item) => sum + numberSize(item), 0);
  if ('BS' in value) return value.BS.reduce((sum, item) => sum + item.length, 0);
  if ('L' in value) return value.L.reduce((sum, item) => sum + sizeOf(item) + 1, 3);
  return Object.entries(value.M).reduce((sum, [name, item]) => sum + utf8Size(name) + sizeOf(item) + 1, 3);
}

export function itemSize(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + utf8Size(name) + sizeOf(value), 0);
}

/** About one byte for two digits, and one more; another for a minus. */
function numberSize(text: string): number {
  const digits = text
    .replace(/E.*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+|0+$/g, '');
  return Math.ceil(digits.length / 2) + 1 + (text.startsWith('-') ? 1 : 0);
}

/** Below 0, 0, above 0; undefined for values that have no order among them. */
export function compareValues(a: AttributeValue, b: AttributeValue, facts: Facts): number | undefined {
  if ('S' in a && 'S' in b) return compareTexts(a.S, b.S);
  if ('N' in a && 'N' in b) return compareDecimals(parseDecimal(a.N, facts), parseDecimal(b.N, facts));
  if ('B' in a && 'B' in b) return compareBytes(a.B, b.B);
  return undefined;
}

export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Sets are equal in any order, everything else as it is. */
export function sameValue(a: AttributeValue, b: AttributeValue): boolean {
  return canonical(a) === canonical(b);
}

export const sameItem = (a: Item, b: Item): boolean => canonical({ M: a }) === canonical({ M: b });

/** A text that is the same for the same values. */
export function canonical(value: AttributeValue): string {
  if ('B' in value) return `{"B":[${value.B.join()}]}`;
  if ('SS' in value) return JSON.stringify({ SS: [...value.SS].sort() });
  if ('NS' in value) return JSON.stringify({ NS: [...value.NS].sort() });
  if ('BS' in value) return JSON.stringify({ BS: value.BS.map((item) => item.join()).sort() });
  if ('L' in value) return `{"L":[${value.L.map(canonical).join()}]}`;
  if (!('M' in value)) return JSON.stringify(value);
  const members = Object.entries(value.M).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{"M":{${members.map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`).join()}}}`;
}
