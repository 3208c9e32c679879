/** node:perf_hooks: time since the process started, marks and measures, on virtual time. */
import { codedError, notSimulated } from './internal/errors.ts';

const inspectSymbol = Symbol.for('nodejs.util.inspect.custom');

export class PerformanceEntry {
  readonly name: string;
  readonly entryType: string;
  readonly startTime: number;
  readonly duration: number;
  readonly detail: unknown;

  constructor(name: string, entryType: string, startTime: number, duration: number, detail: unknown = null) {
    this.name = name;
    this.entryType = entryType;
    this.startTime = startTime;
    this.duration = duration;
    this.detail = detail;
  }

  toJSON(): object {
    const { name, entryType, startTime, duration, detail } = this;
    return { name, entryType, startTime, duration, detail };
  }

  [inspectSymbol](_depth: number, options: unknown, inspect: (value: unknown, options: unknown) => string): string {
    return `${this.constructor.name} ${inspect(this.toJSON(), options)}`;
  }
}

export class PerformanceMark extends PerformanceEntry {
  constructor(name: string, options: { startTime?: number; detail?: unknown } = {}) {
    super(String(name), 'mark', options.startTime ?? internals.elapsed(), 0, options.detail ?? null);
  }
}

export class PerformanceMeasure extends PerformanceEntry {}

let entries: PerformanceEntry[] = [];
const observers = new Set<PerformanceObserver>();

function record(entry: PerformanceEntry): void {
  entries.push(entry);
  for (const observer of observers) PerformanceObserver.notify(observer, entry);
}

function timeOf(mark: string | number): number {
  if (typeof mark === 'number') return mark;
  const found = entries.findLast((entry) => entry.entryType === 'mark' && entry.name === mark);
  if (found === undefined) throw new DOMException(`The "${mark}" performance mark has not been set`, 'SyntaxError');
  return found.startTime;
}

interface MeasureOptions {
  start?: string | number;
  end?: string | number;
  duration?: number;
  detail?: unknown;
}

export class Performance {
  get timeOrigin(): number {
    return internals.now() - internals.elapsed();
  }

  get nodeTiming(): object {
    return { name: 'node', entryType: 'node', startTime: 0, duration: internals.elapsed() };
  }

  now(): number {
    return internals.elapsed();
  }

  mark(name: string, options?: { startTime?: number; detail?: unknown }): PerformanceMark {
    const mark = new PerformanceMark(name, options);
    record(mark);
    return mark;
  }

  measure(name: string, startOrOptions?: string | MeasureOptions, endMark?: string): PerformanceMeasure {
    const options: MeasureOptions =
      typeof startOrOptions === 'object'
        ? startOrOptions
        : { ...(startOrOptions !== undefined && { start: startOrOptions }) };
    if (endMark !== undefined) options.end = endMark;
    const { start, duration, detail } = options;
    const end =
      options.end !== undefined
        ? timeOf(options.end)
        : start !== undefined && duration !== undefined
          ? timeOf(start) + duration
          : internals.elapsed();
    const from = start !== undefined ? timeOf(start) : duration !== undefined ? end - duration : 0;
    const measure = new PerformanceMeasure(String(name), 'measure', from, end - from, detail ?? null);
    record(measure);
    return measure;
  }

  clearMarks(name?: string): void {
    entries = entries.filter((entry) => entry.entryType !== 'mark' || (name !== undefined && entry.name !== name));
  }

  clearMeasures(name?: string): void {
    entries = entries.filter((entry) => entry.entryType !== 'measure' || (name !== undefined && entry.name !== name));
  }

  getEntries(): PerformanceEntry[] {
    return [...entries].sort((a, b) => a.startTime - b.startTime);
  }

  getEntriesByName(name: string, type?: string): PerformanceEntry[] {
    return this.getEntries().filter((entry) => entry.name === name && (type === undefined || entry.entryType === type));
  }

  getEntriesByType(type: string): PerformanceEntry[] {
    return this.getEntries().filter((entry) => entry.entryType === type);
  }

  timerify<F extends (...args: any[]) => any>(original: F): F {
    return original;
  }

  eventLoopUtilization(): { idle: number; active: number; utilization: number } {
    return { idle: 0, active: 0, utilization: 0 };
  }

  toJSON(): object {
    return { timeOrigin: this.timeOrigin, nodeTiming: this.nodeTiming };
  }
}
Object.defineProperty(Performance.prototype, Symbol.toStringTag, { value: 'Performance', configurable: true });

class EntryList {
  readonly #entries: PerformanceEntry[];

  constructor(list: PerformanceEntry[]) {
    this.#entries = list;
  }

  getEntries(): PerformanceEntry[] {
    return [...this.#entries];
  }

  getEntriesByName(name: string): PerformanceEntry[] {
    return this.#entries.filter((entry) => entry.name === name);
  }

  getEntriesByType(type: string): PerformanceEntry[] {
    return this.#entries.filter((entry) => entry.entryType === type);
  }
}

export class PerformanceObserver {
  readonly #callback: (list: EntryList, observer: PerformanceObserver) => void;
  #types: string[] = [];
  #buffer: PerformanceEntry[] = [];

  static readonly supportedEntryTypes: readonly string[] = ['mark', 'measure'];

  /** @internal */
  static notify(observer: PerformanceObserver, entry: PerformanceEntry): void {
    if (!observer.#types.includes(entry.entryType)) return;
    observer.#buffer.push(entry);
    if (observer.#buffer.length > 1) return;
    internals.timers.setImmediate(() => {
      const list = observer.takeRecords();
      if (list.length > 0) observer.#callback(new EntryList(list), observer);
    });
  }

  constructor(callback: (list: EntryList, observer: PerformanceObserver) => void) {
    this.#callback = callback;
  }

  observe(options: { entryTypes?: string[]; type?: string }): void {
    if (options.entryTypes === undefined && options.type === undefined) {
      throw codedError(
        TypeError,
        'ERR_MISSING_ARGS',
        'The "options.entryTypes" and "options.type" arguments must be specified',
      );
    }
    this.#types = options.entryTypes ?? [String(options.type)];
    observers.add(this);
  }

  disconnect(): void {
    observers.delete(this);
  }

  takeRecords(): PerformanceEntry[] {
    return this.#buffer.splice(0);
  }
}

export const performance = new Performance();
export const constants = { NODE_PERFORMANCE_GC_MAJOR: 4, NODE_PERFORMANCE_GC_MINOR: 1 };

export function monitorEventLoopDelay(): never {
  throw notSimulated('perf_hooks.monitorEventLoopDelay()');
}

export function createHistogram(): never {
  throw notSimulated('perf_hooks.createHistogram()');
}
