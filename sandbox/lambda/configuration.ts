/** What the API says about a version, put together from its settings, code and layers. */
import type { Facts } from '../facts.ts';
import { newUuid } from '../kernel/ids.ts';
import type { Random } from '../kernel/random.ts';
import type { Architecture, FunctionConfiguration } from './api.types.ts';
import type { CodePackage } from './code-package.ts';
import type { StoredFunction } from './function-record.ts';
import type { ResolvedLayers } from './layers/layers.ts';
import { functionArn, runtimeVersion, runtimeVersionArn, type Location } from './names.ts';
import type { CheckedSettings } from './settings.ts';

export interface VersionParts {
  readonly name: string;
  readonly role: string;
  readonly settings: CheckedSettings;
  readonly architectures: readonly [Architecture];
  readonly code: CodePackage;
  readonly layers: ResolvedLayers;
}

export interface ConfigurationContext {
  readonly facts: Facts;
  readonly location: Location;
  /** Of revision ids. */
  readonly random: Random;
  /** Virtual ms since the epoch. */
  readonly now: number;
}

/** A new `$LATEST`. */
export function buildLatest(
  parts: VersionParts,
  { facts, location, random, now }: ConfigurationContext,
): StoredFunction {
  const { name, role, settings, architectures, code, layers } = parts;
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
    LastModified: apiTime(now),
    CodeSha256: code.codeSha256,
    Version: '$LATEST',
    ...(settings.Environment === undefined ? {} : { Environment: settings.Environment }),
    ...(settings.DeadLetterConfig === undefined ? {} : { DeadLetterConfig: settings.DeadLetterConfig }),
    TracingConfig: settings.TracingConfig,
    RevisionId: newUuid(random),
    ...(layers.references.length === 0 ? {} : { Layers: layers.references }),
    ...(settings.VpcConfig === undefined ? {} : { VpcConfig: settings.VpcConfig }),
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: architectures,
    EphemeralStorage: settings.EphemeralStorage,
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    RuntimeVersionConfig: { RuntimeVersionArn: runtimeVersionArn(location.region, version) },
    LoggingConfig: settings.LoggingConfig,
  });
  return { configuration, code, layers: layers.files, fetchedBytes: code.bytes + layers.bytes };
}

/** What the API says of a new function while its network interfaces are made. Source: Lambda guide, function states. */
export function pendingConfiguration(active: FunctionConfiguration): FunctionConfiguration {
  const reason = { StateReason: 'The function is being created.', StateReasonCode: 'Creating' } as const;
  return Object.freeze({ ...active, State: 'Pending', ...reason });
}

/** What it says of one that is going to be like `next`, and still runs as it was. */
export function updatingConfiguration(next: FunctionConfiguration): FunctionConfiguration {
  const reason = {
    LastUpdateStatusReason: 'The function is being updated.',
    LastUpdateStatusReasonCode: 'Updating',
  } as const;
  return Object.freeze({ ...next, LastUpdateStatus: 'InProgress', ...reason });
}

/** The same when it is done. */
export function activeConfiguration(configuration: FunctionConfiguration): FunctionConfiguration {
  const { StateReason, StateReasonCode, ...others } = configuration;
  return Object.freeze({ ...others, State: 'Active' });
}

/** The published version `number` of a `$LATEST`. */
export function publishedVersion(
  latest: StoredFunction,
  number: number,
  description: string | undefined,
  { location, random, now }: ConfigurationContext,
): StoredFunction {
  const { FunctionName: name, Description } = latest.configuration;
  const version = String(number);
  const configuration = Object.freeze<FunctionConfiguration>({
    ...latest.configuration,
    FunctionArn: functionArn(location, { name, qualifier: version }),
    Version: version,
    Description: description ?? Description,
    LastModified: apiTime(now),
    RevisionId: newUuid(random),
  });
  return { ...latest, configuration };
}

/** Everything that makes one version differ from another, as text: equal texts, nothing to publish. */
export function contentOf({ configuration }: StoredFunction): string {
  const { LastModified, RevisionId, Version, FunctionArn, State, StateReason, StateReasonCode, ...content } =
    configuration;
  return JSON.stringify(content);
}

/** `2026-01-05T09:00:00.000+0000` */
export function apiTime(now: number): string {
  return new Date(now).toISOString().replace('Z', '+0000');
}
