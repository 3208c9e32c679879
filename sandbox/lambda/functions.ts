/** The functions of an account: created, changed, listed, deleted, with AWS's answers. */
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import { factTexts, type Facts } from '../facts.ts';
import type { FileTree } from '../runtime/contract.ts';
import { ApiError } from '../services/service.ts';
import type { TraceWriter } from './trace-writer.ts';
import type {
  CreateFunctionRequest,
  FunctionConfiguration,
  FunctionRequest,
  GetFunctionResponse,
  ListFunctionsRequest,
  ListFunctionsResponse,
  UpdateFunctionCodeRequest,
  UpdateFunctionConfigurationRequest,
  VpcConfigResponse,
} from './api.types.ts';
import { checkTargetPermission } from './asynchronous/target-permission.ts';
import { packCode, type CodePackage } from './code-package.ts';
import {
  activeConfiguration,
  buildLatest,
  pendingConfiguration,
  updatingConfiguration,
  type VersionParts,
} from './configuration.ts';
import { checkRevision, NotSimulatedError, ServiceError, serviceError } from './errors.ts';
import type { FunctionDirectory } from './function-directory.ts';
import { checkChangeable, newRecord, type FunctionRecord, type StoredFunction } from './function-record.ts';
import { noLayers, type Layers, type ResolvedLayers } from './layers/layers.ts';
import type { Limits } from './limits.ts';
import { functionArn, parseFunctionName, type Location } from './names.ts';
import { pageOf } from './pages.ts';
import type { Surroundings } from './surroundings.ts';
import { checkArchitectures, checkFunctionName, checkSettings, type CheckedSettings } from './settings.ts';
import { mayTrace } from './tracing.ts';
import type { Versions } from './versions/versions.ts';

export interface FunctionsHost {
  readonly clock: Clock;
  readonly facts: Facts;
  readonly limits: Limits;
  readonly location: Location;
  /** Of revision ids. */
  readonly random: Random;
  readonly trace: TraceWriter;
  readonly surroundings?: Surroundings;
  readonly directory: FunctionDirectory;
  readonly layers: Layers;
  readonly versions: Versions;
  /** `$LATEST` is another one now, or the whole function is gone: environments are outdated. */
  readonly changed: (record: FunctionRecord, change: 'code' | 'configuration' | 'deleted') => void;
  /** Reserved concurrency, for GetFunction. */
  readonly reservedOf: (name: string) => number | undefined;
}

export class Functions {
  readonly #host: FunctionsHost;

  constructor(host: FunctionsHost) {
    this.#host = host;
  }

