/** The Lambda API: shapes, defaults, limits and refusals. */
import { expect, test } from 'vitest';
import { createAccount, type Account } from '../../../sandbox/account.ts';
import type { CreateFunctionRequest } from '../../../sandbox/lambda/api.types.ts';
import { scriptedProcesses } from '../scripted-process.ts';
import { begin, hello } from './story.ts';

const account = (): Promise<Account> => createAccount({ createProcess: scriptedProcesses().create });

test('a new function with nothing but the required settings', async () => {
  const { lambda } = await account();
  const configuration = await lambda.createFunction({
    FunctionName: 'plain',
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Code: { Files: { 'index.mjs': 'x' } },
  });
  expect(configuration).toMatchObject({
    FunctionName: 'plain',
    FunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:plain',
    Runtime: 'nodejs22.x',
    Role: 'arn:aws:iam::123456789012:role/service-role/plain-role',
    Handler: 'index.handler',
    CodeSize: 1,
    Description: '',
    Timeout: 3,
    MemorySize: 128,
    LastModified: '2026-01-05T09:00:00.000+0000',
    Version: '$LATEST',
    State: 'Active',
    PackageType: 'Zip',
    Architectures: ['x86_64'],
    EphemeralStorage: { Size: 512 },
    LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/plain' },
  });
  expect(configuration.CodeSha256).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  expect(configuration.Environment).toBeUndefined();
});

test('the hash of the code follows the code only', async () => {
  const { lambda } = await account();
  const create = (name: string, files: Record<string, string>) =>
    lambda.createFunction({ ...hello, FunctionName: name, Code: { Files: files } });
  const one = await create('one', { 'a.mjs': '1', 'b.mjs': '2' });
  const same = await create('same', { 'b.mjs': '2', 'a.mjs': '1' });
  const other = await create('other', { 'a.mjs': '12', 'b.mjs': '' });
  expect(same.CodeSha256).toBe(one.CodeSha256);
  expect(other.CodeSha256).not.toBe(one.CodeSha256);
});

test.each<[string, Partial<CreateFunctionRequest>, string, string]>([
  [
    'memory below the range',
    { MemorySize: 64 },
    'ValidationException',
    "1 validation error detected: Value '64' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128",
  ],
  [
    'memory above the range',
    { MemorySize: 10_241 },
    'ValidationException',
    "1 validation error detected: Value '10241' at 'memorySize' failed to satisfy constraint: Member must have value less than or equal to 10240",
  ],
  ['half a megabyte', { MemorySize: 128.5 }, 'InvalidParameterValueException', 'whole number'],
  ['no timeout', { Timeout: 0 }, 'ValidationException', "Value '0' at 'timeout'"],
  ['a timeout of more than 15 minutes', { Timeout: 901 }, 'ValidationException', 'less than or equal to 900'],
  ['little storage', { EphemeralStorage: { Size: 511 } }, 'ValidationException', "at 'ephemeralStorage.size'"],
  ['an unknown runtime', { Runtime: 'nodejs25.x' }, 'InvalidParameterValueException', "Value nodejs25.x at 'runtime'"],
  ['a runtime that is not simulated', { Runtime: 'python3.14' }, 'NotSimulatedError', 'JavaScript only'],
  ['a name with spaces', { FunctionName: 'my function' }, 'ValidationException', "at 'functionName'"],
  ['a long name', { FunctionName: 'x'.repeat(65) }, 'ValidationException', 'length less than or equal to 64'],
  ['a long handler', { Handler: `${'x'.repeat(128)}.y` }, 'ValidationException', 'length less than or equal to 128'],
  ['a handler with spaces', { Handler: 'index handler' }, 'ValidationException', "at 'handler'"],
  ['a long description', { Description: 'x'.repeat(257) }, 'ValidationException', 'length less than or equal to 256'],
  [
    'a tracing mode that does not exist',
    { TracingConfig: { Mode: 'On' } },
    'ValidationException',
    "1 validation error detected: Value 'On' at 'tracingConfig.mode' failed to satisfy constraint: Member must satisfy enum value set: [Active, PassThrough]",
  ],
  ['two architectures', { Architectures: ['arm64', 'x86_64'] }, 'ValidationException', "at 'architectures'"],
  ['no code', { Code: { Files: {} } }, 'InvalidParameterValueException', 'Could not unzip'],
  ['code outside the package', { Code: { Files: { '../x': '' } } }, 'InvalidParameterValueException', 'relative'],
  [
    'much code',
    { Code: { Files: { 'big.bin': new Uint8Array(262_144_001) } } },
    'InvalidParameterValueException',
    'Unzipped size must be smaller than 262144000 bytes',
  ],
  [
    'a reserved variable',
    { Environment: { Variables: { AWS_REGION: 'x', STAGE: 'y' } } },
    'InvalidParameterValueException',
    'Reserved keys used in this request: AWS_REGION',
  ],
  ['a variable of one letter', { Environment: { Variables: { A: 'x' } } }, 'ValidationException', "Value 'A'"],
  [
    'variables beyond 4 KB',
    { Environment: { Variables: { KEY: 'x'.repeat(4094) } } },
    'InvalidParameterValueException',
    'exceeded the 4KB limit',
  ],
  ['log levels for text', { LoggingConfig: { SystemLogLevel: 'WARN' } }, 'InvalidParameterValueException', 'JSON'],
  ['an unknown log format', { LoggingConfig: { LogFormat: 'XML' as 'JSON' } }, 'InvalidParameterValueException', 'XML'],
])('refuses %s', async (_what, settings, name, message) => {
  const { lambda } = await account();
  await expect(lambda.createFunction({ ...hello, ...settings })).rejects.toMatchObject({
    name,
    message: expect.stringContaining(message) as string,
  });
});

