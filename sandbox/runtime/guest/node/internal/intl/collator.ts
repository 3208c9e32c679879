/** Intl.Collator: letters before accents before case, in the order of the root collation as far as names and words need. */
import { codedError } from '../errors.ts';
import { type Negotiated, negotiate, option, readingOptionsOf, supportedLocalesOf } from './negotiation.ts';

type Sensitivity = 'base' | 'accent' | 'case' | 'variant';

interface Element {
  /** Group and place within it. */
  primary: string;
  accents: string;
  isUpper: boolean;
}

const punctuationOrder = '_-,;:!?.\'"()[]{}@*/\\&#%`^+<=>|~$';
/** Marks in the order in which they tell words apart. */
const accentOrder = '\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0327\u0328\u0304';
/** Letters that are not a base letter with a mark, spelt as the letters they sort among. */
const expansions: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};
/** Letters that a language sorts as letters of their own, after another. */
const tailored: Record<string, Record<string, string>> = {
  sv: { å: 'z1', ä: 'z2', æ: 'z2', ö: 'z3', ø: 'z3' },
  es: { ñ: 'n\uffff' },
};

function primaryOf(character: string): string {
  const order = punctuationOrder.indexOf(character);
  if (/\s/u.test(character)) return `0${character}`;
  if (order !== -1) return `1${String.fromCharCode(order + 1)}`;
  if (/[\p{P}\p{S}]/u.test(character)) return `2${character}`;
  if (/\p{Nd}/u.test(character)) return `3${character}`;
  if (/\p{Script=Latin}/u.test(character)) return `4${character}`;
  if (/\p{Script=Greek}/u.test(character)) return `5${character}`;
  if (/\p{Script=Cyrillic}/u.test(character)) return `6${character}`;
  return `7${character}`;
}

function elementsOf(text: string, language: string, numeric: boolean, ignorePunctuation: boolean): Element[] {
  const elements: Element[] = [];
  const own = tailored[language];
  for (const [cluster] of text.normalize('NFC').matchAll(/\d+|\P{M}\p{M}*|\p{M}+/gu)) {
    if (/^\d+$/.test(cluster)) {
      if (numeric) {
        const digits = cluster.replace(/^0+(?=\d)/, '');
        elements.push({ primary: `3${String.fromCharCode(digits.length)}${digits}`, accents: '', isUpper: false });
      } else for (const digit of cluster) elements.push({ primary: `3${digit}`, accents: '', isUpper: false });
      continue;
    }
    const lower = cluster.toLowerCase();
    const isUpper = lower !== cluster;
    const letter = own?.[lower];
    if (letter !== undefined) {
      elements.push({ primary: `4${letter}`, accents: '', isUpper });
      continue;
    }
    const [base = '', ...marks] = lower.normalize('NFD');
    const expanded = expansions[base] ?? base;
    if (ignorePunctuation && /[\p{P}\s]/u.test(base)) continue;
    for (const [index, character] of [...expanded].entries()) {
      const isExpansion = expanded !== base && index === 0 ? '\u0001' : '';
      elements.push({
        primary: primaryOf(character),
        accents: marks.map((mark) => String.fromCharCode(accentOrder.indexOf(mark) + 2)).join('') + isExpansion,
        isUpper,
      });
    }
  }
  return elements;
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The first difference that a function finds between two lists. */
function firstDifference(a: Element[], b: Element[], compare: (a: Element, b: Element) => number): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const result = compare(a[index] as Element, b[index] as Element);
    if (result !== 0) return result;
  }
  return 0;
}

export class Collator {
  readonly #negotiated: Negotiated;
  readonly #usage: string;
  readonly #sensitivity: Sensitivity;
  readonly #numeric: boolean;
  readonly #caseFirst: string;
  readonly #ignorePunctuation: boolean;
  #bound: ((a: unknown, b: unknown) => number) | undefined;

  static supportedLocalesOf = supportedLocalesOf;

  constructor(locales?: unknown, options: any = {}) {
    this.#negotiated = negotiate(locales);
    const { extensions } = this.#negotiated;
    readingOptionsOf('Collator');
    this.#usage = option(options, 'usage', ['sort', 'search'], 'sort');
    this.#sensitivity = option(options, 'sensitivity', ['base', 'accent', 'case', 'variant'], 'variant');
    this.#numeric =
      options.numeric === undefined
        ? extensions['kn'] !== undefined && extensions['kn'] !== 'false'
        : Boolean(options.numeric);
    this.#caseFirst = option(
      options,
      'caseFirst',
      ['upper', 'lower', 'false'],
      (extensions['kf'] as 'upper' | undefined) ?? 'false',
    );
    this.#ignorePunctuation = Boolean(options.ignorePunctuation);
  }

  get compare(): (a: unknown, b: unknown) => number {
    this.#bound ??= (a, b) => this.#compare(String(a), String(b));
    return this.#bound;
  }

  resolvedOptions(): object {
    return {
      locale: this.#negotiated.locale,
      usage: this.#usage,
      sensitivity: this.#sensitivity,
      ignorePunctuation: this.#ignorePunctuation,
      collation: 'default',
      numeric: this.#numeric,
      caseFirst: this.#caseFirst,
    };
  }

  #compare(left: string, right: string): number {
    if (left === right) return 0;
    const language = this.#negotiated.data.slice(0, 2);
    if ((language === 'zh' || language === 'ja') && /\p{Script=Han}/u.test(left) && /\p{Script=Han}/u.test(right)) {
      throw codedError(
        RangeError,
        'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
        `Sorting Han characters for ${this.#negotiated.locale} is not available in this simulator`,
      );
    }
    const [a, b] = [left, right].map((text) => elementsOf(text, language, this.#numeric, this.#ignorePunctuation)) as [
      Element[],
      Element[],
    ];
    const primary = firstDifference(a, b, (x, y) => order(x.primary, y.primary)) || Math.sign(a.length - b.length);
    if (primary !== 0 || this.#sensitivity === 'base') return primary;
    const accents = this.#sensitivity === 'case' ? 0 : firstDifference(a, b, (x, y) => order(x.accents, y.accents));
    if (accents !== 0 || this.#sensitivity === 'accent') return accents;
    const upperFirst = this.#caseFirst === 'upper' ? -1 : 1;
    return firstDifference(a, b, (x, y) => upperFirst * (Number(x.isUpper) - Number(y.isUpper)));
  }
}
Object.defineProperty(Collator.prototype, Symbol.toStringTag, { value: 'Intl.Collator', configurable: true });
