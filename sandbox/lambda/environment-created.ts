/** The event that introduces a new environment: everything about it that never changes. */
import type { Facts } from '../facts.ts';
import type { EnvironmentCreated } from '../trace.ts';
import type { FunctionConfiguration } from './api.types.ts';
import { logStreamName, runtimeVersion } from './names.ts';

/** `now` in virtual ms since the epoch; `isLogged`: whether the role lets its logs reach CloudWatch. */
export function environmentCreated(
  environmentId: string,
  configuration: FunctionConfiguration,
  initializationType: EnvironmentCreated['initializationType'],
  facts: Facts,
  now: number,
  isLogged = true,
): EnvironmentCreated {
  const { FunctionName: functionName, Version: version, LoggingConfig: logging } = configuration;
  const { LogGroup: logGroupName } = logging;
  return {
    type: 'environmentCreated',
    time: now,
    environmentId,
    functionName,
    version,
    runtime: configuration.Runtime,
    runtimeVersion: runtimeVersion(facts, configuration.Runtime),
    runtimeVersionArn: configuration.RuntimeVersionConfig.RuntimeVersionArn,
    architecture: configuration.Architectures[0],
    memorySizeMB: configuration.MemorySize,
    ephemeralStorageMB: configuration.EphemeralStorage.Size,
    logGroupName,
    logStreamName: logStreamName(now, version, environmentId, { name: functionName, logGroupName }),
    initializationType,
    platformLogs: Object.freeze({ format: logging.LogFormat, level: logging.SystemLogLevel ?? 'INFO' }),
    ...(isLogged ? {} : { logsDenied: true as const }),
  };
}
