/** Requests and responses about layers. Source: AWS Lambda API reference. */
import type { FileTree } from '../../runtime/contract.ts';
import type { Architecture } from '../api.types.ts';

export interface PublishLayerVersionRequest {
  readonly LayerName: string;
  /** By path relative to `/opt`. AWS takes a .zip; the sandbox takes the unpacked files. */
  readonly Content: { readonly Files: FileTree };
  readonly Description?: string;
  readonly CompatibleRuntimes?: readonly string[];
  readonly CompatibleArchitectures?: readonly Architecture[];
  readonly LicenseInfo?: string;
}

export interface LayerVersionRequest {
  readonly LayerName: string;
  readonly VersionNumber: number;
}

export interface LayerVersionsListItem {
  readonly LayerVersionArn: string;
  readonly Version: number;
  readonly Description: string;
  /** `2026-01-05T09:00:00.000+0000` */
  readonly CreatedDate: string;
  readonly CompatibleRuntimes?: readonly string[];
  readonly CompatibleArchitectures?: readonly Architecture[];
  readonly LicenseInfo?: string;
}

export interface LayerVersion extends LayerVersionsListItem {
  readonly LayerArn: string;
  readonly Content: { readonly CodeSha256: string; readonly CodeSize: number };
}

export interface ListLayersRequest {
  readonly CompatibleRuntime?: string;
  readonly CompatibleArchitecture?: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
}

export interface ListLayersResponse {
  readonly Layers: readonly {
    readonly LayerName: string;
    readonly LayerArn: string;
    readonly LatestMatchingVersion: LayerVersionsListItem;
  }[];
  readonly NextMarker?: string;
}

export interface ListLayerVersionsRequest extends ListLayersRequest {
  readonly LayerName: string;
}

export interface ListLayerVersionsResponse {
  readonly LayerVersions: readonly LayerVersionsListItem[];
  readonly NextMarker?: string;
}
