/** The context object that a handler gets, by runtime generation. */
import type { CoreConfiguration, InvocationMetadata } from './host.ts';

const { parse } = JSON;

/** What generation 3 lets the context end. */
export interface Outcomes {
  respond(value: unknown): void;
  fail(error: unknown): void;
}

/** A new one for each invocation; `loop` is where generation 3 keeps whether the response waits for an empty event loop. */
export function createContext(
  configuration: CoreConfiguration,
  metadata: InvocationMetadata,
  loop: { waitsForEmptyLoop: boolean },
  outcomes: Outcomes,
): Record<string, unknown> {
  const client =
    metadata.clientContext === undefined ? undefined : (parse(metadata.clientContext) as Record<string, unknown>);
  const deadline = Math.floor(metadata.deadline);
  const getRemainingTimeInMillis = (): number => deadline - Date.now();
  const names = {
    functionVersion: configuration.functionVersion,
    functionName: configuration.functionName,
    memoryLimitInMB: String(configuration.memorySizeMB),
    logGroupName: configuration.logGroupName,
    logStreamName: configuration.logStreamName,
  };
  const request = {
    clientContext: client,
    identity: undefined,
    invokedFunctionArn: metadata.invokedFunctionArn,
    awsRequestId: metadata.requestId,
    tenantId: undefined,
  };
  if (configuration.generation === 4) {
    let w3c: unknown;
    if (client !== undefined && 'w3c' in client) {
      w3c = client['w3c'];
      delete client['w3c'];
    }
    return {
      ...request,
      xRayTraceId: metadata.traceId === '' ? undefined : metadata.traceId,
      getRemainingTimeInMillis,
      w3c: () => w3c,
      functionName: names.functionName,
      functionVersion: names.functionVersion,
      memoryLimitInMB: names.memoryLimitInMB,
      logGroupName: names.logGroupName,
      logStreamName: names.logStreamName,
    };
  }
  // As the runtime's own, these have no names in a log.
  const succeed = anonymous((value: unknown): void => outcomes.respond(value));
  const fail = anonymous((error: unknown): void => outcomes.fail(error));
  const done = anonymous((error: unknown, value: unknown): void =>
    error === undefined || error === null ? succeed(value) : fail(error),
  );
  const context = { succeed, fail, done, ...names, ...request, getRemainingTimeInMillis };
  return Object.defineProperties(
    {},
    {
      callbackWaitsForEmptyEventLoop: {
        get: () => loop.waitsForEmptyLoop,
        set: (value: unknown) => {
          loop.waitsForEmptyLoop = Boolean(value);
        },
        enumerable: true,
        configurable: true,
      },
      ...Object.getOwnPropertyDescriptors(context),
    },
  );
}

const anonymous = <T>(method: T): T => method;
