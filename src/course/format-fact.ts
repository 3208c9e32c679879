/** How a fact's value reads in a sentence. Pure. */
import type { Fact } from '../../sandbox/facts.ts';

/**
 * A fact's value as a reader sees it: `1,769 MB per vCPU`, `$0.0000133334 per GB-second`, `1 August 2025`.
 * `field` picks one value of a record.
 * @throws when the fact has no single value to show
 */
export function formatFact(fact: Fact, field: string | undefined, askedBy: string): string {
  const value = field === undefined ? fact.value : pick(fact.value, field);
  if (typeof value === 'number') return withUnit(value, fact.unit);
  if (typeof value === 'string') return fact.unit === 'date' ? formatDay(value) : value;
  if (Array.isArray(value)) return value.join(', ');
  const fields = value && typeof value === 'object' ? Object.keys(value).join(', ') : '';
  throw new Error(
    `${askedBy}: fact "${fact.id}" has no single value${field ? ` "${field}"` : ''} to show. ` +
      (fields ? `Name one of its fields: ${fields}.` : 'Write its statement in your own words instead.'),
  );
}

/** One field of a record, by its path: `tiers.0.usd`. */
export const pick = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((inner, key) => (inner && typeof inner === 'object' ? Reflect.get(inner, key) : undefined), value);

function withUnit(value: number, unit: string | null): string {
  if (unit?.startsWith('USD')) return `${formatDollars(value)}${unit.slice('USD'.length)}`;
  const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 12 }).format(value);
  if (unit === null) return number;
  if (unit === 'percent') return `${number}%`;
  // `1 second`, but `1 ms`.
  return `${number} ${value === 1 ? unit.replace(/(?<=[a-z]{2})s$/, '') : unit}`;
}

/** `$0.20`, `$0.0000133334`: at least cents, and every digit of a price. */
export function formatDollars(amount: number): string {
  const digits = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 12 });
  return `$${digits.format(amount)}`;
}

/** `2025-08-01` as `1 August 2025`, `2025-08` as `August 2025`, `2025` as it is. */
export function formatSince(since: string): string {
  return /^\d{4}-\d{2}$/.test(since) ? formatDay(`${since}-01`).replace(/^1 /, '') : formatDay(since);
}

/** Every value of a fact as a reader sees it, each with its name where there are several. */
export function factValues(fact: Fact): readonly { readonly name: string; readonly value: string }[] {
  return valuesIn(fact.value, '', fact.unit);
}

function valuesIn(value: unknown, name: string, unit: string | null): { name: string; value: string }[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) {
    return [{ name, value: value.join(', ') }];
  }
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([key, inner]) =>
      valuesIn(inner, [name, words(key)].filter(Boolean).join(' '), unit),
    );
  }
  const single = { id: '', topic: '', statement: '', value, unit, source: '', checked: '' };
  return [{ name, value: typeof value === 'boolean' ? (value ? 'yes' : 'no') : formatFact(single, undefined, name) }];
}

/** `requestBytes` as `request bytes`; a place in a list as its number from 1. */
const words = (key: string): string =>
  /^\d+$/.test(key)
    ? String(Number(key) + 1)
    : key.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);

/** When something was checked against its source: `checked 21 November 2026`, or that nobody has looked yet. */
export const formatChecked = (day: string | null): string =>
  day === null ? 'not yet checked against it' : `checked ${formatDay(day)}`;

/** `2025-08-01` as `1 August 2025`; other texts unchanged. */
export function formatDay(day: string): string {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  if (!year || !month || !date) return day;
  const name = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }).format(
    Date.UTC(2000, +month - 1, 1),
  );
  return `${Number(date)} ${name} ${year}`;
}
