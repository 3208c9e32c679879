/** Applies update actions to an item. Every value is computed from the item as it was before. */
import type { Facts } from '../../../facts.ts';
import { factError } from '../../fact-errors.ts';
import type { ApiError } from '../../service.ts';
import { itemFrom, type AttributeValue, type Item } from '../attribute-value.ts';
import { addDecimals, decimalText, negated, parseDecimal } from '../decimal.ts';
import { operandValue, valueAt } from './evaluate-condition.ts';
import type { Path, SetValue, UpdateAction } from './expression.types.ts';

/** A change at a path: another value, or none. */
interface Change {
  readonly path: Path;
  readonly value: AttributeValue | undefined;
}

/** @throws {ApiError} ValidationException: a missing operand, a wrong type, a path that does not fit */
export function applyUpdate(item: Item, actions: readonly UpdateAction[], facts: Facts): Item {
  const changes = actions.flatMap((action) => changeOf(action, item, facts));
  const sets = changes.filter(({ value }) => value !== undefined);
  // Places in lists mean the list as it was: what is removed goes last, and from the end.
  const removals = changes.filter(({ value }) => value === undefined).sort((a, b) => placeOf(b) - placeOf(a));
  let root: AttributeValue = { M: item };
  for (const { path, value } of [...sets, ...removals]) root = changed(root, path, value, facts);
  return 'M' in root ? root.M : item;
}

const placeOf = ({ path }: Change): number => {
  const last = path.at(-1);
  return typeof last === 'number' ? last : -1;
};

const refusal = (facts: Facts, key: string): ApiError => factError(facts, 'err-dynamodb', key);

function changeOf(action: UpdateAction, item: Item, facts: Facts): readonly Change[] {
  const { path } = action;
  switch (action.kind) {
    case 'set':
      return [{ path, value: compute(action.value, item, facts) }];
    case 'remove':
      return [{ path, value: undefined }];
    case 'add':
      return [{ path, value: added(valueAt(item, path), action.value, facts) }];
    case 'delete': {
      const before = valueAt(item, path);
      return before === undefined ? [] : [{ path, value: without(before, action.value, facts) }];
    }
  }
}

function compute(value: SetValue, item: Item, facts: Facts): AttributeValue {
  switch (value.kind) {
    case 'add':
    case 'subtract': {
      const left = compute(value.left, item, facts);
      const right = compute(value.right, item, facts);
      if (!('N' in left) || !('N' in right)) throw refusal(facts, 'updateOperand');
      const term = parseDecimal(right.N, facts);
      const sum = addDecimals(parseDecimal(left.N, facts), value.kind === 'add' ? term : negated(term), facts);
      return { N: decimalText(sum) };
    }
    case 'if_not_exists':
      return valueAt(item, value.path) ?? compute(value.otherwise, item, facts);
    case 'list_append': {
      const left = compute(value.left, item, facts);
      const right = compute(value.right, item, facts);
      if (!('L' in left) || !('L' in right)) throw refusal(facts, 'updateOperand');
      return { L: [...left.L, ...right.L] };
    }
    default: {
      const found = operandValue(value, item);
      if (found === undefined) throw refusal(facts, 'operandMissing');
      return found;
    }
  }
}

function added(before: AttributeValue | undefined, value: AttributeValue, facts: Facts): AttributeValue {
  if (before === undefined) return value;
  if ('N' in before && 'N' in value) {
    return { N: decimalText(addDecimals(parseDecimal(before.N, facts), parseDecimal(value.N, facts), facts)) };
  }
  if ('SS' in before && 'SS' in value) return { SS: [...new Set([...before.SS, ...value.SS])] };
  if ('NS' in before && 'NS' in value) return { NS: [...new Set([...before.NS, ...value.NS])] };
  if ('BS' in before && 'BS' in value) {
    const known = new Set(before.BS.map(String));
    return { BS: [...before.BS, ...value.BS.filter((bytes) => !known.has(String(bytes)))] };
  }
  throw refusal(facts, 'updateOperand');
}

/** Undefined when nothing is left: a set is never empty. */
function without(before: AttributeValue, value: AttributeValue, facts: Facts): AttributeValue | undefined {
  if ('SS' in before && 'SS' in value)
    return nonEmpty(
      'SS',
      before.SS.filter((item) => !value.SS.includes(item)),
    );
  if ('NS' in before && 'NS' in value)
    return nonEmpty(
      'NS',
      before.NS.filter((item) => !value.NS.includes(item)),
    );
  if ('BS' in before && 'BS' in value) {
    const gone = new Set(value.BS.map(String));
    return nonEmpty(
      'BS',
      before.BS.filter((item) => !gone.has(String(item))),
    );
  }
  throw refusal(facts, 'updateOperand');
}

const nonEmpty = (type: 'SS' | 'NS' | 'BS', values: readonly unknown[]): AttributeValue | undefined =>
  values.length === 0 ? undefined : ({ [type]: values } as unknown as AttributeValue);

/** A copy with another value at the path. Everything on the way to it must be there. */
function changed(value: AttributeValue, path: Path, to: AttributeValue | undefined, facts: Facts): AttributeValue {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  if (typeof part === 'string') {
    if (!('M' in value)) throw refusal(facts, 'invalidPath');
    const members = new Map(Object.entries(value.M));
    if (rest.length === 0) {
      if (to === undefined) members.delete(part);
      else members.set(part, to);
    } else {
      const inner = members.get(part);
      if (inner === undefined) throw refusal(facts, 'invalidPath');
      members.set(part, changed(inner, rest, to, facts));
    }
    return { M: itemFrom(members) };
  }
  if (!('L' in value)) throw refusal(facts, 'invalidPath');
  const elements = [...value.L];
  if (rest.length === 0) {
    // Beyond the end of the list the element is added at the end.
    if (to !== undefined) elements[Math.min(part, elements.length)] = to;
    else if (part < elements.length) elements.splice(part, 1);
  } else {
    const inner = elements[part];
    if (inner === undefined) throw refusal(facts, 'invalidPath');
    elements[part] = changed(inner, rest, to, facts);
  }
  return { L: elements };
}
