/**
 * A session: one simulated account with the function of one runner in it.
 * The same interface is served in-process (Node: build, tests, terminal) and through the Web Worker (page).
 */
import type { Bill } from '../billing/bill.ts';
import type { TraceEvent } from '../trace.ts';

/** A function as a lesson folder or an editor holds it; configuration in the names of Lambda's CreateFunction. */
export interface FunctionDefinition {
  readonly FunctionName: string;
  readonly Runtime: string;
  readonly Handler: string;
  readonly MemorySize: number;
  /** Seconds. */
  readonly Timeout: number;
  readonly Architectures: readonly ('x86_64' | 'arm64')[];
  readonly EphemeralStorage?: { readonly Size: number };
  readonly Environment?: { readonly Variables: Readonly<Record<string, string>> };
  readonly LoggingConfig?: {
    readonly LogFormat?: 'Text' | 'JSON';
    readonly ApplicationLogLevel?: string;
    readonly SystemLogLevel?: string;
  };
  readonly TracingConfig?: { readonly Mode: 'Active' | 'PassThrough' };
  /** Subnets and security groups; the role needs to be allowed to make network interfaces. */
  readonly VpcConfig?: { readonly SubnetIds: readonly string[]; readonly SecurityGroupIds: readonly string[] };
  /**
   * Source text by path. `policy.json` is not part of the code: it is the inline policy of the function's execution
   * role, beside the basic one that lets it write logs. `template.yaml` is the function's SAM template, with its
   * `VpcConfig`, more variables, and the network that belongs to it.
   */
  readonly Files: Readonly<Record<string, string>>;
  /**
   * What the account has besides the function: calls that are made when a session deploys for the first time. Those of
   * Lambda's own API, and of the front doors that invoke functions, are made when the function is there, the others
   * before.
   */
  readonly account?: readonly ApiCall[];
  /**
   * What an invoke step does instead of a synchronous invocation: hand its event to the function's queue, send it as an
   * HTTP request (a `SessionRequest`), or make it the input of an operation that leads to the function.
   */
  readonly sends?: 'asynchronous' | 'http-request' | { readonly service: string; readonly operation: string };
}

/** A call of an AWS API as the account's owner makes it. */
export interface ApiCall {
  /** As SDK packages name it: `dynamodb` of `@aws-sdk/client-dynamodb`. */
  readonly service: string;
  /** `PutItem` */
  readonly operation: string;
  /** In the shape of the AWS SDK; JSON. `{api.ApiId}` in a text stands for what the call kept as `api` answered. */
  readonly input: Readonly<Record<string, unknown>>;
  /** A name for its answer, so that later calls and requests can refer to its members. */
  readonly as?: string | undefined;
}

/** An HTTP request from outside of the account, as `curl` sends it. References are replaced as in calls. */
export interface SessionRequest {
  /** `GET` by default. */
  readonly method?: string | undefined;
  /** `{url.FunctionUrl}orders` */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
  /** Signed by the account's owner. */
  readonly signed?: boolean | undefined;
}

export interface SessionResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

/** One thing the learner did, in order. */
export type SessionStep =
  | {
      readonly kind: 'invoke';
      /** JSON text of the event, or a list of such texts with one request for each. */
      readonly payload: string | readonly string[];
      /** So many requests with the same event; 1 by default. */
      readonly count?: number;
      /**
       * `Event` hands it to the function's queue: the update has no answer, and retries happen while time passes. What
       * the definition `sends` when left out.
       */
      readonly invocationType?: 'Event';
    }
  | { readonly kind: 'call'; readonly call: ApiCall }
  /** So many HTTP requests in the same moment; 1 by default. */
  | { readonly kind: 'request'; readonly request: SessionRequest; readonly count?: number }
  /** The next `times` calls that functions make of the operation fail with a server error. */
  | { readonly kind: 'outage'; readonly service: string; readonly operation: string; readonly times: number }
  | { readonly kind: 'wait'; readonly milliseconds: number };

export interface SessionInvocation {
  readonly requestId: string;
  /** As the Invoke API answers; a throttled request has 429 and the error as its payload. */
  readonly statusCode: number;
  readonly functionError?: 'Unhandled';
  readonly payload: string;
}

/** What changed by one call. */
export interface SessionUpdate {
  /**
   * The sandbox had to be ended since the last update: this one begins a new account, with the function deployed
   * again, and what was seen before belongs to an account that is lost.
   */
  readonly startedAnew?: true;
  /** Events since the previous update, in order. */
  readonly events: readonly TraceEvent[];
  readonly invocations: readonly SessionInvocation[];
  /** What the API answered to a call step. */
  readonly output?: unknown;
  /** What came back for the requests of a request step. */
  readonly responses?: readonly SessionResponse[];
  /** The bill since the session began. */
  readonly bill: Bill;
  /** Virtual ms since the epoch. */
  readonly now: number;
}

export interface Session {
  /** Creates the function, or updates its code or configuration where they differ (new environments then). */
  deploy(definition: FunctionDefinition): Promise<SessionUpdate>;
  /** Requests of one invoke step arrive at the same virtual moment. Rejects with the API's error when it is refused. */
  run(step: SessionStep): Promise<SessionUpdate>;
  setFreeTier(enabled: boolean): Promise<SessionUpdate>;
  close(): void;
  /**
   * Ends what is running, at once, and closes the session. A worker is ended with every session in it; in this thread
   * there is nobody left to stop.
   */
  stop(): void;
}

/** Opens a session. `seed` 7 and 2026-01-05T09:00:00Z by default. Rejects with `SandboxUnavailableError` when the engine cannot load. */
export type OpenSession = (options?: { readonly seed?: number; readonly startTime?: string }) => Promise<Session>;
