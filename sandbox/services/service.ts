/** What a simulated AWS service is: operations by their API names, called by somebody, all on the account's one virtual clock. */
import type { Facts } from '../facts.ts';
import type { VirtualClock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import type { TraceEvent } from '../trace.ts';
import type { PrivatePlace } from './ec2/network/vpc.types.ts';

/** What every service of an account is made with. */
export interface ServiceHost {
  readonly clock: VirtualClock;
  /** The account's generator: take `random.stream('sqs message ids')`, never draw from it directly. */
  readonly random: Random;
  readonly facts: Facts;
  readonly location: { readonly region: string; readonly accountId: string };
  readonly trace: { emit<Event extends TraceEvent>(event: Event): Event };
}

/** Who calls: the account's owner (the page, a test), a function through its execution role, or another service. */
export type Caller =
  | { readonly kind: 'account' }
  | {
      readonly kind: 'role';
      /** `arn:aws:iam::123456789012:role/name` */
      readonly roleArn: string;
      /** The assumed-role session as error texts name it: `arn:aws:sts::123456789012:assumed-role/name/session`. */
      readonly sessionArn: string;
      readonly environmentId: string;
      readonly requestId?: string;
      /** Where its function's network interfaces are; absent outside of VPCs. */
      readonly vpc?: { readonly SubnetIds: readonly string[]; readonly SecurityGroupIds: readonly string[] };
      /** The function whose code calls: the condition key `lambda:SourceFunctionArn`. */
      readonly functionArn?: string;
      /** X-Ray header of the invocation that calls. */
      readonly traceId?: string;
    }
  | {
      readonly kind: 'service';
      /** `s3.amazonaws.com` */
      readonly principal: string;
      /** The bucket, topic or rule on whose behalf it calls. */
      readonly sourceArn?: string;
      /**
       * X-Ray header that came with what it passes on: of the call that put the object, sent the message, published.
       * Lambda finds recursive loops by it. Absent when a schedule or a person began.
       */
      readonly traceId?: string;
    };

/** An answer of an API that is an error, as the SDK throws it: `name` and HTTP status `code` are the API's. */
export class ApiError extends Error {
  override readonly name: string;
  readonly code: number;
  /** Whose mistake it is, as SDKs report it. */
  readonly fault: 'client' | 'server';
  /** Further members of the error's shape. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(name: string, code: number, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = name;
    this.code = code;
    this.fault = code >= 500 ? 'server' : 'client';
    this.details = details;
  }
}

export type Result = { readonly ok: true; readonly output: unknown } | { readonly ok: false; readonly error: Error };

/** An answer that needs virtual time. `done` is called once, by a clock event. */
export class Later<Output = unknown> {
  readonly start: (done: (result: Result) => void) => void;
  /** Only a type: what the result's output is. */
  declare readonly output: Output;

  constructor(start: (done: (result: Result) => void) => void) {
    this.start = start;
  }
}

/**
 * One operation of a service. `Input` and `Output` have the shapes of the AWS SDK for JavaScript v3: bytes are
 * `Uint8Array`, times are `Date`. An input comes from code that may have written anything into it.
 */
export interface Operation<Input = never, Output = unknown> {
  /** The IAM action: `s3:PutObject`. Not always the operation's name: HeadObject needs `s3:GetObject`. */
  readonly action: string;
  /**
   * ARNs of what the call touches; every one must be allowed. `*` for actions without a resource, none for calls
   * that need no permission, or whose permissions `run` asks for by itself.
   */
  resources(input: Input): readonly string[];
  /** Condition keys that this request has, beyond the global ones. */
  conditions?(input: Input): ConditionKeys;
  /**
   * Does it, at the present virtual time and in one step. Returns the output, or a `Later`.
   * @throws {ApiError} as the API refuses it
   */
  run(input: Input, caller: Caller): Output | Later<Output>;
}

/** Condition keys of a request with their values: `s3:prefix`, `aws:SourceArn`. */
export type ConditionKeys = Readonly<Record<string, string | readonly string[]>>;

/** A service that SDK clients can reach. */
export interface Service {
  /** As SDK packages name it: `s3` of `@aws-sdk/client-s3`, `dynamodb`, `sqs`. */
  readonly name: string;
  /** By API name: `PutObject`. */
  readonly operations: Readonly<Record<string, Operation>>;
  /** The resource-based policy on the resource with that ARN, when it has one. */
  resourcePolicy?(arn: string): PolicyDocument | undefined;
  /** What lies in a queue, bucket, table or stream; undefined when there is no such resource. */
  contents?(name: string, most: number): Contents | undefined;
  /** For services whose resources take what others deliver: queues, topics, buses, buckets, functions. */
  readonly delivery?: DeliveryTarget;
}

/** What somebody sees who looks into a resource from outside of the simulation: nothing changes by looking. */
export interface Contents {
  /** How many there are in all. */
  readonly count: number;
  /** The first of them, as the API would describe each; JSON. */
  readonly items: readonly Readonly<Record<string, unknown>>[];
}

/** A policy as IAM keeps it. `parsePolicy` of `iam/` makes one out of JSON text and names every mistake in it. */
export interface PolicyDocument {
  readonly Version?: '2012-10-17' | '2008-10-17';
  readonly Id?: string;
  readonly Statement: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: PolicyPrincipal;
  readonly NotPrincipal?: PolicyPrincipal;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  /** Operator -> condition key -> values. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export type PolicyPrincipal = '*' | Readonly<Record<string, string | readonly string[]>>;

/** Who may do what: IAM, asked by services for what their operations need besides `Operation.action`. */
export interface Permissions {
  /** Identity-based and resource-based policies of the account together: either allows, any Deny denies. */
  allows(request: PermissionRequest): boolean;
  /**
   * The same for a call that is refused otherwise.
   * @throws {ApiError} AccessDenied in the words of the service that is asked
   */
  require(request: PermissionRequest): void;
}

export interface PermissionRequest {
  readonly caller: Caller;
  /** `sqs:SendMessage` */
  readonly action: string;
  /** An ARN, or `*`. */
  readonly resource: string;
  readonly conditions?: ConditionKeys;
}

/** How services reach functions. Lambda implements it; a service never sees more of Lambda. */
export interface FunctionInvoker {
  /**
   * Hands an event to a function's asynchronous queue, as S3, SNS and EventBridge do.
   * @throws {ApiError} when the function does not exist or its resource-based policy does not allow `caller`
   */
  invokeAsync(functionArn: string, payload: string, caller: Caller): void;
  /**
   * Invokes and waits, as event source mappings and HTTP front doors do. Throttles are results with `ok: false`.
   * `accepted` hears the request id, before anything else happens, when the request may be sent.
   */
  invokeSync(
    functionArn: string,
    payload: string,
    caller: Caller,
    done: (outcome: InvokeOutcome) => void,
    accepted?: (requestId: string) => void,
  ): void;
}

/** What came of a synchronous invocation. */
export type InvokeOutcome =
  | {
      readonly ok: true;
      readonly requestId: string;
      readonly functionError: boolean;
      readonly payload: string;
      readonly executedVersion: string;
      /** Virtual ms from arrival to answer. */
      readonly durationMs: number;
      /** When the response was streamed: its type, and when its first byte left (virtual ms since the epoch). */
      readonly stream?: { readonly contentType: string; readonly startedAt: number };
    }
  | { readonly ok: false; readonly error: Error };

/** How services put something into each other's hands: a destination, a dead-letter queue, a topic's queue. */
export interface Deliveries {
  /**
   * Delivers `body` to the queue, topic, bus, bucket or function with that ARN, on behalf of `caller`, at the present
   * virtual time and when its policies allow it. What `body` is depends on the target: a message, the event of a
   * function, an object (the ARN then names it: `arn:aws:s3:::bucket/key`), or for an event bus the JSON of one entry
   * of PutEvents. `attributes` become message attributes where the target has them.
   * @throws {ApiError} when the target does not exist or does not allow it
   */
  deliver(
    targetArn: string,
    body: string,
    caller: Caller,
    attributes?: DeliveryAttributes,
    order?: DeliveryOrder,
  ): void;
}

/** The receiving end of `Deliveries`, which has asked for the permission before. */
export interface DeliveryTarget {
  /** What delivering needs: `sqs:SendMessage`. */
  readonly action: string;
  /** @throws {ApiError} when there is no such resource, or it cannot take the body */
  receive(targetArn: string, body: string, caller: Caller, attributes: DeliveryAttributes, order?: DeliveryOrder): void;
}

/** `value` of a Binary attribute is base64. */
export type DeliveryAttributes = Readonly<
  Record<string, { readonly dataType: 'String' | 'Number' | 'String.Array' | 'Binary'; readonly value: string }>
>;

/** What FIFO queues need to know of a message. */
export interface DeliveryOrder {
  readonly messageGroupId: string;
  /** A queue without content-based deduplication needs it. */
  readonly messageDeduplicationId?: string;
}

/** A request to an HTTP address, as `fetch` in a function makes it. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  /** Names in lower case; a list for a header that was sent several times. */
  readonly headers: HttpHeaders;
  readonly body?: Uint8Array;
}

export type HttpHeaders = Readonly<Record<string, string | readonly string[]>>;

export interface HttpResponse {
  readonly status: number;
  /** A list for a header that is sent several times: `set-cookie`. */
  readonly headers: HttpHeaders;
  readonly body: Uint8Array;
}

/** What answers at a simulated address: a function URL, an API's stage, a load balancer. */
export interface HttpEndpoint {
  /** Where it stands in a VPC, when its address is private. */
  readonly place?: PrivatePlace | undefined;
  /** Whether a connection to that port is accepted; any port when absent. */
  listens?(port: number): boolean;
  /** `done` is called once, by a clock event. */
  answer(request: HttpRequest, caller: Caller, done: (response: HttpResponse) => void): void;
}
