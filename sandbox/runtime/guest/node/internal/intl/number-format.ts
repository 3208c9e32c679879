/** Intl.NumberFormat. */
import { type Affixes, type ByPlural, localeData, type NumberData } from './data.ts';
import { Decimal } from './decimal.ts';
import {
  type Negotiated,
  negotiate,
  option,
  readingOptionsOf,
  refuseOther,
  supportedLocalesOf,
} from './negotiation.ts';
import { pluralCategory } from './plural-rules.ts';
import { digitOptions, type DigitOptions, resolvedDigits, roundDecimal } from './rounding.ts';

export interface Part {
  type: string;
  value: string;
}

const unitDisplays = ['short', 'long', 'narrow'] as const;

export class NumberFormat {
  readonly #negotiated: Negotiated;
  readonly #data: NumberData;
  readonly #style: 'decimal' | 'percent' | 'currency' | 'unit';
  readonly #currency: string | undefined;
  readonly #currencyDisplay: 'symbol' | 'narrowSymbol' | 'code' | 'name';
  readonly #currencySign: 'standard' | 'accounting';
  readonly #unit: string | undefined;
  readonly #unitDisplay: (typeof unitDisplays)[number];
  readonly #notation: 'standard' | 'scientific' | 'engineering' | 'compact';
  readonly #compactDisplay: 'short' | 'long';
  readonly #signDisplay: 'auto' | 'never' | 'always' | 'exceptZero' | 'negative';
  readonly #grouping: 'auto' | 'always' | 'min2' | false;
  readonly #digits: DigitOptions;
  #bound: ((value: unknown) => string) | undefined;

  static supportedLocalesOf = supportedLocalesOf;

  constructor(locales?: unknown, options: any = {}) {
    this.#negotiated = negotiate(locales);
    this.#data = localeData(this.#negotiated.data).numbers;
    readingOptionsOf('NumberFormat');
    refuseOther('numbering system', options.numberingSystem, ['latn']);
    this.#style = option(options, 'style', ['decimal', 'percent', 'currency', 'unit'], 'decimal');
    this.#currency = readCurrency(options, this.#style);
    this.#currencyDisplay = option(options, 'currencyDisplay', ['symbol', 'narrowSymbol', 'code', 'name'], 'symbol');
    this.#currencySign = option(options, 'currencySign', ['standard', 'accounting'], 'standard');
    this.#unit = readUnit(options, this.#style, this.#data);
    this.#unitDisplay = option(options, 'unitDisplay', unitDisplays, 'short');
    this.#notation = option(options, 'notation', ['standard', 'scientific', 'engineering', 'compact'], 'standard');
    this.#compactDisplay = option(options, 'compactDisplay', ['short', 'long'], 'short');
    this.#signDisplay = option(options, 'signDisplay', ['auto', 'never', 'always', 'exceptZero', 'negative'], 'auto');
    this.#grouping = readGrouping(options.useGrouping, this.#notation);
    const currencyDigits = this.#currency === undefined ? 2 : (this.#data.currencies[this.#currency]?.[3] ?? 2);
    const isMoney = this.#style === 'currency' && this.#notation === 'standard';
    const maximum = isMoney ? currencyDigits : this.#style === 'percent' ? 0 : 3;
    this.#digits = digitOptions(options, isMoney ? currencyDigits : 0, maximum, this.#notation);
  }

  get format(): (value: unknown) => string {
    this.#bound ??= (value) => join(this.formatToParts(value));
    return this.#bound;
  }

