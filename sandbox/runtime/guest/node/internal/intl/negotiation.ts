/** Locales: reading tags, and choosing the data for what was asked for. */
import { codedError } from '../errors.ts';
import { defaultLocale, locales } from './locales.ts';

/** A tag in its parts, in canonical case; `extensions` are those of `-u-`. */
export interface Tag {
  language: string;
  script: string | undefined;
  region: string | undefined;
  variants: string[];
  extensions: Record<string, string>;
}

export function parseTag(text: string): Tag {
  const [main = '', extension] = text.split(/-u-/i);
  const match =
    /^([a-z]{2,3}|[a-z]{5,8})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?((?:[-_](?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*)$/i.exec(
      main.replace(/-x-.*$/i, ''),
    );
  if (match === null || text === '') throw new RangeError(`Incorrect locale information provided`);
  const [, language = '', script, region, variants = ''] = match;
  const extensions: Record<string, string> = {};
  let key: string | undefined;
  for (const part of (extension ?? '').toLowerCase().split('-')) {
    if (part.length === 2) extensions[(key = part)] = '';
    else if (key !== undefined && part !== '')
      extensions[key] = extensions[key] === '' ? part : `${extensions[key] as string}-${part}`;
  }
  return {
    language: language.toLowerCase(),
    script: script && `${script[0]?.toUpperCase() ?? ''}${script.slice(1).toLowerCase()}`,
    region: region?.toUpperCase(),
    variants: variants
      .split(/[-_]/)
      .filter((part) => part !== '')
      .map((part) => part.toLowerCase()),
    extensions,
  };
}

export function tagText({ language, script, region, variants, extensions }: Tag): string {
  const main = [language, script, region, ...variants].filter((part) => part !== undefined).join('-');
  const pairs = Object.keys(extensions)
    .sort()
    .map((key) => [key, extensions[key]].filter((part) => part !== '').join('-'));
  return pairs.length === 0 ? main : `${main}-u-${pairs.join('-')}`;
}

/** The list of canonical tags that a `locales` argument stands for. */
export function canonicalLocales(value: unknown): string[] {
  if (value === undefined) return [];
  const list = typeof value === 'string' || isLocale(value) ? [value] : Array.from(Object(value) as ArrayLike<unknown>);
  const tags = list.map((item) => {
    if (typeof item !== 'string' && (typeof item !== 'object' || item === null)) {
      throw new TypeError('Incorrect locale information provided');
    }
    try {
      return tagText(parseTag(String(item)));
    } catch {
      throw new RangeError(`Incorrect locale information provided: ${String(item)}`.replace(/: .*/, ''));
    }
  });
  return [...new Set(tags)];
}

const isLocale = (value: unknown): boolean => Object.prototype.toString.call(value) === '[object Intl.Locale]';

/** The known locale for a tag, or undefined. */
export function knownLocale(tag: string): string | undefined {
  const { language, script, region } = parseTag(tag);
  const plain = region === undefined ? language : `${language}-${region}`;
  if (script !== undefined && !(language === 'zh' && script === 'Hans')) return undefined;
  return (
    locales.find((locale) => locale === plain) ??
    (region === undefined ? locales.find((locale) => locale.startsWith(`${plain}-`)) : undefined)
  );
}

export interface Negotiated {
  /** As resolvedOptions() tells it: the tag asked for, without what was ignored. */
  locale: string;
  /** The locale whose data is used. */
  data: string;
  extensions: Record<string, string>;
}

/** Chooses the locale; throws for locales that exist but are not simulated, rather than print another's format. */
export function negotiate(requested: unknown): Negotiated {
  const [first] = canonicalLocales(requested);
  if (first === undefined) return { locale: defaultLocale, data: defaultLocale, extensions: {} };
  const tag = parseTag(first);
  const data = knownLocale(first);
  if (data === undefined) {
    throw codedError(
      RangeError,
      'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
      `The locale ${first} is not available in this simulator, which knows ${locales.join(', ')}`,
    );
  }
  const supported: Record<string, string> = {};
  for (const key of ['nu', 'ca', 'hc', 'kn', 'kf', 'co'])
    if (tag.extensions[key] !== undefined) supported[key] = tag.extensions[key];
  refuseOther('numbering system', supported['nu'], ['latn']);
  refuseOther('calendar', supported['ca'], ['gregory', 'iso8601']);
  return { locale: tagText({ ...tag, extensions: {} }), data, extensions: supported };
}

/** Throws when an option asks for something that exists but is not simulated. */
export function refuseOther(what: string, value: unknown, known: readonly string[]): void {
  if (value === undefined || known.includes(String(value))) return;
  throw codedError(
    RangeError,
    'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
    `The ${what} ${String(value)} is not available in this simulator, which knows ${known.join(', ')}`,
  );
}

/** An option out of a list; RangeError as V8 words it. */
export function option<T extends string>(options: any, name: string, allowed: readonly T[], fallback: T): T;
export function option<T extends string>(options: any, name: string, allowed: readonly T[]): T | undefined;
export function option<T extends string>(
  options: any,
  name: string,
  allowed: readonly T[],
  fallback?: T,
): T | undefined {
  const value: unknown = options?.[name];
  if (value === undefined) return fallback;
  const text = String(value) as T;
  if (!allowed.includes(text))
    throw new RangeError(`Value ${text} out of range for Intl.${currentType} options property ${name}`);
  return text;
}

let currentType = 'NumberFormat';

/** Names the constructor whose options are read next, for messages. */
export function readingOptionsOf(type: string): void {
  currentType = type;
}

export function integerOption(options: any, name: string, min: number, max: number): number | undefined {
  const value: unknown = options?.[name];
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!(number >= min && number <= max)) throw new RangeError(`${name} value is out of range.`);
  return Math.floor(number);
}

export function supportedLocalesOf(requested: unknown): string[] {
  return canonicalLocales(requested).filter((tag) => knownLocale(tag) !== undefined);
}
