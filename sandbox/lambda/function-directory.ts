/** Which function and version a request means: names, ARNs and qualifiers, looked up. */
import type { Facts } from '../facts.ts';
import type { Random } from '../kernel/random.ts';
import { serviceError } from './errors.ts';
import type { FunctionRecord, StoredFunction } from './function-record.ts';
import { functionArn, parseFunctionName, type Location } from './names.ts';
import { routeVersion } from './policies/routing.ts';

/** A function, and the version or alias that was named with it. */
export interface FunctionPointer {
  readonly record: FunctionRecord;
  readonly qualifier: string | undefined;
}

export interface FunctionDirectoryHost {
  readonly facts: Facts;
  readonly location: Location;
  /** Of the weights of aliases. */
  readonly random: Random;
}

export class FunctionDirectory {
  readonly #host: FunctionDirectoryHost;
  readonly #records = new Map<string, FunctionRecord>();

  constructor(host: FunctionDirectoryHost) {
    this.#host = host;
  }

  get records(): Iterable<FunctionRecord> {
    return this.#records.values();
  }

  get count(): number {
    return this.#records.size;
  }

  /** By its bare name. */
  get(name: string): FunctionRecord | undefined {
    return this.#records.get(name);
  }

  add(record: FunctionRecord): void {
    this.#records.set(record.name, record);
  }

  remove(name: string): void {
    this.#records.delete(name);
  }

  /**
   * The function that a name, partial ARN or ARN means. Whether its qualifier exists is not looked at.
   * @throws {ServiceError} ResourceNotFoundException, or InvalidParameterValueException when two qualifiers differ
   */
  point(nameOrArn: string, qualifier?: string): FunctionPointer {
    const { facts, location } = this.#host;
    const parsed = parseFunctionName(nameOrArn, location);
    if (parsed?.qualifier !== undefined && qualifier !== undefined && parsed.qualifier !== qualifier) {
      throw serviceError(facts, 'err-qualifier-mismatch', {});
    }
    const named = parsed?.qualifier ?? qualifier;
    const record = parsed === undefined ? undefined : this.#records.get(parsed.name);
    if (record !== undefined) return { record, qualifier: named };
    const elsewhere = /^arn:aws:lambda:([a-z0-9-]+):/.exec(nameOrArn)?.[1] ?? location.region;
    if (elsewhere !== location.region) {
      throw serviceError(facts, 'err-function-elsewhere', { region: elsewhere, here: location.region });
    }
    throw this.#notFound(parsed?.name ?? nameOrArn, named, nameOrArn);
  }

  /** As `point`, for operations that know no versions. */
  record(nameOrArn: string): FunctionRecord {
    return this.point(nameOrArn).record;
  }

  /**
   * The version that the qualifier means; of an alias the first one.
   * @throws {ServiceError} ResourceNotFoundException
   */
  version({ record, qualifier }: FunctionPointer): StoredFunction {
    if (qualifier === undefined || qualifier === '$LATEST') return record.latest;
    const version = record.aliases.get(qualifier)?.FunctionVersion ?? qualifier;
    const stored = version === '$LATEST' ? record.latest : record.versions.get(version);
    if (stored === undefined) throw this.#notFound(record.name, qualifier);
    return stored;
  }

  /** The version that serves a request: an alias with weights draws one. */
  route(pointer: FunctionPointer): StoredFunction {
    const { record, qualifier } = pointer;
    const alias = qualifier === undefined ? undefined : record.aliases.get(qualifier);
    const weights = alias?.RoutingConfig?.AdditionalVersionWeights;
    if (alias === undefined || weights === undefined) return this.version(pointer);
    const version = routeVersion(alias.FunctionVersion, weights, this.#host.random.uniform());
    return record.versions.get(version) ?? this.version(pointer);
  }

  /** ARN of what the pointer names, as it names it. */
  arn({ record: { name }, qualifier }: FunctionPointer): string {
    return functionArn(this.#host.location, qualifier === undefined ? { name } : { name, qualifier });
  }

  #notFound(name: string, qualifier: string | undefined, asWritten = name): Error {
    const { facts, location } = this.#host;
    const arn = asWritten.startsWith('arn:')
      ? asWritten
      : functionArn(location, qualifier === undefined ? { name } : { name, qualifier });
    return serviceError(facts, 'err-not-found', { functionArn: arn });
  }
}
