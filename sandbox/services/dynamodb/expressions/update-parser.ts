/** Update expressions: SET, REMOVE, ADD, DELETE. Source: DynamoDB guide, update expressions. */
import { typeOf, type AttributeValue } from '../attribute-value.ts';
import type { ExpressionContext } from './context.ts';
import type { SetValue, UpdateAction } from './expression.types.ts';
import { ExpressionParser } from './parser.ts';
import { checkOverlap } from './projection.ts';

const sections = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;
type Section = (typeof sections)[number];

/** @throws {ApiError} ValidationException */
export function parseUpdate(text: unknown, context: ExpressionContext): readonly UpdateAction[] {
  const parser = new UpdateParser(text, 'UpdateExpression', context);
  const actions = parser.actions();
  checkOverlap(
    actions.map(({ path }) => path),
    parser.expression,
    context,
  );
  return actions;
}

class UpdateParser extends ExpressionParser {
  actions(): readonly UpdateAction[] {
    const actions: UpdateAction[] = [];
    const seen = new Set<Section>();
    do {
      const section = sections.find((word) => this.keyword(word));
      if (section === undefined) throw this.syntaxError();
      if (seen.has(section)) throw this.context.refusal('sectionTwice', { expression: this.expression, section });
      seen.add(section);
      do actions.push(this.#action(section));
      while (this.sign(','));
    } while (this.token.kind !== 'end');
    return actions;
  }

  #action(section: Section): UpdateAction {
    const path = this.path();
    switch (section) {
      case 'SET':
        this.expect('=');
        return { kind: 'set', path, value: this.#setValue() };
      case 'REMOVE':
        return { kind: 'remove', path };
      case 'ADD':
        return { kind: 'add', path, value: this.#operandOf('ADD', ['N', 'SS', 'NS', 'BS']) };
      case 'DELETE':
        return { kind: 'delete', path, value: this.#operandOf('DELETE', ['SS', 'NS', 'BS']) };
    }
  }

  #operandOf(name: string, allowed: readonly string[]): AttributeValue {
    const value = this.value();
    const type = typeOf(value);
    if (allowed.includes(type)) return value;
    throw this.context.refusal('operandType', { expression: this.expression, name, type: longName[type] ?? type });
  }

  #setValue(): SetValue {
    const left = this.#setOperand();
    if (this.sign('+')) return { kind: 'add', left, right: this.#setOperand() };
    return this.sign('-') ? { kind: 'subtract', left, right: this.#setOperand() } : left;
  }

  #setOperand(): SetValue {
    if (this.sign('(')) {
      const value = this.#setValue();
      this.expect(')');
      return value;
    }
    if (this.token.kind !== 'word' || this.next.text !== '(') return this.pathOrValue();
    const name = this.advance().text;
    const { expression } = this;
    if (name !== 'if_not_exists' && name !== 'list_append') {
      const isKnown = /^(attribute_exists|attribute_not_exists|attribute_type|begins_with|contains|size)$/.test(name);
      throw this.context.refusal(isKnown ? 'functionMisplaced' : 'invalidFunction', {
        expression,
        kind: 'an update',
        name,
      });
    }
    this.expect('(');
    const path = name === 'if_not_exists' ? this.path() : undefined;
    const left = path === undefined ? this.#setOperand() : undefined;
    this.expect(',');
    const right = this.#setOperand();
    this.expect(')');
    if (path !== undefined) return { kind: 'if_not_exists', path, otherwise: right };
    if (left === undefined) throw this.syntaxError();
    return { kind: 'list_append', left, right };
  }
}

/** As messages call types. */
const longName: Readonly<Record<string, string>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  BOOL: 'BOOLEAN',
  NULL: 'NULL',
  M: 'MAP',
  L: 'LIST',
};
