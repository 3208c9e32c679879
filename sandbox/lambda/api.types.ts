/** Requests and responses of the Lambda API, in its names and shapes. Source: AWS Lambda API reference. */
import type { FileTree, NodeRuntime } from '../runtime/contract.ts';
import type { LogLevel, PhaseName, StartKind } from '../trace.ts';

export type Architecture = 'x86_64' | 'arm64';

/** The code of a function. AWS takes a .zip or an image; the sandbox takes the unpacked files. */
export interface FunctionCode {
  /** By path relative to `/var/task`. */
  readonly Files: FileTree;
}

export interface LoggingConfig {
  readonly LogFormat?: 'Text' | 'JSON';
  readonly ApplicationLogLevel?: string;
  readonly SystemLogLevel?: string;
  /** `/aws/lambda/` and the function's name by default. */
  readonly LogGroup?: string;
}

/** What both creating and updating may set. */
export interface FunctionSettings {
  readonly Runtime?: string;
  /** An ARN; the sandbox supplies one when it is missing. */
  readonly Role?: string;
  readonly Handler?: string;
  readonly Description?: string;
  /** Seconds. */
  readonly Timeout?: number;
  /** MB. */
  readonly MemorySize?: number;
  /** Replaces all variables. */
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
  /** `/tmp`, MB. */
  readonly EphemeralStorage?: { readonly Size: number };
  readonly LoggingConfig?: LoggingConfig;
  /** ARNs of layer versions in the order in which they are merged; replaces all layers. */
  readonly Layers?: readonly string[];
  /** Queue or topic for asynchronous events that fail; an empty ARN removes it. */
  readonly DeadLetterConfig?: { readonly TargetArn?: string };
  /** Whether invocations are traced by X-Ray; PassThrough by default. */
  readonly TracingConfig?: { readonly Mode?: string };
  /** Subnets and security groups of a VPC; two empty lists take the function out of it. */
  readonly VpcConfig?: { readonly SubnetIds?: readonly string[]; readonly SecurityGroupIds?: readonly string[] };
  /** Refused unless `None`: no runtime that the sandbox runs has SnapStart. */
  readonly SnapStart?: { readonly ApplyOn?: string };
}

export interface CreateFunctionRequest extends FunctionSettings {
  readonly FunctionName: string;
  readonly Code: FunctionCode;
  readonly Architectures?: readonly Architecture[];
  readonly PackageType?: 'Zip';
  /** Also publish the first version. */
  readonly Publish?: boolean;
  readonly Tags?: Readonly<Record<string, string>>;
}

export interface UpdateFunctionConfigurationRequest extends FunctionSettings {
  readonly FunctionName: string;
  /** Refuse unless this is still the current revision. */
  readonly RevisionId?: string;
}

export interface UpdateFunctionCodeRequest extends FunctionCode {
  readonly FunctionName: string;
  readonly Architectures?: readonly Architecture[];
  readonly RevisionId?: string;
  /** Check only. */
  readonly DryRun?: boolean;
  /** Also publish a version. */
  readonly Publish?: boolean;
}

/** Where a function's network interfaces are. */
export interface VpcConfigResponse {
  readonly SubnetIds: readonly string[];
  readonly SecurityGroupIds: readonly string[];
  readonly VpcId: string;
}

/** What the API says about a function. */
export interface FunctionConfiguration {
  readonly FunctionName: string;
  readonly FunctionArn: string;
  readonly Runtime: NodeRuntime;
  readonly Role: string;
  readonly Handler: string;
  /** Bytes. */
  readonly CodeSize: number;
  readonly Description: string;
  readonly Timeout: number;
  readonly MemorySize: number;
  /** `2026-01-05T09:00:00.000+0000` */
  readonly LastModified: string;
  /** Base64 of a SHA-256. AWS hashes the .zip; the sandbox hashes the sorted paths, lengths and bytes of the files. */
  readonly CodeSha256: string;
  readonly Version: string;
  readonly Environment?: { readonly Variables: Readonly<Record<string, string>> };
  readonly DeadLetterConfig?: { readonly TargetArn: string };
  readonly TracingConfig: { readonly Mode: 'PassThrough' | 'Active' };
  readonly RevisionId: string;
  readonly Layers?: readonly { readonly Arn: string; readonly CodeSize: number }[];
  /** Absent when the function is in no VPC. */
  readonly VpcConfig?: VpcConfigResponse;
  /** `Pending` while its network interfaces are made. */
  readonly State: 'Active' | 'Pending';
  readonly StateReason?: string;
  readonly StateReasonCode?: 'Creating';
  readonly LastUpdateStatus: 'Successful' | 'InProgress';
  readonly LastUpdateStatusReason?: string;
  readonly LastUpdateStatusReasonCode?: 'Updating';
  readonly PackageType: 'Zip';
  readonly Architectures: readonly [Architecture];
  readonly EphemeralStorage: { readonly Size: number };
  readonly SnapStart: { readonly ApplyOn: 'None'; readonly OptimizationStatus: 'Off' };
  readonly RuntimeVersionConfig: { readonly RuntimeVersionArn: string };
  readonly LoggingConfig: {
    readonly LogFormat: 'Text' | 'JSON';
    readonly ApplicationLogLevel?: LogLevel;
    readonly SystemLogLevel?: 'DEBUG' | 'INFO' | 'WARN';
    readonly LogGroup: string;
  };
}

