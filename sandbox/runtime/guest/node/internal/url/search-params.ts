/** URLSearchParams. */
import { codedError } from '../errors.ts';
import { validateFunction } from '../validate.ts';
import { formDecode, formEncode } from './percent.ts';

const inspectSymbol = Symbol.for('nodejs.util.inspect.custom');

type Pair = [string, string];

const text = (value: unknown): string => {
  if (typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
  return String(value).toWellFormed();
};

function missing(...names: string[]): Error {
  const list = names.map((name) => `"${name}"`);
  const subject = list.length === 1 ? `The ${list[0] as string} argument` : `The ${list.join(' and ')} arguments`;
  return codedError(TypeError, 'ERR_MISSING_ARGS', `${subject} must be specified`);
}

export function parsePairs(query: string): Pair[] {
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part): Pair => {
      const at = part.indexOf('=');
      return at === -1 ? [formDecode(part), ''] : [formDecode(part.slice(0, at)), formDecode(part.slice(at + 1))];
    });
}

function pairsFrom(init: any): Pair[] {
  if (typeof init === 'object' || typeof init === 'function') {
    const iterator = init[Symbol.iterator];
    if (iterator == null)
      return Reflect.ownKeys(init as object)
        .filter((key) => Object.prototype.propertyIsEnumerable.call(init, key))
        .map((key): Pair => [text(key), text(init[key])]);
    if (typeof iterator !== 'function')
      throw codedError(TypeError, 'ERR_ARG_NOT_ITERABLE', 'Query pairs must be iterable');
    const pairs: Pair[] = [];
    for (const pair of init as Iterable<any>) {
      if (
        pair == null ||
        (typeof pair !== 'object' && typeof pair !== 'function') ||
        typeof pair[Symbol.iterator] !== 'function'
      ) {
        throw codedError(TypeError, 'ERR_INVALID_TUPLE', 'Each query pair must be an iterable [name, value] tuple');
      }
      const both = [...(pair as Iterable<unknown>)];
      if (both.length !== 2)
        throw codedError(TypeError, 'ERR_INVALID_TUPLE', 'Each query pair must be an iterable [name, value] tuple');
      pairs.push([text(both[0]), text(both[1])]);
    }
    return pairs;
  }
  const query = text(init);
  return parsePairs(query.startsWith('?') ? query.slice(1) : query);
}

/** An iterator that inspects as Node's does. */
const iteratorPrototype = Object.create(Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) as object, {
  next: {
    value(this: { pairs: Pair[]; index: number; kind: string }) {
      const pair = this.pairs[this.index++];
      if (pair === undefined) return { value: undefined, done: true };
      return { value: this.kind === 'keys' ? pair[0] : this.kind === 'values' ? pair[1] : [...pair], done: false };
    },
    writable: true,
    enumerable: true,
    configurable: true,
  },
  [Symbol.toStringTag]: { value: 'URLSearchParams Iterator', configurable: true },
  [inspectSymbol]: {
    value(
      this: { pairs: Pair[]; index: number; kind: string },
      _depth: unknown,
      options: object,
      inspect: (value: unknown, options: object) => string,
    ) {
      const rest = this.pairs
        .slice(this.index)
        .map((pair) => inspect(this.kind === 'keys' ? pair[0] : this.kind === 'values' ? pair[1] : pair, options));
      return `URLSearchParams Iterator {${rest.length > 0 ? ` ${rest.join(', ')} ` : ' '}}`;
    },
  },
}) as object;

function iterate(pairs: Pair[], kind: string): IterableIterator<any> {
  const hidden = (value: unknown): PropertyDescriptor => ({ value, writable: true, enumerable: false });
  return Object.create(iteratorPrototype, {
    pairs: hidden(pairs),
    index: hidden(0),
    kind: hidden(kind),
  }) as IterableIterator<any>;
}

export class URLSearchParams {
  #pairs: Pair[] = [];
  #changed: ((query: string) => void) | undefined;

  constructor(init: unknown = undefined) {
    if (init != null) this.#pairs = pairsFrom(init);
  }

