/** JSON filter patterns: `{ $.level = "ERROR" && $.durationMs > 200 }`. */
import { ApiError } from '../service.ts';

type Value = unknown;
type Test = (root: Value) => boolean;

/** @throws {ApiError} InvalidParameterException */
export function parseJsonPattern(pattern: string): (message: string) => boolean {
  const parser = new Parser(pattern);
  const test = parser.parse();
  return (message) => {
    if (!message.trimStart().startsWith('{')) return false;
    try {
      return test(JSON.parse(message));
    } catch {
      return false;
    }
  };
}

/** `$.a.b[0].c`, or `$["a b"]`: what stands there, `undefined` when nothing does. */
function readPath(root: Value, path: readonly (string | number)[]): Value {
  return path.reduce<Value>(
    (value, step) => (typeof value === 'object' && value !== null ? (value as Record<string, Value>)[step] : undefined),
    root,
  );
}

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): Test {
    this.#expect('{');
    const test = this.#or();
    this.#expect('}');
    if (this.#at < this.#text.length) throw this.#mistake('nothing more');
    return test;
  }

  #or(): Test {
    let left = this.#and();
    while (this.#take('||')) {
      const before = left;
      const right = this.#and();
      left = (root) => before(root) || right(root);
    }
    return left;
  }

  #and(): Test {
    let left = this.#condition();
    while (this.#take('&&')) {
      const before = left;
      const right = this.#condition();
      left = (root) => before(root) && right(root);
    }
    return left;
  }

  #condition(): Test {
    if (this.#take('(')) {
      const inner = this.#or();
      this.#expect(')');
      return inner;
    }
    const path = this.#path();
    const keyword = this.#word(/^(IS NULL|IS TRUE|IS FALSE|NOT EXISTS|EXISTS)\b/i)?.toUpperCase();
    switch (keyword) {
      case 'IS NULL':
        return (root) => readPath(root, path) === null;
      case 'IS TRUE':
        return (root) => readPath(root, path) === true;
      case 'IS FALSE':
        return (root) => readPath(root, path) === false;
      case 'EXISTS':
        return (root) => readPath(root, path) !== undefined;
      case 'NOT EXISTS':
        return (root) => readPath(root, path) === undefined;
      default:
        return this.#comparison(path);
    }
  }

  #comparison(path: readonly (string | number)[]): Test {
    const operator = this.#word(/^(!=|>=|<=|=|>|<)/);
    if (operator === undefined) throw this.#mistake('=, !=, <, <=, > or >=');
    const number = this.#word(/^-?\d+(\.\d+)?(e[+-]?\d+)?(?=[\s)}&|])/i);
    if (number !== undefined) return compareNumbers(path, operator, Number(number));
    const quoted = this.#word(/^"(?:[^"\\]|\\.)*"/);
    const text =
      quoted === undefined ? this.#word(/^[\p{L}\p{N}_.:/*-]+/u) : quoted.slice(1, -1).replace(/\\(.)/g, '$1');
    if (text === undefined) throw this.#mistake('a number or a text in double quotes');
    if (operator !== '=' && operator !== '!=') throw this.#mistake('a number after < or >');
    const pattern = new RegExp(`^${text.split('*').map(escape).join('.*')}$`, 's');
    return (root) => {
      const found = readPath(root, path);
      const isEqual = (typeof found === 'string' || typeof found === 'number') && pattern.test(String(found));
      return operator === '=' ? isEqual : found !== undefined && !isEqual;
    };
  }

  #path(): (string | number)[] {
    this.#expect('$');
    const steps: (string | number)[] = [];
    for (;;) {
      const name = this.#next(/^\.([A-Za-z_][\w-]*)/);
      const index = name === undefined ? this.#next(/^\[(\d+)\]/) : undefined;
      const quoted = name === undefined && index === undefined ? this.#next(/^\["((?:[^"\\]|\\.)*)"\]/) : undefined;
      if (name !== undefined) steps.push(name);
      else if (index !== undefined) steps.push(Number(index));
      else if (quoted !== undefined) steps.push(quoted.replace(/\\(.)/g, '$1'));
      else break;
    }
    if (steps.length === 0) throw this.#mistake('a property such as $.level');
    return steps;
  }

  #space(): void {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at += 1;
  }

  #take(token: string): boolean {
    this.#space();
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  #expect(token: string): void {
    if (!this.#take(token)) throw this.#mistake(token);
    if (token !== '$') this.#space();
  }

  #word(pattern: RegExp): string | undefined {
    this.#space();
    const found = pattern.exec(this.#text.slice(this.#at))?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  /** The first group of a match at this place, without leading space. */
  #next(pattern: RegExp): string | undefined {
    const match = pattern.exec(this.#text.slice(this.#at));
    if (match === null) return undefined;
    this.#at += match[0].length;
    return match[1];
  }

  #mistake(expected: string): ApiError {
    const found = this.#text.slice(this.#at, this.#at + 12) || 'the end';
    return new ApiError(
      'InvalidParameterException',
      400,
      `Invalid filter pattern: at character ${this.#at + 1} there should be ${expected}, not ${found}.`,
    );
  }
}

function compareNumbers(path: readonly (string | number)[], operator: string, wanted: number): Test {
  return (root) => {
    const found = readPath(root, path);
    if (typeof found !== 'number') return operator === '!=' && found !== undefined;
    switch (operator) {
      case '=':
        return found === wanted;
      case '!=':
        return found !== wanted;
      case '>':
        return found > wanted;
      case '>=':
        return found >= wanted;
      case '<':
        return found < wanted;
      default:
        return found <= wanted;
    }
  };
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
