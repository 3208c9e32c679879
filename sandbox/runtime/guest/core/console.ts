/** console as Lambda's runtime patches it: one log event a call, in text or JSON form. */
import { packText } from './crossing.ts';
import type { CoreConfiguration, Host } from './host.ts';
import type { createConsoleMethods } from './lazy/console-methods.ts';
import type { toLogJson } from './lazy/error-payload.ts';
import type { formatJsonLog } from './lazy/json-log.ts';

const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const timestamp = (): string => new Date().toISOString();

export interface ConsoleState {
  /** The id that lines carry now; undefined during init. */
  requestId: string | undefined;
}

export class LambdaConsole {
  readonly #configuration: CoreConfiguration;
  readonly #host: Host;
  readonly #state: ConsoleState;
  readonly #library: (name: string) => unknown;
  readonly #json: boolean;
  readonly #threshold: number;

  constructor(configuration: CoreConfiguration, host: Host, state: ConsoleState, library: (name: string) => unknown) {
    this.#configuration = configuration;
    this.#host = host;
    this.#state = state;
    this.#library = library;
    this.#json = configuration.logFormat === 'JSON';
    this.#threshold = this.#json ? levels.indexOf(configuration.logLevel) : 0;
  }

  /** One log event at a level. */
  write(level: string, values: unknown[]): void {
    if (levels.indexOf(level) < this.#threshold) return;
    if (!this.#json) return this.#emit(level, this.#prefix(level) + this.#format(values));
    const lazy = this.#library('lambda/json-log') as { formatJsonLog: typeof formatJsonLog };
    const { requestId } = this.#state;
    const { generation } = this.#configuration;
    const format = (all: unknown[]): string => this.#format(all);
    this.#emit(level, lazy.formatJsonLog({ timestamp: timestamp(), level, requestId, values, generation, format }));
  }

  /** An error of the runtime's own making: `Invoke Error`, `Uncaught Exception` and the like. */
  writeError(label: string, thrown: unknown): void {
    if (this.#json) return this.write('ERROR', [thrown]);
    const lazy = this.#library('lambda/error-payload') as { toLogJson: typeof toLogJson };
    this.#emit('ERROR', `${this.#prefix('ERROR')}${label} \t${lazy.toLogJson(thrown, this.#configuration.generation)}`);
  }

  /** Standard output or error: a line an event, no prefix. */
  writeRaw(text: string): void {
    this.#host.write(packText(text));
  }

  /** The console object that the function sees. */
  object(): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    for (const [name, level] of [
      ['log', 'INFO'],
      ['warn', 'WARN'],
      ['error', 'ERROR'],
      ['info', 'INFO'],
      ['debug', 'DEBUG'],
      ['trace', 'TRACE'],
      ['fatal', 'FATAL'],
    ] as const) {
      const method = (...values: unknown[]): void => this.write(level, values);
      Object.defineProperty(method, 'name', { value: name, configurable: true });
      object[name] = method;
    }
    let methods: Record<string, unknown> | undefined;
    const rest = (): Record<string, unknown> =>
      (methods ??= (
        this.#library('lambda/console-methods') as { createConsoleMethods: typeof createConsoleMethods }
      ).createConsoleMethods(this, this.#host, this.#library));
    const names =
      'dir dirxml table count countReset assert group groupCollapsed groupEnd time timeLog timeEnd clear profile profileEnd timeStamp';
    for (const name of names.split(' '))
      object[name] = (...values: unknown[]) => (rest()[name] as (...all: unknown[]) => void)(...values);
    return object;
  }

  /** util.format; plain strings need no library. */
  #format(values: unknown[]): string {
    if (values.every((value) => typeof value === 'string') && !(values.length > 1 && String(values[0]).includes('%'))) {
      return values.length === 0 ? 'undefined' : values.join(' ');
    }
    return (this.#library('util') as { format: (...all: unknown[]) => string }).format(...values);
  }

  #emit(level: string, message: string): void {
    this.#host.log(packText(message), level);
  }

  #prefix(level: string): string {
    const id = this.#state.requestId ?? (this.#configuration.generation === 3 ? 'undefined' : '');
    return `${timestamp()}\t${id}\t${level}\t`;
  }
}
