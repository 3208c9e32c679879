/** node:readline: the lines of a stream; terminals are not simulated. */
import { absentFunctions } from './internal/absent.ts';
import EventEmitter from './events.ts';
import { StringDecoder } from './string_decoder.ts';

type Emitter = import('./events.ts').EventEmitter;

export class Interface extends (EventEmitter as unknown as new () => Emitter) {
  line = '';
  closed = false;
  readonly #input: any;

  constructor(options: any) {
    super();
    this.#input = options?.input ?? options;
    const decoder = new StringDecoder('utf8');
    const emitLines = (text: string): void => {
      const lines = (this.line + text).split(/\r\n|\n|\r(?!$)/);
      this.line = lines.pop() ?? '';
      for (const line of lines) this.emit('line', line);
    };
    this.#input.on('data', (chunk: unknown) => emitLines(decoder.write(chunk)));
    this.#input.on('end', () => {
      emitLines(decoder.end());
      if (this.line !== '') this.emit('line', this.line);
      this.close();
    });
    this.#input.on('error', (error: unknown) => this.emit('error', error));
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.#input.pause?.();
    this.emit('close');
  }

  pause(): this {
    this.#input.pause();
    return this;
  }

  resume(): this {
    this.#input.resume();
    return this;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    const events = (EventEmitter as any).on(this, 'line', { close: ['close'] }) as AsyncIterable<[string]>;
    for await (const [line] of events) yield line;
  }
}

export const createInterface = (options: unknown): Interface => new Interface(options);
export const { clearLine, clearScreenDown, cursorTo, moveCursor, emitKeypressEvents } = absentFunctions(
  'readline',
  ['clearLine', 'clearScreenDown', 'cursorTo', 'moveCursor', 'emitKeypressEvents'],
  'is not available in this simulator: a function has no terminal',
);