test('accepts variables of exactly 4 KB, keys and values together', async () => {
  const { lambda } = await account();
  const Variables = { KEY: 'x'.repeat(4093) };
  expect((await lambda.createFunction({ ...hello, Environment: { Variables } })).Environment).toEqual({ Variables });
});

test('a runtime is refused from its block date on', async () => {
  const { create } = scriptedProcesses();
  const late = await createAccount({ createProcess: create, startTime: '2027-02-01T00:00:00Z' });
  await expect(late.lambda.createFunction({ ...hello, Runtime: 'nodejs20.x' })).rejects.toThrow(
    'The runtime parameter of nodejs20.x is no longer supported',
  );
  const early = await createAccount({ createProcess: create, startTime: '2027-01-31T23:59:59Z' });
  expect((await early.lambda.createFunction({ ...hello, Runtime: 'nodejs20.x' })).Runtime).toBe('nodejs20.x');
});

test('a name is taken once', async () => {
  const { account } = await begin();
  await expect(account.lambda.createFunction(hello)).rejects.toMatchObject({
    name: 'ResourceConflictException',
    message: 'Function already exist: hello',
    code: 409,
  });
});

test('an update changes what it names and nothing else', async () => {
  const settings = { Environment: { Variables: { STAGE: 'dev' } }, Timeout: 9, TracingConfig: { Mode: 'Active' } };
  const { account } = await begin({}, settings);
  const before = (await account.lambda.getFunction({ FunctionName: 'hello' })).Configuration;
  account.clock.advance({ minutes: 1 });
  const after = await account.lambda.updateFunctionConfiguration({ FunctionName: 'hello', MemorySize: 512 });
  const { RevisionId, LastModified, ...rest } = after;
  expect(rest).toEqual({ ...withoutKeys(before, ['RevisionId', 'LastModified']), MemorySize: 512 });
  expect(RevisionId).not.toBe(before.RevisionId);
  expect(LastModified).toBe('2026-01-05T09:01:00.000+0000');
  expect(after.TracingConfig).toEqual({ Mode: 'Active' });
  const cleared = await account.lambda.updateFunctionConfiguration({
    FunctionName: 'hello',
    Environment: { Variables: {} },
  });
  expect(cleared.Environment).toBeUndefined();
});

const withoutKeys = (value: object, keys: readonly string[]): object =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));

test('an update against an old revision is refused', async () => {
  const { account } = await begin();
  const { RevisionId } = (await account.lambda.getFunction({ FunctionName: 'hello' })).Configuration;
  await account.lambda.updateFunctionCode({ FunctionName: 'hello', Files: { 'index.mjs': 'new' }, RevisionId });
  await expect(
    account.lambda.updateFunctionCode({ FunctionName: 'hello', Files: { 'index.mjs': 'newer' }, RevisionId }),
  ).rejects.toMatchObject({ name: 'PreconditionFailedException', code: 412 });
});

test('functions are listed page by page', async () => {
  const { lambda } = await account();
  for (let number = 10; number < 63; number += 1) await lambda.createFunction({ ...hello, FunctionName: `f${number}` });
  const first = await lambda.listFunctions();
  expect(first.Functions).toHaveLength(50);
  expect(first.NextMarker).toBeDefined();
  const second = await lambda.listFunctions({ Marker: first.NextMarker ?? '' });
  expect(second.Functions.map(({ FunctionName }) => FunctionName)).toEqual(['f60', 'f61', 'f62']);
  expect(second.NextMarker).toBeUndefined();
  expect((await lambda.listFunctions({ MaxItems: 2 })).Functions).toHaveLength(2);
});

test.each([
  'hello',
  'hello:$LATEST',
  '123456789012:function:hello',
  'arn:aws:lambda:us-east-1:123456789012:function:hello',
])('the function is found as %s', async (name) => {
  const { account, processes } = await begin();
  expect((await account.lambda.invoke({ FunctionName: name })).Payload).toBe('"ok"');
  const suffix = name.endsWith('$LATEST') ? ':$LATEST' : '';
  expect(processes[0]?.requests[0]?.invokedFunctionArn).toBe(
    `arn:aws:lambda:us-east-1:123456789012:function:hello${suffix}`,
  );
});

