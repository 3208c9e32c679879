/** `process.env` of a Node.js environment at start. Source: Lambda guide, defined runtime environment variables. */
import { newToken } from '../kernel/ids.ts';
import type { Random } from '../kernel/random.ts';
import type { FunctionConfiguration } from './api.types.ts';

const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * All variables: Lambda's unreserved defaults, then the function's own, then the reserved ones. The credentials look
 * right and open nothing. The trace id comes with each invocation.
 */
export function environmentVariables(
  configuration: FunctionConfiguration,
  environment: {
    readonly region: string;
    readonly logStreamName: string;
    readonly initializationType: string;
    readonly random: Random;
  },
): Readonly<Record<string, string>> {
  const { LoggingConfig: logging, Runtime: runtime } = configuration;
  const major = /\d+/.exec(runtime)?.[0] ?? '';
  const { region, random } = environment;
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    LD_LIBRARY_PATH: '/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib',
    NODE_PATH: `/opt/nodejs/node${major}/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules`,
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    AWS_XRAY_DAEMON_ADDRESS: '169.254.79.129:2000',
    ...configuration.Environment?.Variables,
    _HANDLER: configuration.Handler,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: configuration.FunctionName,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(configuration.MemorySize),
    AWS_LAMBDA_FUNCTION_VERSION: configuration.Version,
    AWS_LAMBDA_INITIALIZATION_TYPE: environment.initializationType,
    AWS_LAMBDA_LOG_GROUP_NAME: logging.LogGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: environment.logStreamName,
    AWS_ACCESS_KEY_ID: `ASIA${newToken(random, 16, capitals)}`,
    AWS_SECRET_ACCESS_KEY: newToken(random, 40, base64),
    AWS_SESSION_TOKEN: newToken(random, 256, base64),
    AWS_LAMBDA_RUNTIME_API: '169.254.100.1:9001',
    LAMBDA_TASK_ROOT: '/var/task',
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    ...(logging.LogFormat === 'JSON'
      ? { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: logging.ApplicationLogLevel ?? 'INFO' }
      : {}),
  };
}
