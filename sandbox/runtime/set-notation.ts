/**
 * Reads regular expressions of the v flag and writes them for the u flag, which is all that the engine has. Source:
 * ECMA-262, ClassSetExpression.
 */
import {
  asPattern,
  complement,
  intersect,
  ofItems,
  stringProperties,
  subtract,
  union,
  written,
  type CharacterSet,
} from './character-sets.ts';

/** Why V8 refuses a pattern of the v flag for its sets; undefined when it does not. */
export function setNotationProblem(pattern: string): string | undefined {
  try {
    withoutSetNotation(pattern);
    return undefined;
  } catch (error) {
    if (error instanceof SetNotationError) return error.message;
    throw error;
  }
}

/** Why V8 refuses a pattern: the words after the pattern itself. */
export class SetNotationError extends Error {}

const invalidCharacter = 'Invalid character in character class';

/** Punctuation that means nothing twice yet, and is kept for what may come. */
const reservedDouble = /^(?:&&|!!|##|\$\$|%%|\*\*|\+\+|,,|\.\.|::|;;|<<|==|>>|\?\?|@@|\^\^|``|~~)/;

class PatternReader {
  readonly #text: string;
  #at = 0;
  #lastWasRange = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** The whole pattern. */
  read(): string {
    let result = '';
    while (this.#at < this.#text.length) {
      if (this.#take('[')) result += asPattern(this.#class());
      else if (this.#next('\\p{') || this.#next('\\P{')) result += asPattern(this.#property());
      else if (this.#next('\\')) result += this.#character() + this.#character();
      else result += this.#character();
    }
    return result;
  }

  #next(text: string): boolean {
    return this.#text.startsWith(text, this.#at);
  }

  #take(text: string): boolean {
    if (!this.#next(text)) return false;
    this.#at += text.length;
    return true;
  }

  /** One code point, and past it. */
  #character(): string {
    const code = this.#text.codePointAt(this.#at);
    if (code === undefined) throw new SetNotationError('Unterminated character class');
    const character = String.fromCodePoint(code);
    this.#at += character.length;
    return character;
  }

  /** After `[`, up to and with `]`. */
  #class(): CharacterSet {
    const isNegated = this.#take('^');
    let set = ofItems('');
    let isFirst = true;
    let operator: '--' | '&&' | undefined;
    while (!this.#take(']')) {
      const found = (['--', '&&'] as const).find((one) => this.#take(one));
      if (found !== undefined) {
        if (isFirst && found === '--') throw new SetNotationError(invalidCharacter);
        if (isFirst || (operator !== undefined && operator !== found)) this.#invalidOperation();
        if (found === '&&' && this.#next('&')) throw new SetNotationError(invalidCharacter);
        operator = found;
        const operand = this.#operand(false);
        set = found === '--' ? subtract(set, operand) : intersect(set, operand);
      } else {
        if (operator !== undefined) this.#invalidOperation();
        const operand = this.#operand(true);
        // Only one operand, and no range, may begin a subtraction or an intersection.
        const isRange = this.#lastWasRange;
        if ((!isFirst || isRange) && (this.#next('--') || this.#next('&&'))) this.#invalidOperation();
        set = isFirst ? operand : union(set, operand);
      }
      isFirst = false;
    }
    if (!isNegated) return set;
    if (set.mayHaveStrings) throw new SetNotationError('Negated character class may contain strings');
    return complement(set);
  }

  #invalidOperation(): never {
    throw new SetNotationError('Invalid set operation in character class');
  }

  /** A nested class, an escape for a set, texts, a character, or in a union a range of characters. */
  #operand(inUnion: boolean): CharacterSet {
    this.#lastWasRange = false;
    if (this.#take('[')) {
      const nested = this.#class();
      this.#lastWasRange = false;
      return nested;
    }
    if (this.#take('\\q{')) return this.#texts();
    if (this.#next('\\p{') || this.#next('\\P{')) return this.#property();
    const escape = /^\\[dDsSwW]/.exec(this.#text.slice(this.#at, this.#at + 2))?.[0];
    if (escape !== undefined) {
      this.#at += escape.length;
      if (this.#next('-') && !this.#next('--')) throw new SetNotationError('Invalid character class');
      return ofItems(escape);
    }
    const first = this.#setCharacter();
    if (!inUnion || !this.#next('-') || this.#next('--')) return ofItems(written(first));
    this.#at += 1;
    if (this.#next(']') || this.#next('[') || /^\\[dDsSwWpPq]/.test(this.#text.slice(this.#at, this.#at + 2))) {
      throw new SetNotationError('Invalid character class');
    }
    const last = this.#setCharacter();
    if (last.codePointAt(0)! < first.codePointAt(0)!) {
      throw new SetNotationError('Range out of order in character class');
    }
    this.#lastWasRange = true;
    return ofItems(`${written(first)}-${written(last)}`);
  }

  /** After `\q{`, up to and with `}`. */
  #texts(): CharacterSet {
    let items = '';
    const strings = new Set<string>();
    let text = '';
    const add = (): void => {
      if ([...text].length === 1) items += written(text);
      else strings.add(text);
      text = '';
    };
    while (!this.#take('}')) {
      if (this.#take('|')) add();
      else text += this.#setCharacter();
    }
    add();
    return { ...ofItems(items), strings, mayHaveStrings: strings.size > 0 };
  }

  /** `\p{…}` or `\P{…}`. */
  #property(): CharacterSet {
    const escape = /^\\[pP]\{([^}]*)\}/.exec(this.#text.slice(this.#at))?.[0];
    if (escape === undefined) throw new SetNotationError('Invalid property name');
    this.#at += escape.length;
    const name = escape.slice(3, -1);
    if (!Object.hasOwn(stringProperties, name)) return ofItems(escape);
    if (escape.startsWith('\\P')) throw new SetNotationError('Invalid property name');
    return stringProperties[name]!;
  }

  /** One character of a class, with its escape read. */
  #setCharacter(): string {
    if (this.#take('\\')) return this.#escaped();
    if (reservedDouble.test(this.#text.slice(this.#at, this.#at + 2))) {
      throw new SetNotationError('Invalid set operation in character class');
    }
    const character = this.#character();
    if (/[()[\]{}/\-\\|]/.test(character)) throw new SetNotationError(invalidCharacter);
    return character;
  }

  /** After a backslash. */
  #escaped(): string {
    const rest = this.#text.slice(this.#at);
    const controls: Readonly<Record<string, string>> = { f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', b: '\b' };
    const [taken, , unicode, braced, hex, control] =
      /^(?:(u(?:\{0*([0-9a-fA-F]{1,6})\}|((?:[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|[0-9a-fA-F]{4})))|x([0-9a-fA-F]{2})|c([A-Za-z]))/.exec(
        rest,
      ) ?? [];
    if (taken !== undefined) {
      this.#at += taken.length;
      if (control !== undefined) return String.fromCharCode(control.charCodeAt(0) % 32);
      if (unicode !== undefined) {
        const code = parseInt(unicode, 16);
        if (code > 0x10ffff) throw new SetNotationError('Invalid Unicode escape');
        return String.fromCodePoint(code);
      }
      return (braced ?? hex)!
        .split('\\u')
        .map((digits) => String.fromCharCode(parseInt(digits, 16)))
        .join('');
    }
    const character = this.#character();
    if (Object.hasOwn(controls, character)) return controls[character]!;
    if (character === '0' && !/^\d/.test(rest.slice(1))) return '\0';
    if (/[$()*+./?[\\\]^{|}&\-!#%,:;<=>@`~]/.test(character)) return character;
    throw new SetNotationError(character === 'u' ? 'Invalid Unicode escape' : 'Invalid escape');
  }
}

/** The pattern for the u flag that means what `pattern` means with the v flag. Throws `SetNotationError`. */
export const withoutSetNotation = (pattern: string): string => new PatternReader(pattern).read();
