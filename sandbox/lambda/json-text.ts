/** Where a text stops being JSON, in the same words on every machine (`JSON.parse` has an opinion per engine). */

export interface JsonMistake {
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** What stands there: a character in quotes, or `end of text`. */
  readonly found: string;
}

/** The first place at which `text` is not JSON, or `undefined` when it is. */
export function findJsonMistake(text: string): JsonMistake | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    const offset = new Scanner(text).firstMistake();
    const before = text.slice(0, offset).split('\n');
    const character = String.fromCodePoint(text.codePointAt(offset) ?? 0);
    return {
      line: before.length,
      column: (before.at(-1) ?? '').length + 1,
      found: offset >= text.length ? 'end of text' : JSON.stringify(character),
    };
  }
}

/** Follows JSON's grammar without building values; containers are kept on a list, so that depth cannot overflow. */
class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  firstMistake(): number {
    const open: ('{' | '[')[] = [];
    for (;;) {
      this.#skip(/[ \t\r\n]*/y);
      const container = this.#container(open);
      if (container === 'mistake') return this.#at;
      if (container === 'opened') continue;
      if (
        container === 'none' &&
        !this.#skip(
          /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y,
        )
      ) {
        return this.#valueMistake();
      }
      for (;;) {
        this.#skip(/[ \t\r\n]*/y);
        const inside = open.at(-1);
        if (inside === undefined) return this.#at;
        if (this.#skip(/,/y)) {
          if (inside === '{' && !this.#key()) return this.#at;
          break;
        }
        if (!this.#skip(inside === '{' ? /\}/y : /\]/y)) return this.#at;
        open.pop();
      }
    }
  }

  /** Opens an object or array; `closed` when it was empty. */
  #container(open: ('{' | '[')[]): 'none' | 'opened' | 'closed' | 'mistake' {
    if (this.#skip(/\[/y)) {
      if (this.#skip(/[ \t\r\n]*\]/y)) return 'closed';
      open.push('[');
      return 'opened';
    }
    if (!this.#skip(/\{/y)) return 'none';
    if (this.#skip(/[ \t\r\n]*\}/y)) return 'closed';
    if (!this.#key()) return 'mistake';
    open.push('{');
    return 'opened';
  }

  #key(): boolean {
    this.#skip(/[ \t\r\n]*/y);
    if (!this.#skip(/"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y)) {
      this.#valueMistake();
      return false;
    }
    this.#skip(/[ \t\r\n]*/y);
    return this.#skip(/:/y);
  }

  /** Moves behind the part that was still right: the good beginning of a string, number or word. */
  #valueMistake(): number {
    this.#skip(/"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*|-?(?:(?:0|[1-9]\d*)(?:\.|[eE][+-]?)?)?/y);
    return this.#at;
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) return false;
    this.#at += match[0].length;
    return true;
  }
}
