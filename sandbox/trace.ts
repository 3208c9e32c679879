/**
 * The trace: everything that happened, as frozen, typed events in virtual time.
 *
 * The kernel's clock stamps every event; nothing else does. The timeline, the log view, the REPORT line, the bill,
 * quiz keys and tests are readers of this list. Times are virtual milliseconds since the Unix epoch with microsecond
 * resolution (three decimals at most); durations are virtual milliseconds.
 */
import type { AlarmEvent } from './trace/alarms.ts';
import type { AsynchronousEvent } from './trace/asynchronous.ts';
import type { ManagementEvent } from './trace/management.ts';
import type { BusEvent } from './trace/events.ts';
import type { HttpEvent } from './trace/http.ts';
import type { MappingEvent } from './trace/mappings.ts';
import type { MessageEvent } from './trace/messages.ts';
import type { NetworkEvent } from './trace/network.ts';
import type { StreamEvent } from './trace/streams.ts';

export type * from './trace/alarms.ts';
export type * from './trace/asynchronous.ts';
export type * from './trace/management.ts';
export type * from './trace/events.ts';
export type * from './trace/http.ts';
export type * from './trace/mappings.ts';
export type * from './trace/messages.ts';
export type * from './trace/network.ts';
export type * from './trace/streams.ts';

/** What an execution environment is doing. `create` (placing the environment and fetching code) is not billed. */
export type PhaseName = 'create' | 'init' | 'restore' | 'invoke' | 'shutdown';

/** How a request found its environment. */
export type StartKind = 'cold' | 'warm' | 'provisioned' | 'restored';

/** How a phase ended. `error` and `timeout` only when the platform ended it, not for an ordinary handler error. */
export type PhaseStatus = 'success' | 'error' | 'timeout';

/** Why a request was not placed; the `Reason` of TooManyRequestsException. Source: Lambda API reference, Invoke. */
export type ThrottleReason =
  | 'ConcurrentInvocationLimitExceeded'
  | 'FunctionInvocationRateLimitExceeded'
  | 'ReservedFunctionConcurrentInvocationLimitExceeded'
  | 'ReservedFunctionInvocationRateLimitExceeded'
  | 'CallerRateLimitExceeded';

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

export interface At {
  /** Virtual milliseconds since the Unix epoch. */
  readonly time: number;
}

interface InEnvironment extends At {
  readonly environmentId: string;
}

/** A new execution environment was placed for a function version. Its log stream is derived from it. */
export interface EnvironmentCreated extends InEnvironment {
  readonly type: 'environmentCreated';
  readonly functionName: string;
  /** Resolved version: `$LATEST` or a number. */
  readonly version: string;
  readonly runtime: string;
  /** Text of INIT_START's `Runtime Version`, such as `nodejs:24.v18`. */
  readonly runtimeVersion: string;
  readonly runtimeVersionArn: string;
  readonly architecture: 'x86_64' | 'arm64';
  readonly memorySizeMB: number;
  readonly ephemeralStorageMB: number;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly initializationType: 'on-demand' | 'provisioned-concurrency' | 'snap-start';
  /** How this environment's platform lines are written; text when absent. */
  readonly platformLogs?: PlatformLogs;
  /** The role may not write logs: nothing of this environment reaches CloudWatch. A caller's LogResult has it all the same. */
  readonly logsDenied?: true;
}

/** LoggingConfig as far as it concerns the platform's own lines. Text cannot be filtered by level. */
export interface PlatformLogs {
  readonly format: 'Text' | 'JSON';
  readonly level: 'DEBUG' | 'INFO' | 'WARN';
}

/**
 * A phase began. `attempt` is 1, or 2 for an init that is repeated inside an invocation. An init that re-runs after a
 * reset (timeout, crash) has `suppressed: true`: it prints no INIT_START and its time belongs to the invocation.
 */
export interface PhaseStarted extends InEnvironment {
  readonly type: 'phaseStarted';
  readonly phase: PhaseName;
  readonly requestId?: string;
  readonly suppressed?: boolean;
}

export interface PhaseEnded extends InEnvironment {
  readonly type: 'phaseEnded';
  readonly phase: PhaseName;
  readonly requestId?: string;
  readonly status: PhaseStatus;
  readonly errorType?: string;
  readonly durationMs: number;
  readonly suppressed?: boolean;
}

export interface RequestArrived extends At {
  readonly type: 'requestArrived';
  readonly requestId: string;
  readonly functionName: string;
  readonly qualifier?: string;
  readonly invocationType: 'RequestResponse' | 'Event';
  readonly payloadBytes: number;
  /** When it is recorded for X-Ray: the header, whose Parent is the Lambda service's segment, and what caused it. */
  readonly tracing?: { readonly header: string; readonly parentId?: string };
}

export interface RequestPlaced extends InEnvironment {
  readonly type: 'requestPlaced';
  readonly requestId: string;
  readonly start: StartKind;
}

export interface RequestThrottled extends At {
  readonly type: 'requestThrottled';
  readonly requestId: string;
  readonly functionName: string;
  readonly reason: ThrottleReason;
}

/** START: the event is handed to the runtime. After a failed init it follows the second attempt. */
export interface InvocationStarted extends InEnvironment {
  readonly type: 'invocationStarted';
  readonly requestId: string;
  readonly version: string;
}

