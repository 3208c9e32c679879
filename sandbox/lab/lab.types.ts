/**
 * A lab: one account with any number of functions, worked on by actions in order. The actions are the whole state: the
 * same start and the same actions give the same account, byte for byte. The same interface is served in-process (Node:
 * build, tests) and through a Web Worker (page).
 */
import type { Bill } from '../billing/bill.ts';
import type { EventSourceMappingConfiguration } from '../lambda/event-source-mappings/mapping.types.ts';
import type { Contents } from '../services/service.ts';
import type { TraceEvent } from '../trace.ts';
import type { ApiCall, FunctionDefinition, SessionRequest, SessionResponse } from '../worker/session.types.ts';

/** What an account begins with. */
export interface LabStart {
  readonly seed: number;
  /** ISO 8601. */
  readonly startTime: string;
  /** The account's limit of concurrent executions; AWS's default when absent. */
  readonly concurrentExecutions?: number;
}

/** A function as the lab deploys it; configuration in the names of Lambda's API. `policy.json` is its role's policy. */
export interface LabFunction extends Omit<FunctionDefinition, 'account' | 'sends'> {
  readonly TracingConfig?: { readonly Mode: 'Active' | 'PassThrough' };
  readonly DeadLetterConfig?: { readonly TargetArn: string };
  readonly Layers?: readonly string[];
}

/** Whom the requests of a workload go to. `{n}` in a text of it stands for the number of the request, from 1. */
export type WorkloadTarget =
  | {
      /** Name of a function, or `name:alias`. */
      readonly invoke: string;
      /** JSON text. */
      readonly payload: string;
      readonly invocationType?: 'Event';
    }
  | { readonly call: ApiCall }
  | { readonly request: SessionRequest };

/** Requests spread over time. They are sent while time passes, whatever else happens. */
export interface Workload {
  /** What messages and its progress call it; unique in the lab. */
  readonly name: string;
  readonly count: number;
  /** Virtual ms over which they are spread. */
  readonly milliseconds: number;
  /** `even` keeps the same time between two; `random` lets each come at any time of its share. */
  readonly arrivals: 'even' | 'random';
  readonly target: WorkloadTarget;
}

/** One thing that was done to the account. Time passes only in `wait`, in an `invoke` or `request` that is not held, and in calls that take time. */
export type LabAction =
  /** Creates the function, or updates its code, configuration or role's policy where they differ. */
  | { readonly kind: 'deploy'; readonly function: LabFunction }
  | { readonly kind: 'call'; readonly call: ApiCall }
  | {
      readonly kind: 'invoke';
      /** Name of a function, or `name:alias`. */
      readonly functionName: string;
      /** JSON text. */
      readonly payload: string;
      readonly invocationType?: 'Event';
      /** So many requests in the same moment; 1 by default. */
      readonly count?: number;
      /** Only hand it over: its answer comes while time passes. */
      readonly hold?: true;
    }
  /** HTTP requests in the same moment, from outside of the account. */
  | {
      readonly kind: 'request';
      readonly request: SessionRequest;
      /** 1 by default. */
      readonly count?: number;
      readonly hold?: true;
    }
  | { readonly kind: 'workload'; readonly workload: Workload }
  /** What a workload has not sent yet is not sent. */
  | { readonly kind: 'stop'; readonly workload: string }
  /** The next `times` calls that functions make of the operation fail with a server error. */
  | { readonly kind: 'outage'; readonly service: string; readonly operation: string; readonly times: number }
  | { readonly kind: 'wait'; readonly milliseconds: number };

/** A call of an AWS API that an action took, for a log of commands. */
export interface LabCall extends ApiCall {
  /** Virtual ms since the epoch. */
  readonly time: number;
  /** `AccessDeniedException: …` when it was refused. */
  readonly error?: string;
}

/** How far a workload is. */
export interface WorkloadProgress {
  readonly name: string;
  readonly count: number;
  readonly sent: number;
  /** Requests that the API did not take, throttled ones included. */
  readonly refused: number;
  /** The first refusal. */
  readonly error?: string;
}

/** What changed by one action. */
export interface LabUpdate {
  /**
   * What was done, as it has to be done again to get the same account: an interrupted wait is as long as it was, a step
   * is the wait that it took.
   */
  readonly done: readonly LabAction[];
  /** It was cancelled before its end. */
  readonly cancelled?: true;
  /** Virtual ms since the epoch. */
  readonly now: number;
  /** When something is due next; absent when nothing is. */
  readonly nextAt?: number;
  /**
   * The newest events since the update before, in order. Where some are left out, what creates the environments of the
   * others stands before them.
   */
  readonly events: readonly TraceEvent[];
  /** Events before those that are not told: there were too many. */
  readonly skipped: number;
  readonly calls: readonly LabCall[];
  /** What the API answered to a call; JSON. */
  readonly output?: unknown;
  /** What came back for the requests of a `request`. */
  readonly responses?: readonly SessionResponse[];
  /** The API refused the action. It has been done all the same: a refused call counts. */
  readonly refusal?: { readonly name: string; readonly message: string };
  /** Workloads that are not at their end, and those that ended with this update. */
  readonly workloads: readonly WorkloadProgress[];
  /** Since the lab began. */
  readonly bill: Bill;
}

