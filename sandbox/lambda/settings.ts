/** Checks what a caller may configure, as CreateFunction and UpdateFunctionConfiguration do. */
import { factNumber, factTexts, type Facts } from '../facts.ts';
import type { NodeRuntime } from '../runtime/contract.ts';
import type {
  Architecture,
  FunctionConfiguration,
  FunctionSettings,
  LoggingConfig,
  VpcConfigResponse,
} from './api.types.ts';
import { utf8Length } from './text-bytes.ts';
import { invalidParameter, NotSimulatedError, serviceError, ServiceError } from './errors.ts';
import type { Limits } from './limits.ts';
import { checkLength, checkOneOf, checkPattern, checkRange } from './parameters.ts';

/** The part of a function's configuration that `FunctionSettings` sets. */
export type CheckedSettings = Pick<
  FunctionConfiguration,
  | 'Runtime'
  | 'Handler'
  | 'Description'
  | 'Timeout'
  | 'MemorySize'
  | 'Environment'
  | 'EphemeralStorage'
  | 'LoggingConfig'
  | 'DeadLetterConfig'
  | 'TracingConfig'
  | 'VpcConfig'
>;

export interface SettingsContext {
  readonly facts: Facts;
  readonly limits: Limits;
  /** For the default log group. */
  readonly functionName: string;
  /** Virtual ms since the epoch: runtimes are blocked from a day on. */
  readonly now: number;
  readonly operation: 'create' | 'update';
  /** The VPC that subnets and groups belong to. @throws {ServiceError} when there are no such, or not in one VPC */
  readonly findVpc: (config: Omit<VpcConfigResponse, 'VpcId'>) => string;
}

/**
 * The settings with what is missing taken from `current`, or from AWS's defaults for a new function.
 * @throws {ServiceError} as the API refuses them
 */
export function checkSettings(
  settings: FunctionSettings,
  current: CheckedSettings | undefined,
  context: SettingsContext,
): CheckedSettings {
  const { facts, limits } = context;
  const memory = settings.MemorySize ?? current?.MemorySize ?? limits.memoryMB.default;
  const timeout = settings.Timeout ?? current?.Timeout ?? limits.timeoutSeconds.default;
  const storage =
    settings.EphemeralStorage?.Size ?? current?.EphemeralStorage.Size ?? limits.ephemeralStorageMB.default;
  checkRange(facts, 'memorySize', memory, limits.memoryMB);
  checkRange(facts, 'timeout', timeout, limits.timeoutSeconds);
  checkRange(facts, 'ephemeralStorage.size', storage, limits.ephemeralStorageMB);
  const description = settings.Description ?? current?.Description ?? '';
  checkLength(facts, 'description', description, limits.descriptionLength);
  const environment =
    settings.Environment === undefined
      ? current?.Environment
      : checkEnvironment(settings.Environment.Variables, context);
  const runtime = settings.Runtime === undefined && current ? current.Runtime : checkRuntime(settings.Runtime, context);
  const snapStart = settings.SnapStart?.ApplyOn ?? 'None';
  if (snapStart !== 'None') throw serviceError(facts, 'err-snapstart', { runtime });
  const deadLetters = checkDeadLetterConfig(settings.DeadLetterConfig, current?.DeadLetterConfig, context);
  const vpc = settings.VpcConfig === undefined ? current?.VpcConfig : checkVpcConfig(settings.VpcConfig, context);
  return {
    Runtime: runtime,
    Handler: settings.Handler === undefined && current ? current.Handler : checkHandler(settings.Handler, context),
    Description: description,
    Timeout: timeout,
    MemorySize: memory,
    EphemeralStorage: { Size: storage },
    LoggingConfig: checkLogging(settings.LoggingConfig, current?.LoggingConfig, context),
    TracingConfig: { Mode: checkTracingMode(settings.TracingConfig?.Mode ?? current?.TracingConfig.Mode, facts) },
    ...(environment === undefined ? {} : { Environment: environment }),
    ...(deadLetters === undefined ? {} : { DeadLetterConfig: deadLetters }),
    ...(vpc === undefined ? {} : { VpcConfig: vpc }),
  };
}

