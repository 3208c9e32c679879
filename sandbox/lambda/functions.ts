/** The functions of an account: created, changed, listed, deleted, with AWS's answers. */
import type { Clock } from '../kernel/clock.ts';
import { newUuid } from '../kernel/ids.ts';
import type { Random } from '../kernel/random.ts';
import type { Facts } from '../facts.ts';
import type { TraceWriter } from './trace-writer.ts';
import type {
  Architecture,
  CreateFunctionRequest,
  FunctionConfiguration,
  GetFunctionResponse,
  ListFunctionsRequest,
  ListFunctionsResponse,
  UpdateFunctionCodeRequest,
  UpdateFunctionConfigurationRequest,
} from './api.types.ts';
import { packCode, type CodePackage } from './code-package.ts';
import { invalidParameter, ServiceError, serviceError } from './errors.ts';
import type { Limits } from './limits.ts';
import { functionArn, parseFunctionName, runtimeVersion, runtimeVersionArn, type Location } from './names.ts';
import type { Surroundings } from './surroundings.ts';
import { checkArchitectures, checkFunctionName, checkSettings, type CheckedSettings } from './settings.ts';

/** One function as it is now. Replaced, not changed: an environment keeps the one that it was created for. */
export interface StoredFunction {
  readonly configuration: FunctionConfiguration;
  readonly code: CodePackage;
}

export interface FunctionsHost {
  readonly clock: Clock;
  readonly facts: Facts;
  readonly limits: Limits;
  readonly location: Location;
  readonly random: Random;
  readonly trace: TraceWriter;
  readonly surroundings?: Surroundings;
  /** The function is another one now: its environments are outdated. */
  readonly changed: (name: string, change: 'code' | 'configuration' | 'deleted') => void;
}

export class Functions {
  readonly #host: FunctionsHost;
  readonly #functions = new Map<string, StoredFunction>();

  constructor(host: FunctionsHost) {
    this.#host = host;
  }

  create(request: CreateFunctionRequest): FunctionConfiguration {
    const { facts, limits, location, trace, clock } = this.#host;
    const reference = parseFunctionName(request.FunctionName, location);
    const name = reference?.name ?? request.FunctionName;
    checkFunctionName(name, { facts, limits });
    if (this.#functions.has(name)) throw serviceError(facts, 'err-exists', { functionName: name });
    const settings = this.#checkSettings(name, request, undefined);
    const architectures = checkArchitectures(facts, request.Architectures);
    const code = packCode(request.Code.Files, limits, facts);
    this.#checkStorage(code);
    const role = this.#roleOf(name, request.Role);
    const stored = this.#build(name, role, settings, architectures, code);
    this.#functions.set(name, stored);
    trace.emit({ type: 'functionChanged', time: clock.now, functionName: name, change: 'created' });
    return stored.configuration;
  }

  updateCode(request: UpdateFunctionCodeRequest): FunctionConfiguration {
    const { facts, limits } = this.#host;
    const current = this.find(request.FunctionName);
    this.#checkRevision(current, request.RevisionId);
    const { FunctionName: name, Role: role, Architectures: before } = current.configuration;
    const code = packCode(request.Files, limits, facts);
    const architectures = request.Architectures ? checkArchitectures(facts, request.Architectures) : before;
    this.#checkStorage(code, current.code);
    const stored = this.#build(name, role, current.configuration, architectures, code);
    if (request.DryRun === true) return stored.configuration;
    this.#replace(name, stored, 'code');
    return stored.configuration;
  }

  updateConfiguration(request: UpdateFunctionConfigurationRequest): FunctionConfiguration {
    const current = this.find(request.FunctionName);
    this.#checkRevision(current, request.RevisionId);
    const { FunctionName: name, Role: role, Architectures: architectures } = current.configuration;
    const settings = this.#checkSettings(name, request, current.configuration);
    const stored = this.#build(
      name,
      request.Role === undefined ? role : this.#roleOf(name, request.Role),
      settings,
      architectures,
      current.code,
    );
    this.#replace(name, stored, 'configuration');
    return stored.configuration;
  }

  get(nameOrArn: string): GetFunctionResponse {
    const { configuration, code } = this.find(nameOrArn);
    return { Configuration: configuration, Code: { Files: code.files } };
  }

