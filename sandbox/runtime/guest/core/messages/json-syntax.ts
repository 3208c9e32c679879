/** V8's message for a text that JSON.parse refuses. */

const around = 10;
const longestWhole = 2 * around;

/** What is wrong with the text, in V8's words; undefined when nothing is. */
export function describeJson(given: unknown): string | undefined {
  let text: string;
  if (Array.isArray(given) && given.length === 0) return 'Unexpected end of JSON input';
  if (typeof given === 'object' && given !== null) text = '[object Object]';
  else if (typeof given === 'symbol' || typeof given === 'function') return undefined;
  else text = String(given);
  if (typeof given !== 'string') return `"${text}" is not valid JSON`;
  if (/^(undefined|NaN|Infinity|\[object Object\])$/.test(text)) return `"${text}" is not valid JSON`;
  try {
    new Reader(text).whole();
    return undefined;
  } catch (problem) {
    return typeof problem === 'string' ? problem : undefined;
  }
}

/** Reads JSON and throws V8's words as a string where it ends to be JSON. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): void {
    this.#value();
    this.#space();
    if (this.#at < this.#text.length) this.#fail('Unexpected non-whitespace character after JSON');
  }

  #fail(what: string): never {
    const before = this.#text.slice(0, this.#at).split(/\r\n|\n|\r/);
    const last = before.at(-1) ?? '';
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the text is the result
    throw `${what}${/JSON$/.test(what) ? '' : ' in JSON'} at position ${this.#at} (line ${before.length} column ${last.length + 1})`;
  }

  #unexpected(): never {
    const text = this.#text;
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the text is the result
    if (this.#at >= text.length) throw 'Unexpected end of JSON input';
    const character = String.fromCodePoint(text.codePointAt(this.#at)!);
    if (/[0-9-]/.test(character)) this.#fail('Unexpected number');
    if (character === '"') this.#fail('Unexpected string');
    const from = this.#at - around;
    const to = this.#at + around;
    const shown =
      text.length <= longestWhole
        ? `"${text}"`
        : `${from >= 0 ? '...' : ''}"${text.slice(Math.max(from, 0), to)}"${to < text.length ? '...' : ''}`;
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the text is the result
    throw `Unexpected token '${character}', ${shown} is not valid JSON`;
  }

  #space(): void {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  /** The next character that is not white space; empty at the end. */
  #next(): string {
    this.#space();
    return this.#text[this.#at] ?? '';
  }

  #value(): void {
    const character = this.#next();
    if (character === '{') return this.#object();
    if (character === '[') return this.#list();
    if (character === '"') return this.#string();
    if (/[-0-9]/.test(character)) return this.#number();
    const word = { t: 'true', f: 'false', n: 'null' }[character];
    if (word === undefined) this.#unexpected();
    for (const letter of word) {
      if (this.#text[this.#at] !== letter) this.#unexpected();
      this.#at += 1;
    }
  }

  #object(): void {
    this.#at += 1;
    if (this.#next() === '}') return void (this.#at += 1);
    for (let first = true; ; first = false) {
      const character = this.#next();
      if (character !== '"')
        this.#fail(first ? "Expected property name or '}'" : 'Expected double-quoted property name');
      this.#string();
      if (this.#next() !== ':') this.#fail("Expected ':' after property name");
      this.#at += 1;
      this.#value();
      const end = this.#next();
      if (end !== ',' && end !== '}') this.#fail("Expected ',' or '}' after property value");
      this.#at += 1;
      if (end === '}') return;
    }
  }

  #list(): void {
    this.#at += 1;
    if (this.#next() === ']') return void (this.#at += 1);
    for (;;) {
      this.#value();
      const end = this.#next();
      if (end !== ',' && end !== ']') this.#fail("Expected ',' or ']' after array element");
      this.#at += 1;
      if (end === ']') return;
    }
  }

  #string(): void {
    this.#at += 1;
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined) this.#fail('Unterminated string');
      if (character < ' ') this.#fail('Bad control character in string literal');
      this.#at += 1;
      if (character === '"') return;
      if (character !== '\\') continue;
      const escaped = this.#text[this.#at] ?? '';
      if (escaped === 'u') {
        for (let digit = 0; digit < 4; digit += 1) {
          this.#at += 1;
          if (!/[0-9a-fA-F]/.test(this.#text[this.#at] ?? '')) this.#fail('Bad Unicode escape');
        }
      } else if (!/["\\/bfnrt]/.test(escaped)) this.#fail('Bad escaped character');
      this.#at += 1;
    }
  }

  #number(): void {
    const digit = (): boolean => /[0-9]/.test(this.#text[this.#at] ?? '');
    const digits = (what: string): void => {
      if (!digit()) this.#fail(what);
      while (digit()) this.#at += 1;
    };
    if (this.#text[this.#at] === '-') {
      this.#at += 1;
      if (!digit()) this.#fail('No number after minus sign');
    }
    if (this.#text[this.#at] === '0') {
      this.#at += 1;
      if (digit()) this.#fail('Unexpected number');
    } else digits('No number after minus sign');
    if (this.#text[this.#at] === '.') {
      this.#at += 1;
      digits('Unterminated fractional number');
    }
    if (/[eE]/.test(this.#text[this.#at] ?? '')) {
      this.#at += 1;
      if (/[-+]/.test(this.#text[this.#at] ?? '')) this.#at += 1;
      digits('Exponent part is missing a number');
    }
  }
}
