/** Statistics over the values of a period, as CloudWatch names them: `Sum`, `Average`, `p99`. */

/** How often each value was seen. */
export type ValueCounts = ReadonlyMap<number, number>;

export type Statistic = 'SampleCount' | 'Average' | 'Sum' | 'Minimum' | 'Maximum' | `p${number}`;

/** Whether CloudWatch takes a text as a statistic; percentiles go from p0 to p100 with up to ten decimals. */
export function isStatistic(text: string): text is Statistic {
  if (/^(SampleCount|Average|Sum|Minimum|Maximum)$/.test(text)) return true;
  const percentile = /^p(\d{1,3}(?:\.\d{1,10})?)$/.exec(text)?.[1];
  return percentile !== undefined && Number(percentile) <= 100;
}

/** All values of several periods together. */
export function mergeCounts(parts: readonly ValueCounts[]): ValueCounts {
  const [first, ...rest] = parts;
  if (first !== undefined && rest.length === 0) return first;
  const merged = new Map<number, number>();
  for (const part of parts) for (const [value, count] of part) merged.set(value, (merged.get(value) ?? 0) + count);
  return merged;
}

/** `undefined` when there are no values: CloudWatch has no datapoint then. */
export function statisticOf(statistic: Statistic, counts: ValueCounts): number | undefined {
  if (counts.size === 0) return undefined;
  switch (statistic) {
    case 'SampleCount':
      return sampleCount(counts);
    case 'Sum':
      return sum(counts);
    case 'Average':
      return sum(counts) / sampleCount(counts);
    case 'Minimum':
      return Math.min(...counts.keys());
    case 'Maximum':
      return Math.max(...counts.keys());
    default:
      return percentile(Number(statistic.slice(1)), counts);
  }
}

function sampleCount(counts: ValueCounts): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
}

function sum(counts: ValueCounts): number {
  let total = 0;
  for (const [value, count] of counts) total += value * count;
  return total;
}

/** The smallest value that at least `percent` percent of all samples do not exceed. */
function percentile(percent: number, counts: ValueCounts): number {
  const values = [...counts.keys()].sort((a, b) => a - b);
  const wanted = (percent / 100) * sampleCount(counts);
  let seen = 0;
  for (const value of values) {
    seen += counts.get(value) ?? 0;
    if (seen >= wanted && seen > 0) return value;
  }
  return values.at(-1) ?? Number.NaN;
}
