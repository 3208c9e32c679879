/** The runtime interface client: loads the handler, delivers events, and reports results, by runtime generation. */
import type { ConsoleState, LambdaConsole } from './console.ts';
import { createContext } from './context.ts';
import { packText } from './crossing.ts';
import { isObject, parseHandlerString, resolveHandler, type Handler } from './handler-path.ts';
import type { CoreConfiguration, Host, InvocationMetadata } from './host.ts';
import type { createFailures, Failures } from './lazy/failures.ts';
import type { FileModules } from './lazy/require.ts';
import type { Streaming } from './lazy/streaming.ts';
import type { ProcessControl } from './process-object.ts';
import { runtimeError } from './runtime-error.ts';

/** Where the handler's file is, as the host found it. */
export type HandlerFile =
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly format: 'commonjs' | 'module' | 'json';
      /** The package.json that does not decide the format since it is not JSON. */
      readonly invalidPackage?: string;
    }
  | { readonly kind: 'missing'; readonly message: string };

const { parse, stringify } = JSON;
const asyncFunction = (async () => {}).constructor;

interface Invocation {
  readonly id: string;
  readonly metadata: InvocationMetadata;
  settled: boolean;
  /** Generation 3: the outcome waits until the event loop is empty. */
  waiting: (() => void) | undefined;
  /** Generation 3: the callback was called with a result; later outcomes do not count. */
  calledBack: boolean;
  /** Generation 3: whether the response waits for an empty event loop. */
  waitsForEmptyLoop: boolean;
  /** A promise was returned and has not settled. */
  pendingPromise: boolean;
}

export class RuntimeClient {
  readonly #configuration: CoreConfiguration;
  readonly #host: Host;
  readonly #console: LambdaConsole;
  readonly #state: ConsoleState;
  readonly #library: (name: string) => unknown;
  readonly #files: () => FileModules;
  readonly #streaming: () => Streaming | undefined;
  readonly #control: ProcessControl;
  readonly #importModule: (path: string) => Promise<Record<string, unknown>>;
  readonly #setImmediate: (callback: () => void) => unknown;
  readonly #receiver = {};
  #failures: Failures | undefined;
  #handler: Handler | undefined;
  #current: Invocation | undefined;

  constructor(parts: {
    configuration: CoreConfiguration;
    host: Host;
    console: LambdaConsole;
    state: ConsoleState;
    library: (name: string) => unknown;
    files: () => FileModules;
    streaming: () => Streaming | undefined;
    importModule: (path: string) => Promise<Record<string, unknown>>;
    control: ProcessControl;
    setImmediate: (callback: () => void) => unknown;
  }) {
    this.#configuration = parts.configuration;
    this.#host = parts.host;
    this.#console = parts.console;
    this.#state = parts.state;
    this.#library = parts.library;
    this.#files = parts.files;
    this.#streaming = parts.streaming;
    this.#importModule = parts.importModule;
    this.#control = parts.control;
    this.#setImmediate = parts.setImmediate;
  }