  formatToParts(value: unknown): Part[] {
    let number = Decimal.from(value);
    if (this.#style === 'percent') number = number.shift(2);
    const { body, rounded, compact, text } = this.#body(number);
    const wrapped = this.#wrap(body, text, rounded, compact);
    return wrapped.filter((part) => part.value !== '');
  }

  formatRange(start: unknown, end: unknown): string {
    const [from, to] = [this.format(start), this.format(end)];
    if (from === to) return `~${from}`;
    const spaced = this.#style === 'currency' || this.#style === 'unit' || /[-−]/.test(from + to);
    return `${from}${spaced ? ' – ' : '–'}${to}`;
  }

  resolvedOptions(): Record<string, unknown> {
    const isCurrency = this.#style === 'currency';
    const isUnit = this.#style === 'unit';
    const { minimumIntegerDigits, ...digits } = resolvedDigits(this.#digits);
    const { roundingIncrement, roundingMode, roundingPriority, trailingZeroDisplay, ...counts } = digits;
    return {
      locale: this.#negotiated.locale,
      numberingSystem: 'latn',
      style: this.#style,
      ...(isCurrency && {
        currency: this.#currency,
        currencyDisplay: this.#currencyDisplay,
        currencySign: this.#currencySign,
      }),
      ...(isUnit && { unit: this.#unit, unitDisplay: this.#unitDisplay }),
      minimumIntegerDigits,
      ...counts,
      useGrouping: this.#grouping,
      notation: this.#notation,
      ...(this.#notation === 'compact' && { compactDisplay: this.#compactDisplay }),
      signDisplay: this.#signDisplay,
      roundingIncrement,
      roundingMode,
      roundingPriority,
      trailingZeroDisplay,
    };
  }

  /** The digits, and what compact notation adds to them. `text` decides the plural. */
  #body(number: Decimal): { body: Part[]; rounded: Decimal; compact: Affixes | undefined; text: Decimal } {
    if (number.special !== undefined) {
      const part = number.special === 'NaN' ? { type: 'nan', value: this.#data.nan } : { type: 'infinity', value: '∞' };
      return { body: [part], rounded: number, compact: undefined, text: number };
    }
    if (this.#notation === 'compact') return this.#compactBody(number);
    if (this.#notation === 'standard') {
      const rounded = roundDecimal(number, this.#digits);
      return { body: this.#digitParts(rounded), rounded, compact: undefined, text: rounded };
    }
    const step = this.#notation === 'scientific' ? 1 : 3;
    const powerOf = (value: Decimal): number => (value.isZero ? 0 : Math.floor((value.exponent - 1) / step) * step);
    let power = powerOf(number);
    let rounded = roundDecimal(number.shift(-power), this.#digits);
    // 9.9996 may become 10: then it is 1 with the next power.
    const more = powerOf(rounded.shift(power));
    if (more !== power) {
      power = more;
      rounded = roundDecimal(number.shift(-power), this.#digits);
    }
    const exponent: Part[] = [{ type: 'exponentSeparator', value: this.#data.exponent }];
    if (power < 0) exponent.push({ type: 'exponentMinusSign', value: this.#data.minus });
    exponent.push({ type: 'exponentInteger', value: String(Math.abs(power)) });
    return { body: [...this.#digitParts(rounded), ...exponent], rounded, compact: undefined, text: rounded };
  }

  #compactBody(number: Decimal): { body: Part[]; rounded: Decimal; compact: Affixes | undefined; text: Decimal } {
    const table = this.#data.compact[this.#style === 'currency' ? 'short' : this.#compactDisplay];
    const entryOf = (value: Decimal): readonly [number, ByPlural<Affixes>] | undefined =>
      value.isZero || value.exponent < 4 ? undefined : table[Math.min(value.exponent - 4, table.length - 1)];
    let entry = entryOf(number);
    let rounded = roundDecimal(number.shift(-(entry?.[0] ?? 0)), this.#digits);
    const grown = entryOf(rounded.shift(entry?.[0] ?? 0));
    if (grown !== entry) {
      entry = grown;
      rounded = roundDecimal(number.shift(-(entry?.[0] ?? 0)), this.#digits);
    }
    const forms = entry?.[1];
    const exact = forms?.['=1'];
    if (exact !== undefined && rounded.digits === '1' && rounded.exponent === 1) {
      return { body: [{ type: 'compact', value: exact[0] }], rounded, compact: undefined, text: number };
    }
    const compact = forms && (forms[pluralCategory(this.#negotiated.data, rounded)] ?? forms.other);
    return { body: this.#digitParts(rounded), rounded, compact, text: entry === undefined ? rounded : number };
  }

  #digitParts(number: Decimal): Part[] {
    const [whole = '', fraction] = number.plainText().split('.');
    const padded = whole.padStart(this.#digits.minimumIntegerDigits, '0');
    const parts: Part[] = [];
    this.#groups(padded).forEach((value, index) => {
      if (index > 0) parts.push({ type: 'group', value: this.#data.group });
      parts.push({ type: 'integer', value });
    });
    if (fraction !== undefined)
      parts.push({ type: 'decimal', value: this.#data.decimal }, { type: 'fraction', value: fraction });
    return parts;
  }

  #groups(whole: string): string[] {
    const [last, others] = this.#data.groupSizes;
    const least = this.#grouping === 'always' ? 1 : this.#grouping === 'min2' ? 2 : this.#data.minimumGrouping;
    if (this.#grouping === false || whole.length < last + least) return [whole];
    const groups = [whole.slice(-last)];
    for (let end = whole.length - last; end > 0; end -= others)
      groups.unshift(whole.slice(Math.max(0, end - others), end));
    return groups;
  }

  #wrap(body: Part[], text: Decimal, rounded: Decimal, compact: Affixes | undefined): Part[] {
    let parts = body;
    if (compact !== undefined)
      parts = [...affixParts(compact[0], 'compact'), ...parts, ...affixParts(compact[1], 'compact')];
    const sign = this.#sign(rounded);
    if (this.#style === 'currency') return this.#money(parts, text, sign, compact !== undefined);
    const affixes =
      this.#style === 'percent'
        ? this.#data.percent
        : this.#style === 'unit'
          ? this.#unitAffixes(text)
          : (['', ''] as const);
    const type = this.#style === 'percent' ? 'percentSign' : 'unit';
    const signPart = this.#signPart(sign);
    return [...signPart, ...affixParts(affixes[0], type), ...parts, ...affixParts(affixes[1], type)];
  }

  #sign(number: Decimal): '' | '-' | '+' {
    const isZero = number.isZero || number.special === 'NaN';
    switch (this.#signDisplay) {
      case 'never':
        return '';
      case 'always':
        return number.negative ? '-' : '+';
      case 'exceptZero':
        return isZero ? '' : number.negative ? '-' : '+';
      case 'negative':
        return number.negative && !isZero ? '-' : '';
      case 'auto':
        return number.negative ? '-' : '';
    }
  }

  #signPart(sign: '' | '-' | '+'): Part[] {
    if (sign === '') return [];
    return sign === '-' ? [{ type: 'minusSign', value: this.#data.minus }] : [{ type: 'plusSign', value: '+' }];
  }

  #money(parts: Part[], text: Decimal, sign: '' | '-' | '+', isCompact: boolean): Part[] {
    const currency = this.#currency as string;
    const [symbol = currency, narrow = 0, names] = this.#data.currencies[currency] ?? [];
    if (this.#currencyDisplay === 'name') {
      const name = names === undefined ? currency : (names[pluralCategory(this.#negotiated.data, text)] ?? names.other);
      return [...this.#signPart(sign), ...fill(this.#data.moneyName, name, parts)];
    }
    const shown =
      this.#currencyDisplay === 'code'
        ? currency
        : this.#currencyDisplay === 'narrowSymbol'
          ? narrow || symbol
          : symbol;
    const isAccounting = this.#currencySign === 'accounting' && sign === '-';
    // Between letters and digits stands a space.
    const isLetters = /\p{L}$/u.test(shown) && this.#data.money[0] === '¤' && text.isFinite;
    const affixes = isLetters ? this.#data.moneyCode : this.#data.money;
    if (!isAccounting) {
      const negative = this.#data.moneyNegative;
      // Where the minus stands: before everything, or between the currency and the number.
      if (sign !== '' && !isCompact && negative[0].startsWith('¤') && !this.#data.money[0].startsWith(negative[0])) {
        return fill(affixes, shown, [...this.#signPart(sign), ...parts]);
      }
      return [...this.#signPart(sign), ...fill(affixes, shown, parts)];
    }
    const accounting = this.#data.moneyAccounting;
    return fill(isLetters ? [accounting[0].replace('¤', '¤\u00a0'), accounting[1]] : accounting, shown, parts);
  }

  #unitAffixes(text: Decimal): Affixes {
    const index = unitDisplays.indexOf(this.#unitDisplay);
    const forms = this.#data.units[this.#unit as string]?.[index as 0];
    return forms === undefined ? ['', ''] : (forms[pluralCategory(this.#negotiated.data, text)] ?? forms.other);
  }
}
Object.defineProperty(NumberFormat.prototype, Symbol.toStringTag, { value: 'Intl.NumberFormat', configurable: true });

export const join = (parts: readonly Part[]): string => parts.map((part) => part.value).join('');

/** Spaces of an affix are literal; the rest is of the given type. */
function affixParts(affix: string, type: string): Part[] {
  return affix
    .split(/([\s\u00a0\u202f]+)/)
    .filter((value) => value !== '')
    .map((value) =>
      /^\s+$/.test(value) ? { type: 'literal', value } : { type: /^[-−]$/.test(value) ? 'minusSign' : type, value },
    );
}

function fill([before, after]: Affixes, currency: string, parts: Part[]): Part[] {
  const toParts = (affix: string): Part[] =>
    affix
      .split(/(¤|[-−])/)
      .filter((value) => value !== '')
      .map((value) =>
        value === '¤'
          ? { type: 'currency', value: currency }
          : { type: /^[-−]$/.test(value) ? 'minusSign' : 'literal', value },
      );
  return [...toParts(before), ...parts, ...toParts(after)];
}

function readCurrency(options: any, style: string): string | undefined {
  if (options.currency === undefined) {
    if (style === 'currency') throw new TypeError('Currency code is required with currency style.');
    return undefined;
  }
  const currency = String(options.currency);
  if (!/^[a-z]{3}$/i.test(currency)) throw new RangeError(`Invalid currency code : ${currency}`);
  return currency.toUpperCase();
}

function readUnit(options: any, style: string, data: NumberData): string | undefined {
  if (options.unit === undefined) {
    if (style === 'unit') throw new TypeError("Invalid unit argument for Intl.NumberFormat() ''");
    return undefined;
  }
  const unit = String(options.unit);
  if (data.units[unit] !== undefined) return unit;
  const [first, second] = unit.split('-per-');
  if (second !== undefined && data.units[first as string] !== undefined && data.units[second] !== undefined)
    refuseOther('unit', unit, Object.keys(data.units));
  throw new RangeError(`Invalid unit argument for Intl.NumberFormat() '${unit}'`);
}

function readGrouping(value: unknown, notation: string): 'auto' | 'always' | 'min2' | false {
  if (value === undefined) return notation === 'compact' ? 'min2' : 'auto';
  if (value === false || value === null || value === '') return false;
  if (value === true) return 'always';
  if (value === 'true' || value === 'false') return notation === 'compact' ? 'min2' : 'auto';
  if (value === 'auto' || value === 'always' || value === 'min2') return value;
  throw new RangeError(`Value ${String(value)} out of range for Intl.NumberFormat options property useGrouping`);
}
