/** Clients and commands of the AWS SDK v3: `new S3Client({}).send(new GetObjectCommand({ … }))`. */
import { Connections, retriesOf, sendWithRetries } from './attempts.ts';
import { bodyBytes, readableBody, BytesWithText } from './bodies.ts';
import type { ClientDescription } from './description.ts';
import { toException, words, type exceptionClasses, type Metadata } from './errors.ts';
import { MiddlewareStack, type Next } from './middleware.ts';

/** Where a command goes: found by its class. */
export interface Route {
  readonly description: ClientDescription;
  readonly operation: string;
  /** Members of the input that the client insists on. */
  readonly labels: readonly string[];
  readonly status: number;
  readonly exceptions: ReturnType<typeof exceptionClasses>;
}

export class Command {
  declare static readonly route: Route | undefined;
  readonly middlewareStack = new MiddlewareStack();
  readonly input: any;

  constructor(input?: any) {
    this.input = input ?? {};
  }

  /** Functions do not call it; a client knows a command by it. */
  resolveMiddleware(): never {
    throw new Error('resolveMiddleware is not available in this simulator. Send the command with a client.');
  }
}

type Callback = (error: unknown, output?: unknown) => void;

interface SendOptions {
  readonly abortSignal?: AbortSignal;
  readonly requestTimeout?: number;
}

/** A value, or a function that gives it, as clients take their settings. */
const provided = <T>(value: T | (() => T | Promise<T>) | undefined, otherwise: T): (() => Promise<T>) => {
  if (typeof value === 'function') return async () => (value as () => T | Promise<T>)();
  return async () => value ?? otherwise;
};

const environment = (): Record<string, string | undefined> =>
  internals.process['env'] as Record<string, string | undefined>;

export class Client {
  declare static readonly description: ClientDescription;
  readonly config: Record<string, any>;
  readonly middlewareStack = new MiddlewareStack();
  readonly #connections = new Connections();

  constructor(configuration: Record<string, any> = {}) {
    const { service, serviceId, apiVersion } = (this.constructor as typeof Client).description;
    const { region, credentials, maxAttempts, endpoint, ...others } = configuration ?? {};
    this.config = {
      apiVersion,
      serviceId,
      runtime: 'node',
      tls: true,
      logger: {},
      retryMode: async () => 'standard',
      ...others,
      region: provided<string | undefined>(region, environment()['AWS_REGION']),
      credentials: provided(credentials, {
        accessKeyId: environment()['AWS_ACCESS_KEY_ID'],
        secretAccessKey: environment()['AWS_SECRET_ACCESS_KEY'],
        sessionToken: environment()['AWS_SESSION_TOKEN'],
      }),
      maxAttempts: provided<number>(
        maxAttempts,
        Number(environment()['AWS_MAX_ATTEMPTS'] ?? retriesOf(service).maxAttempts),
      ),
      endpoint: endpoint ?? undefined,
    };
  }

  send(command: Command, optionsOrCallback?: SendOptions | Callback, callback?: Callback): Promise<any> | undefined {
    const options = typeof optionsOrCallback === 'function' ? {} : (optionsOrCallback ?? {});
    const done = typeof optionsOrCallback === 'function' ? optionsOrCallback : callback;
    if (typeof (command as Partial<Command> | undefined)?.resolveMiddleware !== 'function') {
      throw new TypeError('command.resolveMiddleware is not a function');
    }
    const answer = this.#run(command, options);
    if (done === undefined) return answer;
    answer.then(
      (output) => done(null, output),
      (error: unknown) => done(error),
    );
    return undefined;
  }

  destroy(): void {
    // Connections end with the process.
  }

