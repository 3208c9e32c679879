/**
 * Metrics that functions write into their log as JSON (embedded metric format): read out of each log event as it comes in.
 * What does not follow the format is an ordinary log line. Source: CloudWatch guide, embedded metric format specification.
 */
import { factNumber, type Facts } from '../../facts.ts';
import type { MetricStore } from './metric-store.ts';
import type { Dimensions } from './metric.ts';

/** One metric of an event, with one set of its dimensions. */
export interface EmbeddedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly unit: string;
  readonly dimensions: Dimensions;
  /** Virtual ms since the epoch, as the event says. */
  readonly time: number;
  readonly values: readonly number[];
}

interface Limits {
  readonly metrics: number;
  readonly values: number;
  readonly dimensions: number;
  readonly nameCharacters: number;
  readonly dimensionNameCharacters: number;
  readonly dimensionValueCharacters: number;
  readonly namespaceCharacters: number;
}

/** What console.log of a Node.js function puts before a line in the text format. */
const consolePrefix = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t[^\t]*\t[A-Z]+\t/;

export class EmbeddedMetrics {
  readonly #store: MetricStore;
  readonly #limits: Limits;

  constructor(store: MetricStore, facts: Facts) {
    const limit = (name: keyof Limits): number => factNumber(facts, 'emf-limits', name);
    this.#store = store;
    this.#limits = {
      metrics: limit('metrics'),
      values: limit('values'),
      dimensions: limit('dimensions'),
      nameCharacters: limit('nameCharacters'),
      dimensionNameCharacters: limit('dimensionNameCharacters'),
      dimensionValueCharacters: limit('dimensionValueCharacters'),
      namespaceCharacters: limit('namespaceCharacters'),
    };
  }

  /** Adds the metrics of a log event's message, if it has any. */
  read(message: string): void {
    for (const { namespace, name, dimensions, unit, time, values } of readEmbeddedMetrics(message, this.#limits)) {
      for (const value of values) this.#store.add({ namespace, name, dimensions }, unit, time, value);
    }
  }
}

/** The metrics of a message; none when anything of a directive is not as the format wants it. */
export function readEmbeddedMetrics(message: string, limits: Limits): readonly EmbeddedMetric[] {
  // Most lines are none: they are not parsed.
  if (!message.includes('"CloudWatchMetrics"')) return [];
  const root = objectOf(message.replace(consolePrefix, ''));
  const meta = root?.['_aws'];
  if (root === undefined || !isObject(meta)) return [];
  const { Timestamp: time, CloudWatchMetrics: directives } = meta;
  if (typeof time !== 'number' || !Number.isFinite(time) || time < 0 || !Array.isArray(directives)) return [];
  return directives.flatMap((directive) => metricsOf(directive, root, time, limits));
}

function metricsOf(
  directive: unknown,
  root: Readonly<Record<string, unknown>>,
  time: number,
  limits: Limits,
): readonly EmbeddedMetric[] {
  if (!isObject(directive)) return [];
  const { Namespace: namespace, Dimensions: sets, Metrics: metrics } = directive;
  if (!isText(namespace, limits.namespaceCharacters)) return [];
  if (!Array.isArray(metrics) || metrics.length > limits.metrics) return [];
  if (!Array.isArray(sets)) return [];
  const dimensionSets = sets.map((set) => dimensionsOf(set, root, limits));
  if (dimensionSets.includes(undefined)) return [];
  return metrics.flatMap((metric) => {
    if (!isObject(metric)) return [];
    const { Name: name, Unit: unit = 'None' } = metric;
    if (!isText(name, limits.nameCharacters) || typeof unit !== 'string') return [];
    const target = root[name];
    const values: readonly unknown[] = Array.isArray(target) ? target : [target];
    if (values.length > limits.values || !values.every(isNumber)) return [];
    return dimensionSets.flatMap((dimensions) =>
      dimensions === undefined ? [] : [{ namespace, name, unit, dimensions, time, values }],
    );
  });
}

/** The members that a set names; all of them must be there and be texts. */
function dimensionsOf(set: unknown, root: Readonly<Record<string, unknown>>, limits: Limits): Dimensions | undefined {
  if (!Array.isArray(set) || set.length > limits.dimensions) return undefined;
  const entries = set.map((name: unknown) => [name, typeof name === 'string' ? root[name] : undefined] as const);
  const areValid = entries.every(
    ([name, value]) => isText(name, limits.dimensionNameCharacters) && isText(value, limits.dimensionValueCharacters),
  );
  return areValid ? (Object.fromEntries(entries) as Dimensions) : undefined;
}

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.length >= 1 && value.length <= most;
