/** The shape of data/<locale>.json, and its loading: each locale is a module of its own, parsed when it is first used. */

export type PatternItem = string | readonly [letter: string, form?: 2 | string];
export type Pattern = readonly PatternItem[];
export type Affixes = readonly [before: string, after: string];
/** `=1` is what exactly one is, number and all. */
export type ByPlural<T> = Readonly<Partial<Record<PluralCategory | '=1', T>>> & { readonly other: T };
export type PluralCategory = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';

/** Index of a glue, or the pattern that the date has beside a time, and the glue. */
export type Glue = number | readonly [pattern: number, glue: number];

export interface DateData {
  readonly date: Readonly<Record<string, number>>;
  readonly time: Readonly<Record<string, number>>;
  readonly glue: Readonly<Record<string, Glue>>;
  readonly dateStyle: Readonly<Record<string, number>>;
  readonly timeStyle: Readonly<Record<string, number>>;
  readonly styleGlue: Readonly<Record<string, Glue>>;
  readonly glues: readonly string[];
  readonly patterns: readonly Pattern[];
  readonly tables: readonly (readonly string[])[];
  readonly zoneIsFirst: boolean;
  /** Between a time and its zone. */
  readonly besideZone: string;
  readonly dateBeforeZone: string;
  readonly fraction: string;
  /** By default, for hour12: true, for hour12: false. */
  readonly hourCycles: readonly [string, string, string];
}

export interface NumberData {
  readonly decimal: string;
  readonly group: string;
  readonly groupSizes: readonly [last: number, others: number];
  readonly minimumGrouping: number;
  readonly percent: Affixes;
  readonly money: Affixes;
  readonly moneyNegative: Affixes;
  readonly moneyAccounting: Affixes;
  readonly moneyCode: Affixes;
  readonly moneyName: Affixes;
  readonly exponent: string;
  readonly minus: string;
  readonly nan: string;
  /** Symbol, narrow symbol (0: the same), names by plural, digits. */
  readonly currencies: Readonly<Record<string, readonly [string, string | 0, ByPlural<string>, number]>>;
  /** For 10^3 … 10^20: the power that is divided by, and the affixes. */
  readonly compact: Readonly<Record<'short' | 'long', readonly (readonly [number, ByPlural<Affixes>])[]>>;
  readonly units: Readonly<
    Record<string, readonly [short: ByPlural<Affixes>, long: ByPlural<Affixes>, narrow: ByPlural<Affixes>]>
  >;
}

export interface ZoneNameData {
  readonly names: readonly string[];
  /** By offset: index of the short name (-1: written as an offset) and of the long name. */
  readonly entries: readonly Readonly<Record<string, readonly [number, number]>>[];
  readonly byZone: readonly number[];
  readonly utc: string;
  readonly minus: string;
}

export interface LocaleData {
  readonly dates: DateData;
  readonly numbers: NumberData;
  readonly lists: Readonly<Record<string, readonly [pair: string, start: string, middle: string, end: string]>>;
  readonly relativeTimes: Readonly<
    Record<
      string,
      readonly [past: ByPlural<Affixes>, future: ByPlural<Affixes>, words: Readonly<Record<string, string>>]
    >
  >;
  readonly zoneNames: ZoneNameData;
}

export const localeData = (locale: string): LocaleData => load<LocaleData>(`internal/intl-data/${locale}`);
