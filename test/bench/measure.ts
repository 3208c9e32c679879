/** Taking measurements: medians of repeated runs, and a table that says which miss their aim. */

export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The same work without the sandbox, in the same unit, measured in the same run. */
  readonly baseline?: { readonly name: string; readonly value: number };
  readonly aim?: { readonly atLeast: number } | { readonly atMost: number };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** The real time of each of `count` runs in ms, after `warmUp` runs that do not count. */
export async function timeEach(count: number, warmUp: number, work: () => unknown): Promise<number[]> {
  for (let i = 0; i < warmUp; i += 1) await work();
  const times: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times;
}

const perSecond = (times: readonly number[]): number =>
  (times.length * 1000) / times.reduce((sum, time) => sum + time, 0);

/** The two ways to say how fast something is: its median and how many fit into a second. */
export const speed = (times: readonly number[]) => ({ medianMs: median(times), perSecond: perSecond(times) });

export function misses({ value, aim }: Measurement): boolean {
  if (aim === undefined) return false;
  return 'atLeast' in aim ? value < aim.atLeast : value > aim.atMost;
}

const number = (value: number): string =>
  value >= 1000 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));

function aimText(measurement: Measurement): string {
  const { aim } = measurement;
  if (aim === undefined) return '';
  const wanted = 'atLeast' in aim ? `≥ ${number(aim.atLeast)}` : `≤ ${number(aim.atMost)}`;
  return misses(measurement) ? `${wanted}  MISSED` : wanted;
}

export function table(measurements: readonly Measurement[]): string {
  const rows = measurements.map((one) => [
    one.name,
    `${number(one.value)} ${one.unit}`,
    aimText(one),
    one.baseline === undefined
      ? ''
      : `${number(one.value / one.baseline.value)} × ${one.baseline.name} (${number(one.baseline.value)})`,
  ]);
  const header = ['what', 'measured', 'aim', 'against'];
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  return [header, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