/** Told now and then while something takes long. */
export interface LabProgress {
  /** Virtual ms since the epoch. */
  readonly now: number;
  /** Virtual ms at which the wait ends; absent when it ends with an answer. */
  readonly until?: number;
  /** Actions done and in all, while a state is restored. */
  readonly actions?: readonly [done: number, all: number];
}

/** How a lab lets its surroundings breathe while it runs. */
export interface LabControl {
  /** Whether it is time for a pause; asked every few events. */
  isDue(): boolean;
  /** Lets others run. Resolves to true when what is running has to end. */
  pause(progress: LabProgress): Promise<boolean>;
}

/** Something about the account that a page shows. Asking changes nothing. */
export type LabQuestion =
  | { readonly about: 'account' }
  | {
      readonly about: 'logs';
      readonly logGroupName: string;
      /** CloudWatch's filter pattern; everything when empty. */
      readonly filterPattern: string;
      /** The newest so many. */
      readonly most: number;
    }
  | { readonly about: 'metrics'; readonly functionName: string; readonly qualifier?: string }
  | { readonly about: 'contents'; readonly service: ContentService; readonly name: string; readonly most: number }
  | {
      readonly about: 'traces';
      /** X-Ray's filter expression; everything when empty. */
      readonly filterExpression: string;
      /** The newest so many. */
      readonly most: number;
    }
  | { readonly about: 'trace'; readonly id: string };

/** Services that can be looked into. */
export type ContentService = 'sqs' | 'dynamodb' | 's3' | 'kinesis';

export interface Lab {
  /** Rejects only when the action is none; what an API refuses is an update with a refusal. */
  perform(action: LabAction): Promise<LabUpdate>;
  /** Goes to the next moment at which something happens, and runs all that is due then. */
  step(): Promise<LabUpdate>;
  setFreeTier(enabled: boolean): Promise<LabUpdate>;
  look(question: { readonly about: 'account' }): Promise<AccountView>;
  look(question: Extract<LabQuestion, { about: 'logs' }>): Promise<LogView>;
  look(question: Extract<LabQuestion, { about: 'metrics' }>): Promise<MetricsView>;
  look(question: Extract<LabQuestion, { about: 'contents' }>): Promise<Contents | undefined>;
  look(question: Extract<LabQuestion, { about: 'traces' }>): Promise<TracesView>;
  look(question: Extract<LabQuestion, { about: 'trace' }>): Promise<TraceView | undefined>;
  /** Ends what is running at the moment that it has reached; its update comes as `cancelled`. */
  cancel(): void;
  close(): void;
}

/** Who opens a lab and wants to hear of it, or to give up. */
export interface LabListener {
  /** Told while anything that the lab does takes long. */
  readonly onProgress?: (progress: LabProgress) => void;
  /** Cancels the restoring. */
  readonly signal?: AbortSignal;
}

/** Opens a lab and does the actions: restoring is doing again. */
export type OpenLab = (
  start: LabStart,
  actions: readonly LabAction[],
  listener?: LabListener,
) => Promise<{ readonly lab: Lab; readonly update: LabUpdate }>;

// --- what the questions are answered with; JSON in the names of the APIs

export interface AccountView {
  readonly functions: readonly FunctionView[];
  readonly queues: readonly QueueView[];
  readonly topics: readonly {
    readonly name: string;
    readonly arn: string;
    readonly subscriptions: readonly string[];
  }[];
  readonly buckets: readonly { readonly name: string; readonly objects: number }[];
  readonly tables: readonly { readonly name: string; readonly items: number; readonly streamArn?: string }[];
  readonly streams: readonly { readonly name: string; readonly arn: string; readonly records: number }[];
  readonly rules: readonly RuleView[];
  readonly mappings: readonly MappingView[];
  readonly logGroups: readonly string[];
  /** Where HTTP requests can be sent to. */
  readonly addresses: readonly { readonly name: string; readonly url: string }[];
  readonly alarms: readonly { readonly name: string; readonly state: string; readonly reason: string }[];
  readonly concurrency: { readonly limit: number; readonly unreserved: number };
  /** By name, each with its versions, the newest first. */
  readonly layers: readonly {
    readonly name: string;
    readonly versions: readonly { readonly arn: string; readonly version: number; readonly description: string }[];
  }[];
  /** Policies that can be attached to a role. */
  readonly managedPolicies: readonly { readonly name: string; readonly arn: string }[];
}