  get #generation(): 3 | 4 {
    return this.#configuration.generation;
  }

  /** What to do about failures; loaded with the first. */
  get failures(): Failures {
    const create = (): Failures =>
      (this.#library('lambda/failures') as { createFailures: typeof createFailures }).createFailures({
        configuration: this.#configuration,
        host: this.#host,
        console: this.#console,
        emit: (name, ...values) => this.#control.emit(name, ...values),
        leave: (code) => this.#control.leave(code),
        settle: () => {
          if (this.#current === undefined) return 'init';
          if (this.#current.settled) return 'settled';
          this.#current.settled = true;
          return 'open';
        },
      });
    this.#failures ??= create();
    return this.#failures;
  }

  get #checks(): typeof import('./lazy/handler-checks.ts') {
    return this.#library('lambda/handler-checks') as typeof import('./lazy/handler-checks.ts');
  }

  get inInvocation(): boolean {
    return this.#current !== undefined && !this.#current.settled;
  }

  /** Loads the function; ends in `initialized`, or in `initFailed` and the end of the process. */
  start(): void {
    const fail = (error: unknown): void => this.failures.failInit(error);
    try {
      const { handler } = this.#configuration;
      const name = parseHandlerString(handler);
      if (name === undefined) throw this.#checks.malformedHandler(handler);
      const { directory, module, path } = name;
      const found = parse(this.#host.resolveHandlerFile(directory + module)) as HandlerFile;
      if (found.kind === 'missing') throw runtimeError('Runtime.ImportModuleError', found.message);
      const { invalidPackage } = found;
      if (invalidPackage !== undefined) {
        const text = this.#host.readText(invalidPackage) ?? '';
        this.#console.write('WARN', this.#checks.ignoredPackage(invalidPackage, text));
      }
      const finish = (exports: unknown): void => {
        this.#handler = this.#checkHandler(resolveHandler(exports, path, handler, this.#generation));
        this.#host.initialized();
      };
      const { format } = found;
      // Generation 4 imports CommonJS too.
      if (format === 'module' || this.#generation === 4) {
        this.#importModule(found.path)
          .then(finish, (error: unknown) => fail(this.#checks.loadFailure(error, this.#generation)))
          .catch(fail);
      } else {
        let exports: unknown;
        try {
          exports = this.#files().load(found.path, format);
        } catch (error) {
          throw this.#checks.loadFailure(error, this.#generation);
        }
        finish(exports);
      }
    } catch (error) {
      fail(error);
    }
  }

  invoke(payload: string | undefined, metadata: InvocationMetadata): void {
    const invocation: Invocation = {
      id: metadata.requestId,
      metadata,
      settled: false,
      waiting: undefined,
      calledBack: false,
      waitsForEmptyLoop: true,
      pendingPromise: false,
    };
    this.#current = invocation;
    this.#state.requestId = metadata.requestId;
    if (metadata.traceId === '') delete this.#control.process.env['_X_AMZN_TRACE_ID'];
    else this.#control.process.env['_X_AMZN_TRACE_ID'] = metadata.traceId;
    const event: unknown = payload === undefined || payload === '' ? {} : parse(payload);
    const streaming = this.#streaming();
    if (streaming?.isStreaming(this.#handler!) === true) this.#deliverStreaming(streaming, invocation, event);
    else this.#deliver(invocation, event);
  }

  #deliver(invocation: Invocation, event: unknown): void {
    const context = this.#context(invocation);
    const callback = (error: unknown, value: unknown): void => this.#callback(invocation, error, value);
    let result: unknown;
    try {
      const deliver = (): unknown =>
        this.#generation === 3
          ? this.#handler!.call(this.#receiver, event, context, callback)
          : this.#handler!.call(this.#receiver, event, context);
      result = deliver();
    } catch (error) {
      if (this.#generation === 3 && (error === undefined || error === null)) return this.#endWhenEmpty(invocation);
      return this.#fail(invocation, error);
    }
    let then: unknown;
    try {
      then = isObject(result) ? (result as { then?: unknown }).then : undefined;
    } catch (error) {
      return this.#fail(invocation, error);
    }
    if (typeof then === 'function') {
      invocation.pendingPromise = true;
      const settle = (outcome: () => void) => {
        invocation.pendingPromise = false;
        if (this.#generation === 3) outcome();
        else this.#setImmediate(outcome);
      };
      try {
        (then as Handler).call(
          result,
          (value: unknown) => settle(() => this.#respond(invocation, value)),
          (error: unknown) => settle(() => this.#fail(invocation, error)),
        );
      } catch (error) {
        this.#fail(invocation, error);
      }
    } else if (this.#generation === 4) this.#respond(invocation, result);
    else this.#endWhenEmpty(invocation);
  }

  #deliverStreaming(streaming: Streaming, invocation: Invocation, event: unknown): void {
    streaming.deliver({
      handler: this.#handler!,
      receiver: this.#receiver,
      event,
      context: this.#context(invocation),
      isAsync: this.#handler instanceof asyncFunction,
      warn: (text) => this.#console.write('WARN', [text]),
      respond: (text) => this.#settle(invocation, () => this.#host.streamed(packText(text))),
      fail: (error) => this.#fail(invocation, error),
      waitsForEmptyLoop: () => this.#generation === 3 && invocation.waitsForEmptyLoop,
      whenEmpty: (action) => {
        invocation.waiting = action;
      },
    });
  }

  /** The event loop is empty: what waited for it happens, and a promise that cannot settle any more is found out. */
  loopEmpty(): void {
    const invocation = this.#current;
    if (invocation === undefined || invocation.settled) return;
    if (invocation.waiting !== undefined) {
      const action = invocation.waiting;
      invocation.waiting = undefined;
      action();
      return;
    }
    if (this.#generation === 4) this.#control.leave(0);
    if (this.#handler instanceof asyncFunction) this.#fail(invocation, this.#checks.neverSettled());
    else this.#respond(invocation, null);
  }

  /** Runs `report` once per invocation; the first outcome wins. */
  #settle(invocation: Invocation, report: () => void): void {
    if (invocation.settled) return;
    invocation.settled = true;
    invocation.waiting = undefined;
    report();
    this.#host.completed();
  }

  #respond(invocation: Invocation, value: unknown): void {
    if (invocation.settled) return;
    let text: string;
    try {
      text = stringify(value === undefined ? null : value) ?? 'null';
    } catch {
      const message = 'Unable to stringify response body';
      return this.#fail(
        invocation,
        this.#generation === 3 ? new Error(message) : runtimeError('Runtime.JSONStringifyError', message),
      );
    }
    this.#settle(invocation, () => this.#host.responded(text));
  }

  #fail(invocation: Invocation, error: unknown): void {
    if (invocation.settled) return;
    this.#console.writeError('Invoke Error', this.failures.loggable(error));
    const payload = this.failures.payload(error);
    this.#settle(invocation, () => this.#host.failed(stringify(payload), String(payload.errorType)));
  }

  /** Generation 3: a value that is no promise is ignored; the invocation ends when nothing is left to do. */
  #endWhenEmpty(invocation: Invocation): void {
    if (!invocation.settled) invocation.waiting ??= () => this.#respond(invocation, null);
  }

  #callback(invocation: Invocation, error: unknown, value: unknown): void {
    if (invocation.settled || invocation.calledBack) return;
    if (error !== undefined && error !== null) return this.#fail(invocation, error);
    const answer = (): void => {
      let text: string;
      try {
        text = stringify(value === undefined ? null : value) ?? 'null';
      } catch {
        return this.failures.uncaughtException(new Error('Unable to stringify response body'));
      }
      this.#settle(invocation, () => this.#host.responded(text));
    };
    invocation.calledBack = true;
    if (invocation.waitsForEmptyLoop) invocation.waiting = answer;
    else answer();
  }

  #context(invocation: Invocation): Record<string, unknown> {
    return createContext(this.#configuration, invocation.metadata, invocation, {
      respond: (value) => this.#respond(invocation, value),
      fail: (error) => this.#fail(invocation, error),
    });
  }

  #checkHandler(handler: Handler): Handler {
    if (this.#streaming()?.isStreaming(handler) === true) return handler;
    if (this.#generation === 4 && handler.length >= 3) throw this.#checks.callbackRemoved();
    const silenced = this.#control.process.env['AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING'] !== undefined;
    if (this.#generation === 3 && handler.length === 3 && !(handler instanceof asyncFunction) && !silenced) {
      this.#console.write('WARN', [this.#checks.callbackWarning]);
    }
    return handler;
  }
}