/** A function, or one version of it. */
export interface FunctionRequest {
  readonly FunctionName: string;
  /** Version or alias. */
  readonly Qualifier?: string;
}

export interface GetFunctionResponse {
  readonly Configuration: FunctionConfiguration;
  readonly Code: FunctionCode;
  readonly Concurrency?: { readonly ReservedConcurrentExecutions: number };
  readonly Tags?: Readonly<Record<string, string>>;
}

export interface TagResourceRequest {
  /** ARN of a function, without a qualifier. */
  readonly Resource: string;
  readonly Tags: Readonly<Record<string, string>>;
}

export interface UntagResourceRequest {
  readonly Resource: string;
  readonly TagKeys: readonly string[];
}

export interface ListTagsResponse {
  readonly Tags: Readonly<Record<string, string>>;
}

/** Whether Lambda ends chains of requests that invoke the function again and again. */
export type RecursiveLoop = 'Allow' | 'Terminate';

export interface FunctionRecursionConfig {
  readonly RecursiveLoop: RecursiveLoop;
}

export interface PutFunctionRecursionConfigRequest extends FunctionRecursionConfig {
  readonly FunctionName: string;
}

export interface ListFunctionsRequest {
  /** `ALL` lists published versions too. */
  readonly FunctionVersion?: 'ALL';
  /** The `NextMarker` of the page before. */
  readonly Marker?: string;
  /** 50 a page at most, as at AWS. */
  readonly MaxItems?: number;
}

export interface ListFunctionsResponse {
  readonly Functions: readonly FunctionConfiguration[];
  readonly NextMarker?: string;
}

export interface InvokeRequest {
  /** Name, `name:live`, partial or full ARN. */
  readonly FunctionName: string;
  /** Version or alias. */
  readonly Qualifier?: string;
  readonly InvocationType?: 'RequestResponse' | 'Event' | 'DryRun';
  /** `Tail` asks for the last 4 KB of the log in `LogResult`. */
  readonly LogType?: 'None' | 'Tail';
  /** JSON text. */
  readonly Payload?: string | Uint8Array;
  /** Base64 of JSON text; the function sees it as `context.clientContext`. */
  readonly ClientContext?: string;
}

export interface InvokeResponse {
  readonly StatusCode: number;
  readonly FunctionError?: 'Unhandled';
  /** JSON text; empty for a dry run. */
  readonly Payload: string;
  readonly ExecutedVersion?: string;
  readonly LogResult?: string;
  /** What the API hides. Absent unless the caller waited for the function. */
  readonly trace?: InvocationTrace;
  /** The id that all attempts of an asynchronous invocation have. */
  readonly $metadata?: { readonly requestId: string };
}

/** The answer to InvocationType RequestResponse. */
export interface SynchronousInvokeResponse extends InvokeResponse {
  readonly ExecutedVersion: string;
  readonly trace: InvocationTrace;
}

/** One stretch of one invocation, in virtual ms since the epoch. */
export interface InvocationPhase {
  readonly name: PhaseName;
  readonly start: number;
  readonly end: number;
}

/** One invocation as the platform saw it. Times in virtual ms. */
export interface InvocationTrace {
  readonly requestId: string;
  readonly environmentId: string;
  readonly start: StartKind;
  readonly phases: readonly InvocationPhase[];
  readonly durationMs: number;
  readonly billedDurationMs: number;
  readonly memorySizeMB: number;
  readonly maxMemoryUsedMB: number;
  readonly initDurationMs?: number;
  readonly status?: 'error' | 'timeout';
  readonly errorType?: string;
  readonly usage: InvocationUsage;
  /** The text of each log event of this invocation in order, platform lines included. */
  readonly logs: readonly string[];
}

/** What one invocation adds to the bill, in requests and GB-seconds (1 GB = 1,024 MB). */
export interface InvocationUsage {
  readonly requests: number;
  readonly initGBSeconds: number;
  readonly gbSeconds: number;
  readonly ephemeralStorageGBSeconds: number;
}
