/** Intl.DateTimeFormat. */
import { type DateData, type Glue, localeData, type LocaleData, type Pattern } from './data.ts';
import {
  type Negotiated,
  negotiate,
  option,
  integerOption,
  readingOptionsOf,
  refuseOther,
  supportedLocalesOf,
} from './negotiation.ts';
import { join, type Part } from './number-format.ts';
import { canonicalZone, offsetMinutes, zoneIndex } from './zones.ts';

const texts = ['narrow', 'short', 'long'] as const;
const numbers = ['2-digit', 'numeric'] as const;
const styles = ['full', 'long', 'medium', 'short'] as const;
const keyLetters: Record<string, string> = { numeric: 'n', '2-digit': '2', short: 's', long: 'l', narrow: 'w' };
const hourCycles = ['h11', 'h12', 'h23', 'h24'] as const;
type HourCycle = (typeof hourCycles)[number];

/** What is printed when no field is asked for. */
export type Defaults = 'date' | 'time' | 'all';

interface Fields {
  weekday?: string | undefined;
  year?: string | undefined;
  month?: string | undefined;
  day?: string | undefined;
  hour?: string | undefined;
  minute?: string | undefined;
  second?: string | undefined;
}

const dateFields = ['weekday', 'year', 'month', 'day'] as const;
const timeFields = ['hour', 'minute', 'second'] as const;
const partTypes: Record<string, string> = {
  E: 'weekday',
  y: 'year',
  M: 'month',
  d: 'day',
  h: 'hour',
  m: 'minute',
  s: 'second',
  a: 'dayPeriod',
  z: 'timeZoneName',
};

export class DateTimeFormat {
  readonly #negotiated: Negotiated;
  readonly #data: LocaleData;
  readonly #fields: Fields = {};
  readonly #dateStyle: string | undefined;
  readonly #timeStyle: string | undefined;
  readonly #hourCycle: HourCycle;
  readonly #fraction: number | undefined;
  readonly #zoneName: string | undefined;
  readonly #zone: string;
  readonly #pattern: Pattern;
  #bound: ((date?: unknown) => string) | undefined;

  static supportedLocalesOf = supportedLocalesOf;

