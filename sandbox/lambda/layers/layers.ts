/** Layers: archives of files, published as numbered versions, that functions find under `/opt`. */
import type { Clock } from '../../kernel/clock.ts';
import type { Facts } from '../../facts.ts';
import type { FileTree } from '../../runtime/contract.ts';
import type {
  LayerVersion,
  LayerVersionRequest,
  LayerVersionsListItem,
  ListLayersRequest,
  ListLayersResponse,
  ListLayerVersionsRequest,
  ListLayerVersionsResponse,
  PublishLayerVersionRequest,
} from '../api/layers.types.ts';
import { packCode, type CodePackage } from '../code-package.ts';
import { apiTime } from '../configuration.ts';
import { serviceError } from '../errors.ts';
import type { Limits } from '../limits.ts';
import type { Location } from '../names.ts';
import { pageOf } from '../pages.ts';
import { checkLength, checkPattern } from '../parameters.ts';

export interface LayersHost {
  readonly clock: Clock;
  readonly facts: Facts;
  readonly limits: Limits;
  readonly location: Location;
  /** @throws {ServiceError} when that much more code does not fit the account */
  readonly checkStorage: (bytes: number) => void;
}

/** The layers of a function: what the API says of them, and their files. */
export interface ResolvedLayers {
  readonly references: readonly { readonly Arn: string; readonly CodeSize: number }[];
  /** Merged, by path relative to `/opt`. */
  readonly files: FileTree;
  /** Unpacked, all together. */
  readonly bytes: number;
}

export const noLayers: ResolvedLayers = { references: [], files: {}, bytes: 0 };

interface StoredLayerVersion {
  readonly description: LayerVersion;
  readonly content: CodePackage;
}

interface Layer {
  readonly name: string;
  lastVersion: number;
  readonly versions: Map<number, StoredLayerVersion>;
}

export class Layers {
  readonly #host: LayersHost;
  readonly #layers = new Map<string, Layer>();

  constructor(host: LayersHost) {
    this.#host = host;
  }

