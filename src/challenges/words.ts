/** How checks speak: requests, amounts, values and times in a sentence. Code stands in backticks. Pure. */
import type { Amount } from '../../content/challenge-schema.ts';

/** `request 3`, `requests 1 to 3 and 5`. */
export function sayNumbers(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  const parts = runs.flatMap(([from, to]) => {
    if (from === to) return [String(from)];
    return to === from + 1 ? [String(from), String(to)] : [`${from} to ${to}`];
  });
  return `${numbers.length === 1 ? 'request' : 'requests'} ${sayList(parts)}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function sayList(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

const decimal = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** `1,234.5` */
export const sayNumber = (value: number): string => decimal.format(value);

/** `5`, `at most 5`, `at least 1`, `1 to 3`. */
export function sayAmount(amount: Amount): string {
  if (typeof amount === 'number') return sayNumber(amount);
  const { least, most } = amount;
  if (least === undefined) return most === 0 ? '0' : `at most ${sayNumber(most ?? 0)}`;
  if (most === undefined) return `at least ${sayNumber(least)}`;
  return least === most ? sayNumber(least) : `${sayNumber(least)} to ${sayNumber(most)}`;
}

/** Whether a number meets an amount. */
export function meets(amount: Amount, value: number): boolean {
  if (typeof amount === 'number') return value === amount;
  return value >= (amount.least ?? -Infinity) && value <= (amount.most ?? Infinity);
}

/** `once`, `twice`, `3 times`, `at least once`, `1 to 3 times`, `never`. */
export function sayTimes(amount: Amount): string {
  if (typeof amount === 'number') return ['never', 'once', 'twice'][amount] ?? `${sayNumber(amount)} times`;
  const { least, most } = amount;
  if (least === undefined) return most === 0 ? 'never' : `at most ${sayTimes(most ?? 0)}`;
  return most === undefined ? `at least ${sayTimes(least)}` : `${sayAmount(amount)} times`;
}

/** `1 request`, `5 requests`. */
export const sayCount = (count: number, one: string, many = `${one}s`): string =>
  `${sayNumber(count)} ${count === 1 ? one : many}`;

/** A value as code, shortened: `` `{"order":1042}` ``; `nothing` for none. */
export function sayValue(value: unknown, longest = 160): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value).replaceAll('`', '’');
  return `\`${text.length > longest ? `${text.slice(0, longest)}…` : text}\``;
}

/** A text as code, shortened. */
export function sayText(text: string, longest = 160): string {
  const line = text.replaceAll('`', '’').replace(/\s+/g, ' ').trim();
  return `\`${line.length > longest ? `${line.slice(0, longest)}…` : line}\``;
}

/** With a capital at its beginning. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
