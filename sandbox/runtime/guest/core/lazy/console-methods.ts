/** The console methods that few functions use: tables, counters, timers, groups, assertions. */
import type { LambdaConsole } from '../console.ts';
import type { Host } from '../host.ts';

type Method = (...values: unknown[]) => void;

export function createConsoleMethods(
  target: LambdaConsole,
  host: Host,
  library: (name: string) => unknown,
): Record<string, Method> {
  const counts = new Map<string, number>();
  const times = new Map<string, number>();
  const log: Method = (...values) => target.write('INFO', values);
  const warn: Method = (...values) => target.write('WARN', values);
  const warning = (text: string): void => target.writeRaw(`(node:2) Warning: ${text}\n`);
  const label = (name: unknown): string => (name === undefined ? 'default' : String(name));
  const elapsed = (name: string): string => formatTime(host.elapsed() - times.get(name)!);
  const group: Method = (...values) => {
    if (values.length > 0) log(...values);
  };
  return {
    dir: (value, options) => {
      const { inspect } = library('util') as { inspect: (value: unknown, options: object) => string };
      target.writeRaw(`${inspect(value, { customInspect: false, ...(options as object | undefined) })}\n`);
    },
    dirxml: log,
    table: (data, columns) => {
      if (data === null || typeof data !== 'object') return log(data);
      const { table } = library('internal/console') as { table: (data: unknown, columns?: unknown) => string };
      log(table(data, columns));
    },
    count: (name) => {
      const counted = (counts.get(label(name)) ?? 0) + 1;
      counts.set(label(name), counted);
      log(`${label(name)}: ${counted}`);
    },
    countReset: (name) => {
      if (!counts.delete(label(name))) warning(`Count for '${label(name)}' does not exist`);
    },
    assert: (condition, ...values) => {
      if (condition) return;
      if (typeof values[0] === 'string') warn(`Assertion failed: ${values[0]}`, ...values.slice(1));
      else if (values.length === 0) warn('Assertion failed');
      else warn('Assertion failed:', ...values);
    },
    group,
    groupCollapsed: group,
    groupEnd: () => {},
    time: (name) => {
      if (times.has(label(name))) warning(`Label '${label(name)}' already exists for console.time()`);
      else times.set(label(name), host.elapsed());
    },
    timeLog: (name, ...values) => {
      if (!times.has(label(name))) return warning(`No such label '${label(name)}' for console.timeLog()`);
      log(`${label(name)}: ${elapsed(label(name))}`, ...values);
    },
    timeEnd: (name) => {
      if (!times.has(label(name))) return warning(`No such label '${label(name)}' for console.timeEnd()`);
      log(`${label(name)}: ${elapsed(label(name))}`);
      times.delete(label(name));
    },
    clear: () => {},
    profile: () => {},
    profileEnd: () => {},
    timeStamp: () => {},
  };
}

/** A time as console.timeEnd prints it. */
function formatTime(ms: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  if (ms >= 3_600_000) {
    return `${Math.floor(ms / 3_600_000)}:${two((ms % 3_600_000) / 60_000)}:${two((ms % 60_000) / 1000)} (h:mm:ss)`;
  }
  if (ms >= 60_000) {
    return `${Math.floor(ms / 60_000)}:${((ms % 60_000) / 1000).toFixed(3).padStart(6, '0')} (m:ss.mmm)`;
  }
  return ms >= 1000 ? `${(ms / 1000).toFixed(3)}s` : `${Number(ms.toFixed(3))}ms`;
}
