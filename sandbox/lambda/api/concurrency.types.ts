/** Requests and responses about concurrency. Source: AWS Lambda API reference. */

export interface PutFunctionConcurrencyRequest {
  readonly FunctionName: string;
  /** 0 switches the function off. */
  readonly ReservedConcurrentExecutions: number;
}

export interface FunctionConcurrency {
  readonly ReservedConcurrentExecutions?: number;
}

export interface ProvisionedConcurrencyRequest {
  readonly FunctionName: string;
  /** A published version or an alias. */
  readonly Qualifier: string;
}

export interface PutProvisionedConcurrencyConfigRequest extends ProvisionedConcurrencyRequest {
  readonly ProvisionedConcurrentExecutions: number;
}

export interface ProvisionedConcurrencyConfig {
  readonly RequestedProvisionedConcurrentExecutions: number;
  /** Ready for requests; nothing is before all of a request are. */
  readonly AvailableProvisionedConcurrentExecutions: number;
  /** Initialised so far. */
  readonly AllocatedProvisionedConcurrentExecutions: number;
  readonly Status: 'IN_PROGRESS' | 'READY' | 'FAILED';
  readonly StatusReason?: string;
  readonly LastModified: string;
}

export interface ProvisionedConcurrencyConfigListItem extends ProvisionedConcurrencyConfig {
  readonly FunctionArn: string;
}

export interface ListProvisionedConcurrencyConfigsRequest {
  readonly FunctionName: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
}

export interface ListProvisionedConcurrencyConfigsResponse {
  readonly ProvisionedConcurrencyConfigs: readonly ProvisionedConcurrencyConfigListItem[];
  readonly NextMarker?: string;
}

export interface GetAccountSettingsResponse {
  readonly AccountLimit: {
    readonly TotalCodeSize: number;
    readonly CodeSizeUnzipped: number;
    readonly CodeSizeZipped: number;
    readonly ConcurrentExecutions: number;
    readonly UnreservedConcurrentExecutions: number;
  };
  readonly AccountUsage: { readonly TotalCodeSize: number; readonly FunctionCount: number };
}
