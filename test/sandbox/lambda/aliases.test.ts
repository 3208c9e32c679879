/** Aliases: pointers to versions, and the sharing out of requests. */
import { expect, test } from 'vitest';
import type { Account } from '../../../sandbox/account.ts';
import { lambdaTrust } from '../services/function-story.ts';
import { begin } from './story.ts';

const arn = 'arn:aws:lambda:us-east-1:123456789012:function:hello';

/** A function with so many published versions. */
async function withVersions(count: number): Promise<Account> {
  const { account } = await begin();
  for (let version = 1; version <= count; version += 1) {
    await account.lambda.updateFunctionConfiguration({ FunctionName: 'hello', Timeout: version });
    await account.lambda.publishVersion({ FunctionName: 'hello' });
  }
  return account;
}

test('an alias is invoked as its version; the function sees the alias in its ARN', async () => {
  const { account, processes } = await begin();
  const { lambda } = account;
  await lambda.publishVersion({ FunctionName: 'hello' });
  const alias = await lambda.createAlias({ FunctionName: 'hello', Name: 'live', FunctionVersion: '1' });
  expect(alias).toMatchObject({ AliasArn: `${arn}:live`, Name: 'live', FunctionVersion: '1', Description: '' });

  const { ExecutedVersion, trace } = await lambda.invoke({ FunctionName: 'hello', Qualifier: 'live' });
  expect(ExecutedVersion).toBe('1');
  expect(trace.logs[1]).toMatch(/Version: 1$/);
  expect(processes[0]?.requests[0]?.invokedFunctionArn).toBe(`${arn}:live`);
  expect(account.trace.find((event) => event.type === 'requestArrived')).toMatchObject({ qualifier: 'live' });
  // The same version by its number finds the same environment.
  expect((await lambda.invoke({ FunctionName: 'hello:1' })).trace.start).toBe('warm');
  expect(await lambda.getFunctionConfiguration({ FunctionName: 'hello', Qualifier: 'live' })).toMatchObject({
    Version: '1',
    FunctionArn: `${arn}:live`,
  });
});

test('moving an alias moves the next request, and back again', async () => {
  const { lambda } = await withVersions(2);
  await lambda.createAlias({ FunctionName: 'hello', Name: 'live', FunctionVersion: '1' });
  const executed = async (): Promise<string> => (await lambda.invoke({ FunctionName: 'hello:live' })).ExecutedVersion;
  expect(await executed()).toBe('1');
  await lambda.updateAlias({ FunctionName: 'hello', Name: 'live', FunctionVersion: '2' });
  expect(await executed()).toBe('2');
  await lambda.updateAlias({ FunctionName: 'hello', Name: 'live', FunctionVersion: '1' });
  expect(await executed()).toBe('1');
});

test('a canary gets its share of the requests, at random', async () => {
  const { lambda } = await withVersions(2);
  await lambda.createAlias({
    FunctionName: 'hello',
    Name: 'live',
    FunctionVersion: '1',
    RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } },
  });
  let canary = 0;
  for (let request = 0; request < 1000; request += 1) {
    if ((await lambda.invoke({ FunctionName: 'hello:live' })).ExecutedVersion === '2') canary += 1;
  }
  // Three standard deviations of 1,000 draws at 0.1 are 28.
  expect(canary).toBeGreaterThan(72);
  expect(canary).toBeLessThan(128);
});

test('weights of 0 and 1 leave nothing to chance', async () => {
  const { lambda } = await withVersions(2);
  const executed = async (weight: number): Promise<Set<string>> => {
    const RoutingConfig = { AdditionalVersionWeights: { 2: weight } };
    await lambda.updateAlias({ FunctionName: 'hello', Name: 'live', RoutingConfig });
    const versions = new Set<string>();
    for (let request = 0; request < 50; request += 1) {
      versions.add((await lambda.invoke({ FunctionName: 'hello:live' })).ExecutedVersion);
    }
    return versions;
  };
  await lambda.createAlias({ FunctionName: 'hello', Name: 'live', FunctionVersion: '1' });
  expect(await executed(0)).toEqual(new Set(['1']));
  expect(await executed(1)).toEqual(new Set(['2']));
});

test('promoting a canary means ending its routing', async () => {
  const { lambda } = await withVersions(2);
  await lambda.createAlias({
    FunctionName: 'hello',
    Name: 'live',
    FunctionVersion: '1',
    RoutingConfig: { AdditionalVersionWeights: { 2: 0.5 } },
  });
  await expect(lambda.updateAlias({ FunctionName: 'hello', Name: 'live', FunctionVersion: '2' })).rejects.toThrow(
    'Invalid function version 2. Function version 2 is already included in routing configuration.',
  );
  const promoted = await lambda.updateAlias({
    FunctionName: 'hello',
    Name: 'live',
    FunctionVersion: '2',
    RoutingConfig: { AdditionalVersionWeights: {} },
  });
  expect(promoted.FunctionVersion).toBe('2');
  expect(promoted.RoutingConfig).toBeUndefined();
});