  #run(command: Command, options: SendOptions): Promise<unknown> {
    const route = (command.constructor as typeof Command).route;
    const own = (this.constructor as typeof Client).description;
    if (route === undefined) return Promise.reject(new Error('This command belongs to no client of the simulator.'));
    if (route.description.service !== own.service) {
      const owner = route.description.client;
      return Promise.reject(
        new TypeError(
          `${command.constructor.name} belongs to @aws-sdk/client-${route.description.service}: send it with ${article(owner)}, not ${article(own.client)}.`,
        ),
      );
    }
    const terminal: Next = ({ input }) => this.#send(route, input, options);
    const stack = this.middlewareStack.concat(command.middlewareStack);
    const args = { input: command.input, request: { method: 'POST', headers: {}, query: {} } };
    const context = { clientName: own.client, commandName: command.constructor.name, logger: this.config['logger'] };
    const handler = stack.isEmpty ? terminal : stack.resolve(terminal, context);
    return Promise.resolve()
      .then(() => handler(args))
      .then(({ output }) => output as unknown);
  }

  #send(route: Route, input: any, options: SendOptions): Promise<{ output: unknown; response: unknown }> {
    const { description, operation, labels, status } = route;
    for (const label of labels) {
      if (input[label] === undefined || input[label] === null)
        throw new Error(`No value provided for input HTTP label: ${label}.`);
      if (input[label] === '') throw new Error(`Empty value provided for input HTTP label: ${label}.`);
    }
    const given = takenAs(description, input);
    return Promise.all([this.#checkPlace(), given, (this.config['maxAttempts'] as () => Promise<number>)()]).then(
      ([, sent, maxAttempts]) =>
        sendWithRetries({
          service: description.service,
          operation,
          input: sent,
          maxAttempts,
          connections: this.#connections,
          signal: options.abortSignal,
          timeoutMs: options.requestTimeout ?? this.#timeoutMs(),
          connectionTimeoutMs: (this.config['requestHandler'] as { connectionTimeout?: number } | undefined)
            ?.connectionTimeout,
          toException: (failure) => toException(description, route.exceptions, operation, failure),
        }).then(({ output, metadata }) => {
          metadata.httpStatusCode = (output as { StatusCode?: number } | null)?.StatusCode ?? status;
          return {
            output: finish(description, operation, output, metadata),
            response: { statusCode: status, headers: {} },
          };
        }),
    );
  }

  /** The client gives up only when its handler is told to. Source: @smithy/node-http-handler. */
  #timeoutMs(): number | undefined {
    const handler = this.config['requestHandler'] as
      { requestTimeout?: number; socketTimeout?: number; throwOnRequestTimeout?: boolean } | undefined;
    if (handler?.throwOnRequestTimeout === true && handler.requestTimeout !== undefined) return handler.requestTimeout;
    return handler?.socketTimeout;
  }

  /** There is one Region, and no other endpoint. */
  #checkPlace(): Promise<void> {
    const endpoint: unknown = this.config['endpoint'];
    const configured = this.config['region'] as () => Promise<string | undefined>;
    return configured().then((region) => {
      const here = environment()['AWS_REGION'];
      if (region !== undefined && here !== undefined && region !== here) {
        const message = `This simulator has one Region, ${here}. The client asks for ${region}.`;
        throw Object.assign(new Error(message), { name: 'NotSimulatedError' });
      }
      if (typeof endpoint !== 'string' && !(endpoint instanceof URL)) return;
      const { hostname, port, protocol } = new URL(endpoint);
      if (/(^|\.)amazonaws\.com$/.test(hostname)) return;
      throw load('internal/network').connectionError(
        hostname,
        Number(port === '' ? (protocol === 'http:' ? 80 : 443) : port),
      );
    });
  }
}

/** S3Client and SQSClient are said letter by letter. */
const article = (name: string): string => `${/^([AEIO]|S[A-Z0-9])/.test(name) ? 'an' : 'a'} ${name}`;

/** The input with its streams read: an object's body as text or bytes, a payload as text. */
function takenAs({ service }: ClientDescription, input: any): unknown {
  if (service === 's3' && input.Body !== undefined) {
    return Promise.resolve(bodyBytes(input.Body)).then((body) => ({ ...input, Body: body }));
  }
  if (service === 'lambda' && input.Payload instanceof Uint8Array) {
    return { ...input, Payload: Buffer.from(input.Payload).toString() };
  }
  return input;
}

/** The output as the SDK gives it: some bytes as streams or with text methods, and `$metadata` at the end. */
function finish({ service }: ClientDescription, operation: string, output: unknown, $metadata: Metadata): unknown {
  const members = { ...(output as Record<string, unknown> | undefined) };
  if (service === 's3' && operation === 'GetObject') members['Body'] = readableBody(members['Body'] as Uint8Array);
  if (service === 'lambda' && typeof members['Payload'] === 'string') {
    members['Payload'] = BytesWithText.from(Buffer.from(members['Payload']));
  }
  return { ...members, $metadata };
}

export { words };