  create(request: CreateFunctionRequest): FunctionConfiguration {
    const { facts, limits, location, trace, clock, directory, layers, versions } = this.#host;
    const name = parseFunctionName(request.FunctionName, location)?.name ?? request.FunctionName;
    checkFunctionName(name, { facts, limits });
    if (directory.get(name) !== undefined) throw serviceError(facts, 'err-exists', { functionName: name });
    const settings = this.#checkSettings(name, request, undefined);
    const code = packCode((request.Code as { readonly Files?: FileTree } | undefined)?.Files, limits, facts);
    const role = this.#roleOf(name, request.Role, settings);
    this.#checkDeadLetters(role, settings);
    this.#checkTracing(role, settings);
    this.#checkNetworkPermissions(role, settings);
    const stored = this.#build({
      name,
      role,
      settings,
      architectures: checkArchitectures(facts, request.Architectures),
      code,
      layers: request.Layers === undefined ? noLayers : layers.resolve(request.Layers),
    });
    this.checkStorage(code.bytes);
    const readyAt = this.#attach(settings);
    const isReady = readyAt <= clock.now;
    const latest = isReady ? stored : { ...stored, configuration: pendingConfiguration(stored.configuration) };
    const record = newRecord(name, latest, request.Tags ?? {});
    directory.add(record);
    trace.emit({ type: 'functionChanged', time: clock.now, functionName: name, change: 'created' });
    if (!isReady) clock.schedule(readyAt, () => activate(record));
    return request.Publish === true ? versions.publishLatest(record).configuration : latest.configuration;
  }

  updateCode(request: UpdateFunctionCodeRequest): FunctionConfiguration {
    const { facts, limits, directory, versions } = this.#host;
    const record = directory.record(request.FunctionName);
    checkChangeable(record, facts);
    const current = record.latest;
    checkRevision(facts, current.configuration.RevisionId, request.RevisionId);
    const { FunctionName: name, Role: role, Architectures: before } = current.configuration;
    const code = packCode(request.Files, limits, facts);
    const architectures = request.Architectures ? checkArchitectures(facts, request.Architectures) : before;
    const settings = current.configuration;
    const stored = this.#build({ name, role, settings, architectures, code, layers: layersOf(current) });
    this.checkStorage(code.bytes - current.code.bytes);
    if (request.DryRun === true) return stored.configuration;
    this.#replace(record, stored, 'code');
    return request.Publish === true ? versions.publishLatest(record).configuration : stored.configuration;
  }

  updateConfiguration(request: UpdateFunctionConfigurationRequest): FunctionConfiguration {
    const { clock, facts, directory, layers } = this.#host;
    const record = directory.record(request.FunctionName);
    checkChangeable(record, facts);
    const current = record.latest;
    checkRevision(facts, current.configuration.RevisionId, request.RevisionId);
    const { FunctionName: name, Architectures: architectures } = current.configuration;
    const settings = this.#checkSettings(name, request, current.configuration);
    const role = request.Role === undefined ? current.configuration.Role : this.#roleOf(name, request.Role, settings);
    if (request.TracingConfig !== undefined) this.#checkTracing(role, settings);
    if (request.DeadLetterConfig !== undefined) this.#checkDeadLetters(role, settings);
    if (request.VpcConfig !== undefined || request.Role !== undefined) this.#checkNetworkPermissions(role, settings);
    const stored = this.#build({
      name,
      role,
      settings,
      architectures,
      code: current.code,
      layers: request.Layers === undefined ? layersOf(current) : layers.resolve(request.Layers),
    });
    const readyAt = this.#attach(settings);
    if (readyAt <= clock.now) {
      this.#replace(record, stored, 'configuration');
      return stored.configuration;
    }
    // What is there goes on serving until then.
    record.updating = stored;
    clock.schedule(readyAt, () => {
      if (record.updating !== stored) return;
      record.updating = undefined;
      this.#replace(record, stored, 'configuration');
    });
    return updatingConfiguration(stored.configuration);
  }

  get(request: FunctionRequest): GetFunctionResponse {
    const { directory, reservedOf } = this.#host;
    const pointer = directory.point(request.FunctionName, request.Qualifier);
    const reserved = reservedOf(pointer.record.name);
    const { tags } = pointer.record;
    return {
      Configuration: this.configuration(request),
      Code: { Files: directory.version(pointer).code.files },
      ...(reserved === undefined ? {} : { Concurrency: { ReservedConcurrentExecutions: reserved } }),
      ...(Object.keys(tags).length === 0 ? {} : { Tags: tags }),
    };
  }

  /** Of `$LATEST`, a version, or the first version of an alias; its ARN is the one that was asked for. */
  configuration(request: FunctionRequest): FunctionConfiguration {
    const { directory } = this.#host;
    const pointer = directory.point(request.FunctionName, request.Qualifier);
    const { updating } = pointer.record;
    const isLatest = pointer.qualifier === undefined || pointer.qualifier === '$LATEST';
    const { configuration } =
      isLatest && updating !== undefined
        ? { configuration: updatingConfiguration(updating.configuration) }
        : directory.version(pointer);
    return pointer.qualifier === undefined ? configuration : { ...configuration, FunctionArn: directory.arn(pointer) };
  }

  /** In the order of their names, with `ALL` each followed by its versions. */
  list(request: ListFunctionsRequest): ListFunctionsResponse {
    const { directory, limits, location } = this.#host;
    const records = [...directory.records].sort((a, b) => (a.name < b.name ? -1 : 1));
    const { items, next } = pageOf(records, { keyOf: ({ name }) => name }, request, limits.functionsPerPage);
    if (request.FunctionVersion !== 'ALL') {
      return { Functions: items.map(({ latest }) => latest.configuration), ...next };
    }
    const all = items.flatMap(({ name, latest, versions }) => [
      { ...latest.configuration, FunctionArn: functionArn(location, { name, qualifier: '$LATEST' }) },
      ...[...versions.values()].map(({ configuration }) => configuration),
    ]);
    return { Functions: all, ...next };
  }

  /** Deletes the function with everything that it has, or the version that the qualifier names. */
  delete(request: FunctionRequest): void {
    const { facts, directory, versions } = this.#host;
    const { record, qualifier } = directory.point(request.FunctionName, request.Qualifier);
    if (qualifier === '$LATEST') throw serviceError(facts, 'err-latest-undeletable', {});
    if (qualifier !== undefined) {
      versions.delete(record, qualifier);
      return;
    }
    directory.remove(record.name);
    record.updating = undefined;
    this.#announce(record, 'deleted');
  }

  /** Unpacked bytes of all versions and layers. */
  get storedBytes(): number {
    const { directory, layers } = this.#host;
    let bytes = layers.storedBytes;
    for (const { latest, versions } of directory.records) {
      bytes += latest.code.bytes;
      for (const { code } of versions.values()) bytes += code.bytes;
    }
    return bytes;
  }

  /** @throws {ServiceError} when `added` more bytes do not fit the account */
  checkStorage(added: number): void {
    if (this.storedBytes + added > this.#host.limits.codeStorageBytes) {
      throw new ServiceError('CodeStorageExceededException', 400, 'Code storage limit exceeded.');
    }
  }

  #checkSettings(
    name: string,
    request: CreateFunctionRequest | UpdateFunctionConfigurationRequest,
    current: CheckedSettings | undefined,
  ): CheckedSettings {
    const { facts, limits, clock } = this.#host;
    const operation = current === undefined ? 'create' : 'update';
    const context = { facts, limits, functionName: name, now: clock.now, operation } as const;
    return checkSettings(request, current, { ...context, findVpc: (config) => this.#findVpc(config) });
  }

  /** What EC2 says against subnets or groups comes in Lambda's words. */
  #findVpc(config: Omit<VpcConfigResponse, 'VpcId'>): string {
    const { facts, surroundings } = this.#host;
    if (surroundings === undefined)
      throw new NotSimulatedError('There is no account around this function that has VPCs.');
    try {
      return surroundings.vpcOf(config);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.name === 'InvalidParameter') throw serviceError(facts, 'err-vpc-config', {}, 'oneVpc');
      const operation = error.name.startsWith('InvalidGroup') ? 'DescribeSecurityGroups' : 'DescribeSubnets';
      const values = { operation, code: error.name, message: error.message };
      throw serviceError(facts, 'err-vpc-config', values, 'missing');
    }
  }

  /** The role makes the network interfaces. */
  #checkNetworkPermissions(roleArn: string, { VpcConfig: config }: CheckedSettings): void {
    const { facts, surroundings } = this.#host;
    if (config === undefined || surroundings === undefined) return;
    const missing = factTexts(facts, 'vpc-role-actions').find(
      (action) => !surroundings.allows(roleArn, `ec2:${action}`, '*'),
    );
    if (missing !== undefined) throw serviceError(facts, 'err-vpc-config', { action: missing }, 'role');
  }

  /** When the network interfaces are there, in virtual ms since the epoch. */
  #attach({ VpcConfig: config }: CheckedSettings): number {
    const { clock, surroundings } = this.#host;
    return config === undefined ? clock.now : (surroundings?.attach(config) ?? clock.now);
  }

  /** The execution role that was asked for, or the one that the console would make for the function. */
  #roleOf(functionName: string, role: string | undefined, settings: CheckedSettings): string {
    const { facts, location, surroundings } = this.#host;
    if (surroundings === undefined) {
      return role ?? `arn:aws:iam::${location.accountId}:role/service-role/${functionName}-role`;
    }
    if (role === undefined) {
      return surroundings.ensureFunctionRole(functionName, settings.TracingConfig.Mode === 'Active');
    }
    if (!surroundings.canAssume(role)) throw serviceError(facts, 'err-role-assume', {});
    return role;
  }

  #checkDeadLetters(roleArn: string, { DeadLetterConfig: config }: CheckedSettings): void {
    const { facts, surroundings } = this.#host;
    if (config === undefined) return;
    checkTargetPermission({ kind: 'dead-letter-queue', roleArn, targetArn: config.TargetArn }, surroundings, facts);
  }

  /** Active tracing is refused to a role that may not write traces. */
  #checkTracing(roleArn: string, { TracingConfig: { Mode: mode } }: CheckedSettings): void {
    const { facts, surroundings } = this.#host;
    if (mode !== 'Active' || mayTrace(roleArn, surroundings)) return;
    throw serviceError(facts, 'err-tracing-permission', {});
  }

  #build(parts: VersionParts): StoredFunction {
    const { clock, facts, limits, location, random } = this.#host;
    checkSize(parts.code, parts.layers, limits, facts);
    return buildLatest(parts, { facts, location, random, now: clock.now });
  }

  #replace(record: FunctionRecord, stored: StoredFunction, change: 'code' | 'configuration'): void {
    record.latest = stored;
    this.#announce(record, change);
  }

  #announce(record: FunctionRecord, change: 'code' | 'configuration' | 'deleted'): void {
    const { trace, clock, changed } = this.#host;
    trace.emit({ type: 'functionChanged', time: clock.now, functionName: record.name, change });
    changed(record, change);
  }
}

/** The network interfaces are there: `$LATEST`, and versions that were published before, can be invoked. */
function activate(record: FunctionRecord): void {
  const active = (stored: StoredFunction): StoredFunction =>
    stored.configuration.State === 'Active'
      ? stored
      : { ...stored, configuration: activeConfiguration(stored.configuration) };
  record.latest = active(record.latest);
  for (const [version, stored] of record.versions) record.versions.set(version, active(stored));
}

/** The layers of a version as they were resolved for it, even when they have been deleted since. */
function layersOf({ configuration, layers, code, fetchedBytes }: StoredFunction): ResolvedLayers {
  return { references: configuration.Layers ?? [], files: layers, bytes: fetchedBytes - code.bytes };
}

function checkSize(code: CodePackage, layers: ResolvedLayers, limits: Limits, facts: Facts): void {
  const size = code.bytes + layers.bytes;
  if (size <= limits.unzippedBytes) return;
  throw serviceError(facts, 'err-layers', { limit: limits.unzippedBytes, size }, 'messageSize');
}
