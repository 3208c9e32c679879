/** Intl inside the guest. Literal texts only: they are those of the Node whose data the guest carries. */
import { expect, test } from 'vitest';
import { evaluateInGuest } from './guest.ts';

const date = (options: string): string => `new Date('2024-07-01T12:04:05Z').toLocale(${options})`;
const prelude = `
  const { localeMethods } = require('internal/intl');
  Date.prototype.toLocale = function (...args) { return localeMethods.Date.toLocaleString(this, ...args) };
  const number = (value, locale, options) => new Intl.NumberFormat(locale, options).format(value);
`;

test('dates, by locale and time zone', () => {
  expect(
    evaluateInGuest(prelude, [
      date(''),
      date("'en-US', { timeZone: 'America/New_York', hour12: false, hour: '2-digit', minute: '2-digit' }"),
      date("'en-US', { dateStyle: 'full', timeStyle: 'long', timeZone: 'America/Los_Angeles' }"),
      date("'de-DE', { dateStyle: 'full', timeStyle: 'short', timeZone: 'Europe/Berlin' }"),
      date("'fr-FR', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }"),
      date("'ja-JP', { dateStyle: 'long', timeZone: 'Asia/Tokyo' }"),
      date("'en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' }"),
      date("'sv-SE'"),
      date("'en-GB', { timeZone: 'Europe/London', timeStyle: 'full' }"),
      date("'en-US', { timeZone: 'Mars/Olympus' }"),
      "new Intl.DateTimeFormat('en-US').format(NaN)",
      "new Date('2060-07-01T00:00Z').toLocale('en-US', { timeZone: 'America/New_York', timeZoneName: 'short' })",
      'Intl.DateTimeFormat().resolvedOptions().timeZone',
    ]),
  ).toEqual([
    '7/1/2024, 12:04:05 PM',
    '08:04',
    'Monday, July 1, 2024 at 5:04:05 AM PDT',
    'Montag, 1. Juli 2024 um 14:04',
    'lundi 1 juillet 2024',
    '2024年7月1日',
    '2024-07-01',
    '2024-07-01 12:04:05',
    '13:04:05 British Summer Time',
    'RangeError||Invalid time zone specified: Mars/Olympus',
    'RangeError||Invalid time value',
    '6/30/2060, 8:00:00 PM EDT',
    'UTC',
  ]);
});

test('numbers, money, units and compact forms', () => {
  expect(
    evaluateInGuest(prelude, [
      'number(1234567.891)',
      "number(1234567.891, 'de-DE')",
      "number(1.005, 'en-US', { maximumFractionDigits: 2 })",
      "number(1234.5, 'en-US', { style: 'currency', currency: 'USD' })",
      "number(-1234.5, 'de-DE', { style: 'currency', currency: 'EUR' })",
      "number(1234.5, 'ja-JP', { style: 'currency', currency: 'JPY' })",
      "number(0.256, 'en-US', { style: 'percent' })",
      "number(1234567, 'en-US', { notation: 'compact' })",
      "number(1234567, 'de-DE', { notation: 'compact', compactDisplay: 'long' })",
      "number(16, 'en-US', { style: 'unit', unit: 'megabyte-per-second' })",
      "number(12345678901234567890n, 'en-IN')",
      "number(1, 'en-US', { style: 'currency' })",
    ]),
  ).toEqual([
    '1,234,567.891',
    '1.234.567,891',
    '1.01',
    '$1,234.50',
    '-1.234,50\u00a0€',
    '￥1,235',
    '26%',
    '1.2M',
    '1,2 Millionen',
    '16 MB/s',
    '1,23,45,67,89,01,23,45,67,890',
    'TypeError||Currency code is required with currency style.',
  ]);
});

test('plurals, lists, relative times, order and graphemes', () => {
  expect(
    evaluateInGuest(prelude, [
      "[1, 2, 3, 4, 11, 21].map((n) => new Intl.PluralRules('en', { type: 'ordinal' }).select(n))",
      "new Intl.ListFormat('en', { type: 'conjunction' }).format(['a', 'b', 'c'])",
      "new Intl.ListFormat('de', { type: 'disjunction' }).format(['a', 'b'])",
      "new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(-1, 'day')",
      "new Intl.RelativeTimeFormat('fr').format(3, 'weeks')",
      "['z', 'a', 'Z', 'ä', 'A', 'é', 'e', '10', '9'].sort(new Intl.Collator('en').compare)",
      "['a10', 'a9'].sort(new Intl.Collator('en', { numeric: true }).compare)",
      "['z', 'ä', 'a'].sort(new Intl.Collator('sv').compare)",
      "[...new Intl.Segmenter('en').segment('a👨‍👩‍👧é🇩🇪')].map((s) => s.segment)",
    ]),
  ).toEqual([
    ['one', 'two', 'few', 'other', 'other', 'one'],
    'a, b, and c',
    'a oder b',
    'yesterday',
    'dans 3 semaines',
    ['10', '9', 'a', 'A', 'ä', 'e', 'é', 'z', 'Z'],
    ['a9', 'a10'],
    ['a', 'z', 'ä'],
    ['a', '👨‍👩‍👧', 'é', '🇩🇪'],
  ]);
});

test('what is not simulated says so instead of printing something else', () => {
  const known =
    'en-US, en-GB, en-CA, en-AU, en-IN, de-DE, fr-FR, es-ES, it-IT, pt-BR, nl-NL, sv-SE, ja-JP, ko-KR, zh-CN';
  const code = 'RangeError|ERR_FEATURE_UNAVAILABLE_ON_PLATFORM|';
  expect(
    evaluateInGuest(prelude, [
      "new Intl.NumberFormat('pl-PL')",
      "new Intl.DateTimeFormat('en-US', { calendar: 'japanese' })",
      "new Intl.NumberFormat('en-u-nu-thai')",
      "new Intl.DisplayNames('en', { type: 'region' })",
      "Intl.NumberFormat.supportedLocalesOf(['pl', 'de', 'en-GB'])",
    ]),
  ).toEqual([
    `${code}The locale pl-PL is not available in this simulator, which knows ${known}`,
    `${code}The calendar japanese is not available in this simulator, which knows gregory, iso8601`,
    `${code}The numbering system thai is not available in this simulator, which knows latn`,
    'Error|ERR_FEATURE_UNAVAILABLE_ON_PLATFORM|Intl.DisplayNames is not available in this simulator',
    ['de', 'en-GB'],
  ]);
});
