/** Meters: what was used, added up exactly. */
import type {
  HttpMeter,
  HttpUsageMetered,
  NetworkMeterName,
  NetworkUsageMetered,
  TraceEvent,
  UsageMetered,
} from '../trace.ts';

type Metered = UsageMetered | HttpUsageMetered | NetworkUsageMetered;

/** Whether the event is one that the bill is made of. */
export const isUsage = (event: TraceEvent): event is Metered =>
  event.type === 'usageMetered' || event.type === 'httpUsageMetered' || event.type === 'networkUsageMetered';

type Architecture = UsageMetered['architecture'];
type CountMeter = 'requests' | 'streamed-bytes' | 'traces';
type TimeMeter = Exclude<UsageMetered['meter'], CountMeter>;

/** MB-milliseconds in a GB-second. Whole numbers of them add up without error, in any order. */
const unitsPerGBSecond = 1_024_000;

/** One meter at one size: a sum of GB-seconds that can also be read as seconds. */
export interface UsageShare {
  readonly gbSeconds: number;
  /** What each second was billed for; absent when the meter did not say. */
  readonly sizeMB?: number;
}

export class Usage {
  readonly #counts: Record<CountMeter, number> = { requests: 0, 'streamed-bytes': 0, traces: 0 };
  /** Key `meter architecture size`. */
  readonly #units = new Map<
    string,
    { meter: TimeMeter; architecture: Architecture; sizeMB: number | undefined; units: number }
  >();

  /** Of front doors and networks, in order of appearance. */
  readonly #around = new Map<HttpMeter | NetworkMeterName, number>();

  add(event: Metered): void {
    if (event.type !== 'usageMetered') {
      this.#around.set(event.meter, (this.#around.get(event.meter) ?? 0) + event.quantity);
      return;
    }
    const { meter, architecture, quantity, sizeMB } = event;
    if (meter === 'requests' || meter === 'streamed-bytes' || meter === 'traces') {
      this.#counts[meter] += quantity;
      return;
    }
    const key = `${meter} ${architecture} ${sizeMB ?? ''}`;
    const units = Math.round(quantity * unitsPerGBSecond);
    const entry = this.#units.get(key);
    if (entry === undefined) this.#units.set(key, { meter, architecture, sizeMB, units });
    else entry.units += units;
  }

  /** Requests or hours of a kind of front door, hours or GB of a network; 0 when there were none. */
  around(meter: HttpMeter | NetworkMeterName): number {
    return this.#around.get(meter) ?? 0;
  }

  get requests(): number {
    return this.#counts.requests;
  }

  /** Bytes of streamed responses beyond the free first ones of each. */
  get streamedBytes(): number {
    return this.#counts['streamed-bytes'];
  }

  /** Traces that were recorded, by functions and front doors. */
  get traces(): number {
    return this.#counts.traces + this.around('traces');
  }

  /** GB-seconds of a meter, of one architecture or of both. */
  gbSeconds(meter: TimeMeter, architecture?: Architecture): number {
    let units = 0;
    for (const entry of this.#units.values()) {
      if (entry.meter === meter && (architecture === undefined || entry.architecture === architecture))
        units += entry.units;
    }
    return units / unitsPerGBSecond;
  }

  /** The same by size, smallest first. */
  shares(meter: TimeMeter, architecture?: Architecture): readonly UsageShare[] {
    const bySize = new Map<number | undefined, number>();
    for (const entry of this.#units.values()) {
      if (entry.meter !== meter || (architecture !== undefined && entry.architecture !== architecture)) continue;
      bySize.set(entry.sizeMB, (bySize.get(entry.sizeMB) ?? 0) + entry.units);
    }
    return [...bySize.entries()]
      .sort(([a = 0], [b = 0]) => a - b)
      .map(([sizeMB, units]) => ({ gbSeconds: units / unitsPerGBSecond, ...(sizeMB === undefined ? {} : { sizeMB }) }));
  }
}
