/**
 * Filter policies: which messages a subscription wants, by their attributes or by their body.
 * Source: SNS developer guide, subscription filter policies and their constraints.
 */
import { factNumber, type Facts } from '../../facts.ts';
import { compileEventPattern, type EventPattern } from '../event-pattern/event-pattern.ts';
import { InvalidPatternError } from '../event-pattern/invalid-pattern-error.ts';
import { factError } from '../fact-errors.ts';
import type { MessageAttributes } from './sns.types.ts';

export type FilterPolicyScope = 'MessageAttributes' | 'MessageBody';

export interface FilterPolicy {
  readonly text: string;
  readonly pattern: EventPattern;
}

/** @throws {ApiError} InvalidParameterException */
export function parseFilterPolicy(facts: Facts, text: string, scope: FilterPolicyScope): FilterPolicy {
  const refuse = (reason: string): Error =>
    factError(facts, 'err-sns', 'invalid', { reason: `FilterPolicy: ${reason}` });
  let source: unknown;
  try {
    source = JSON.parse(text);
  } catch {
    throw refuse('failed to parse JSON.');
  }
  try {
    const pattern = compileEventPattern(source);
    checkConstraints(facts, source as Fields, scope, refuse);
    return { text, pattern };
  } catch (error) {
    throw error instanceof InvalidPatternError ? refuse(error.message) : error;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function checkConstraints(
  facts: Facts,
  source: Fields,
  scope: FilterPolicyScope,
  refuse: (reason: string) => Error,
): void {
  const keys = factNumber(facts, 'sns-filter-policy', 'keys');
  if (Object.keys(source).length > keys) throw refuse(`Filter policy can not have more than ${keys} keys`);
  const isNested = Object.values(source).some((value) => !Array.isArray(value));
  if (scope === 'MessageAttributes' && isNested) {
    throw refuse('Filter policy scope MessageAttributes does not support nested filter policy');
  }
  if (combinations(source, 1) > factNumber(facts, 'sns-filter-policy', 'combinations')) {
    throw refuse('Filter policy is too complex');
  }
}

/** Values of all fields multiplied, each times the depth at which it stands. */
function combinations(fields: Fields, depth: number): number {
  return Object.values(fields).reduce<number>((product, value) => {
    if (Array.isArray(value)) return product * value.length * depth;
    return product * combinations(value as Fields, depth + 1);
  }, 1);
}

/** Whether a message is wanted. A body that is no JSON object is not. */
export function isWanted(
  { pattern }: FilterPolicy,
  scope: FilterPolicyScope,
  message: { readonly body: string; readonly attributes: MessageAttributes },
): boolean {
  return pattern.matches(scope === 'MessageBody' ? parse(message.body) : fieldsOf(message.attributes));
}

function fieldsOf(attributes: MessageAttributes): Fields {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, { DataType: type, StringValue: text }]) => {
      if (text === undefined) return [];
      if (type === 'Number') return [[name, Number(text)]];
      return [[name, type === 'String.Array' ? parse(text) : text]];
    }),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