/** Undefined for two empty lists: the function is in no VPC. */
function checkVpcConfig(
  { SubnetIds: subnets = [], SecurityGroupIds: groups = [] }: NonNullable<FunctionSettings['VpcConfig']>,
  { facts, findVpc }: SettingsContext,
): VpcConfigResponse | undefined {
  if (subnets.length === 0 && groups.length === 0) return undefined;
  if (subnets.length === 0 || groups.length === 0) throw serviceError(facts, 'err-vpc-config', {}, 'together');
  const limits = { SubnetIds: 'subnets', SecurityGroupIds: 'securityGroups' } as const;
  for (const [member, given] of Object.entries({ SubnetIds: subnets, SecurityGroupIds: groups })) {
    const limit = factNumber(facts, 'vpc-config-limits', limits[member as keyof typeof limits]);
    if (given.length <= limit) continue;
    throw new ServiceError(
      'ValidationException',
      400,
      `1 validation error detected: Value '[${given.join(', ')}]' at 'vpcConfig.${member.charAt(0).toLowerCase()}${member.slice(1)}' ` +
        `failed to satisfy constraint: Member must have length less than or equal to ${limit}`,
    );
  }
  const config = { SubnetIds: [...subnets], SecurityGroupIds: [...groups] };
  return { ...config, VpcId: findVpc(config) };
}

function checkTracingMode(mode: string | undefined, facts: Facts): FunctionConfiguration['TracingConfig']['Mode'] {
  if (mode === undefined) return 'PassThrough';
  const known = factTexts(facts, 'xray-active');
  if (!known.includes(mode)) {
    throw new ServiceError(
      'ValidationException',
      400,
      `1 validation error detected: Value '${mode}' at 'tracingConfig.mode' failed to satisfy constraint: ` +
        `Member must satisfy enum value set: [${known.join(', ')}]`,
    );
  }
  return mode as 'Active';
}

/** Exactly one architecture. */
export function checkArchitectures(
  facts: Facts,
  architectures: readonly string[] | undefined,
): readonly [Architecture] {
  if (architectures === undefined) return ['x86_64'];
  const [architecture] = architectures;
  const known = factTexts(facts, 'runtime-architectures');
  if (architectures.length !== 1 || architecture === undefined || !known.includes(architecture)) {
    throw new ServiceError(
      'ValidationException',
      400,
      `1 validation error detected: Value '[${architectures.join(', ')}]' at 'architectures' failed to satisfy ` +
        `constraint: Member must satisfy constraint: [Member must satisfy enum value set: [${known.join(', ')}]]`,
    );
  }
  return [architecture as Architecture];
}

/** A new function's name. */
export function checkFunctionName(name: string, { facts, limits }: { facts: Facts; limits: Limits }): void {
  checkLength(facts, 'functionName', name, limits.functionName.maxLength);
  checkPattern(facts, 'functionName', name, limits.functionName.pattern);
}

const simulatedRuntimes: ReadonlySet<string> = new Set<NodeRuntime>(['nodejs20.x', 'nodejs22.x', 'nodejs24.x']);

function checkRuntime(runtime: string | undefined, { facts, now, operation }: SettingsContext): NodeRuntime {
  if (runtime === undefined)
    throw invalidParameter('Runtime is mandatory for functions created with deployment packages.');
  const known = [...facts.values()].flatMap(({ topic, value }) =>
    topic === 'runtimes' && isRuntime(value) ? [value] : [],
  );
  const found = known.find(({ identifier }) => identifier === runtime);
  if (found === undefined) {
    const runtimes = known.map(({ identifier }) => identifier).join(', ');
    throw serviceError(facts, 'err-runtime-unknown', { value: runtime, runtimes });
  }
  const blockedFrom = operation === 'create' ? found.blockCreate : found.blockUpdate;
  if (typeof blockedFrom === 'string' && now >= Date.parse(`${blockedFrom}T00:00:00Z`)) {
    throw serviceError(facts, 'err-runtime-deprecated', { runtime });
  }
  if (!simulatedRuntimes.has(runtime)) {
    const offered = [...simulatedRuntimes].join(', ');
    throw new NotSimulatedError(`The sandbox runs JavaScript only: choose one of ${offered} instead of ${runtime}.`);
  }
  return runtime as NodeRuntime;
}

