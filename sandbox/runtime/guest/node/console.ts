/** node:console: the global console, and Console for output of one's own. */
import { formatWithOptions, table } from './internal/console.ts';
import { codedError } from './internal/errors.ts';

interface Writable {
  write(text: string): unknown;
}

export class Console {
  readonly #out: Writable;
  readonly #err: Writable;
  readonly #counts = new Map<string, number>();
  readonly #times = new Map<string, number>();
  #indentation = '';

  constructor(options: any, stderr?: Writable) {
    const out = typeof options?.write === 'function' ? options : options?.stdout;
    if (typeof out?.write !== 'function')
      throw codedError(
        TypeError,
        'ERR_CONSOLE_WRITABLE_STREAM',
        'Console expects a writable stream instance for stdout',
      );
    this.#out = out;
    this.#err = stderr ?? options?.stderr ?? out;
    for (const name of [
      'log',
      'info',
      'debug',
      'warn',
      'error',
      'trace',
      'dir',
      'table',
      'assert',
      'count',
      'countReset',
      'group',
      'groupEnd',
      'time',
      'timeEnd',
      'timeLog',
    ] as const) {
      (this as any)[name] = this[name].bind(this as never);
    }
  }

  log(...args: unknown[]): void {
    this.#write(this.#out, args);
  }

  info(...args: unknown[]): void {
    this.#write(this.#out, args);
  }

  debug(...args: unknown[]): void {
    this.#write(this.#out, args);
  }

  warn(...args: unknown[]): void {
    this.#write(this.#err, args);
  }

  error(...args: unknown[]): void {
    this.#write(this.#err, args);
  }

  trace(...args: unknown[]): void {
    const error = new Error(formatWithOptions({}, ...args));
    error.name = 'Trace';
    this.#write(this.#err, [error.stack]);
  }

  dir(value: unknown, options: object = {}): void {
    this.#write(this.#out, [load('internal/inspect').inspect(value, { customInspect: false, ...options })]);
  }

  table(data: unknown, columns?: string[]): void {
    this.#write(this.#out, [table(data, columns) ?? data]);
  }

  assert(condition: unknown, ...args: unknown[]): void {
    if (condition) return;
    if (typeof args[0] === 'string') args[0] = `Assertion failed: ${args[0]}`;
    else args.unshift('Assertion failed');
    this.warn(...args);
  }

  count(label = 'default'): void {
    const count = (this.#counts.get(label) ?? 0) + 1;
    this.#counts.set(label, count);
    this.log(`${label}: ${count}`);
  }

  countReset(label = 'default'): void {
    this.#counts.delete(label);
  }

  group(...args: unknown[]): void {
    if (args.length > 0) this.log(...args);
    this.#indentation += '  ';
  }

  groupEnd(): void {
    this.#indentation = this.#indentation.slice(2);
  }

  time(label = 'default'): void {
    this.#times.set(label, internals.elapsed());
  }

  timeLog(label = 'default', ...args: unknown[]): void {
    const start = this.#times.get(label);
    if (start !== undefined) this.log(`${label}: ${Number((internals.elapsed() - start).toFixed(3))}ms`, ...args);
  }

  timeEnd(label = 'default'): void {
    this.timeLog(label);
    this.#times.delete(label);
  }

  #write(stream: Writable, args: unknown[]): void {
    const text = formatWithOptions({}, ...args);
    const indented =
      this.#indentation === '' ? text : this.#indentation + text.replaceAll('\n', `\n${this.#indentation}`);
    stream.write(`${indented}\n`);
  }
}

const console = globalThis.console as unknown as Record<string, unknown>;
Object.defineProperty(console, 'Console', { value: Console, writable: true, configurable: true, enumerable: true });
export default console;
