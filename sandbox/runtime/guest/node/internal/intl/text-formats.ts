/** Intl.ListFormat and Intl.RelativeTimeFormat. */
import { type Affixes, type ByPlural, localeData } from './data.ts';
import { Decimal } from './decimal.ts';
import { type Negotiated, negotiate, option, readingOptionsOf, supportedLocalesOf } from './negotiation.ts';
import { join, NumberFormat, type Part } from './number-format.ts';
import { pluralCategory } from './plural-rules.ts';

const widths = ['long', 'short', 'narrow'] as const;

export class ListFormat {
  readonly #negotiated: Negotiated;
  readonly #type: string;
  readonly #style: string;

  static supportedLocalesOf = supportedLocalesOf;

  constructor(locales?: unknown, options: any = {}) {
    this.#negotiated = negotiate(locales);
    readingOptionsOf('ListFormat');
    this.#type = option(options, 'type', ['conjunction', 'disjunction', 'unit'], 'conjunction');
    this.#style = option(options, 'style', widths, 'long');
  }

  format(list: unknown): string {
    return join(this.formatToParts(list));
  }

  formatToParts(list: any): Part[] {
    const items: string[] = [];
    for (const item of list as Iterable<unknown>) {
      if (typeof item !== 'string') throw new TypeError('Iterable yielded a non-String value');
      items.push(item);
    }
    const [pair, start, middle, end] = localeData(this.#negotiated.data).lists[
      `${this.#type} ${this.#style}`
    ] as readonly [string, string, string, string];
    const separator = (index: number): string =>
      items.length === 2 ? pair : index === items.length - 1 ? end : index === 1 ? start : middle;
    return items.flatMap((value, index): Part[] => [
      ...(index === 0 ? [] : [{ type: 'literal', value: this.#suited(separator(index), value) }]),
      { type: 'element', value },
    ]);
  }

  resolvedOptions(): object {
    return { locale: this.#negotiated.locale, type: this.#type, style: this.#style };
  }

  /** Spanish says `e` before an i and `u` before an o. */
  #suited(separator: string, next: string): string {
    if (!this.#negotiated.data.startsWith('es')) return separator;
    if (/^h?i(?![ae])/i.test(next)) return separator.replace(/\by\b/, 'e');
    return /^(h?o|8)/i.test(next) ? separator.replace(/\bo\b/, 'u') : separator;
  }
}

const units = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'];

export class RelativeTimeFormat {
  readonly #negotiated: Negotiated;
  readonly #style: string;
  readonly #numeric: string;
  readonly #numbers: NumberFormat;

  static supportedLocalesOf = supportedLocalesOf;

  constructor(locales?: unknown, options: any = {}) {
    this.#negotiated = negotiate(locales);
    readingOptionsOf('RelativeTimeFormat');
    this.#style = option(options, 'style', widths, 'long');
    this.#numeric = option(options, 'numeric', ['always', 'auto'], 'always');
    this.#numbers = new NumberFormat(locales);
  }

  format(value: unknown, unit: unknown): string {
    return join(this.formatToParts(value, unit));
  }

  formatToParts(value: unknown, unit: unknown): (Part & { unit?: string })[] {
    const number = Number(value);
    const name = String(unit).replace(/s$/, '');
    if (!Number.isFinite(number)) throw new RangeError('Invalid number value');
    if (!units.includes(name))
      throw new RangeError(`Invalid unit argument for Intl.RelativeTimeFormat.prototype.format() '${String(unit)}'`);
    const [past, future, words] = localeData(this.#negotiated.data).relativeTimes[
      `${name} ${this.#style}`
    ] as readonly [ByPlural<Affixes>, ByPlural<Affixes>, Readonly<Record<string, string>>];
    const word = this.#numeric === 'auto' ? words[String(Object.is(number, -0) ? 0 : number)] : undefined;
    if (word !== undefined) return [{ type: 'literal', value: word }];
    const isPast = number < 0 || Object.is(number, -0);
    const forms = isPast ? past : future;
    const size = Math.abs(number);
    const [before, after] = forms[pluralCategory(this.#negotiated.data, Decimal.from(size))] ?? forms.other;
    const literal = (text: string): Part[] => (text === '' ? [] : [{ type: 'literal', value: text }]);
    return [
      ...literal(before),
      ...this.#numbers.formatToParts(size).map((part) => ({ ...part, unit: name })),
      ...literal(after),
    ];
  }

  resolvedOptions(): object {
    return { locale: this.#negotiated.locale, style: this.#style, numeric: this.#numeric, numberingSystem: 'latn' };
  }
}
for (const [type, name] of [
  [ListFormat, 'Intl.ListFormat'],
  [RelativeTimeFormat, 'Intl.RelativeTimeFormat'],
] as const) {
  Object.defineProperty(type.prototype, Symbol.toStringTag, { value: name, configurable: true });
}
