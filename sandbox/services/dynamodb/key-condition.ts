/** Key conditions of a query: one partition, and maybe a stretch of its range keys. */
import type { Facts } from '../../facts.ts';
import { factError } from '../fact-errors.ts';
import type { AttributeValue, Item } from './attribute-value.ts';
import { typeOf } from './attribute-value.ts';
import type { ExpressionContext } from './expressions/context.ts';
import { parseCondition } from './expressions/condition-parser.ts';
import { conditionHolds } from './expressions/evaluate-condition.ts';
import type { Condition, Operand } from './expressions/expression.types.ts';
import type { KeyAttribute, KeySchema } from './key-schema.ts';

export interface KeyCondition {
  readonly hash: AttributeValue;
  /** Whether an item's range key is in the stretch. */
  inRange(item: Item): boolean;
}

/** @throws {ApiError} ValidationException */
export function readKeyCondition(text: unknown, schema: KeySchema, context: ExpressionContext): KeyCondition {
  const { facts } = context;
  const conditions = conjunction(parseCondition(text, 'KeyConditionExpression', context), context);
  const names = conditions.map((condition) => attributeOf(condition, context));
  if (new Set(names).size < names.length) throw context.refusal('keyConditionTwice');
  const hash = conditions[names.indexOf(schema.hash.name)];
  if (hash === undefined) throw context.refusal('keyConditionMissing', { key: schema.hash.name });
  if (hash.kind !== 'compare' || hash.comparator !== '=' || hash.right.kind !== 'value') {
    throw context.refusal('keyConditionForm');
  }
  checkType(schema.hash, hash.right, facts);
  const others = conditions.filter((condition) => condition !== hash);
  const [range] = others;
  if (range === undefined) return { hash: hash.right.value, inRange: () => true };
  if (schema.range === undefined || names[conditions.indexOf(range)] !== schema.range.name) {
    throw schema.range === undefined
      ? context.refusal('keyConditionForm')
      : context.refusal('keyConditionMissing', { key: schema.range.name });
  }
  if (others.length > 1) throw context.refusal('keyConditionForm');
  for (const operand of operandsOf(range)) checkType(schema.range, operand, facts);
  return { hash: hash.right.value, inRange: (item) => conditionHolds(range, item, facts) };
}

type KeyTest = Extract<Condition, { kind: 'compare' | 'between' | 'function' }>;

function conjunction(condition: Condition, context: ExpressionContext): readonly KeyTest[] {
  if (condition.kind === 'and')
    return [...conjunction(condition.left, context), ...conjunction(condition.right, context)];
  const isTest =
    condition.kind === 'between' ||
    (condition.kind === 'compare' && condition.comparator !== '<>') ||
    (condition.kind === 'function' && condition.name === 'begins_with');
  if (!isTest) throw context.refusal('keyConditionForm');
  return [condition];
}

function attributeOf(condition: KeyTest, context: ExpressionContext): string {
  const [operand] =
    condition.kind === 'function'
      ? condition.operands
      : [condition.kind === 'compare' ? condition.left : condition.operand];
  const name = operand?.kind === 'path' && operand.path.length === 1 ? operand.path[0] : undefined;
  if (typeof name !== 'string') throw context.refusal('keyConditionForm');
  return name;
}

const operandsOf = (condition: KeyTest): readonly Operand[] =>
  condition.kind === 'compare'
    ? [condition.right]
    : condition.kind === 'between'
      ? [condition.low, condition.high]
      : condition.operands.slice(1);

function checkType({ type }: KeyAttribute, operand: Operand, facts: Facts): void {
  if (operand.kind !== 'value') throw factError(facts, 'err-dynamodb', 'keyConditionForm');
  if (typeOf(operand.value) !== type) throw factError(facts, 'err-dynamodb', 'keyConditionType');
}
