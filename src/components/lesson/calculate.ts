/** Numbers that a lesson computes from facts and from a recorded run, so that its text follows a change of price. */
import type { Fact } from '../../../sandbox/facts.ts';
import { pick } from '../../course/format-fact.ts';
import { evaluate, ExpressionError, formatValue, type Scope } from '../../quiz/expression.ts';

/** What a call in an expression gives; nothing when there is no such function. */
type Call = NonNullable<Scope['call']>;

/**
 * What an expression comes to, as a reader sees it: `round(420 * fact('price-requests'))` is `84`. It is the arithmetic
 * of the questions: `fact('id')` or `fact('id.field')`, and of a run what `measure` knows, such as `billed(2)`.
 * @throws {ExpressionError} when it cannot be read or computed
 */
export function calculate(source: string, findFact: (id: string) => Fact, measure?: Call): string {
  const call: Call = (name, given) => (name === 'fact' ? valueOf(String(given[0]), findFact) : measure?.(name, given));
  return formatValue(evaluate(source, { names: {}, call }));
}

function valueOf(name: string, findFact: (id: string) => Fact): number | string {
  const [, id = '', field] = /^([^.]*)(?:\.(.*))?$/.exec(name) ?? [];
  const fact = findFact(id);
  const value = field === undefined ? fact.value : pick(fact.value, field);
  if (typeof value === 'number' || typeof value === 'string') return value;
  throw new ExpressionError(`fact('${name}') is no number. Name one of its fields, as in fact('${id}.hour').`);
}