test('every update makes a revision, and an old one is refused', async () => {
  const { lambda } = await withVersions(2);
  const created = await lambda.createAlias({ FunctionName: 'hello', Name: 'live', FunctionVersion: '1' });
  const updated = await lambda.updateAlias({ FunctionName: 'hello', Name: 'live', Description: 'x' });
  expect(updated.RevisionId).not.toBe(created.RevisionId);
  await expect(
    lambda.updateAlias({ FunctionName: 'hello', Name: 'live', FunctionVersion: '2', RevisionId: created.RevisionId }),
  ).rejects.toMatchObject({
    name: 'PreconditionFailedException',
    message:
      'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
  });
  expect((await lambda.getAlias({ FunctionName: 'hello', Name: 'live' })).FunctionVersion).toBe('1');
});

test('aliases are listed by name, or by the version that they point to', async () => {
  const { lambda } = await withVersions(2);
  await lambda.createAlias({ FunctionName: 'hello', Name: 'live', FunctionVersion: '1' });
  await lambda.createAlias({ FunctionName: 'hello', Name: 'beta', FunctionVersion: '2' });
  await lambda.createAlias({ FunctionName: 'hello', Name: 'dev', FunctionVersion: '$LATEST' });
  const names = async (FunctionVersion?: string): Promise<string[]> => {
    const request = { FunctionName: 'hello', ...(FunctionVersion === undefined ? {} : { FunctionVersion }) };
    return (await lambda.listAliases(request)).Aliases.map(({ Name }) => Name);
  };
  expect(await names()).toEqual(['beta', 'dev', 'live']);
  expect(await names('2')).toEqual(['beta']);
  await lambda.deleteAlias({ FunctionName: 'hello', Name: 'beta' });
  await lambda.deleteAlias({ FunctionName: 'hello', Name: 'beta' });
  expect(await names()).toEqual(['dev', 'live']);
  await expect(lambda.getAlias({ FunctionName: 'hello', Name: 'beta' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: `Cannot find alias arn: ${arn}:beta`,
  });
  await expect(lambda.invoke({ FunctionName: 'hello:beta' })).rejects.toThrow(`Function not found: ${arn}:beta`);
});

const to = (version: string, weights?: Record<string, number>) => ({
  FunctionVersion: version,
  ...(weights === undefined ? {} : { RoutingConfig: { AdditionalVersionWeights: weights } }),
});

test.each([
  ['a name of digits', { Name: '12', ...to('1') }, 'ValidationException', "at 'name'"],
  ['an alias of an alias', { Name: 'x', ...to('live') }, 'ValidationException', "at 'functionVersion'"],
  ['a version that does not exist', { Name: 'x', ...to('9') }, 'ResourceNotFoundException', `${arn}:9`],
  [
    'a name that is taken',
    { Name: 'live', ...to('1') },
    'ResourceConflictException',
    `Alias already exists: ${arn}:live`,
  ],
  [
    'three versions',
    { Name: 'x', ...to('1', { 2: 0.1, 3: 0.1 }) },
    'InvalidParameterValueException',
    'Number of items in AdditionalVersionWeights cannot be greater than 1',
  ],
  [
    'weights beside $LATEST',
    { Name: 'x', ...to('$LATEST', { 1: 0.1 }) },
    'InvalidParameterValueException',
    '$LATEST is not supported for an alias pointing to more than 1 version',
  ],
  [
    'a weight for $LATEST',
    { Name: 'x', ...to('1', { $LATEST: 0.1 }) },
    'ValidationException',
    "Value '{$LATEST=0.1}' at 'routingConfig.additionalVersionWeights'",
  ],
  ['a weight above 1', { Name: 'x', ...to('1', { 2: 1.5 }) }, 'ValidationException', 'less than or equal to 1.0'],
  ['a weight that is no number', { Name: 'x', ...to('1', { 2: NaN }) }, 'ValidationException', "Value '{2=NaN}'"],
  [
    'versions with different roles',
    { Name: 'x', ...to('1', { 3: 0.1 }) },
    'InvalidParameterValueException',
    'Specified versions must be associated with the same execution role',
  ],
  [
    'versions with different dead-letter queues',
    { Name: 'x', ...to('3', { 4: 0.1 }) },
    'InvalidParameterValueException',
    'the same dead letter queue',
  ],
])('refuses %s', async (_what, request, name, message) => {
  const { lambda, iam } = await withVersions(2);
  await lambda.createAlias({ FunctionName: 'hello', Name: 'live', FunctionVersion: '1' });
  const { Role: other } = await iam.createRole({ RoleName: 'other', AssumeRolePolicyDocument: lambdaTrust });
  await lambda.updateFunctionConfiguration({ FunctionName: 'hello', Role: other.Arn });
  await lambda.publishVersion({ FunctionName: 'hello' });
  const Statement = [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' }];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.putRolePolicy({ RoleName: 'other', PolicyName: 'sending', PolicyDocument });
  const TargetArn = 'arn:aws:sqs:us-east-1:123456789012:dead';
  await lambda.updateFunctionConfiguration({ FunctionName: 'hello', DeadLetterConfig: { TargetArn } });
  await lambda.publishVersion({ FunctionName: 'hello' });
  await expect(lambda.createAlias({ FunctionName: 'hello', ...request })).rejects.toMatchObject({
    name,
    message: expect.stringContaining(message) as string,
  });
});
