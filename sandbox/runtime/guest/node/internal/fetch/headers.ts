/** Headers of the fetch standard. */
import { codedError } from '../errors.ts';

const inspectSymbol = Symbol.for('nodejs.util.inspect.custom');
const nameSyntax = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i;

function headerName(name: unknown, method: string): string {
  const text = String(name);
  if (!nameSyntax.test(text)) throw new TypeError(`Headers.${method}: "${text}" is an invalid header name.`);
  return text.toLowerCase();
}

function headerValue(value: unknown, method: string): string {
  const text = String(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
  if (/[\0\r\n]|[^\x00-\xff]/.test(text)) throw new TypeError(`Headers.${method}: ${text} is an invalid header value.`);
  return text;
}

export class Headers {
  /** Lower-case name -> values; set-cookie keeps its values apart. */
  readonly #values = new Map<string, string[]>();

  constructor(init: any = undefined) {
    if (init == null) return;
    if (typeof init !== 'object' && typeof init !== 'function') {
      throw codedError(
        TypeError,
        'ERR_INVALID_ARG_TYPE',
        "Headers constructor: init given is not of type 'HeadersInit'.",
      );
    }
    if (typeof init[Symbol.iterator] === 'function') {
      for (const pair of init as Iterable<unknown>) {
        const both = [...(pair as Iterable<unknown>)];
        if (both.length !== 2)
          throw new TypeError(
            'Headers constructor: expected name/value pair to be length 2, found ' + String(both.length) + '.',
          );
        this.append(both[0], both[1]);
      }
    } else {
      for (const name of Reflect.ownKeys(init as object)) if (typeof name === 'string') this.append(name, init[name]);
    }
  }

  append(name: unknown, value: unknown): void {
    const key = headerName(name, 'append');
    const values = this.#values.get(key);
    if (values === undefined) this.#values.set(key, [headerValue(value, 'append')]);
    else values.push(headerValue(value, 'append'));
  }

  delete(name: unknown): void {
    this.#values.delete(headerName(name, 'delete'));
  }

  get(name: unknown): string | null {
    return this.#values.get(headerName(name, 'get'))?.join(', ') ?? null;
  }

  has(name: unknown): boolean {
    return this.#values.has(headerName(name, 'has'));
  }

  set(name: unknown, value: unknown): void {
    this.#values.set(headerName(name, 'set'), [headerValue(value, 'set')]);
  }

  getSetCookie(): string[] {
    return [...(this.#values.get('set-cookie') ?? [])];
  }

  forEach(callback: (value: string, name: string, headers: Headers) => void, thisArg?: unknown): void {
    for (const [name, value] of this) callback.call(thisArg, value, name, this);
  }

  *entries(): Generator<[string, string]> {
    for (const name of [...this.#values.keys()].sort()) {
      const values = this.#values.get(name) ?? [];
      if (name === 'set-cookie') for (const value of values) yield [name, value];
      else yield [name, values.join(', ')];
    }
  }

  *keys(): Generator<string> {
    for (const [name] of this) yield name;
  }

  *values(): Generator<string> {
    for (const [, value] of this) yield value;
  }

  [Symbol.iterator](): Generator<[string, string]> {
    return this.entries();
  }

  [inspectSymbol](_depth: number, options: object, inspect: (value: unknown, options: object) => string): string {
    return `Headers ${inspect(Object.fromEntries([...this.#values].map(([name, values]) => [name, values.join(', ')])), options)}`;
  }
}
Object.defineProperty(Headers.prototype, Symbol.toStringTag, { value: 'Headers', configurable: true });
for (const name of ['append', 'delete', 'get', 'has', 'set', 'getSetCookie', 'forEach', 'entries', 'keys', 'values']) {
  Object.defineProperty(Headers.prototype, name, { enumerable: true });
}
