/** Whether a condition holds for an item. An operand that is missing makes a comparison false. */
import type { Facts } from '../../../facts.ts';
import {
  compareBytes,
  compareValues,
  sameValue,
  typeOf,
  utf8Size,
  type AttributeValue,
  type Item,
} from '../attribute-value.ts';
import type { Comparator, Condition, Operand, Path } from './expression.types.ts';

export function conditionHolds(condition: Condition, item: Item, facts: Facts): boolean {
  const value = (operand: Operand): AttributeValue | undefined => operandValue(operand, item);
  switch (condition.kind) {
    case 'and':
      return conditionHolds(condition.left, item, facts) && conditionHolds(condition.right, item, facts);
    case 'or':
      return conditionHolds(condition.left, item, facts) || conditionHolds(condition.right, item, facts);
    case 'not':
      return !conditionHolds(condition.condition, item, facts);
    case 'compare':
      return compares(condition.comparator, value(condition.left), value(condition.right), facts);
    case 'between':
      return (
        compares('>=', value(condition.operand), value(condition.low), facts) &&
        compares('<=', value(condition.operand), value(condition.high), facts)
      );
    case 'in':
      return condition.list.some((operand) => compares('=', value(condition.operand), value(operand), facts));
    case 'function':
      return functionHolds(condition, value);
  }
}

function compares(
  comparator: Comparator,
  left: AttributeValue | undefined,
  right: AttributeValue | undefined,
  facts: Facts,
): boolean {
  // An attribute that is not there differs from everything.
  if (left === undefined || right === undefined) return comparator === '<>' && left !== right;
  if (comparator === '=') return sameValue(left, right);
  if (comparator === '<>') return !sameValue(left, right);
  const order = compareValues(left, right, facts);
  if (order === undefined) return false;
  switch (comparator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

function functionHolds(
  { name, operands }: Extract<Condition, { kind: 'function' }>,
  value: (operand: Operand) => AttributeValue | undefined,
): boolean {
  const [left, right] = operands.map(value);
  switch (name) {
    case 'attribute_exists':
      return left !== undefined;
    case 'attribute_not_exists':
      return left === undefined;
    case 'attribute_type':
      return left !== undefined && right !== undefined && 'S' in right && typeOf(left) === right.S;
    case 'begins_with':
      if (left === undefined || right === undefined) return false;
      if ('S' in left && 'S' in right) return left.S.startsWith(right.S);
      return 'B' in left && 'B' in right && compareBytes(left.B.subarray(0, right.B.length), right.B) === 0;
    case 'contains':
      return left !== undefined && right !== undefined && contains(left, right);
  }
}

function contains(whole: AttributeValue, part: AttributeValue): boolean {
  if ('S' in whole) return 'S' in part && whole.S.includes(part.S);
  if ('SS' in whole) return 'S' in part && whole.SS.includes(part.S);
  if ('NS' in whole) return 'N' in part && whole.NS.includes(part.N);
  if ('BS' in whole) return 'B' in part && whole.BS.some((item) => compareBytes(item, part.B) === 0);
  if ('L' in whole) return whole.L.some((item) => sameValue(item, part));
  return 'B' in whole && 'B' in part && containsBytes(whole.B, part.B);
}

function containsBytes(whole: Uint8Array, part: Uint8Array): boolean {
  for (let from = 0; from + part.length <= whole.length; from += 1) {
    if (compareBytes(whole.subarray(from, from + part.length), part) === 0) return true;
  }
  return false;
}

export function operandValue(operand: Operand, item: Item): AttributeValue | undefined {
  switch (operand.kind) {
    case 'value':
      return operand.value;
    case 'path':
      return valueAt(item, operand.path);
    case 'size': {
      const size = sizeFor(operandValue(operand.of, item));
      return size === undefined ? undefined : { N: String(size) };
    }
  }
}

/** What `size()` gives: characters count as bytes, elements of sets, lists and maps one by one. */
function sizeFor(value: AttributeValue | undefined): number | undefined {
  if (value === undefined) return undefined;
  if ('S' in value) return utf8Size(value.S);
  if ('B' in value) return value.B.length;
  if ('SS' in value) return value.SS.length;
  if ('NS' in value) return value.NS.length;
  if ('BS' in value) return value.BS.length;
  if ('L' in value) return value.L.length;
  return 'M' in value ? Object.keys(value.M).length : undefined;
}

const root = (item: Item): AttributeValue => ({ M: item });

/** The value at a path; undefined when something on the way is missing or of another type. */
export function valueAt(item: Item, path: Path): AttributeValue | undefined {
  let value: AttributeValue | undefined = root(item);
  for (const part of path) {
    if (value === undefined) return undefined;
    if (typeof part === 'number') value = 'L' in value ? value.L[part] : undefined;
    else value = 'M' in value && Object.hasOwn(value.M, part) ? value.M[part] : undefined;
  }
  return value;
}