  /** Unpacked bytes of all versions. */
  get storedBytes(): number {
    let bytes = 0;
    for (const { versions } of this.#layers.values())
      for (const { content } of versions.values()) bytes += content.bytes;
    return bytes;
  }

  publish(request: PublishLayerVersionRequest): LayerVersion {
    const { clock, facts, limits, checkStorage } = this.#host;
    const name = this.#nameOf(request.LayerName);
    checkLength(facts, 'layerName', name, limits.layerName.maxLength);
    checkPattern(facts, 'layerName', name, limits.layerName.pattern);
    checkLength(facts, 'description', request.Description ?? '', limits.descriptionLength);
    const content = packCode((request.Content as { readonly Files?: FileTree } | undefined)?.Files, limits, facts);
    checkStorage(content.bytes);
    const layer = this.#layers.get(name) ?? { name, lastVersion: 0, versions: new Map<number, StoredLayerVersion>() };
    this.#layers.set(name, layer);
    layer.lastVersion += 1;
    const arn = this.#arn(name);
    const description: LayerVersion = Object.freeze({
      Content: { CodeSha256: content.codeSha256, CodeSize: content.bytes },
      LayerArn: arn,
      LayerVersionArn: `${arn}:${layer.lastVersion}`,
      Description: request.Description ?? '',
      CreatedDate: apiTime(clock.now),
      Version: layer.lastVersion,
      ...(request.CompatibleRuntimes === undefined ? {} : { CompatibleRuntimes: request.CompatibleRuntimes }),
      ...(request.CompatibleArchitectures === undefined
        ? {}
        : { CompatibleArchitectures: request.CompatibleArchitectures }),
      ...(request.LicenseInfo === undefined ? {} : { LicenseInfo: request.LicenseInfo }),
    });
    layer.versions.set(layer.lastVersion, { description, content });
    return description;
  }

  get(request: LayerVersionRequest): LayerVersion {
    const { facts } = this.#host;
    this.#checkNumber(request.VersionNumber);
    const stored = this.#layers.get(this.#nameOf(request.LayerName))?.versions.get(request.VersionNumber);
    if (stored === undefined) throw serviceError(facts, 'err-resource-not-found', {});
    return stored.description;
  }

  /** Functions that use the version keep it; others cannot choose it any more. */
  delete(request: LayerVersionRequest): void {
    this.#checkNumber(request.VersionNumber);
    this.#layers.get(this.#nameOf(request.LayerName))?.versions.delete(request.VersionNumber);
  }

  /** Layers by name, each with its newest version that matches. */
  list(request: ListLayersRequest): ListLayersResponse {
    const layers = [...this.#layers.values()]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap(({ name, versions }) => {
        const newest = matching(versions.values(), request).at(0);
        return newest === undefined
          ? []
          : [{ LayerName: name, LayerArn: this.#arn(name), LatestMatchingVersion: newest }];
      });
    const { items, next } = pageOf(
      layers,
      { keyOf: ({ LayerName }) => LayerName },
      request,
      this.#host.limits.itemsPerPage,
    );
    return { Layers: items, ...next };
  }

  /** Newest first. */
  listVersions(request: ListLayerVersionsRequest): ListLayerVersionsResponse {
    const versions = this.#layers.get(this.#nameOf(request.LayerName))?.versions.values() ?? [];
    const order = {
      keyOf: ({ Version }: LayerVersionsListItem) => String(Version),
      isAfter: (key: string, marker: string) => Number(key) < Number(marker),
    };
    const { items, next } = pageOf(matching(versions, request), order, request, this.#host.limits.itemsPerPage);
    return { LayerVersions: items, ...next };
  }

  /**
   * The layers that a function's configuration names, in its order: later files replace earlier ones.
   * @throws {ServiceError} as CreateFunction refuses them
   */
  resolve(arns: readonly string[]): ResolvedLayers {
    const { facts, limits } = this.#host;
    if (arns.length > limits.layersPerFunction) {
      throw serviceError(facts, 'err-layers', { limit: limits.layersPerFunction }, 'messageCount');
    }
    const seen = new Map<string, string>();
    const references: { Arn: string; CodeSize: number }[] = [];
    const files: Record<string, string | Uint8Array> = {};
    let bytes = 0;
    for (const layerArn of arns) {
      const { name, content } = this.#find(layerArn);
      const first = seen.get(name);
      if (first !== undefined) throw serviceError(facts, 'err-layers', { first, second: layerArn }, 'messageSame');
      seen.set(name, layerArn);
      references.push({ Arn: layerArn, CodeSize: content.bytes });
      Object.assign(files, content.files);
      bytes += content.bytes;
    }
    return { references, files: Object.freeze(files), bytes };
  }

  #find(layerArn: string): { readonly name: string; readonly content: CodePackage } {
    const { facts } = this.#host;
    const match = /^arn:aws:lambda:[a-z0-9-]+:\d{12}:layer:([a-zA-Z0-9-_]+):(\d+)$/.exec(layerArn);
    if (match === null) throw serviceError(facts, 'err-layer-arn', { layerArn });
    const [, name = '', version] = match;
    const isHere = layerArn === `${this.#arn(name)}:${version}`;
    const content = isHere ? this.#layers.get(name)?.versions.get(Number(version))?.content : undefined;
    if (content === undefined) throw serviceError(facts, 'err-layers', { layerArn }, 'messageMissing');
    return { name, content };
  }

  #checkNumber(version: number): void {
    if (!(version >= 1)) throw serviceError(this.#host.facts, 'err-layers', {}, 'messageVersion');
  }

  #arn(name: string): string {
    const { region, accountId } = this.#host.location;
    return `arn:aws:lambda:${region}:${accountId}:layer:${name}`;
  }

  /** Operations take a name or an ARN. */
  #nameOf(nameOrArn: string): string {
    const prefix = this.#arn('');
    return nameOrArn.startsWith(prefix) ? nameOrArn.slice(prefix.length) : nameOrArn;
  }
}

function matching(
  versions: Iterable<StoredLayerVersion>,
  { CompatibleRuntime: runtime, CompatibleArchitecture: architecture }: ListLayersRequest,
): readonly LayerVersionsListItem[] {
  return [...versions]
    .map(({ description: { Content, LayerArn, ...item } }) => item)
    .filter(({ CompatibleRuntimes: runtimes, CompatibleArchitectures: architectures = [] }) => {
      const fitsRuntime = runtime === undefined || runtimes?.includes(runtime) === true;
      return fitsRuntime && (architecture === undefined || architectures.some((name) => name === architecture));
    })
    .reverse();
}
