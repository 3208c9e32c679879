/** Requests and responses about asynchronous invocation. Source: AWS Lambda API reference. */

export interface DestinationConfig {
  /** ARN of a queue, topic, event bus or function. */
  readonly OnSuccess?: { readonly Destination?: string };
  /** The same, or of a bucket. */
  readonly OnFailure?: { readonly Destination?: string };
}

export interface PutFunctionEventInvokeConfigRequest {
  readonly FunctionName: string;
  /** A version or alias; without one the configuration is for `$LATEST`. */
  readonly Qualifier?: string;
  /** 0 to 2. */
  readonly MaximumRetryAttempts?: number;
  /** 60 to 21,600. */
  readonly MaximumEventAgeInSeconds?: number;
  readonly DestinationConfig?: DestinationConfig;
}

export interface EventInvokeConfigRequest {
  readonly FunctionName: string;
  readonly Qualifier?: string;
}

export interface FunctionEventInvokeConfig {
  readonly LastModified: Date;
  /** With its qualifier, `$LATEST` included. */
  readonly FunctionArn: string;
  readonly MaximumRetryAttempts?: number;
  readonly MaximumEventAgeInSeconds?: number;
  readonly DestinationConfig: DestinationConfig;
}

export interface ListFunctionEventInvokeConfigsRequest {
  readonly FunctionName: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
}

export interface ListFunctionEventInvokeConfigsResponse {
  readonly FunctionEventInvokeConfigs: readonly FunctionEventInvokeConfig[];
  readonly NextMarker?: string;
}
