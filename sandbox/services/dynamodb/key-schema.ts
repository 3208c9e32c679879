/** Keys of tables and indexes: which attributes they are, and what values they may have. */
import { factNumber, type Facts } from '../../facts.ts';
import { factError } from '../fact-errors.ts';
import { canonical, itemFrom, sizeOf, typeOf, type AttributeValue, type Item } from './attribute-value.ts';

export type KeyType = 'S' | 'N' | 'B';

export interface KeyAttribute {
  readonly name: string;
  readonly type: KeyType;
}

export interface KeySchema {
  readonly hash: KeyAttribute;
  readonly range?: KeyAttribute;
}

export const keyAttributes = ({ hash, range }: KeySchema): readonly KeyAttribute[] =>
  range === undefined ? [hash] : [hash, range];

/** The key's part of an item that has it. */
export function keyOf(schema: KeySchema, item: Item): Item {
  return itemFrom(
    keyAttributes(schema).flatMap(({ name }) => {
      const value = item[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** A text that is the same for the same key of a table. */
export function keyText(schema: KeySchema, item: Item): string {
  return keyAttributes(schema)
    .map(({ name }) => canonical(item[name] ?? { NULL: true }))
    .join('|');
}

/** @throws {ApiError} ValidationException: an item without its key, or with another type in it */
export function checkItemKey(schema: KeySchema, item: Item, facts: Facts): void {
  for (const { name, type } of keyAttributes(schema)) {
    const value = item[name];
    if (value === undefined) throw factError(facts, 'err-dynamodb', 'missingKey', { key: name });
    const actual = typeOf(value);
    if (actual !== type) throw factError(facts, 'err-dynamodb', 'keyType', { key: name, expected: type, actual });
    checkKeyValue(schema, name, value, facts);
  }
}

/** @throws {ApiError} ValidationException: not exactly the attributes of the key */
export function checkKey(schema: KeySchema, key: Item, facts: Facts): void {
  const attributes = keyAttributes(schema);
  const fits =
    Object.keys(key).length === attributes.length &&
    attributes.every(({ name, type }) => {
      const value = key[name];
      return value !== undefined && typeOf(value) === type;
    });
  if (!fits) throw factError(facts, 'err-dynamodb', 'keySchema');
  for (const { name } of attributes) checkKeyValue(schema, name, key[name] ?? { NULL: true }, facts);
}

function checkKeyValue({ hash }: KeySchema, name: string, value: AttributeValue, facts: Facts): void {
  const size = sizeOf(value);
  if (size === 0) throw factError(facts, 'err-dynamodb', 'emptyKey', { key: name });
  const isHash = name === hash.name;
  const limit = factNumber(facts, 'dynamodb-limits', isHash ? 'hashKeyBytes' : 'rangeKeyBytes');
  const kind = isHash ? 'hashkey' : 'rangekey';
  if (size > limit) throw factError(facts, 'err-dynamodb', 'keyTooLong', { kind, limit });
}
