/**
 * Event patterns: which JSON events a rule, a filter or a subscription wants. A pattern has the fields that an event
 * must have, each with the list of values that will do; fields that it does not name do not matter.
 * Source: EventBridge user guide, Event patterns; github.com/aws/event-ruler for what the guide leaves open.
 */
import { InvalidPatternError } from './invalid-pattern-error.ts';
import { isRecord, isScalar, parseCondition, type Dialect, type Scalar, type ValueTest } from './value-tests.ts';

/** A pattern that can be asked. */
export interface EventPattern {
  matches(event: unknown): boolean;
}

/** What EventBridge's rules take. */
export const eventBridgeDialect: Dialect = {
  operators: new Set([
    'prefix',
    'suffix',
    'equals-ignore-case',
    'wildcard',
    'cidr',
    'numeric',
    'anything-but',
    'exists',
  ]),
  insideAnythingBut: new Set(['prefix', 'suffix', 'equals-ignore-case', 'wildcard']),
};

/** What the filters of Lambda's event source mappings take. Source: Lambda developer guide, filter rule syntax. */
export const lambdaDialect: Dialect = {
  operators: new Set(['prefix', 'suffix', 'equals-ignore-case', 'numeric', 'anything-but', 'exists']),
  insideAnythingBut: new Set(),
};

/** @throws {InvalidPatternError} */
export function parseEventPattern(text: string, dialect: Dialect = eventBridgeDialect): EventPattern {
  let source: unknown;
  try {
    source = JSON.parse(text);
  } catch {
    throw new InvalidPatternError('Filter is not valid JSON');
  }
  return compileEventPattern(source, dialect);
}

/** As `parseEventPattern`, for a pattern that is an object already. @throws {InvalidPatternError} */
export function compileEventPattern(source: unknown, dialect: Dialect = eventBridgeDialect): EventPattern {
  if (!isRecord(source)) throw new InvalidPatternError('Filter is not an object');
  const branch = compileBranch(source, dialect, []);
  return { matches: (event) => matchesBranch(branch, event, event) };
}

/** The fields of an object: all must match, and of each `$or` one alternative. */
interface Branch {
  readonly type: 'branch';
  readonly fields: readonly (readonly [string, Branch | Leaf])[];
  readonly choices: readonly (readonly Branch[])[];
}

/** The values of a field, one of which must do. */
interface Leaf {
  readonly type: 'leaf';
  readonly tests: readonly ValueTest[];
  /** Whether the field may be missing instead. */
  readonly absent: boolean;
  readonly path: readonly string[];
}

function compileBranch(source: Readonly<Record<string, unknown>>, dialect: Dialect, path: readonly string[]): Branch {
  const entries = Object.entries(source);
  if (entries.length === 0) throw new InvalidPatternError('Empty objects are not allowed', path);
  const fields: (readonly [string, Branch | Leaf])[] = [];
  const choices: Branch[][] = [];
  for (const [key, value] of entries) {
    if (key === '$or' && Array.isArray(value)) {
      choices.push(compileChoice(value, dialect, path));
    } else {
      fields.push([key, compileField(key, value, dialect, [...path, key])]);
    }
  }
  return { type: 'branch', fields, choices };
}

function compileChoice(alternatives: readonly unknown[], dialect: Dialect, path: readonly string[]): Branch[] {
  if (alternatives.length < 2) {
    throw new InvalidPatternError('There must have at least 2 Objects in $or relationship.', path);
  }
  return alternatives.map((alternative) => {
    if (!isRecord(alternative))
      throw new InvalidPatternError('Only JSON object is allowed in array of $or relationship.', path);
    return compileBranch(alternative, dialect, path);
  });
}

function compileField(key: string, value: unknown, dialect: Dialect, path: readonly string[]): Branch | Leaf {
  if (isRecord(value)) return compileBranch(value, dialect, path);
  if (!Array.isArray(value)) throw new InvalidPatternError(`"${key}" must be an object or an array`, path);
  if (value.length === 0) throw new InvalidPatternError('Empty arrays are not allowed', path);
  const conditions = value.map((item: unknown) => parseCondition(item, dialect, path));
  return {
    type: 'leaf',
    tests: conditions.flatMap((condition) => (condition.type === 'value' ? [condition.test] : [])),
    absent: conditions.some(({ type }) => type === 'absent'),
    path,
  };
}

/** In a list one element must match as a whole: fields of two elements do not add up. */
function matchesBranch(branch: Branch, value: unknown, event: unknown): boolean {
  if (Array.isArray(value) && value.length > 0) return value.some((element) => matchesBranch(branch, element, event));
  const object = isRecord(value) ? value : {};
  return (
    branch.fields.every(([key, field]) => {
      const inside = Object.hasOwn(object, key) ? object[key] : undefined;
      return field.type === 'branch' ? matchesBranch(field, inside, event) : matchesLeaf(field, inside, event);
    }) && branch.choices.every((choice) => choice.some((alternative) => matchesBranch(alternative, value, event)))
  );
}

function matchesLeaf({ tests, absent, path }: Leaf, value: unknown, event: unknown): boolean {
  const scalars = scalarsOf(value);
  if (tests.some((test) => scalars.some(test))) return true;
  return absent && scalarsAt(event, path).length === 0;
}

/** A value, or those in a list and its lists. An object is none: operators work on leaves only. */
function scalarsOf(value: unknown): readonly Scalar[] {
  if (Array.isArray(value)) return value.flatMap(scalarsOf);
  return isScalar(value) ? [value] : [];
}

function scalarsAt(value: unknown, path: readonly string[]): readonly Scalar[] {
  const [key, ...rest] = path;
  if (key === undefined) return scalarsOf(value);
  if (Array.isArray(value)) return value.flatMap((element) => scalarsAt(element, path));
  return isRecord(value) && Object.hasOwn(value, key) ? scalarsAt(value[key], rest) : [];
}
