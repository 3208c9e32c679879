/** Publishing, listing and deleting versions of functions. */
import type { Clock } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/random.ts';
import type { Facts } from '../../facts.ts';
import type { FunctionConfiguration } from '../api.types.ts';
import type {
  ListVersionsByFunctionRequest,
  ListVersionsByFunctionResponse,
  PublishVersionRequest,
} from '../api/versions.types.ts';
import { contentOf, publishedVersion } from '../configuration.ts';
import { checkRevision, serviceError } from '../errors.ts';
import type { FunctionDirectory } from '../function-directory.ts';
import { checkChangeable, type FunctionRecord, type StoredFunction } from '../function-record.ts';
import type { Limits } from '../limits.ts';
import { functionArn, type Location } from '../names.ts';
import { pageOf } from '../pages.ts';
import { checkLength } from '../parameters.ts';
import type { TraceWriter } from '../trace-writer.ts';

export interface VersionsHost {
  readonly clock: Clock;
  readonly facts: Facts;
  readonly limits: Limits;
  readonly location: Location;
  /** Of revision ids. */
  readonly random: Random;
  readonly trace: TraceWriter;
  readonly directory: FunctionDirectory;
  /** @throws {ServiceError} when that much more code does not fit the account */
  readonly checkStorage: (bytes: number) => void;
  readonly deleted: (record: FunctionRecord, version: string) => void;
}

export class Versions {
  readonly #host: VersionsHost;

  constructor(host: VersionsHost) {
    this.#host = host;
  }

  /** Freezes `$LATEST` under the next number; returns the last version when nothing has changed since. */
  publish(request: PublishVersionRequest): FunctionConfiguration {
    const { facts, limits, directory } = this.#host;
    const record = directory.record(request.FunctionName);
    checkChangeable(record, facts);
    const { configuration } = record.latest;
    checkLength(facts, 'description', request.Description ?? '', limits.descriptionLength);
    checkRevision(facts, configuration.RevisionId, request.RevisionId);
    if (request.CodeSha256 !== undefined && request.CodeSha256 !== configuration.CodeSha256) {
      const values = { given: request.CodeSha256, current: configuration.CodeSha256 };
      throw serviceError(facts, 'err-code-sha', values);
    }
    return this.publishLatest(record, request.Description).configuration;
  }

  publishLatest(record: FunctionRecord, description?: string): StoredFunction {
    const { clock, facts, location, random, trace, checkStorage } = this.#host;
    const content = contentOf(record.latest);
    const last = record.versions.get(String(record.lastVersion));
    if (last !== undefined && record.publishedFrom === content) return last;
    checkStorage(record.latest.code.bytes);
    record.lastVersion += 1;
    record.publishedFrom = content;
    const context = { facts, location, random, now: clock.now };
    const stored = publishedVersion(record.latest, record.lastVersion, description, context);
    const version = String(record.lastVersion);
    record.versions.set(version, stored);
    trace.emit({ type: 'versionPublished', time: clock.now, functionName: record.name, version });
    return stored;
  }

  /** `$LATEST` first, then the published versions in the order of their numbers. */
  list(request: ListVersionsByFunctionRequest): ListVersionsByFunctionResponse {
    const { directory, limits, location } = this.#host;
    const { name, latest, versions } = directory.record(request.FunctionName);
    const latestArn = functionArn(location, { name, qualifier: '$LATEST' });
    const all = [{ ...latest.configuration, FunctionArn: latestArn }, ...configurations(versions.values())];
    const order = {
      keyOf: ({ Version: version }: FunctionConfiguration) => version,
      isAfter: (key: string, marker: string) => rank(key) > rank(marker),
    };
    const { items, next } = pageOf(all, order, request, limits.itemsPerPage);
    return { Versions: items, ...next };
  }

  /** @throws {ServiceError} when an alias points to the version */
  delete(record: FunctionRecord, version: string): void {
    const { facts, deleted } = this.#host;
    const aliases = [...record.aliases.values()]
      .filter(({ FunctionVersion, RoutingConfig }) => {
        return FunctionVersion === version || RoutingConfig?.AdditionalVersionWeights?.[version] !== undefined;
      })
      .map(({ Name }) => Name);
    if (aliases.length > 0) throw serviceError(facts, 'err-version-referenced', { aliases: aliases.join(', ') });
    if (!record.versions.delete(version)) return;
    record.eventInvokeConfigs.delete(version);
    record.policies.delete(version);
    deleted(record, version);
  }
}

function* configurations(versions: Iterable<StoredFunction>): Generator<FunctionConfiguration> {
  for (const { configuration } of versions) yield configuration;
}

const rank = (version: string): number => (version === '$LATEST' ? 0 : Number(version));
