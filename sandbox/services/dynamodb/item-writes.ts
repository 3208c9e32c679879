/** Changing one item: what a put, an update or a deletion would make of it, if its condition holds. */
import { factNumber, type Facts } from '../../facts.ts';
import { factError } from '../fact-errors.ts';
import { ApiError } from '../service.ts';
import { checkItem, itemSize, type Item } from './attribute-value.ts';
import { writeUnits } from './capacity.ts';
import type { Conditional, PutItemRequest, ReturnValue, TransactWriteItem } from './dynamodb.types.ts';
import { applyUpdate } from './expressions/apply-update.ts';
import { parseCondition } from './expressions/condition-parser.ts';
import { ExpressionContext } from './expressions/context.ts';
import { conditionHolds } from './expressions/evaluate-condition.ts';
import type { Condition, Path, UpdateAction } from './expressions/expression.types.ts';
import { project } from './expressions/projection.ts';
import { parseUpdate } from './expressions/update-parser.ts';
import { checkItemKey, checkKey, keyAttributes, keyOf } from './key-schema.ts';
import type { Table } from './table.ts';

/** A write that was read and checked as far as it can be without looking at the item. */
export interface Write {
  readonly table: Table;
  readonly key: Item;
  readonly condition: Condition | undefined;
  readonly returnsOldOnFailure: boolean;
  /** Paths that an update names. */
  readonly paths: readonly Path[];
  /** What the item becomes; undefined when it goes. */
  readonly result: (before: Item | undefined) => Item | undefined;
}

export interface Written {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** @throws {ApiError} ValidationException */
export function readPut(table: Table, input: Conditional & Pick<PutItemRequest, 'Item'>, facts: Facts): Write {
  const context = new ExpressionContext(input, facts);
  const condition = readCondition(input, context);
  context.finish('ConditionExpression is null');
  const item = checkItem(asRecord(input.Item), facts);
  checkItemKey(table.schema, item, facts);
  table.checkIndexKeys(item);
  if (itemSize(item) > itemLimit(facts)) throw factError(facts, 'err-dynamodb', 'itemTooLarge');
  return write(table, keyOf(table.schema, item), condition, input, () => item);
}

/** @throws {ApiError} ValidationException */
export function readDelete(table: Table, input: Conditional & { readonly Key: Item }, facts: Facts): Write {
  const context = new ExpressionContext(input, facts);
  const condition = readCondition(input, context);
  context.finish('ConditionExpression is null');
  return write(table, readKey(table, input.Key, facts), condition, input, () => undefined);
}

/** A check of a transaction: it changes nothing. @throws {ApiError} ValidationException */
export function readCheck(table: Table, input: NonNullable<TransactWriteItem['ConditionCheck']>, facts: Facts): Write {
  const context = new ExpressionContext(input, facts);
  const condition = readCondition(input, context);
  context.finish('ConditionExpression is null');
  return write(table, readKey(table, input.Key, facts), condition, input, (before) => before);
}

/** @throws {ApiError} ValidationException */
export function readUpdate(
  table: Table,
  input: Conditional & { readonly Key: Item; readonly UpdateExpression?: string },
  facts: Facts,
): Write {
  const context = new ExpressionContext(input, facts);
  const actions: readonly UpdateAction[] =
    input.UpdateExpression === undefined ? [] : parseUpdate(input.UpdateExpression, context);
  const condition = readCondition(input, context);
  context.finish('UpdateExpression is null, ConditionExpression is null');
  const key = readKey(table, input.Key, facts);
  for (const { name } of keyAttributes(table.schema)) {
    if (actions.some(({ path }) => path[0] === name))
      throw factError(facts, 'err-dynamodb', 'updateKey', { key: name });
  }
  const result = (before: Item | undefined): Item => {
    const item = applyUpdate(before ?? key, actions, facts);
    table.checkIndexKeys(item);
    if (itemSize(item) > itemLimit(facts)) throw factError(facts, 'err-dynamodb', 'updateTooLarge');
    return item;
  };
  const paths = actions.map(({ path }) => path);
  return { ...write(table, key, condition, input, result), paths };
}

function write(
  table: Table,
  key: Item,
  condition: Condition | undefined,
  { ReturnValuesOnConditionCheckFailure: onFailure }: Conditional,
  result: Write['result'],
): Write {
  return { table, key, condition, returnsOldOnFailure: onFailure === 'ALL_OLD', paths: [], result };
}

/** @throws {ApiError} ConditionalCheckFailedException, or ValidationException when the item does not fit the update */
export function tryWrite({ table, key, condition, returnsOldOnFailure, result }: Write, facts: Facts): Written {
  const before = table.get(key);
  if (condition !== undefined && !conditionHolds(condition, before ?? {}, facts)) {
    const { name, code, message } = factError(facts, 'err-dynamodb', 'conditionFailed');
    throw new ApiError(name, code, message, returnsOldOnFailure && before !== undefined ? { Item: before } : {});
  }
  return { before, after: result(before) };
}

/** The member `Attributes` of an output. */
export function returned(
  wanted: ReturnValue | undefined,
  { before, after }: Written,
  paths: readonly Path[],
): { Attributes?: Item } {
  const item =
    wanted === 'ALL_OLD' || wanted === 'UPDATED_OLD'
      ? before
      : wanted === undefined || wanted === 'NONE'
        ? undefined
        : after;
  if (item === undefined) return {};
  const attributes = wanted === 'UPDATED_OLD' || wanted === 'UPDATED_NEW' ? project(item, paths) : item;
  return Object.keys(attributes).length === 0 ? {} : { Attributes: attributes };
}

/** What a write costs: the larger of the item before and after. */
export function unitsOf({ before, after }: Written, facts: Facts): number {
  return writeUnits(Math.max(itemSize(before ?? {}), itemSize(after ?? {})), facts);
}

export function readKey(table: Table, key: Item, facts: Facts): Item {
  const checked = checkItem(asRecord(key), facts);
  checkKey(table.schema, checked, facts);
  return checked;
}

function readCondition({ ConditionExpression: text }: Conditional, context: ExpressionContext): Condition | undefined {
  return text === undefined ? undefined : parseCondition(text, 'ConditionExpression', context);
}

function asRecord(value: unknown): object {
  if (typeof value === 'object' && value !== null) return value;
  throw new TypeError('an item is an object of attribute values');
}

const itemLimit = (facts: Facts): number => factNumber(facts, 'dynamodb-limits', 'itemBytes');
