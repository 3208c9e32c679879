/** What the expressions of one request share: substituted names and values, and which of them were used. */
import { factText, type Facts } from '../../../facts.ts';
import { factError } from '../../fact-errors.ts';
import type { ApiError } from '../../service.ts';
import { checkValue, type AttributeValue } from '../attribute-value.ts';

export interface Substitutions {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>;
}

let reservedWords: ReadonlySet<string> | undefined;

export class ExpressionContext {
  readonly facts: Facts;
  readonly #names: Readonly<Record<string, string>>;
  readonly #values: ReadonlyMap<string, AttributeValue>;
  readonly #usedNames = new Set<string>();
  readonly #usedValues = new Set<string>();
  #expressions = 0;

  constructor({ ExpressionAttributeNames, ExpressionAttributeValues }: Substitutions, facts: Facts) {
    this.facts = facts;
    this.#names = ExpressionAttributeNames ?? {};
    this.#values = new Map(
      Object.entries(ExpressionAttributeValues ?? {}).map(([name, value]) => [name, checkValue(value, facts)]),
    );
  }

  /** An expression begins; names and values are for expressions only. */
  begin(): void {
    this.#expressions += 1;
  }

  refusal(key: string, values: Readonly<Record<string, string | number>> = {}): ApiError {
    return factError(this.facts, 'err-dynamodb', key, values);
  }

  /** The attribute that `#name` stands for. */
  name(placeholder: string, expression: string): string {
    this.#usedNames.add(placeholder);
    const name = Object.hasOwn(this.#names, placeholder) ? this.#names[placeholder] : undefined;
    if (name === undefined) throw this.refusal('undefinedName', { expression, name: placeholder });
    return name;
  }

  value(placeholder: string, expression: string): AttributeValue {
    this.#usedValues.add(placeholder);
    const value = this.#values.get(placeholder);
    if (value === undefined) throw this.refusal('undefinedValue', { expression, value: placeholder });
    return value;
  }

  checkWord(word: string, expression: string): void {
    reservedWords ??= new Set(factText(this.facts, 'dynamodb-reserved-words').split(' '));
    if (reservedWords.has(word.toUpperCase())) throw this.refusal('reserved', { expression, word });
  }

  /** Everything that was provided must have been used. `missing`: what the error says of a request without expressions. */
  finish(missing: string): void {
    const names = Object.keys(this.#names);
    const values = [...this.#values.keys()];
    if (this.#expressions === 0 && names.length > 0) throw this.refusal('namesWithout');
    if (this.#expressions === 0 && values.length > 0) throw this.refusal('valuesWithout', { expressions: missing });
    const unusedNames = names.filter((name) => !this.#usedNames.has(name));
    if (unusedNames.length > 0) throw this.refusal('unusedNames', { keys: unusedNames.join(', ') });
    const unusedValues = values.filter((name) => !this.#usedValues.has(name));
    if (unusedValues.length > 0) throw this.refusal('unusedValues', { keys: unusedValues.join(', ') });
  }
}
