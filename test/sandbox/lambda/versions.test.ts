/** Versions: what publishing freezes, and what stays apart. */
import { expect, test } from 'vitest';
import { begin } from './story.ts';

const arn = 'arn:aws:lambda:us-east-1:123456789012:function:hello';

test('publishing freezes code, configuration and variables under the next number', async () => {
  const { account } = await begin({}, { Environment: { Variables: { STAGE: 'one' } }, Description: 'first' });
  const { lambda } = account;
  const one = await lambda.publishVersion({ FunctionName: 'hello' });
  await lambda.updateFunctionConfiguration({
    FunctionName: 'hello',
    MemorySize: 512,
    Environment: { Variables: { STAGE: 'two' } },
  });
  const two = await lambda.publishVersion({ FunctionName: 'hello', Description: 'second' });

  expect(one).toMatchObject({
    Version: '1',
    FunctionArn: `${arn}:1`,
    MemorySize: 128,
    Description: 'first',
    Environment: { Variables: { STAGE: 'one' } },
  });
  expect(two).toMatchObject({ Version: '2', FunctionArn: `${arn}:2`, MemorySize: 512, Description: 'second' });
  expect(await lambda.getFunctionConfiguration({ FunctionName: `${arn}:1` })).toEqual(one);
  expect(account.trace.filter(({ type }) => type === 'versionPublished')).toMatchObject([
    { functionName: 'hello', version: '1' },
    { functionName: 'hello', version: '2' },
  ]);
});

test('publishing without a change returns the last version; a change back makes a new one', async () => {
  const { lambda } = (await begin()).account;
  const one = await lambda.publishVersion({ FunctionName: 'hello' });
  expect(await lambda.publishVersion({ FunctionName: 'hello', Description: 'other' })).toEqual(one);
  await lambda.updateFunctionConfiguration({ FunctionName: 'hello', Timeout: 5 });
  expect((await lambda.publishVersion({ FunctionName: 'hello' })).Version).toBe('2');
  await lambda.updateFunctionConfiguration({ FunctionName: 'hello', Timeout: 3 });
  expect((await lambda.publishVersion({ FunctionName: 'hello' })).Version).toBe('3');
});

test('a number is never used again', async () => {
  const { lambda } = (await begin()).account;
  await lambda.publishVersion({ FunctionName: 'hello' });
  await lambda.deleteFunction({ FunctionName: 'hello', Qualifier: '1' });
  expect((await lambda.publishVersion({ FunctionName: 'hello' })).Version).toBe('2');
  await expect(lambda.invoke({ FunctionName: 'hello:1' })).rejects.toThrow(`Function not found: ${arn}:1`);
});

test('publishing with the code and with a new function', async () => {
  const { lambda } = (await begin({}, { Publish: true })).account;
  expect(
    await lambda.updateFunctionCode({ FunctionName: 'hello', Files: { 'index.mjs': 'new' }, Publish: true }),
  ).toMatchObject({ Version: '2', FunctionArn: `${arn}:2` });
  const { Versions } = await lambda.listVersionsByFunction({ FunctionName: 'hello' });
  expect(Versions.map(({ Version, FunctionArn }) => [Version, FunctionArn])).toEqual([
    ['$LATEST', `${arn}:$LATEST`],
    ['1', `${arn}:1`],
    ['2', `${arn}:2`],
  ]);
});

test('versions are listed in the order of their numbers, page by page', async () => {
  const { lambda } = (await begin()).account;
  for (let timeout = 10; timeout < 22; timeout += 1) {
    await lambda.updateFunctionConfiguration({ FunctionName: 'hello', Timeout: timeout });
    await lambda.publishVersion({ FunctionName: 'hello' });
  }
  const first = await lambda.listVersionsByFunction({ FunctionName: 'hello', MaxItems: 10 });
  expect(first.Versions.map(({ Version }) => Version)).toEqual([
    '$LATEST',
    '1',
    '2',
    '3',
    '4',
    '5',
    '6',
    '7',
    '8',
    '9',
  ]);
  const second = await lambda.listVersionsByFunction({ FunctionName: 'hello', Marker: first.NextMarker ?? '' });
  expect(second.Versions.map(({ Version }) => Version)).toEqual(['10', '11', '12']);
  expect(second.NextMarker).toBeUndefined();
});

