/** console as Lambda's runtime patches it: one log event a call, in text or JSON form. */
import { toLogJson } from './error-payload.ts';
import type { CoreConfiguration, Host } from './host.ts';

const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const { stringify } = JSON;
const timestamp = (): string => new Date().toISOString();

export interface Formatter {
  (...values: unknown[]): string;
}

export interface ConsoleState {
  /** The id that text lines carry now: `undefined` during init on generation 3. */
  requestId: string | undefined;
}

/** What one log call costs the CPU, in ticks, besides formatting: a write to the log pipe. */
const ticksPerLine = 2000;

export class LambdaConsole {
  readonly #configuration: CoreConfiguration;
  readonly #host: Host;
  readonly #state: ConsoleState;
  readonly #library: (name: string) => unknown;
  readonly #threshold: number;
  readonly #counts = new Map<string, number>();
  readonly #times = new Map<string, number>();
  #format: Formatter | undefined;

  constructor(
    configuration: CoreConfiguration,
    host: Host,
    state: ConsoleState,
    library: (name: string) => unknown,
  ) {
    this.#configuration = configuration;
    this.#host = host;
    this.#state = state;
    this.#library = library;
    this.#threshold = configuration.logFormat === 'JSON' ? levels.indexOf(configuration.logLevel) : 0;
  }

  /** util.format; plain strings need no library. */
  format(values: unknown[]): string {
    if (values.every((value) => typeof value === 'string') && !(values.length > 1 && String(values[0]).includes('%'))) {
      return values.length === 0 ? 'undefined' : values.join(' ');
    }
    this.#format ??= (this.#library('util') as { format: Formatter }).format;
    return this.#format(...values);
  }

  /** One log event at a level. */
  write(level: string, values: unknown[]): void {
    if (levels.indexOf(level) < this.#threshold) return;
    this.#emit(level, this.#configuration.logFormat === 'JSON' ? this.#json(level, values) : this.#text(level, values));
  }

  /** An error of the runtime's own making: `Invoke Error`, `Uncaught Exception` and the like. */
  writeError(label: string, thrown: unknown): void {
    if (this.#configuration.logFormat === 'JSON') return this.write('ERROR', [thrown]);
    const json = toLogJson(thrown, this.#configuration.generation);
    this.#emit('ERROR', `${this.#prefix('ERROR')}${label} \t${json}`);
  }

  /** Standard output or error: a line an event, no prefix. */
  writeRaw(text: string): void {
    const lines = text.split('\n');
    if (lines.at(-1) === '') lines.pop();
    for (const line of lines) this.#emit('', line);
  }

  #emit(level: string, message: string): void {
    this.#host.meter(ticksPerLine + message.length);
    this.#host.log(message, level);
  }

  #prefix(level: string): string {
    const id = this.#state.requestId ?? (this.#configuration.generation === 3 ? 'undefined' : '');
    return `${timestamp()}\t${id}\t${level}\t`;
  }

  #text(level: string, values: unknown[]): string {
    return this.#prefix(level) + this.format(values);
  }

  #json(level: string, values: unknown[]): string {
    const entry: Record<string, unknown> = { timestamp: timestamp(), level };
    if (this.#state.requestId !== undefined) entry['requestId'] = this.#state.requestId;
    if (values.length === 1) {
      try {
        const withMessage = { ...entry, message: values[0] === undefined ? 'undefined' : values[0] };
        return stringify(withMessage, (_key, value: unknown) => (value instanceof Error ? describeError(value) : value));
      } catch {
        return stringify({ ...entry, message: this.format(values) });
      }
    }
    entry['message'] = this.format(values);
    const candidates = this.#configuration.generation === 4 ? values.slice(1) : values;
    const error = candidates.find((value) => value instanceof Error);
    if (error instanceof Error) {
      const { errorType, errorMessage, stackTrace } = describeError(error);
      Object.assign(entry, { errorType, errorMessage, stackTrace });
    }
    return stringify(entry);
  }