interface RuntimeFact {
  readonly identifier: string;
  readonly blockCreate?: unknown;
  readonly blockUpdate?: unknown;
}

const isRuntime = (value: unknown): value is RuntimeFact =>
  typeof value === 'object' && value !== null && 'identifier' in value && typeof value.identifier === 'string';

function checkHandler(handler: string | undefined, { facts, limits }: SettingsContext): string {
  if (handler === undefined)
    throw invalidParameter('Handler is mandatory for functions created with deployment packages.');
  checkLength(facts, 'handler', handler, limits.handler.maxLength);
  checkPattern(facts, 'handler', handler, limits.handler.pattern);
  return handler;
}

function checkEnvironment(
  variables: Readonly<Record<string, string>> | undefined,
  { facts, limits }: SettingsContext,
): { readonly Variables: Readonly<Record<string, string>> } | undefined {
  const entries = Object.entries(variables ?? {});
  if (entries.length === 0) return undefined;
  const reserved = entries.map(([key]) => key).filter((key) => limits.reservedEnvironmentKeys.has(key));
  if (reserved.length > 0) throw serviceError(facts, 'err-env-reserved', { keys: reserved.join(', ') });
  for (const [key, value] of entries) {
    checkPattern(facts, 'environment.variables.key', key, limits.environmentKeyPattern);
    if (typeof value !== 'string')
      throw invalidParameter(`The value of the environment variable ${key} must be a text.`);
  }
  const bytes = entries.reduce((sum, [key, value]) => sum + utf8Length(key) + utf8Length(value), 0);
  if (bytes > limits.environmentBytes) {
    throw serviceError(facts, 'err-env-too-large', { variables: JSON.stringify(Object.fromEntries(entries)) });
  }
  return { Variables: Object.freeze(Object.fromEntries(entries)) };
}

function checkLogging(
  config: LoggingConfig | undefined,
  current: FunctionConfiguration['LoggingConfig'] | undefined,
  { facts, functionName }: SettingsContext,
): FunctionConfiguration['LoggingConfig'] {
  const format = config?.LogFormat ?? current?.LogFormat ?? 'Text';
  const group = config?.LogGroup ?? current?.LogGroup ?? `/aws/lambda/${functionName}`;
  checkOneOf('LogFormat', format, factTexts(facts, 'logging-config', 'formats'));
  if (format === 'Text') {
    if (config?.ApplicationLogLevel !== undefined || config?.SystemLogLevel !== undefined) {
      throw invalidParameter('Log levels can be set only when LogFormat is JSON.');
    }
    return { LogFormat: 'Text', LogGroup: group };
  }
  const application = config?.ApplicationLogLevel ?? current?.ApplicationLogLevel ?? 'INFO';
  const system = config?.SystemLogLevel ?? current?.SystemLogLevel ?? 'INFO';
  checkOneOf('ApplicationLogLevel', application, factTexts(facts, 'logging-config', 'applicationLevels'));
  checkOneOf('SystemLogLevel', system, factTexts(facts, 'logging-config', 'systemLevels'));
  return {
    LogFormat: 'JSON',
    ApplicationLogLevel: application as NonNullable<FunctionConfiguration['LoggingConfig']['ApplicationLogLevel']>,
    SystemLogLevel: system as NonNullable<FunctionConfiguration['LoggingConfig']['SystemLogLevel']>,
    LogGroup: group,
  };
}

function checkDeadLetterConfig(
  config: FunctionSettings['DeadLetterConfig'],
  current: FunctionConfiguration['DeadLetterConfig'],
  { facts }: SettingsContext,
): FunctionConfiguration['DeadLetterConfig'] {
  if (config === undefined) return current;
  const { TargetArn: targetArn = '' } = config;
  if (targetArn === '') return undefined;
  const [, , service = ''] = targetArn.split(':');
  if (!targetArn.startsWith('arn:') || !factTexts(facts, 'dlq-targets').includes(service)) {
    throw serviceError(facts, 'err-event-invoke-config', { targetArn }, 'messageDeadLetter');
  }
  return { TargetArn: targetArn };
}
