/** Condition, filter and key condition expressions. Source: DynamoDB guide, condition expressions: operators. */
import type { Comparator, Condition, ConditionFunction, Operand } from './expression.types.ts';
import type { ExpressionContext } from './context.ts';
import { ExpressionParser } from './parser.ts';

const comparators: readonly string[] = ['=', '<>', '<', '<=', '>', '>='];
const operandCounts: Readonly<Record<ConditionFunction, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
};

/** `expression`: its name for errors, such as `FilterExpression`. @throws {ApiError} ValidationException */
export function parseCondition(text: unknown, expression: string, context: ExpressionContext): Condition {
  const parser = new ConditionParser(text, expression, context);
  const condition = parser.condition();
  parser.end();
  return condition;
}

class ConditionParser extends ExpressionParser {
  condition(): Condition {
    let left = this.#conjunction();
    while (this.keyword('OR')) left = { kind: 'or', left, right: this.#conjunction() };
    return left;
  }

  #conjunction(): Condition {
    let left = this.#negation();
    while (this.keyword('AND')) left = { kind: 'and', left, right: this.#negation() };
    return left;
  }

  #negation(): Condition {
    return this.keyword('NOT') ? { kind: 'not', condition: this.#negation() } : this.#primary();
  }

  #primary(): Condition {
    if (this.sign('(')) {
      const condition = this.condition();
      this.expect(')');
      return condition;
    }
    const isCall = this.token.kind === 'word' && this.next.kind === 'sign' && this.next.text === '(';
    if (isCall && this.token.text !== 'size') return this.#function();
    return this.#comparison(this.#operand());
  }

  #function(): Condition {
    const { expression } = this;
    const name = this.advance().text;
    if (name === 'if_not_exists' || name === 'list_append') {
      throw this.context.refusal('functionMisplaced', { expression, kind: 'a condition', name });
    }
    if (!Object.hasOwn(operandCounts, name)) throw this.context.refusal('invalidFunction', { expression, name });
    const operands = this.#arguments();
    const known = name as ConditionFunction;
    if (operands.length !== operandCounts[known]) {
      throw this.context.refusal('operandCount', { expression, name, count: operands.length });
    }
    const [first, second] = operands;
    if (known !== 'begins_with' && known !== 'contains' && first?.kind !== 'path') {
      throw this.context.refusal('operandType', { expression, name, type: 'value' });
    }
    if (known === 'begins_with' && second?.kind === 'value' && !('S' in second.value) && !('B' in second.value)) {
      const [type = ''] = Object.keys(second.value);
      throw this.context.refusal('operandType', { expression, name, type });
    }
    return { kind: 'function', name: known, operands };
  }

  #arguments(): readonly Operand[] {
    this.expect('(');
    const operands = [this.#operand()];
    while (this.sign(',')) operands.push(this.#operand());
    this.expect(')');
    return operands;
  }

  #operand(): Operand {
    if (this.token.kind === 'word' && this.token.text === 'size' && this.next.text === '(') {
      this.advance();
      const [of, ...others] = this.#arguments();
      if (of === undefined || others.length > 0) throw this.syntaxError();
      return { kind: 'size', of };
    }
    return this.pathOrValue();
  }

  #comparison(left: Operand): Condition {
    if (this.keyword('BETWEEN')) {
      const low = this.#operand();
      if (!this.keyword('AND')) throw this.syntaxError();
      return { kind: 'between', operand: left, low, high: this.#operand() };
    }
    if (this.keyword('IN')) return { kind: 'in', operand: left, list: this.#arguments() };
    if (this.token.kind !== 'sign' || !comparators.includes(this.token.text)) throw this.syntaxError();
    const comparator = this.advance().text as Comparator;
    return { kind: 'compare', comparator, left, right: this.#operand() };
  }
}