  /** The console object that the function sees. */
  object(): Record<string, unknown> {
    const at =
      (level: string) =>
      (...values: unknown[]): void =>
        this.write(level, values);
    const inspect = (value: unknown, options?: unknown): string =>
      (this.#library('util') as { inspect: Formatter }).inspect(value, options);
    const label = (name: unknown): string => (name === undefined ? 'default' : String(name));
    const elapsed = (name: string): string => formatTime(this.#host.elapsed() - this.#times.get(name)!);
    const log = at('INFO');
    const warn = at('WARN');
    return {
      log,
      info: at('INFO'),
      warn,
      error: at('ERROR'),
      debug: at('DEBUG'),
      trace: at('TRACE'),
      fatal: at('FATAL'),
      dir: (value: unknown, options?: unknown) => this.writeRaw(inspect(value, { customInspect: false, ...(options as object) })),
      dirxml: log,
      table: (data: unknown, columns?: unknown) => {
        if (data === null || typeof data !== 'object') return log(data);
        const { table } = this.#library('internal/console') as { table: (data: unknown, columns?: unknown) => string };
        log(table(data, columns));
      },
      count: (name?: unknown) => {
        const counted = (this.#counts.get(label(name)) ?? 0) + 1;
        this.#counts.set(label(name), counted);
        log(`${label(name)}: ${counted}`);
      },
      countReset: (name?: unknown) => {
        if (!this.#counts.delete(label(name))) this.#warning(`Count for '${label(name)}' does not exist`);
      },
      assert: (condition: unknown, ...values: unknown[]) => {
        if (condition) return;
        if (typeof values[0] === 'string') warn(`Assertion failed: ${values[0]}`, ...values.slice(1));
        else if (values.length === 0) warn('Assertion failed');
        else warn('Assertion failed:', ...values);
      },
      group: (...values: unknown[]) => {
        if (values.length > 0) log(...values);
      },
      groupCollapsed: (...values: unknown[]) => {
        if (values.length > 0) log(...values);
      },
      groupEnd: () => {},
      time: (name?: unknown) => {
        if (this.#times.has(label(name))) this.#warning(`Label '${label(name)}' already exists for console.time()`);
        else this.#times.set(label(name), this.#host.elapsed());
      },
      timeLog: (name?: unknown, ...values: unknown[]) => {
        if (!this.#times.has(label(name))) return this.#warning(`No such label '${label(name)}' for console.timeLog()`);
        log(`${label(name)}: ${elapsed(label(name))}`, ...values);
      },
      timeEnd: (name?: unknown) => {
        if (!this.#times.has(label(name))) return this.#warning(`No such label '${label(name)}' for console.timeEnd()`);
        log(`${label(name)}: ${elapsed(label(name))}`);
        this.#times.delete(label(name));
      },
      profile: () => {},
      profileEnd: () => {},
      timeStamp: () => {},
    };
  }

  #warning(text: string): void {
    this.writeRaw(`(node:2) Warning: ${text}`);
  }
}

function describeError(error: Error): Record<string, unknown> {
  return {
    errorType: (error.constructor as { name?: string } | undefined)?.name ?? 'UnknownError',
    errorMessage: error.message,
    stackTrace: typeof error.stack === 'string' ? error.stack.split('\n') : [],
    ...error,
  };
}

function formatTime(ms: number): string {
  const trimmed = (value: number, digits: number): string => value.toFixed(digits);
  if (ms >= 3_600_000) {
    const minutes = Math.floor((ms % 3_600_000) / 60_000);
    const seconds = Math.floor((ms % 60_000) / 1000);
    return `${Math.floor(ms / 3_600_000)}:${String(minutes).padStart(2, '0')}:${String(seconds).padStart(2, '0')} (h:mm:ss)`;
  }
  if (ms >= 60_000) {
    const seconds = trimmed((ms % 60_000) / 1000, 3);
    return `${Math.floor(ms / 60_000)}:${seconds.padStart(6, '0')} (m:ss.mmm)`;
  }
  return ms >= 1000 ? `${trimmed(ms / 1000, 3)}s` : `${Number(trimmed(ms, 3))}ms`;
}
