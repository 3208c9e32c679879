/** Numbers as people write them, with units: `8 ms`, `0.008 s`, `1,024`, `$0.20`, `2 GB`. Pure. */

/** How many of the family's smallest unit one of each is. Memory and data in Lambda's way: 1 GB is 1,024 MB. */
const families: readonly Readonly<Record<string, number>>[] = [
  { us: 0.001, µs: 0.001, ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 },
  { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4 },
  { USD: 1, $: 1, cents: 0.01, '¢': 0.01 },
  { '%': 1, percent: 1 },
];

/** Other ways to write a unit. */
const spellings: Readonly<Record<string, string>> = {
  millisecond: 'ms',
  milliseconds: 'ms',
  msec: 'ms',
  second: 's',
  seconds: 's',
  sec: 's',
  secs: 's',
  minute: 'min',
  minutes: 'min',
  mins: 'min',
  hour: 'h',
  hours: 'h',
  day: 'd',
  days: 'd',
  byte: 'B',
  bytes: 'B',
  kb: 'KB',
  kib: 'KB',
  mb: 'MB',
  mib: 'MB',
  gb: 'GB',
  gib: 'GB',
  tb: 'TB',
  usd: 'USD',
  dollar: 'USD',
  dollars: 'USD',
  cent: 'cents',
};

/** Units that are converted into one another; any other unit is a word for what is counted. */
export const knownUnits: readonly string[] = families.flatMap((family) => Object.keys(family));

export type Quantity =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly problem: 'not a number' | 'other unit' };

/** What was written, in `unit`; without a unit it is taken to be in that one. */
export function readQuantity(written: string, unit: string): Quantity {
  const found = /^(?<money>\$|US\$|USD)?\s*(?<number>[-+]?[\d.,'’\s_]*\d(?:e[-+]?\d+)?)\s*(?<unit>\D*)$/iu.exec(
    written
      .normalize('NFKC')
      .trim()
      .replace(/^[≈~=]\s*/, ''),
  );
  const value = found?.groups?.['number'] === undefined ? undefined : readNumber(found.groups['number']);
  if (value === undefined) return { ok: false, problem: 'not a number' };
  const typed = found?.groups?.['money'] ? 'USD' : (found?.groups?.['unit'] ?? '').trim().replace(/\.$/, '');
  const factor = typed === '' ? 1 : factorBetween(typed, unit);
  if (factor === undefined) return { ok: false, problem: 'other unit' };
  return { ok: true, value: Number((value * factor).toPrecision(14)) };
}

/** `1,024`, `1 024`, `1'024` are 1024; `0,008` is 0.008; `1.5e3` is 1500. Nothing when it is not one number. */
function readNumber(text: string): number | undefined {
  let plain = text.replace(/[\s'’_]/g, '');
  const grouped = /^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(plain) && !/^[-+]?0,/.test(plain);
  plain = grouped ? plain.replaceAll(',', '') : plain.replace(/^([^,.]*),([^,.]*)$/, '$1.$2');
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(plain) ? Number(plain) : undefined;
}

/** How many `to` one `from` is; nothing when they measure different things. */
function factorBetween(from: string, to: string): number | undefined {
  const family = families.find((units) => Object.hasOwn(units, to));
  if (!family) return singular(from) === singular(to) ? 1 : undefined;
  const unit = Object.hasOwn(family, from) ? from : (spellings[from.toLowerCase()] ?? from.toLowerCase());
  const [a, b] = [Object.hasOwn(family, unit) ? family[unit] : undefined, family[to]];
  return a === undefined || b === undefined ? undefined : a / b;
}

const singular = (word: string): string => word.toLowerCase().replace(/s$/, '');

/** A number with its unit as it reads in a sentence: `351 ms`, `$0.20`, `4 environments`. */
export function writeQuantity(value: number, unit: string): string {
  const digits = { maximumSignificantDigits: 12 };
  const number = new Intl.NumberFormat('en-US', digits).format(value);
  if (unit === 'USD')
    return `$${new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 12 }).format(value)}`;
  if (unit === '') return number;
  if (unit === '%') return `${number}%`;
  return `${number} ${value === 1 && !knownUnits.includes(unit) ? unit.replace(/s$/, '') : unit}`;
}
