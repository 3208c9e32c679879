/** Query and Scan: page by page through a partition, or through everything. */
import { factNumber, type Facts } from '../../facts.ts';
import { factError } from '../fact-errors.ts';
import { checkItem, itemFrom, itemSize, type Item } from './attribute-value.ts';
import { consumed, readUnits, type ConsumedCapacity } from './capacity.ts';
import type { QueryRequest, ReadManyRequest, ScanRequest } from './dynamodb.types.ts';
import { parseCondition } from './expressions/condition-parser.ts';
import { ExpressionContext } from './expressions/context.ts';
import { conditionHolds } from './expressions/evaluate-condition.ts';
import type { Condition, Operand, Path } from './expressions/expression.types.ts';
import { parseProjection, project } from './expressions/projection.ts';
import { readKeyCondition } from './key-condition.ts';
import { keyAttributes, keyText } from './key-schema.ts';
import { segmentOf, type Entry, type OrderedItems } from './ordered-items.ts';
import type { Index, Table } from './table.ts';

export interface Page {
  readonly Items?: readonly Item[];
  readonly Count: number;
  readonly ScannedCount: number;
  readonly LastEvaluatedKey?: Item;
  readonly ConsumedCapacity?: ConsumedCapacity;
}

/** What a query or scan reads from, and how it shows what it finds. */
interface Reading {
  readonly table: Table;
  readonly index: Index | undefined;
  readonly items: OrderedItems;
  readonly filter: Condition | undefined;
  readonly projection: readonly Path[] | undefined;
  readonly start: Entry | undefined;
}

/** @throws {ApiError} ValidationException */
export function query(table: Table, input: QueryRequest, facts: Facts): Page {
  const context = new ExpressionContext(input, facts);
  const { KeyConditionExpression: text } = input;
  if (text === undefined) throw context.refusal('noKeyCondition');
  const { items } = sourceOf(table, input, facts);
  const condition = readKeyCondition(text, items.schema, context);
  const reading = read(
    table,
    input,
    context,
    items.schema.range === undefined ? [items.schema.hash.name] : [items.schema.hash.name, items.schema.range.name],
  );
  context.finish('FilterExpression is null');
  const { start } = reading;
  const all = items.partition(condition.hash);
  const inOrder =
    input.ScanIndexForward === false
      ? all.slice(0, start === undefined ? all.length : items.countBefore(all, start)).reverse()
      : all.slice(start === undefined ? 0 : items.countThrough(all, start));
  return page(
    inOrder.filter(({ item }) => condition.inRange(item)),
    reading,
    input,
    facts,
  );
}

/** @throws {ApiError} ValidationException */
export function scan(table: Table, input: ScanRequest, facts: Facts): Page {
  const context = new ExpressionContext(input, facts);
  const reading = read(table, input, context, []);
  context.finish('FilterExpression is null');
  const { Segment: segment = 0, TotalSegments: total = 1 } = input;
  return page(entriesOf(reading, segment, total), reading, input, facts);
}

function* entriesOf({ items, start }: Reading, segment: number, total: number): Generator<Entry> {
  for (const entry of items.all(start)) if (total === 1 || segmentOf(entry, total) === segment) yield entry;
}

function sourceOf(
  table: Table,
  { IndexName: name, ConsistentRead }: ReadManyRequest,
  facts: Facts,
): Pick<Reading, 'index' | 'items'> {
  if (name === undefined) return { index: undefined, items: table.items };
  const index = table.indexes.find((one) => one.name === name);
  if (index === undefined) throw factError(facts, 'err-dynamodb', 'noIndex', { index: name });
  if (index.kind === 'global' && ConsistentRead === true) throw factError(facts, 'err-dynamodb', 'consistentIndex');
  return { index, items: index.items };
}

