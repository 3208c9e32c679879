/**
 * Arithmetic in questions: `n * 200`, `ceil(init(1) + duration(1))`, `dollars(n * fact('price-requests') / 1000000)`.
 * Numbers, texts in single quotes, names, + - * / %, parentheses and calls; nothing else, and no eval. Pure.
 */
import type { Value } from './question.ts';

export interface Scope {
  /** Drawn and computed numbers. */
  readonly names: Readonly<Record<string, Value>>;
  /** A call that is not arithmetic, such as `billed(1)`; nothing when there is no such function. */
  readonly call?: (name: string, given: readonly Value[]) => Value | undefined;
}

/** The expression cannot be read or computed; the message is for its author. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}

type Node =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly given: readonly Node[] }
  | { readonly kind: 'sign'; readonly of: Node }
  | { readonly kind: 'sum'; readonly sign: string; readonly left: Node; readonly right: Node };

const arithmetic: Readonly<Record<string, (...given: number[]) => Value>> = {
  ceil: Math.ceil,
  floor: Math.floor,
  round: (value, decimals = 0) => Number(value.toFixed(decimals)),
  min: Math.min,
  max: Math.max,
  /** With exactly so many decimals, as a text. */
  fixed: (value, decimals = 0) => value.toFixed(decimals),
  /** Cents at least, and every digit of a price. */
  dollars: (amount) =>
    `$${new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 10 }).format(amount)}`,
};

/** @throws {ExpressionError} */
export function evaluate(source: string, scope: Scope): Value {
  return compute(parse(source), scope, source);
}

/** `{= …}` in a template replaced by what it comes to, numbers with thousands separators. @throws {ExpressionError} */
export function fillTemplate(template: string, scope: Scope): string {
  return template.replace(/\{=([^}]*)\}/g, (_, source: string) => formatValue(evaluate(source, scope)));
}

/** A value as it stands in a sentence. */
export function formatValue(value: Value): string {
  if (typeof value === 'string') return value;
  return new Intl.NumberFormat('en-US', { maximumSignificantDigits: 12 }).format(value);
}

/** The names and functions that an expression or a template mentions. @throws {ExpressionError} when it cannot be read */
export function mentioned(source: string): {
  readonly names: ReadonlySet<string>;
  readonly calls: ReadonlySet<string>;
} {
  const names = new Set<string>();
  const calls = new Set<string>();
  const walk = (node: Node): void => {
    if (node.kind === 'name') names.add(node.name);
    if (node.kind === 'call') {
      if (!Object.hasOwn(arithmetic, node.name)) calls.add(node.name);
      node.given.forEach(walk);
    }
    if (node.kind === 'sign') walk(node.of);
    if (node.kind === 'sum') [node.left, node.right].forEach(walk);
  };
  walk(parse(source));
  return { names, calls };
}

/** The expressions of a template. */
export const expressionsIn = (template: string): readonly string[] =>
  [...template.matchAll(/\{=([^}]*)\}/g)].map(([, source = '']) => source);

function compute(node: Node, scope: Scope, source: string): Value {
  switch (node.kind) {
    case 'value':
      return node.value;
    case 'name': {
      const value = Object.hasOwn(scope.names, node.name) ? scope.names[node.name] : undefined;
      if (value === undefined)
        throw new ExpressionError(`"${source.trim()}" names "${node.name}", which is not drawn.`);
      return value;
    }
    case 'call':
      return call(
        node.name,
        node.given.map((given) => compute(given, scope, source)),
        scope,
        source,
      );
    case 'sign':
      return -number(compute(node.of, scope, source), source);
    case 'sum': {
      const left = number(compute(node.left, scope, source), source);
      const right = number(compute(node.right, scope, source), source);
      const results: Record<string, number> = {
        '+': left + right,
        '-': left - right,
        '*': left * right,
        '/': left / right,
        '%': left % right,
      };
      // Binary fractions: 0.1 + 0.2 is 0.3 to a reader.
      return number(Number((results[node.sign] ?? NaN).toPrecision(14)), source);
    }
  }
}

function call(name: string, given: readonly Value[], scope: Scope, source: string): Value {
  const compute = Object.hasOwn(arithmetic, name) ? arithmetic[name] : undefined;
  const value = compute ? compute(...given.map((one) => number(one, source))) : scope.call?.(name, given);
  if (value === undefined) throw new ExpressionError(`"${source.trim()}" calls "${name}", which is not known here.`);
  return value;
}

function number(value: Value, source: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new ExpressionError(`"${source.trim()}" needs a number where it has ${JSON.stringify(value)}.`);
}

/** A price below a millionth of a dollar is put in as `3.09e-8`. */
const token =
  /\s*(?:(?<number>\d+(?:\.\d+)?(?:e[-+]?\d+)?)|'(?<text>[^']*)'|(?<name>[A-Za-z]\w*)|(?<sign>[-+*/%(),]))/y;

/** Recursive descent over the tokens. */
function parse(source: string): Node {
  const tokens = tokensOf(source);
  let at = 0;
  const fail = (): never => {
    throw new ExpressionError(`"${source.trim()}" is not an expression like n * 200 or ceil(init(1) + duration(1)).`);
  };
  const take = (sign: string): boolean => {
    const found = tokens[at]?.sign === sign;
    if (found) at += 1;
    return found;
  };
  const chain = (signs: readonly string[], operand: () => Node): Node => {
    let left = operand();
    for (let sign = signs.find(take); sign !== undefined; sign = signs.find(take)) {
      left = { kind: 'sum', sign, left, right: operand() };
    }
    return left;
  };
  const sum = (): Node => chain(['+', '-'], () => chain(['*', '/', '%'], single));
  const single = (): Node => {
    if (take('-')) return { kind: 'sign', of: single() };
    if (take('(')) {
      const inner = sum();
      return take(')') ? inner : fail();
    }
    const found = tokens[at++];
    if (found?.number !== undefined) return { kind: 'value', value: Number(found.number) };
    if (found?.text !== undefined) return { kind: 'value', value: found.text };
    if (found?.name === undefined) return fail();
    if (!take('(')) return { kind: 'name', name: found.name };
    const given: Node[] = [];
    while (!take(')')) {
      if (given.length > 0 && !take(',')) fail();
      given.push(sum());
    }
    return { kind: 'call', name: found.name, given };
  };
  const whole = sum();
  return at === tokens.length ? whole : fail();
}

function tokensOf(source: string): Partial<Record<'number' | 'text' | 'name' | 'sign', string>>[] {
  const tokens = [];
  token.lastIndex = 0;
  for (let at = 0; at < source.trimEnd().length; at = token.lastIndex) {
    token.lastIndex = at;
    const groups = token.exec(source)?.groups;
    if (!groups) throw new ExpressionError(`"${source.trim()}" cannot be read from "${source.slice(at).trim()}" on.`);
    tokens.push(groups);
  }
  return tokens;
}