/** One log event written by the function's process: exactly the text CloudWatch Logs would store. */
export interface LogWritten extends InEnvironment {
  readonly type: 'logWritten';
  /** The invocation it belongs to, absent during init. */
  readonly requestId?: string;
  readonly level?: LogLevel;
  readonly message: string;
}

/** The first byte of a streamed response left the environment. */
export interface ResponseStarted extends InEnvironment {
  readonly type: 'responseStarted';
  readonly requestId: string;
  readonly contentType: string;
}

/** The response left the environment. `payload` is the text that the Invoke API returns. */
export interface ResponseSent extends InEnvironment {
  readonly type: 'responseSent';
  readonly requestId: string;
  readonly statusCode: number;
  readonly functionError?: 'Unhandled';
  readonly payload: string;
}

/** END and REPORT: the numbers of one invocation. */
export interface InvocationReported extends InEnvironment {
  readonly type: 'invocationReported';
  readonly requestId: string;
  readonly durationMs: number;
  readonly billedDurationMs: number;
  readonly memorySizeMB: number;
  readonly maxMemoryUsedMB: number;
  /** Only for the first invocation of an environment whose init succeeded. */
  readonly initDurationMs?: number;
  readonly status?: 'error' | 'timeout';
  readonly errorType?: string;
  /** When it is recorded for X-Ray: the header that the function had, and the id of the segment that was recorded. */
  readonly tracing?: { readonly header: string; readonly segmentId: string };
}

/** INIT_REPORT: printed only for inits that failed or timed out. */
export interface InitReported extends InEnvironment {
  readonly type: 'initReported';
  readonly requestId?: string;
  readonly phase: 'init' | 'invoke';
  readonly durationMs: number;
  readonly status: 'error' | 'timeout';
  readonly errorType?: string;
}

export interface EnvironmentFrozen extends InEnvironment {
  readonly type: 'environmentFrozen';
}

export interface EnvironmentResumed extends InEnvironment {
  readonly type: 'environmentResumed';
}

/** The process ended (crash, timeout, exit) and the environment keeps its place, `/tmp` and log stream. */
export interface EnvironmentReset extends InEnvironment {
  readonly type: 'environmentReset';
}

export interface EnvironmentGone extends InEnvironment {
  readonly type: 'environmentGone';
  readonly reason:
    'idle' | 'code-changed' | 'configuration-changed' | 'function-deleted' | 'deprovisioned' | 'lifetime' | 'failed';
}

/** A metered quantity that the bill multiplies by a price. */
export interface UsageMetered extends At {
  readonly type: 'usageMetered';
  readonly functionName: string;
  readonly requestId?: string;
  readonly architecture: 'x86_64' | 'arm64';
  readonly meter:
    | 'requests'
    | 'streamed-bytes'
    | 'traces'
    | 'init-gb-seconds'
    | 'gb-seconds'
    | 'ephemeral-storage-gb-seconds'
    | 'provisioned-capacity-gb-seconds'
    | 'provisioned-gb-seconds';
  /** Requests, bytes of a streamed response beyond the free first ones, traces begun, or GB-seconds (1 GB = 1,024 MB). */
  readonly quantity: number;
  /** What was billed for each second: memory, or ephemeral storage above the included. Only of GB-seconds. */
  readonly sizeMB?: number;
}

/** The simulator concluded instead of computing: the code used all its fuel and no end was in sight. */
export interface OutcomeConcluded extends InEnvironment {
  readonly type: 'outcomeConcluded';
  readonly requestId?: string;
  readonly explanation: string;
}

/** A function was created, changed or deleted. */
export interface FunctionChanged extends At {
  readonly type: 'functionChanged';
  readonly functionName: string;
  readonly change: 'created' | 'code' | 'configuration' | 'deleted';
}

/** A call of an AWS API was answered. */
export interface ServiceCalled extends At {
  readonly type: 'serviceCalled';
  /** As SDK packages name it: `s3`, `dynamodb`. */
  readonly service: string;
  /** `PutObject` */
  readonly operation: string;
  /** The environment whose code called, if it was a function's. */
  readonly environmentId?: string;
  /** The invocation during which it called; absent during init. */
  readonly requestId?: string;
  /** The role's ARN, the calling service's principal, or `account` for its owner. */
  readonly caller: string;
  /** ARN of what the call was about; the first when it was several. */
  readonly resource?: string;
  /** The API's own id of the call. */
  readonly apiRequestId: string;
  /** When the caller sent it, in virtual ms since the epoch; `time` is when it was answered. */
  readonly start: number;
  readonly durationMs: number;
  /** As HTTP has it; 501 for what the simulator does not have. */
  readonly statusCode: number;
  readonly errorName?: string;
}

export type TraceEvent =
  | EnvironmentCreated
  | PhaseStarted
  | PhaseEnded
  | RequestArrived
  | RequestPlaced
  | RequestThrottled
  | InvocationStarted
  | LogWritten
  | ResponseStarted
  | ResponseSent
  | InvocationReported
  | InitReported
  | EnvironmentFrozen
  | EnvironmentResumed
  | EnvironmentReset
  | EnvironmentGone
  | UsageMetered
  | OutcomeConcluded
  | FunctionChanged
  | ServiceCalled
  | AlarmEvent
  | AsynchronousEvent
  | ManagementEvent
  | BusEvent
  | HttpEvent
  | MappingEvent
  | MessageEvent
  | NetworkEvent
  | StreamEvent;
