/**
 * The Condition element: operators, the quantifiers ForAllValues and ForAnyValue, IfExists and Null.
 * Source: IAM guide, IAM JSON policy elements: Condition operators.
 */
import type { ConditionKeys, PolicyStatement } from '../service.ts';
import { matchesArn, matchesWildcard } from './wildcards.ts';

type Test = (wanted: string, given: string) => boolean;

const numbers =
  (compare: (given: number, wanted: number) => boolean): Test =>
  (wanted, given) =>
    given.trim() !== '' && compare(Number(given), Number(wanted));

/** ISO 8601, or seconds since the epoch. */
const timeOf = (text: string): number => (/^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text));

const times =
  (compare: (given: number, wanted: number) => boolean): Test =>
  (wanted, given) =>
    compare(timeOf(given), timeOf(wanted));

const lower = (text: string): string => text.toLowerCase();

const tests: Readonly<Record<string, Test>> = {
  StringEquals: (wanted, given) => wanted === given,
  StringEqualsIgnoreCase: (wanted, given) => lower(wanted) === lower(given),
  StringLike: matchesWildcard,
  NumericEquals: numbers((given, wanted) => given === wanted),
  NumericLessThan: numbers((given, wanted) => given < wanted),
  NumericLessThanEquals: numbers((given, wanted) => given <= wanted),
  NumericGreaterThan: numbers((given, wanted) => given > wanted),
  NumericGreaterThanEquals: numbers((given, wanted) => given >= wanted),
  DateEquals: times((given, wanted) => given === wanted),
  DateLessThan: times((given, wanted) => given < wanted),
  DateLessThanEquals: times((given, wanted) => given <= wanted),
  DateGreaterThan: times((given, wanted) => given > wanted),
  DateGreaterThanEquals: times((given, wanted) => given >= wanted),
  Bool: (wanted, given) => lower(wanted) === lower(given),
  BinaryEquals: (wanted, given) => wanted === given,
  IpAddress: isInRange,
  ArnEquals: matchesArn,
  ArnLike: matchesArn,
};

/** The opposite of a test: true as well when the request does not have the key. */
const negations: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
};

/** Names of all operators, without quantifiers and IfExists. */
export const operatorNames: readonly string[] = [...Object.keys(tests), ...Object.keys(negations), 'Null'].sort();

interface Operator {
  readonly name: string;
  readonly quantifier: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly ifExists: boolean;
}

/** Reads `ForAnyValue:StringLikeIfExists`; undefined when there is no such operator. */
export function parseOperator(text: string): Operator | undefined {
  const match = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/.exec(text);
  const [, quantifier, name = '', ifExists] = match ?? [];
  if (!operatorNames.includes(name) || (name === 'Null' && ifExists !== undefined)) return undefined;
  return { name, quantifier: quantifier as Operator['quantifier'], ifExists: ifExists !== undefined };
}

/** Whether all conditions of a statement hold. `resolve` fills in policy variables, and gives undefined when it cannot. */
export function conditionsHold(
  condition: PolicyStatement['Condition'],
  keys: ConditionKeys,
  resolve: (text: string) => string | undefined,
): boolean {
  return Object.entries(condition ?? {}).every(([operatorText, wantedByKey]) => {
    const operator = parseOperator(operatorText);
    if (operator === undefined) return false;
    return Object.entries(wantedByKey).every(([key, wanted]) =>
      holds(operator, valuesOf(keys, key), list(wanted), resolve),
    );
  });
}

function holds(
  operator: Operator,
  given: readonly string[] | undefined,
  wanted: readonly string[],
  resolve: (text: string) => string | undefined,
): boolean {
  if (operator.name === 'Null') return wanted.some((value) => (lower(value) === 'true') === (given === undefined));
  const negated = negations[operator.name];
  const test = tests[negated ?? operator.name];
  if (test === undefined) return false;
  if (given === undefined || given.length === 0) {
    if (operator.quantifier === 'ForAnyValue') return false;
    return operator.ifExists || negated !== undefined || operator.quantifier === 'ForAllValues';
  }
  const matches = (value: string): boolean =>
    wanted.some((text) => {
      const resolved = resolve(text);
      return resolved !== undefined && test(resolved, value);
    });
  const fits = (value: string): boolean => matches(value) === (negated === undefined);
  return operator.quantifier === 'ForAllValues' || (operator.quantifier === undefined && negated !== undefined)
    ? given.every(fits)
    : given.some(fits);
}

/** Condition keys are written in any case. */
export function valuesOf(keys: ConditionKeys, key: string): readonly string[] | undefined {
  const wanted = lower(key);
  for (const [name, value] of Object.entries(keys)) if (lower(name) === wanted) return list(value);
  return undefined;
}

const list = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value);

/** An IPv4 address in a CIDR block. */
function isInRange(block: string, address: string): boolean {
  const [base = '', bits = '32'] = block.split('/');
  const wanted = addressNumber(base);
  const given = addressNumber(address);
  if (wanted === undefined || given === undefined) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(wanted / size) === Math.floor(given / size);
}

function addressNumber(text: string): number | undefined {
  const parts = text.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}