  /** @internal The parameters of a URL object: changes go back to it. */
  static ofUrl(query: string, changed: (query: string) => void): URLSearchParams {
    const params = new URLSearchParams();
    params.#pairs = parsePairs(query);
    params.#changed = changed;
    return params;
  }

  /** @internal */
  static replace(params: URLSearchParams, query: string): void {
    params.#pairs.splice(0, Infinity, ...parsePairs(query));
  }

  get size(): number {
    return this.#pairs.length;
  }

  append(name: unknown, value: unknown): void {
    if (arguments.length < 2) throw missing('name', 'value');
    this.#pairs.push([text(name), text(value)]);
    this.#update();
  }

  delete(name: unknown, value?: unknown): void {
    if (arguments.length < 1) throw missing('name');
    const wanted = text(name);
    const only = value === undefined ? undefined : text(value);
    const kept = this.#pairs.filter(([key, item]) => key !== wanted || (only !== undefined && item !== only));
    this.#pairs.splice(0, Infinity, ...kept);
    this.#update();
  }

  get(name: unknown): string | null {
    if (arguments.length < 1) throw missing('name');
    const wanted = text(name);
    return this.#pairs.find(([key]) => key === wanted)?.[1] ?? null;
  }

  getAll(name: unknown): string[] {
    if (arguments.length < 1) throw missing('name');
    const wanted = text(name);
    return this.#pairs.filter(([key]) => key === wanted).map(([, value]) => value);
  }

  has(name: unknown, value?: unknown): boolean {
    if (arguments.length < 1) throw missing('name');
    const wanted = text(name);
    return this.#pairs.some(([key, item]) => key === wanted && (value === undefined || item === text(value)));
  }

  set(name: unknown, value: unknown): void {
    if (arguments.length < 2) throw missing('name', 'value');
    const wanted = text(name);
    const first = this.#pairs.findIndex(([key]) => key === wanted);
    if (first === -1) this.#pairs.push([wanted, text(value)]);
    else {
      const kept = this.#pairs.filter(([key], index) => key !== wanted || index === first);
      kept[first] = [wanted, text(value)];
      this.#pairs.splice(0, Infinity, ...kept);
    }
    this.#update();
  }

  sort(): void {
    this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.#update();
  }

  forEach(callback: unknown, thisArg?: unknown): void {
    validateFunction(callback, 'callback');
    for (const [name, value] of this.#pairs) callback.call(thisArg, value, name, this);
  }

  keys(): IterableIterator<string> {
    return iterate(this.#pairs, 'keys');
  }

  values(): IterableIterator<string> {
    return iterate(this.#pairs, 'values');
  }

  entries(): IterableIterator<Pair> {
    return iterate(this.#pairs, 'entries');
  }

  [Symbol.iterator](): IterableIterator<Pair> {
    return this.entries();
  }

  toString(): string {
    return this.#pairs.map(([name, value]) => `${formEncode(name)}=${formEncode(value)}`).join('&');
  }

  [inspectSymbol](depth: number | null, options: any, inspect: (value: unknown, options?: unknown) => string): string {
    if (typeof depth === 'number' && depth < 0) return options.stylize('[Object]', 'special') as string;
    const inner = { ...options, depth: depth === null ? null : depth - 1 };
    const parts = this.#pairs.map(([name, value]) => `${inspect(name, inner)} => ${inspect(value, inner)}`);
    if (parts.length === 0) return 'URLSearchParams {}';
    const length = parts.reduce((total, part) => total + part.length + 2, -2);
    return length > (options.breakLength as number)
      ? `URLSearchParams {\n  ${parts.join(',\n  ')} }`
      : `URLSearchParams { ${parts.join(', ')} }`;
  }

  #update(): void {
    this.#changed?.(this.toString());
  }
}
Object.defineProperty(URLSearchParams.prototype, Symbol.toStringTag, { value: 'URLSearchParams', configurable: true });
for (const name of [
  'append',
  'delete',
  'get',
  'getAll',
  'has',
  'set',
  'sort',
  'forEach',
  'keys',
  'values',
  'entries',
  'toString',
  'size',
]) {
  Object.defineProperty(URLSearchParams.prototype, name, { enumerable: true });
}
