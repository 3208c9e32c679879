/** Function URLs: addresses that stand for a function or an alias. */
import { expect, test } from 'vitest';
import { begin } from './story.ts';

const arn = 'arn:aws:lambda:us-east-1:123456789012:function:hello';

test('a URL has an address of its own, and leads to its function', async () => {
  const { account } = await begin();
  const { lambda, clock } = account;
  const config = await lambda.createFunctionUrlConfig({
    FunctionName: 'hello',
    AuthType: 'NONE',
    Cors: { AllowOrigins: ['*'] },
  });
  expect(config).toEqual({
    FunctionUrl: expect.stringMatching(/^https:\/\/[a-z2-7]{32}\.lambda-url\.us-east-1\.on\.aws\/$/) as string,
    FunctionArn: arn,
    AuthType: 'NONE',
    InvokeMode: 'BUFFERED',
    Cors: { AllowOrigins: ['*'] },
    CreationTime: '2026-01-05T09:00:00.000+0000',
    LastModifiedTime: '2026-01-05T09:00:00.000+0000',
  });
  const { hostname } = new URL(config.FunctionUrl);
  expect(lambda.functionUrlAt(hostname)).toMatchObject({ config, pointer: { record: { name: 'hello' } } });
  expect(lambda.functionUrlAt('nobody.lambda-url.us-east-1.on.aws')).toBeUndefined();

  clock.advance({ minutes: 1 });
  const updated = await lambda.updateFunctionUrlConfig({ FunctionName: 'hello', InvokeMode: 'RESPONSE_STREAM' });
  expect(updated).toEqual({
    ...config,
    InvokeMode: 'RESPONSE_STREAM',
    LastModifiedTime: '2026-01-05T09:01:00.000+0000',
  });
  await lambda.deleteFunctionUrlConfig({ FunctionName: 'hello' });
  expect(lambda.functionUrlAt(hostname)).toBeUndefined();
  await expect(lambda.getFunctionUrlConfig({ FunctionName: 'hello' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('an alias has a URL of its own', async () => {
  const { lambda } = (await begin({}, { Publish: true })).account;
  await lambda.createAlias({ FunctionName: 'hello', Name: 'live', FunctionVersion: '1' });
  const own = await lambda.createFunctionUrlConfig({ FunctionName: 'hello', AuthType: 'AWS_IAM' });
  const live = await lambda.createFunctionUrlConfig({ FunctionName: 'hello', Qualifier: 'live', AuthType: 'AWS_IAM' });
  expect(live.FunctionArn).toBe(`${arn}:live`);
  expect(live.FunctionUrl).not.toBe(own.FunctionUrl);
  expect(lambda.functionUrlAt(new URL(live.FunctionUrl).hostname)?.pointer.qualifier).toBe('live');
  expect((await lambda.listFunctionUrlConfigs({ FunctionName: 'hello' })).FunctionUrlConfigs).toEqual([own, live]);
});

test.each([
  ['a second URL', {}, 'ResourceConflictException', 'FunctionUrlConfig exists for this Lambda function'],
  ['a version', { Qualifier: '1' }, 'ValidationException', "at 'qualifier'"],
  ['$LATEST', { Qualifier: '$LATEST' }, 'ValidationException', "at 'qualifier'"],
  ['an unknown alias', { Qualifier: 'live' }, 'ResourceNotFoundException', 'Function does not exist'],
  ['an unknown function', { FunctionName: 'nobody' }, 'ResourceNotFoundException', 'Function does not exist'],
])('refuses %s', async (_what, request, name, message) => {
  const { lambda } = (await begin({}, { Publish: true })).account;
  await lambda.createFunctionUrlConfig({ FunctionName: 'hello', AuthType: 'NONE' });
  await expect(
    lambda.createFunctionUrlConfig({ FunctionName: 'hello', AuthType: 'NONE', ...request }),
  ).rejects.toMatchObject({ name, message: expect.stringContaining(message) as string });
});