  /** `required` and `defaults` as toLocaleDateString and its kin want them. */
  constructor(locales?: unknown, options: any = {}, required: Defaults | 'any' = 'any', defaults: Defaults = 'date') {
    const settings = options === null ? {} : Object(options);
    this.#negotiated = negotiate(locales);
    this.#data = localeData(this.#negotiated.data);
    readingOptionsOf('DateTimeFormat');
    refuseOther('calendar', settings.calendar, ['gregory', 'iso8601']);
    refuseOther('numbering system', settings.numberingSystem, ['latn']);
    refuseOther('day period', settings.dayPeriod, []);
    refuseOther('era', settings.era, []);
    this.#readFields(settings);
    this.#dateStyle = option(settings, 'dateStyle', styles);
    this.#timeStyle = option(settings, 'timeStyle', styles);
    this.#fraction = integerOption(settings, 'fractionalSecondDigits', 1, 3);
    this.#zoneName = option(settings, 'timeZoneName', [
      'short',
      'long',
      'shortOffset',
      'longOffset',
      'shortGeneric',
      'longGeneric',
    ]);
    refuseOther('time zone name', this.#zoneName, ['short', 'long', 'shortOffset', 'longOffset']);
    this.#zone = readZone(settings.timeZone);
    this.#checkStyles(required);
    this.#addDefaults(required, defaults);
    this.#hourCycle = this.#readHourCycle(settings);
    this.#pattern = this.#findPattern();
  }

  get format(): (date?: unknown) => string {
    // Node keeps the narrow space out of formatted text, for programs that look for a plain one.
    this.#bound ??= (date) => join(this.formatToParts(date)).replaceAll('\u202f', ' ');
    return this.#bound;
  }

  formatToParts(date?: unknown): Part[] {
    const time = date === undefined ? internals.now() : Number(date);
    if (Number.isNaN(time) || Math.abs(time) > 8.64e15) throw new RangeError('Invalid time value');
    const shifted = new Date(time + offsetMinutes(this.#zone, time) * 60_000);
    const parts: Part[] = [];
    for (const item of this.#pattern) {
      const part =
        typeof item === 'string' ? { type: 'literal', value: item } : this.#field(item[0], item[1], shifted, time);
      const last = parts.at(-1);
      if (part.type === 'literal' && last?.type === 'literal') last.value += part.value;
      else parts.push(part);
    }
    return parts;
  }

  formatRange(start: unknown, end: unknown): string {
    const [from, to] = [this.format(start), this.format(end)];
    if (from === to) return from;
    refuseOther('range of dates', 'with two different ends', ['ranges that print as one date']);
    return '';
  }

  resolvedOptions(): Record<string, unknown> {
    const usesHours = this.#fields.hour !== undefined || this.#timeStyle !== undefined;
    const shown = (name: keyof Fields, letter: string): Record<string, unknown> => {
      const form = this.#pattern.find((item) => typeof item !== 'string' && item[0] === letter)?.[1];
      if (this.#dateStyle !== undefined || this.#timeStyle !== undefined || this.#fields[name] === undefined) return {};
      const asked = this.#fields[name];
      return { [name]: asked === 'numeric' && form === 2 ? '2-digit' : asked };
    };
    return {
      locale: this.#negotiated.locale,
      calendar: 'gregory',
      numberingSystem: 'latn',
      timeZone: this.#zone,
      ...(usesHours && { hourCycle: this.#hourCycle, hour12: this.#hourCycle === 'h11' || this.#hourCycle === 'h12' }),
      ...shown('weekday', 'E'),
      ...shown('year', 'y'),
      ...shown('month', 'M'),
      ...shown('day', 'd'),
      ...shown('hour', 'h'),
      ...shown('minute', 'm'),
      ...shown('second', 's'),
      ...(this.#fraction !== undefined && { fractionalSecondDigits: this.#fraction }),
      ...(this.#zoneName !== undefined && { timeZoneName: this.#zoneName }),
      ...(this.#dateStyle !== undefined && { dateStyle: this.#dateStyle }),
      ...(this.#timeStyle !== undefined && { timeStyle: this.#timeStyle }),
    };
  }

  #readFields(options: any): void {
    this.#fields.weekday = option(options, 'weekday', texts);
    this.#fields.year = option(options, 'year', numbers);
    this.#fields.month = option(options, 'month', [...numbers, ...texts]);
    for (const name of ['day', 'hour', 'minute', 'second'] as const)
      this.#fields[name] = option(options, name, numbers);
  }

  #hasAny(names: readonly (keyof Fields)[]): boolean {
    return names.some((name) => this.#fields[name] !== undefined);
  }

  #checkStyles(required: string): void {
    if (this.#dateStyle === undefined && this.#timeStyle === undefined) return;
    const explicit = [...dateFields, ...timeFields].find((name) => this.#fields[name] !== undefined);
    if (explicit !== undefined || this.#fraction !== undefined || this.#zoneName !== undefined) {
      throw new TypeError('Invalid option : option');
    }
    if (required === 'date' && this.#timeStyle !== undefined) throw new TypeError('Invalid option : timeStyle');
    if (required === 'time' && this.#dateStyle !== undefined) throw new TypeError('Invalid option : dateStyle');
  }

  #addDefaults(required: string, defaults: Defaults): void {
    if (this.#dateStyle !== undefined || this.#timeStyle !== undefined) return;
    const hasDate = this.#hasAny(dateFields);
    const hasTime = this.#hasAny(timeFields) || this.#fraction !== undefined;
    if ((required !== 'time' && hasDate) || (required !== 'date' && hasTime)) return;
    if (defaults !== 'time') Object.assign(this.#fields, { year: 'numeric', month: 'numeric', day: 'numeric' });
    if (defaults !== 'date') Object.assign(this.#fields, { hour: 'numeric', minute: 'numeric', second: 'numeric' });
  }

  #readHourCycle(options: any): HourCycle {
    const [byDefault, twelve, twentyFour] = this.#data.dates.hourCycles as readonly [HourCycle, HourCycle, HourCycle];
    const asked = option(options, 'hourCycle', hourCycles);
    if (options.hour12 !== undefined) return options.hour12 ? twelve : twentyFour;
    const extension = this.#negotiated.extensions['hc'] as HourCycle | undefined;
    return asked ?? (extension !== undefined && hourCycles.includes(extension) ? extension : byDefault);
  }

  #findPattern(): Pattern {
    const { dates } = this.#data;
    const cycle = this.#hourCycle === 'h11' || this.#hourCycle === 'h12' ? 'a' : 'b';
    const pattern = (index: number | undefined): Pattern | undefined =>
      index === undefined ? undefined : dates.patterns[index];
    const isStyled = this.#dateStyle !== undefined || this.#timeStyle !== undefined;
    const key = (names: readonly (keyof Fields)[]): string =>
      names.map((name) => keyLetters[this.#fields[name] ?? ''] ?? '-').join('');
    const date = isStyled ? pattern(dates.dateStyle[this.#dateStyle ?? '']) : pattern(dates.date[key(dateFields)]);
    let time = isStyled
      ? pattern(dates.timeStyle[cycle + (this.#timeStyle ?? '')])
      : pattern(dates.time[cycle + key(timeFields)]);
    if (this.#fraction !== undefined) time = withFraction(time ?? [], dates.fraction);
    if (this.#zoneName !== undefined) {
      if (time === undefined) return [...(date ?? []), dates.dateBeforeZone, ['z']];
      time = dates.zoneIsFirst ? [['z'], dates.besideZone, ...time] : [...time, dates.besideZone, ['z']];
    }
    if (date === undefined || time === undefined) return date ?? time ?? [];
    const glue = isStyled ? dates.styleGlue[this.#dateStyle ?? ''] : dates.glue[key(dateFields)];
    return joined(dates, date, glue as Glue, time);
  }

  #field(letter: string, form: 2 | string | undefined, date: Date, time: number): Part {
    const type = partTypes[letter] as string;
    const digits = (value: number): Part => ({ type, value: String(value).padStart(form === 2 ? 2 : 1, '0') });
    const table =
      typeof form === 'string' && form !== 'S'
        ? (this.#data.dates.tables[Number(form.slice(1))] as readonly string[])
        : [];
    const text = (index: number): Part => ({ type, value: table[index] as string });
    switch (letter) {
      case 'E':
        return text(date.getUTCDay());
      case 'y':
        return digits(form === 2 ? date.getUTCFullYear() % 100 : yearOfEra(date.getUTCFullYear()));
      case 'M':
        return table.length > 0 ? text(date.getUTCMonth()) : digits(date.getUTCMonth() + 1);
      case 'd':
        return digits(date.getUTCDate());
      case 'h':
        return digits(this.#hour(date.getUTCHours()));
      case 'm':
        return digits(date.getUTCMinutes());
      case 's':
        return digits(date.getUTCSeconds());
      case 'a':
        return text(date.getUTCHours() < 12 ? 0 : 1);
      case 'S':
        return {
          type: 'fractionalSecond',
          value: String(date.getUTCMilliseconds()).padStart(3, '0').slice(0, this.#fraction),
        };
      default:
        return { type, value: this.#nameOfZone(time) };
    }
  }

  #hour(hour: number): number {
    switch (this.#hourCycle) {
      case 'h11':
        return hour % 12;
      case 'h12':
        return hour % 12 === 0 ? 12 : hour % 12;
      case 'h23':
        return hour;
      case 'h24':
        return hour === 0 ? 24 : hour;
    }
  }

  #nameOfZone(time: number): string {
    const { names, entries, byZone, utc, minus } = this.#data.zoneNames;
    const minutes = offsetMinutes(this.#zone, time);
    const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
    const two = (value: number): string => String(value).padStart(2, '0');
    const sign = minutes < 0 ? minus : '+';
    const wanted = this.#zoneName ?? (this.#timeStyle === 'full' ? 'long' : 'short');
    const isLong = wanted.startsWith('long');
    if (!wanted.endsWith('Offset')) {
      const entry =
        entries[byZone[zoneIndex(this.#zone)] ?? -1] ??
        (this.#zone === 'UTC' ? entries[byZone[zoneIndex('UTC')] ?? -1] : undefined);
      const byOffset = entry?.[minutes === 0 ? '+00:00' : `${sign}${two(hours)}:${two(rest)}`];
      const index = byOffset?.[isLong ? 1 : 0] ?? -1;
      if (index !== -1) return names[index] as string;
    }
    if (minutes === 0) return wanted === 'short' && this.#zone !== 'UTC' ? `${utc}+0` : utc;
    if (isLong) return `${utc}${sign}${two(hours)}:${two(rest)}`;
    return `${utc}${sign}${hours}${rest === 0 ? '' : `:${two(rest)}`}`;
  }
}
Object.defineProperty(DateTimeFormat.prototype, Symbol.toStringTag, {
  value: 'Intl.DateTimeFormat',
  configurable: true,
});
Object.defineProperty(DateTimeFormat, 'length', { value: 0 });

/** Without an era, years before 1 count backwards from 1 BC. */
const yearOfEra = (year: number): number => (year > 0 ? year : 1 - year);

function readZone(value: unknown): string {
  if (value === undefined) return 'UTC';
  const zone = canonicalZone(String(value));
  if (zone === undefined) throw new RangeError(`Invalid time zone specified: ${String(value)}`);
  return zone;
}

/** Fractions stand after the seconds, or alone. */
function withFraction(time: Pattern, separator: string): Pattern {
  const at = time.findIndex((item) => typeof item !== 'string' && item[0] === 's');
  return at === -1 ? [...time, ['S']] : [...time.slice(0, at + 1), separator, ['S'], ...time.slice(at + 1)];
}

function joined(dates: DateData, date: Pattern, glue: Glue, time: Pattern): Pattern {
  if (typeof glue === 'number') return [...date, dates.glues[glue] as string, ...time];
  return [...(dates.patterns[glue[0]] as Pattern), dates.glues[glue[1]] as string, ...time];
}
