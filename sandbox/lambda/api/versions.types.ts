/** Requests and responses about versions and aliases. Source: AWS Lambda API reference. */
import type { FunctionConfiguration } from '../api.types.ts';

export interface PublishVersionRequest {
  readonly FunctionName: string;
  /** Refuse unless `$LATEST` still has this code. */
  readonly CodeSha256?: string;
  /** Instead of the description of `$LATEST`. */
  readonly Description?: string;
  /** Refuse unless `$LATEST` is still this revision. */
  readonly RevisionId?: string;
}

export interface ListVersionsByFunctionRequest {
  readonly FunctionName: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
}

export interface ListVersionsByFunctionResponse {
  /** `$LATEST` first, then the published versions in ascending order. */
  readonly Versions: readonly FunctionConfiguration[];
  readonly NextMarker?: string;
}

export interface AliasRoutingConfiguration {
  /** One more version, with the share of requests that it gets, from 0 to below 1. */
  readonly AdditionalVersionWeights?: Readonly<Record<string, number>>;
}

export interface CreateAliasRequest {
  readonly FunctionName: string;
  readonly Name: string;
  readonly FunctionVersion: string;
  readonly Description?: string;
  readonly RoutingConfig?: AliasRoutingConfiguration;
}

export interface UpdateAliasRequest {
  readonly FunctionName: string;
  readonly Name: string;
  readonly FunctionVersion?: string;
  readonly Description?: string;
  /** Replaces the routing; empty weights end it. */
  readonly RoutingConfig?: AliasRoutingConfiguration;
  readonly RevisionId?: string;
}

export interface AliasRequest {
  readonly FunctionName: string;
  readonly Name: string;
}

export interface ListAliasesRequest {
  readonly FunctionName: string;
  /** Only aliases of this version. */
  readonly FunctionVersion?: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
}

export interface ListAliasesResponse {
  readonly Aliases: readonly AliasConfiguration[];
  readonly NextMarker?: string;
}

export interface AliasConfiguration {
  readonly AliasArn: string;
  readonly Name: string;
  readonly FunctionVersion: string;
  readonly Description: string;
  readonly RoutingConfig?: AliasRoutingConfiguration;
  readonly RevisionId: string;
}
