/** What the parsers of all kinds of expressions have in common: tokens one by one, paths and operands. */
import type { ApiError } from '../../service.ts';
import type { AttributeValue } from '../attribute-value.ts';
import type { ExpressionContext } from './context.ts';
import type { Operand, Path } from './expression.types.ts';
import { tokenize, type Token } from './lexer.ts';

export class ExpressionParser {
  readonly context: ExpressionContext;
  /** As errors call it: `ConditionExpression`. */
  readonly expression: string;
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(text: unknown, expression: string, context: ExpressionContext) {
    context.begin();
    this.context = context;
    this.expression = expression;
    this.#text = String(text);
    if (this.#text.trim() === '') throw context.refusal('emptyExpression', { expression });
    this.#tokens = tokenize(this.#text);
  }

  get token(): Token {
    return this.#tokens[Math.min(this.#at, this.#tokens.length - 1)] as Token;
  }

  get next(): Token {
    return this.#tokens[Math.min(this.#at + 1, this.#tokens.length - 1)] as Token;
  }

  advance(): Token {
    const { token } = this;
    this.#at += 1;
    return token;
  }

  /** Takes a keyword in any case, if it stands here. */
  keyword(word: string): boolean {
    if (this.token.kind !== 'word' || this.token.text.toUpperCase() !== word) return false;
    this.#at += 1;
    return true;
  }

  isSign(text: string): boolean {
    return this.token.kind === 'sign' && this.token.text === text;
  }

  sign(text: string): boolean {
    if (!this.isSign(text)) return false;
    this.#at += 1;
    return true;
  }

  expect(text: string): void {
    if (!this.sign(text)) throw this.syntaxError();
  }

  /** The token here has no business here. The error shows it with its neighbours. */
  syntaxError(): ApiError {
    const { token, expression } = this;
    const before = this.#tokens[this.#at - 1];
    const after = this.#tokens[this.#at + 1];
    const from = before?.at ?? token.at;
    const to = after === undefined || after.kind === 'end' ? this.#text.length : after.at + after.text.length;
    const near = this.#text.slice(from, to).trim();
    return this.context.refusal('syntax', { expression, token: token.text, near });
  }

  end(): void {
    if (this.token.kind !== 'end') throw this.syntaxError();
  }

  path(): Path {
    const path: (string | number)[] = [this.#pathName()];
    for (;;) {
      if (this.sign('.')) path.push(this.#pathName());
      else if (this.sign('[')) {
        if (this.token.kind !== 'number') throw this.syntaxError();
        path.push(Number(this.advance().text));
        this.expect(']');
      } else return path;
    }
  }

  value(): AttributeValue {
    if (this.token.kind !== 'value') throw this.syntaxError();
    return this.context.value(this.advance().text, this.expression);
  }

  pathOrValue(): Operand {
    return this.token.kind === 'value' ? { kind: 'value', value: this.value() } : { kind: 'path', path: this.path() };
  }

  #pathName(): string {
    const { kind, text } = this.token;
    if (kind === 'name') {
      this.#at += 1;
      return this.context.name(text, this.expression);
    }
    if (kind !== 'word') throw this.syntaxError();
    this.context.checkWord(text, this.expression);
    this.#at += 1;
    return text;
  }
}

/** `orders[0].id` */
export function pathText(path: Path): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}