test('each version has environments of its own, and says so', async () => {
  const { account, processes } = await begin();
  const { lambda } = account;
  await lambda.publishVersion({ FunctionName: 'hello' });
  const latest = await lambda.invoke({ FunctionName: 'hello' });
  const one = await lambda.invoke({ FunctionName: 'hello', Qualifier: '1' });
  const again = await lambda.invoke({ FunctionName: `${arn}:1` });

  expect([latest.ExecutedVersion, one.ExecutedVersion, again.ExecutedVersion]).toEqual(['$LATEST', '1', '1']);
  expect([latest.trace.start, one.trace.start, again.trace.start]).toEqual(['cold', 'cold', 'warm']);
  expect(one.trace.logs[1]).toMatch(/^START RequestId: .* Version: 1$/);
  expect(processes[1]?.configuration.functionVersion).toBe('1');
  expect(processes[1]?.configuration.environment['AWS_LAMBDA_FUNCTION_VERSION']).toBe('1');
  expect(processes[1]?.configuration.logStreamName).toMatch(/^2026\/01\/05\/\[1\][0-9a-f]{32}$/);
  expect(processes[1]?.requests.map(({ invokedFunctionArn }) => invokedFunctionArn)).toEqual([`${arn}:1`, `${arn}:1`]);
  expect(processes[0]?.requests[0]?.invokedFunctionArn).toBe(arn);
});

test('a change of $LATEST leaves the environments of versions alone', async () => {
  const { lambda } = (await begin()).account;
  await lambda.publishVersion({ FunctionName: 'hello' });
  await lambda.invoke({ FunctionName: 'hello:1' });
  await lambda.invoke({ FunctionName: 'hello' });
  await lambda.updateFunctionCode({ FunctionName: 'hello', Files: { 'index.mjs': 'new' } });
  expect((await lambda.invoke({ FunctionName: 'hello:1' })).trace.start).toBe('warm');
  expect((await lambda.invoke({ FunctionName: 'hello' })).trace.start).toBe('cold');
});

test('deleting a version ends its environments, deleting the function all of them', async () => {
  const { account } = await begin();
  const { lambda } = account;
  await lambda.publishVersion({ FunctionName: 'hello' });
  const one = await lambda.invoke({ FunctionName: 'hello:1' });
  const latest = await lambda.invoke({ FunctionName: 'hello' });
  await lambda.deleteFunction({ FunctionName: 'hello:1' });
  expect(account.trace.at(-1)).toMatchObject({ type: 'environmentGone', environmentId: one.trace.environmentId });
  await lambda.deleteFunction({ FunctionName: 'hello' });
  expect(account.trace.at(-1)).toMatchObject({ type: 'environmentGone', environmentId: latest.trace.environmentId });
});

test('what publishing and deleting refuse', async () => {
  const { lambda } = (await begin()).account;
  const { CodeSha256, RevisionId } = await lambda.getFunctionConfiguration({ FunctionName: 'hello' });
  await expect(lambda.publishVersion({ FunctionName: 'hello', CodeSha256: 'abc' })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: `CodeSHA256 (abc) is different from current CodeSHA256 in $LATEST (${CodeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
  });
  await expect(lambda.publishVersion({ FunctionName: 'hello', RevisionId: 'old' })).rejects.toMatchObject({
    name: 'PreconditionFailedException',
    code: 412,
  });
  expect((await lambda.publishVersion({ FunctionName: 'hello', CodeSha256, RevisionId })).Version).toBe('1');
  await expect(lambda.deleteFunction({ FunctionName: 'hello', Qualifier: '$LATEST' })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: '$LATEST version cannot be deleted without deleting the function.',
  });
  await lambda.createAlias({ FunctionName: 'hello', Name: 'live', FunctionVersion: '1' });
  await expect(lambda.deleteFunction({ FunctionName: 'hello', Qualifier: '1' })).rejects.toMatchObject({
    name: 'ResourceConflictException',
    message: 'Unable to delete version because the following aliases reference it: [live]',
  });
  await expect(lambda.invoke({ FunctionName: 'hello:1', Qualifier: '2' })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: 'The derived qualifier from the function name does not match the specified qualifier.',
  });
});