test.each([
  [{ FunctionName: 'hullo' }, 'Function not found: arn:aws:lambda:us-east-1:123456789012:function:hullo'],
  [
    { FunctionName: 'hello', Qualifier: '5' },
    'Function not found: arn:aws:lambda:us-east-1:123456789012:function:hello:5',
  ],
  [{ FunctionName: 'hello:prod' }, 'Function not found: arn:aws:lambda:us-east-1:123456789012:function:hello:prod'],
  [
    { FunctionName: 'arn:aws:lambda:eu-west-1:123456789012:function:hello' },
    "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
  ],
  [
    { FunctionName: 'arn:aws:lambda:us-east-1:210987654321:function:hello' },
    'Function not found: arn:aws:lambda:us-east-1:210987654321:function:hello',
  ],
])('nothing is found as %j', async (request, message) => {
  const { account } = await begin();
  await expect(account.lambda.invoke(request)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message,
    code: 404,
  });
});

test('a payload that is not JSON never reaches the function', async () => {
  const { account, processes } = await begin();
  await expect(account.lambda.invoke({ FunctionName: 'hello', Payload: '{"a": 1,\n  b: 2}' })).rejects.toMatchObject({
    name: 'InvalidRequestContentException',
    message:
      'Could not parse request body into json: Could not parse payload into json: Unexpected "b" at line 2, column 3',
    code: 400,
  });
  expect(processes).toHaveLength(0);
  expect(account.trace.map(({ type }) => type)).toEqual(['functionChanged']);
});

test('a request beyond 6 MB is refused, counted in bytes', async () => {
  const { account } = await begin();
  const atLimit = `"${'é'.repeat(3_145_727)}"`;
  expect((await account.lambda.invoke({ FunctionName: 'hello', Payload: atLimit })).StatusCode).toBe(200);
  await expect(account.lambda.invoke({ FunctionName: 'hello', Payload: `${atLimit} ` })).rejects.toMatchObject({
    name: 'RequestTooLargeException',
    message: 'Request must be smaller than 6291456 bytes for the InvokeFunction operation',
    code: 413,
  });
});

test('an empty payload is no payload', async () => {
  const { account, processes } = await begin();
  await account.lambda.invoke({ FunctionName: 'hello', Payload: '' });
  await account.lambda.invoke({ FunctionName: 'hello', Payload: new TextEncoder().encode('[1]') });
  expect(processes[0]?.requests.map(({ payload }) => payload)).toEqual([undefined, '[1]']);
});

test('a dry run checks and runs nothing', async () => {
  const { account, processes } = await begin();
  expect(await account.lambda.invoke({ FunctionName: 'hello', InvocationType: 'DryRun' })).toEqual({
    StatusCode: 204,
    Payload: '',
  });
  expect(processes).toHaveLength(0);
});

test('LogType Tail answers the end of the log in base64', async () => {
  const { account } = await begin({ handler: () => ({ ms: 1, respond: '1', log: `é${'x'.repeat(5000)}` }) });
  const quiet = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(quiet.LogResult).toBeUndefined();
  const { LogResult = '' } = await account.lambda.invoke({ FunctionName: 'hello', LogType: 'Tail' });
  const tail = Buffer.from(LogResult, 'base64');
  expect(tail).toHaveLength(4096);
  expect(tail.toString()).toMatch(/^x+\nEND RequestId: .*\nREPORT RequestId: .*\tMax Memory Used: 70 MB\n$/);
});

test('a client context reaches the function as JSON text', async () => {
  const { account, processes } = await begin();
  await account.lambda.invoke({ FunctionName: 'hello', ClientContext: btoa('{"env":{}}') });
  expect(processes[0]?.requests[0]?.clientContext).toBe('{"env":{}}');
  await expect(account.lambda.invoke({ FunctionName: 'hello', ClientContext: '!' })).rejects.toMatchObject({
    name: 'InvalidRequestContentException',
  });
});

test('the process gets the variables that Lambda sets', async () => {
  const { account, processes } = await begin({}, { Environment: { Variables: { STAGE: 'dev', TZ: 'Europe/Paris' } } });
  const { trace } = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(processes[0]?.configuration.environment).toMatchObject({
    STAGE: 'dev',
    TZ: 'Europe/Paris',
    LANG: 'en_US.UTF-8',
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    NODE_PATH: '/opt/nodejs/node24/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules',
    _HANDLER: 'index.handler',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: 'hello',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/hello',
    AWS_LAMBDA_LOG_STREAM_NAME: `2026/01/05/[$LATEST]${trace.environmentId}`,
    LAMBDA_TASK_ROOT: '/var/task',
    LAMBDA_RUNTIME_DIR: '/var/runtime',
  });
  expect(processes[0]?.configuration.environment['AWS_LAMBDA_LOG_FORMAT']).toBeUndefined();
  expect(processes[0]?.requests[0]?.traceId).toMatch(
    /^Root=1-695b7d90-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;Lineage=1:[0-9a-f]{8}:0$/,
  );
});
