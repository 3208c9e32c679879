/**
 * Metric values by minute. A counter's minute holds what was put into it. A gauge, like the number of requests in
 * flight, goes on between two changes: a minute without a change holds the value that it began with.
 */
import { metricKey, type MetricName } from './metric.ts';
import { mergeCounts, type ValueCounts } from './statistics.ts';

/** Ms of the finest period that is kept. */
const minute = 60_000;

interface Series {
  readonly metric: MetricName;
  readonly unit: string;
  /** By the minute's number since the epoch. */
  readonly minutes: Map<number, Map<number, number>>;
  /** Of a gauge: its value, and the last minute that has it. */
  gauge?: { value: number; minute: number };
}

/** One period of a metric that has values. */
export interface Period {
  /** Its beginning, virtual ms since the epoch. */
  readonly start: number;
  readonly counts: ValueCounts;
}

export class MetricStore {
  readonly #series = new Map<string, Series>();
  readonly #maximumMinutes: number;

  /** Older minutes of a metric are forgotten when it has more than `maximumMinutes`. */
  constructor({ maximumMinutes = 60 * 24 * 62 }: { readonly maximumMinutes?: number } = {}) {
    this.#maximumMinutes = maximumMinutes;
  }

  /** Adds a value, `count` times. `time` in virtual ms since the epoch. */
  add(metric: MetricName, unit: string, time: number, value: number, count = 1): void {
    const { minutes } = this.#seriesOf(metric, unit);
    const at = Math.floor(time / minute);
    addTo(minutes, at, value, count);
    if (minutes.size > this.#maximumMinutes) forgetOldest(minutes);
  }

  /** The value is this from `time` on, until it is set again. */
  set(metric: MetricName, unit: string, time: number, value: number): void {
    const series = this.#seriesOf(metric, unit);
    this.#carry(series, time);
    const at = Math.floor(time / minute);
    addTo(series.minutes, at, value, 1);
    series.gauge = { value, minute: at };
    if (series.minutes.size > this.#maximumMinutes) forgetOldest(series.minutes);
  }

  /** All metrics that ever had a value, in the order of their first one. */
  list(): readonly MetricName[] {
    return [...this.#series.values()].map(({ metric }) => metric);
  }

  unitOf(metric: MetricName): string | undefined {
    return this.#series.get(metricKey(metric))?.unit;
  }

  /**
   * The periods of `periodMs` from `start` up to, not including, `end` that have values, in order. Periods begin at
   * multiples of their length; `now` is how far gauges have got.
   */
  periods(metric: MetricName, range: { start: number; end: number; periodMs: number; now: number }): readonly Period[] {
    const series = this.#series.get(metricKey(metric));
    if (series === undefined) return [];
    this.#carry(series, range.now);
    const byPeriod = new Map<number, ValueCounts[]>();
    for (const [at, counts] of series.minutes) {
      const time = at * minute;
      if (time < floorTo(range.start, range.periodMs) || time >= range.end) continue;
      const start = floorTo(time, range.periodMs);
      const parts = byPeriod.get(start);
      if (parts === undefined) byPeriod.set(start, [counts]);
      else parts.push(counts);
    }
    return [...byPeriod].sort(([a], [b]) => a - b).map(([start, parts]) => ({ start, counts: mergeCounts(parts) }));
  }

  #seriesOf(metric: MetricName, unit: string): Series {
    const key = metricKey(metric);
    let series = this.#series.get(key);
    if (series === undefined) {
      series = { metric, unit, minutes: new Map() };
      this.#series.set(key, series);
    }
    return series;
  }

  /** Gives every minute since a gauge's last one its value. At zero it rests: no minute is written. */
  #carry(series: Series, time: number): void {
    const { gauge, minutes } = series;
    if (gauge === undefined || gauge.value === 0) return;
    const last = Math.floor(time / minute);
    const first = Math.max(gauge.minute + 1, last - this.#maximumMinutes);
    for (let at = first; at <= last; at += 1) addTo(minutes, at, gauge.value, 1);
    gauge.minute = Math.max(gauge.minute, last);
  }
}

function addTo(minutes: Map<number, Map<number, number>>, at: number, value: number, count: number): void {
  let counts = minutes.get(at);
  if (counts === undefined) {
    counts = new Map();
    minutes.set(at, counts);
  }
  counts.set(value, (counts.get(value) ?? 0) + count);
}

function forgetOldest(minutes: Map<number, unknown>): void {
  const oldest = minutes.keys().next();
  if (oldest.done !== true) minutes.delete(oldest.value);
}

const floorTo = (time: number, periodMs: number): number => Math.floor(time / periodMs) * periodMs;
