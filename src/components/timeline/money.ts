/** The money counter under the lanes: what had been spent at each moment, and the curve that shows it. Pure. */

/** US dollars spent since the start, at a virtual time. */
export interface MoneyPoint {
  readonly time: number;
  readonly amount: number;
  /** When the work began that made the amount grow; before it the counter stood still. */
  readonly since?: number;
}

/** US dollars as text: enough decimals that the smallest bill shows, never an exponent. */
export function formatMoney(amount: number): string {
  if (amount === 0) return '$0.00';
  if (amount >= 1) return `$${amount.toFixed(2)}`;
  return `$${amount.toFixed(amount >= 0.01 ? 4 : 10)}`.replace(/(\.\d\d+?)0+$/, '$1');
}

/** Amounts for one column: all with the decimals that the smallest needs for two digits. */
export function formatMoneyColumn(amounts: readonly number[]): readonly string[] {
  const smallest = Math.min(...amounts.filter((amount) => amount > 0));
  const decimals = Number.isFinite(smallest) ? Math.min(10, Math.max(2, 1 - Math.floor(Math.log10(smallest)))) : 2;
  return amounts.map((amount) => `$${amount.toFixed(decimals)}`);
}

/** The amount reached at a time. */
export function amountAt(points: readonly MoneyPoint[], time: number): number {
  let amount = 0;
  for (const point of points) {
    if (point.time > time) break;
    amount = point.amount;
  }
  return amount;
}

/**
 * An SVG path of the curve in a box of `width` by `height`: flat while nothing is billed, rising while something is.
 * `at` gives the horizontal position of a time from 0 to 1.
 */
export function moneyPath(
  points: readonly MoneyPoint[],
  at: (time: number) => number,
  box: { readonly width: number; readonly height: number; readonly end: number },
): string {
  const most = points.at(-1)?.amount ?? 0;
  const y = (amount: number) => (most === 0 ? box.height : box.height - (amount / most) * box.height);
  const first = points[0];
  if (!first) return '';
  const line = points.map((point, index) => {
    const before = points[index - 1];
    const rises = Math.max(point.since ?? 0, before?.time ?? 0);
    const flat = rises > 0 ? `L${number(at(rises) * box.width)} ${number(y(before?.amount ?? 0))}` : '';
    return `${flat}L${number(at(point.time) * box.width)} ${number(y(point.amount))}`;
  });
  const end = `L${number(at(box.end) * box.width)} ${number(y(most))}`;
  return `M0 ${number(box.height)}${line.join('')}${end}`;
}

function number(value: number): string {
  return String(Number(value.toFixed(2)));
}