/** `keys`: attributes that a filter must not name. */
function read(table: Table, input: ReadManyRequest, context: ExpressionContext, keys: readonly string[]): Reading {
  const { facts } = context;
  const { FilterExpression, ProjectionExpression, Limit, ExclusiveStartKey } = input;
  const { index, items } = sourceOf(table, input, facts);
  if (Limit !== undefined && !(Limit >= 1)) throw context.refusal('limit', { value: Limit });
  const filter =
    FilterExpression === undefined ? undefined : parseCondition(FilterExpression, 'FilterExpression', context);
  if (filter !== undefined) {
    const key = namesIn(filter).find((name) => keys.includes(name));
    if (key !== undefined) throw context.refusal('keyInFilter', { key });
  }
  const projection = ProjectionExpression === undefined ? undefined : parseProjection(ProjectionExpression, context);
  const start = ExclusiveStartKey === undefined ? undefined : startOf(table, items, ExclusiveStartKey, context);
  return { table, index, items, filter, projection, start };
}

function startOf(table: Table, items: OrderedItems, given: Item, context: ExpressionContext): Entry {
  const key = checkItem(given, context.facts);
  const names = new Set([...keyAttributes(table.schema), ...keyAttributes(items.schema)].map(({ name }) => name));
  const entry = items.entry(key, keyText(table.schema, key));
  const fits = entry !== undefined && Object.keys(key).length === names.size && [...names].every((name) => name in key);
  if (!fits) throw context.refusal('startKey');
  return entry;
}

function page(entries: Iterable<Entry>, reading: Reading, input: ReadManyRequest, facts: Facts): Page {
  const { table, index, items, filter, projection } = reading;
  const { Limit: limit = Infinity, Select: select } = input;
  const pageBytes = factNumber(facts, 'dynamodb-limits', 'pageBytes');
  const found: Item[] = [];
  let scanned = 0;
  let bytes = 0;
  let last: Entry | undefined;
  let isCut = false;
  for (const entry of entries) {
    const item = index === undefined ? entry.item : table.projected(index, entry.item);
    const size = itemSize(item);
    if (scanned > 0 && bytes + size > pageBytes) {
      isCut = true;
      break;
    }
    scanned += 1;
    bytes += size;
    last = entry;
    if (filter === undefined || conditionHolds(filter, item, facts)) {
      found.push(projection === undefined ? item : project(item, projection));
    }
    // A limit that is reached ends the page, whether or not something comes after it.
    if (scanned >= limit) {
      isCut = true;
      break;
    }
  }
  const keys = [...keyAttributes(table.schema), ...keyAttributes(items.schema)].map(({ name }) => name);
  const lastKey =
    last === undefined ? undefined : itemFrom(Object.entries(last.item).filter(([name]) => keys.includes(name)));
  const units = readUnits(bytes, input.ConsistentRead === true, facts);
  return {
    ...(select === 'COUNT' ? {} : { Items: found }),
    Count: found.length,
    ScannedCount: scanned,
    ...(isCut && lastKey !== undefined ? { LastEvaluatedKey: lastKey } : {}),
    ...consumed(input.ReturnConsumedCapacity, table.name, units),
  };
}

/** Top-level attributes that a condition names. */
function namesIn(condition: Condition): readonly string[] {
  const ofOperands = (operands: readonly Operand[]): readonly string[] =>
    operands.flatMap((operand) => {
      if (operand.kind === 'size') return ofOperands([operand.of]);
      return operand.kind === 'path' && typeof operand.path[0] === 'string' ? [operand.path[0]] : [];
    });
  switch (condition.kind) {
    case 'and':
    case 'or':
      return [...namesIn(condition.left), ...namesIn(condition.right)];
    case 'not':
      return namesIn(condition.condition);
    case 'compare':
      return ofOperands([condition.left, condition.right]);
    case 'between':
      return ofOperands([condition.operand, condition.low, condition.high]);
    case 'in':
      return ofOperands([condition.operand, ...condition.list]);
    case 'function':
      return ofOperands(condition.operands);
  }
}
