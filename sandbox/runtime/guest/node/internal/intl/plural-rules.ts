/** Intl.PluralRules: CLDR's rules for the languages of the known locales. */
import type { PluralCategory } from './data.ts';
import { Decimal } from './decimal.ts';
import { negotiate, option, readingOptionsOf, supportedLocalesOf } from './negotiation.ts';
import { digitOptions, type DigitOptions, roundDecimal, resolvedDigits } from './rounding.ts';

/** Category by the integer part, the visible fraction digits and the number. */
type Rule = (integer: number, fractionDigits: number, value: number) => PluralCategory;

const oneIfExactlyOne: Rule = (integer, digits) => (integer === 1 && digits === 0 ? 'one' : 'other');
const millions = (integer: number, digits: number): boolean =>
  integer !== 0 && integer % 1_000_000 === 0 && digits === 0;
const alwaysOther: Rule = () => 'other';

const cardinal: Record<string, Rule> = {
  en: oneIfExactlyOne,
  de: oneIfExactlyOne,
  nl: oneIfExactlyOne,
  sv: oneIfExactlyOne,
  it: (integer, digits) => (integer === 1 && digits === 0 ? 'one' : millions(integer, digits) ? 'many' : 'other'),
  es: (integer, digits, value) => (value === 1 ? 'one' : millions(integer, digits) ? 'many' : 'other'),
  fr: (integer, digits) => (integer <= 1 ? 'one' : millions(integer, digits) ? 'many' : 'other'),
  pt: (integer, digits) => (integer <= 1 ? 'one' : millions(integer, digits) ? 'many' : 'other'),
  ja: alwaysOther,
  ko: alwaysOther,
  zh: alwaysOther,
};

const ordinal: Record<string, Rule> = {
  en(integer) {
    const [tens, ones] = [integer % 100, integer % 10];
    if (ones === 1 && tens !== 11) return 'one';
    if (ones === 2 && tens !== 12) return 'two';
    return ones === 3 && tens !== 13 ? 'few' : 'other';
  },
  fr: (_integer, _digits, value) => (value === 1 ? 'one' : 'other'),
  it: (_integer, _digits, value) => ([8, 11, 80, 800].includes(value) ? 'many' : 'other'),
  sv: (integer) => ([1, 2].includes(integer % 10) && ![11, 12].includes(integer % 100) ? 'one' : 'other'),
};

/** The category of a number that is written with so many fraction digits. */
export function pluralCategory(
  locale: string,
  number: Decimal,
  type: 'cardinal' | 'ordinal' = 'cardinal',
): PluralCategory {
  if (!number.isFinite) return 'other';
  const language = locale.slice(0, 2);
  const rule = (type === 'cardinal' ? cardinal[language] : ordinal[language]) ?? alwaysOther;
  const [whole, fraction = ''] = number.plainText().split('.');
  const integer = Number(whole);
  if (type === 'ordinal' && fraction !== '') return 'other';
  return rule(integer, fraction.length, Number(`${whole ?? ''}.${fraction}`));
}

const order: PluralCategory[] = ['zero', 'one', 'two', 'few', 'many', 'other'];

export class PluralRules {
  readonly #locale: string;
  readonly #data: string;
  readonly #type: 'cardinal' | 'ordinal';
  readonly #digits: DigitOptions;

  static supportedLocalesOf = supportedLocalesOf;

  constructor(locales?: unknown, options: any = {}) {
    const { locale, data } = negotiate(locales);
    readingOptionsOf('PluralRules');
    this.#locale = locale;
    this.#data = data;
    this.#type = option(options, 'type', ['cardinal', 'ordinal'], 'cardinal');
    this.#digits = digitOptions(options, 0, 3, 'standard');
  }

  select(value: unknown): PluralCategory {
    const number = Decimal.from(Number(value));
    return number.isFinite ? pluralCategory(this.#data, roundDecimal(number, this.#digits), this.#type) : 'other';
  }

  selectRange(_start: unknown, end: unknown): PluralCategory {
    return this.select(end);
  }

  resolvedOptions(): object {
    const found = new Set<PluralCategory>();
    for (const sample of [0, 1, 2, 3, 4, 5, 8, 11, 20, 80, 100, 1_000_000])
      found.add(pluralCategory(this.#data, Decimal.from(sample), this.#type));
    const { roundingIncrement, roundingMode, roundingPriority, trailingZeroDisplay, ...counts } = resolvedDigits(
      this.#digits,
    );
    return {
      locale: this.#locale,
      type: this.#type,
      ...counts,
      pluralCategories: order.filter((category) => found.has(category)),
      roundingIncrement,
      roundingMode,
      roundingPriority,
      trailingZeroDisplay,
    };
  }
}
