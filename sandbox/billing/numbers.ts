/** Numbers in formulas: fixed rules, the same on every machine. */

/** Up to `digits` decimals without trailing zeros, thousands separated by commas: `1,234.5`. */
export function decimal(value: number, digits = 12): string {
  const [whole = '0', fraction = ''] = value.toFixed(digits).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const trimmed = fraction.replace(/0+$/, '');
  return trimmed === '' ? grouped : `${grouped}.${trimmed}`;
}

/** What is charged of a quantity, in words: `10 GB-s`, `(10 − 4 free) GB-s`. */
export const billable = (quantity: number, free: number, unit: string): string =>
  free === 0 ? `${decimal(quantity)}${unit}` : `(${decimal(quantity)} − ${decimal(free)} free)${unit}`;