  /** In the order of their names; `Marker` is the last name of the page before. */
  list({ Marker: marker, MaxItems: maxItems }: ListFunctionsRequest): ListFunctionsResponse {
    const { functionsPerPage } = this.#host.limits;
    if (maxItems !== undefined && (!Number.isInteger(maxItems) || maxItems < 1)) {
      throw invalidParameter('MaxItems must be a whole number above 0.');
    }
    const size = Math.min(maxItems ?? functionsPerPage, functionsPerPage);
    const names = [...this.#functions.keys()].sort().filter((name) => marker === undefined || name > marker);
    const page = names.slice(0, size);
    const last = page.at(-1);
    return {
      Functions: page.flatMap((name) => this.#functions.get(name)?.configuration ?? []),
      ...(names.length > size && last !== undefined ? { NextMarker: last } : {}),
    };
  }

  delete(nameOrArn: string): void {
    const { FunctionName: name } = this.find(nameOrArn).configuration;
    this.#functions.delete(name);
    this.#announce(name, 'deleted');
  }

  /**
   * The function that a name, partial ARN or ARN means. Only `$LATEST` exists as a version.
   * @throws {ServiceError} ResourceNotFoundException
   */
  find(nameOrArn: string, qualifier?: string): StoredFunction {
    const { facts, location } = this.#host;
    const parsed = parseFunctionName(nameOrArn, location);
    const reference = { name: parsed?.name ?? nameOrArn };
    const version = parsed?.qualifier ?? qualifier;
    const stored = this.#functions.get(reference.name);
    if (stored !== undefined && (version === undefined || version === '$LATEST')) return stored;
    const arn = nameOrArn.startsWith('arn:')
      ? nameOrArn
      : functionArn(location, version === undefined ? reference : { ...reference, qualifier: version });
    throw serviceError(facts, 'err-not-found', { functionArn: arn });
  }

  #checkSettings(
    name: string,
    request: CreateFunctionRequest | UpdateFunctionConfigurationRequest,
    current: CheckedSettings | undefined,
  ): CheckedSettings {
    const { facts, limits, clock } = this.#host;
    const operation = current === undefined ? 'create' : 'update';
    return checkSettings(request, current, { facts, limits, functionName: name, now: clock.now, operation });
  }

  /** The execution role that was asked for, or the one that the console would make for the function. */
  #roleOf(functionName: string, role: string | undefined): string {
    const { facts, location, surroundings } = this.#host;
    if (surroundings === undefined) {
      return role ?? `arn:aws:iam::${location.accountId}:role/service-role/${functionName}-role`;
    }
    if (role === undefined) return surroundings.ensureFunctionRole(functionName);
    if (!surroundings.canAssume(role)) throw serviceError(facts, 'err-role-assume', {});
    return role;
  }

  #checkRevision(current: StoredFunction, revisionId: string | undefined): void {
    if (revisionId === undefined || revisionId === current.configuration.RevisionId) return;
    throw new ServiceError(
      'PreconditionFailedException',
      412,
      'The Revision Id provided does not match the latest Revision Id. Call the GetFunction API to retrieve the latest Revision Id.',
    );
  }

  #checkStorage(added: CodePackage, replaced?: CodePackage): void {
    let bytes = added.bytes - (replaced?.bytes ?? 0);
    for (const { code } of this.#functions.values()) bytes += code.bytes;
    if (bytes > this.#host.limits.codeStorageBytes) {
      throw new ServiceError('CodeStorageExceededException', 400, 'Code storage limit exceeded.');
    }
  }

  #build(
    name: string,
    role: string,
    settings: CheckedSettings,
    architectures: readonly [Architecture],
    code: CodePackage,
  ): StoredFunction {
    const { clock, facts, location, random } = this.#host;
    const version = runtimeVersion(facts, settings.Runtime);
    const configuration = Object.freeze<FunctionConfiguration>({
      FunctionName: name,
      FunctionArn: functionArn(location, { name }),
      Runtime: settings.Runtime,
      Role: role,
      Handler: settings.Handler,
      CodeSize: code.bytes,
      Description: settings.Description,
      Timeout: settings.Timeout,
      MemorySize: settings.MemorySize,
      LastModified: new Date(clock.now).toISOString().replace('Z', '+0000'),
      CodeSha256: code.codeSha256,
      Version: '$LATEST',
      ...(settings.Environment === undefined ? {} : { Environment: settings.Environment }),
      TracingConfig: { Mode: 'PassThrough' },
      RevisionId: newUuid(random),
      State: 'Active',
      LastUpdateStatus: 'Successful',
      PackageType: 'Zip',
      Architectures: architectures,
      EphemeralStorage: settings.EphemeralStorage,
      SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
      RuntimeVersionConfig: { RuntimeVersionArn: runtimeVersionArn(location.region, version) },
      LoggingConfig: settings.LoggingConfig,
    });
    return { configuration, code };
  }

  #replace(name: string, stored: StoredFunction, change: 'code' | 'configuration'): void {
    this.#functions.set(name, stored);
    this.#announce(name, change);
  }

  #announce(name: string, change: 'code' | 'configuration' | 'deleted'): void {
    const { trace, clock, changed } = this.#host;
    trace.emit({ type: 'functionChanged', time: clock.now, functionName: name, change });
    changed(name, change);
  }
}