export interface FunctionView {
  /** As GetFunction tells it, with the code of `$LATEST`, and the policies of its role. */
  readonly name: string;
  readonly arn: string;
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly roleName: string;
  /** Names of managed policies, and the inline policies with their documents. */
  readonly attachedPolicies: readonly string[];
  readonly inlinePolicies: readonly { readonly name: string; readonly document: string }[];
  /** What the role was refused and still may not do, the latest last. */
  readonly denied: readonly { readonly action: string; readonly resource: string }[];
  /** Statements of the resource-based policies of the function and its aliases. */
  readonly permissions: readonly PermissionView[];
  readonly reserved?: number;
  readonly versions: readonly string[];
  readonly aliases: readonly AliasView[];
  readonly provisioned: readonly { readonly qualifier: string; readonly requested: number; readonly status: string }[];
  readonly asynchronous?: {
    readonly retries?: number;
    readonly maximumAgeSeconds?: number;
    readonly onSuccess?: string;
    readonly onFailure?: string;
  };
  readonly url?: string;
}

/** Who may invoke a function beside the account itself. */
export interface PermissionView {
  readonly id: string;
  /** An alias or a version; absent for the function itself. */
  readonly qualifier?: string;
  /** `s3.amazonaws.com`, an account, or `*` */
  readonly principal: string;
  readonly action: string;
  readonly source?: string;
}

export interface AliasView {
  readonly name: string;
  readonly version: string;
  /** Shares of further versions, 0 to 1. */
  readonly weights: Readonly<Record<string, number>>;
}

export interface QueueView {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** ARN of its dead-letter queue. */
  readonly deadLetterQueue?: string;
  readonly maxReceiveCount?: number;
}

export interface RuleView {
  readonly name: string;
  readonly state: string;
  readonly schedule?: string;
  readonly pattern?: string;
  readonly targets: readonly string[];
}

export interface MappingView {
  readonly id: string;
  readonly functionName: string;
  readonly source: string;
  readonly state: string;
  readonly batchSize: number;
  /** Everything that is set, as GetEventSourceMapping tells it. */
  readonly configuration: EventSourceMappingConfiguration;
}

export interface LogView {
  readonly lines: readonly { readonly time: number; readonly stream: string; readonly text: string }[];
  /** Lines of the group that fit, shown or not. */
  readonly count: number;
  /** The pattern is none, in the words of CloudWatch. */
  readonly mistake?: string;
}

/** One chart: values by period. */
export interface MetricSeries {
  readonly label: string;
  readonly unit: string;
  /** [start of the period in virtual ms, value] */
  readonly points: readonly (readonly [number, number])[];
}

export interface MetricsView {
  /** ms */
  readonly period: number;
  readonly from: number;
  readonly to: number;
  readonly series: readonly MetricSeries[];
  /** Invocations and errors of each version that an alias resolved to. */
  readonly versions: readonly { readonly version: string; readonly invocations: number; readonly errors: number }[];
}

export interface TracesView {
  /** Newest first. Times in virtual ms since the epoch, lengths in ms. */
  readonly traces: readonly {
    readonly id: string;
    readonly time: number;
    readonly duration: number;
    /** What the request came to first: a function, or an API and its stage. */
    readonly entry: string;
    readonly state: TraceState;
    /** Something of it still goes on. */
    readonly isPartial: boolean;
    readonly httpStatus?: number;
  }[];
  /** Traces that fit, shown or not. */
  readonly count: number;
  /** The expression is none, in the words of X-Ray. */
  readonly mistake?: string;
}

/** X-Ray's marks: a fault is the server's or the function's, an error the client's. */
export type TraceState = 'ok' | 'error' | 'throttle' | 'fault';

/** One trace as a waterfall: each segment, and under it its subsegments, in order of their beginning. */
export interface TraceView {
  readonly id: string;
  /** Virtual ms since the epoch. */
  readonly start: number;
  /** ms */
  readonly duration: number;
  readonly parts: readonly TracePart[];
}

export interface TracePart {
  readonly id: string;
  readonly name: string;
  /** What of AWS it is (`AWS::Lambda::Function`), or the operation that was called. */
  readonly kind?: string;
  /** 0 for a segment that nobody in the trace called. */
  readonly depth: number;
  /** ms since the trace began. */
  readonly from: number;
  /** ms; absent while it goes on. */
  readonly duration?: number;
  readonly state: TraceState;
  readonly httpStatus?: number;
  /** `TypeError: …` */
  readonly exception?: string;
}
