/** Intl, for a stated list of locales; and the methods of the language that depend on it. */
import { notSimulated } from './errors.ts';
import { Collator } from './intl/collator.ts';
import { localeData } from './intl/data.ts';
import { DateTimeFormat, type Defaults } from './intl/date-format.ts';
import { Locale } from './intl/locale.ts';
import { defaultLocale } from './intl/locales.ts';
import { canonicalLocales } from './intl/negotiation.ts';
import { NumberFormat } from './intl/number-format.ts';
import { PluralRules } from './intl/plural-rules.ts';
import { Segmenter } from './intl/segmenter.ts';
import { ListFormat, RelativeTimeFormat } from './intl/text-formats.ts';
import { zoneNames } from './intl/zones.ts';

/** NumberFormat, DateTimeFormat and Collator may be called without `new`. */
function callable<T extends new (locales?: unknown, options?: any) => object>(Type: T): T {
  const construct = function (this: unknown, locales?: unknown, options?: any): object {
    return new.target === undefined || new.target === (construct as unknown)
      ? new Type(locales, options ?? undefined)
      : Reflect.construct(Type, [locales, options ?? undefined], new.target);
  };
  Object.defineProperty(construct, 'name', { value: Type.name });
  Object.defineProperty(construct, 'length', { value: 0 });
  Object.defineProperty(construct, 'prototype', { value: Type.prototype, writable: false });
  Object.defineProperty(Type.prototype, 'constructor', { value: construct, writable: true, configurable: true });
  Object.defineProperty(construct, 'supportedLocalesOf', {
    value: (Type as unknown as { supportedLocalesOf: unknown }).supportedLocalesOf,
    writable: true,
    configurable: true,
  });
  return construct as unknown as T;
}

function refuse(name: string): () => never {
  const constructor = function (): never {
    throw notSimulated(`Intl.${name}`);
  };
  return Object.defineProperty(constructor, 'name', { value: name });
}

const supportedValues: Record<string, () => string[]> = {
  calendar: () => ['gregory', 'iso8601'],
  collation: () => ['default'],
  currency: () => Object.keys(localeData(defaultLocale).numbers.currencies).sort(),
  numberingSystem: () => ['latn'],
  timeZone: zoneNames,
  unit: () => Object.keys(localeData(defaultLocale).numbers.units),
};

const members = {
  Collator: callable(Collator),
  DateTimeFormat: callable(DateTimeFormat as unknown as new (locales?: unknown, options?: any) => DateTimeFormat),
  DisplayNames: refuse('DisplayNames'),
  DurationFormat: refuse('DurationFormat'),
  ListFormat,
  Locale,
  NumberFormat: callable(NumberFormat),
  PluralRules,
  RelativeTimeFormat,
  Segmenter,
  getCanonicalLocales: canonicalLocales,
  supportedValuesOf(key: unknown): string[] {
    const list = supportedValues[String(key)];
    if (list === undefined) throw new RangeError(`Invalid key : ${String(key)}`);
    return list();
  },
};

export const Intl: object = {};
for (const [name, value] of Object.entries(members)) {
  Object.defineProperty(Intl, name, { value, writable: true, configurable: true, enumerable: false });
}
Object.defineProperty(Intl, Symbol.toStringTag, { value: 'Intl', configurable: true });

function dateText(date: Date, locales: unknown, options: any, required: Defaults | 'any', defaults: Defaults): string {
  const time = Date.prototype.getTime.call(date);
  return Number.isNaN(time) ? 'Invalid Date' : new DateTimeFormat(locales, options, required, defaults).format(time);
}

/** What the language's own methods do, by prototype and name. */
export const localeMethods = {
  Date: {
    toLocaleString: (date: Date, locales?: unknown, options?: any): string =>
      dateText(date, locales, options, 'any', 'all'),
    toLocaleDateString: (date: Date, locales?: unknown, options?: any): string =>
      dateText(date, locales, options, 'date', 'date'),
    toLocaleTimeString: (date: Date, locales?: unknown, options?: any): string =>
      dateText(date, locales, options, 'time', 'time'),
  },
  Number: {
    toLocaleString: (number: unknown, locales?: unknown, options?: any): string =>
      new NumberFormat(locales, options).format(number),
  },
  BigInt: {
    toLocaleString: (number: unknown, locales?: unknown, options?: any): string =>
      new NumberFormat(locales, options).format(number),
  },
  String: {
    localeCompare: (text: unknown, other: unknown, locales?: unknown, options?: any): number =>
      new Collator(locales, options).compare(text, other),
  },
};
