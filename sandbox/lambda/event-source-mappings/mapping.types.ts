/** Requests and answers of the event source mapping API, in the shapes of the AWS SDK for JavaScript v3. */

export interface FilterCriteria {
  readonly Filters?: readonly { readonly Pattern?: string | undefined }[] | undefined;
}

export interface DestinationConfig {
  readonly OnFailure?: { readonly Destination?: string | undefined } | undefined;
}

/** What may be set when a mapping is created, and changed later. */
export interface MappingOptions {
  readonly Enabled?: boolean | undefined;
  readonly BatchSize?: number | undefined;
  readonly MaximumBatchingWindowInSeconds?: number | undefined;
  readonly FilterCriteria?: FilterCriteria | undefined;
  readonly FunctionResponseTypes?: readonly string[] | undefined;
  /** Of queues only. */
  readonly ScalingConfig?: { readonly MaximumConcurrency?: number | undefined } | undefined;
  /** From here on, of streams only. */
  readonly ParallelizationFactor?: number | undefined;
  readonly BisectBatchOnFunctionError?: boolean | undefined;
  readonly MaximumRecordAgeInSeconds?: number | undefined;
  readonly MaximumRetryAttempts?: number | undefined;
  readonly TumblingWindowInSeconds?: number | undefined;
  readonly DestinationConfig?: DestinationConfig | undefined;
}

export interface CreateEventSourceMappingRequest extends MappingOptions {
  readonly EventSourceArn: string;
  /** A name, a partial ARN or an ARN, with a version or alias if you like. */
  readonly FunctionName: string;
  readonly StartingPosition?: string | undefined;
  readonly StartingPositionTimestamp?: Date | undefined;
}

export interface UpdateEventSourceMappingRequest extends MappingOptions {
  readonly UUID: string;
  readonly FunctionName?: string | undefined;
}

export interface ListEventSourceMappingsRequest {
  readonly EventSourceArn?: string | undefined;
  readonly FunctionName?: string | undefined;
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

/** A mapping as the API shows it; what a source does not have is absent. */
export interface EventSourceMappingConfiguration {
  readonly UUID: string;
  readonly EventSourceMappingArn: string;
  readonly EventSourceArn: string;
  readonly FunctionArn: string;
  readonly State: string;
  readonly StateTransitionReason: string;
  readonly LastModified: Date;
  readonly LastProcessingResult?: string;
  readonly BatchSize: number;
  readonly MaximumBatchingWindowInSeconds: number;
  readonly FunctionResponseTypes?: readonly string[];
  readonly FilterCriteria?: FilterCriteria;
  readonly ScalingConfig?: { readonly MaximumConcurrency: number };
  readonly StartingPosition?: string;
  readonly StartingPositionTimestamp?: Date;
  readonly ParallelizationFactor?: number;
  readonly BisectBatchOnFunctionError?: boolean;
  readonly MaximumRecordAgeInSeconds?: number;
  readonly MaximumRetryAttempts?: number;
  readonly TumblingWindowInSeconds?: number;
  readonly DestinationConfig?: DestinationConfig;
}
