/** Requests and answers of the X-Ray API, in the shapes of the AWS SDK for JavaScript v3. */

export interface GetTraceSummariesRequest {
  readonly StartTime: Date | string;
  readonly EndTime: Date | string;
  readonly FilterExpression?: string;
}

export interface ServiceId {
  readonly Name: string;
  readonly Names: readonly string[];
  readonly AccountId: string;
  readonly Type: string;
}

export interface TraceSummary {
  readonly Id: string;
  readonly StartTime: Date;
  /** Seconds from the first beginning to the last end. */
  readonly Duration: number;
  /** Seconds until the client had its answer. */
  readonly ResponseTime: number;
  readonly HasFault: boolean;
  readonly HasError: boolean;
  readonly HasThrottle: boolean;
  /** Something of it still goes on. */
  readonly IsPartial: boolean;
  readonly Http?: { readonly HttpURL: string; readonly HttpStatus: number; readonly HttpMethod: string };
  readonly EntryPoint: ServiceId;
  readonly ServiceIds: readonly ServiceId[];
}

export interface BatchGetTracesRequest {
  readonly TraceIds: readonly string[];
}

export interface Trace {
  readonly Id: string;
  /** Seconds. */
  readonly Duration: number;
  readonly LimitExceeded: boolean;
  /** `Document` is JSON text. */
  readonly Segments: readonly { readonly Id: string; readonly Document: string }[];
}
