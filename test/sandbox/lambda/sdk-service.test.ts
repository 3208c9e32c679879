/** Lambda as SDK clients of the account see it: operations by name, in one step. */
import { expect, test } from 'vitest';
import { Later, type Caller, type Result } from '../../../sandbox/services/service.ts';
import { begin } from './story.ts';

const account: Caller = { kind: 'account' };

test('operations run at the present time and have the shapes of the API', async () => {
  const story = await begin();
  const { operations } = story.account.lambda.service;
  const run = (name: string, input: object): unknown => operations[name]?.run(input as never, account);
  expect(run('PublishVersion', { FunctionName: 'hello' })).toMatchObject({ Version: '1' });
  expect(run('CreateAlias', { FunctionName: 'hello', Name: 'live', FunctionVersion: '1' })).toMatchObject({
    Name: 'live',
  });
  expect(run('ListAliases', { FunctionName: 'hello' })).toMatchObject({ Aliases: [{ Name: 'live' }] });
  expect(run('TagResource', { Resource: 'hello', Tags: { team: 'a' } })).toEqual({});
  expect(run('ListTags', { Resource: 'hello' })).toEqual({ Tags: { team: 'a' } });
  run('UntagResource', { Resource: 'hello', TagKeys: ['team'] });
  expect(run('ListTags', { Resource: 'hello' })).toEqual({ Tags: {} });
  expect(() => run('GetAlias', { FunctionName: 'hello', Name: 'x' })).toThrow('Cannot find alias arn');
});

test('each operation names its IAM action and what it touches', async () => {
  const { operations } = (await begin()).account.lambda.service;
  const arn = 'arn:aws:lambda:us-east-1:123456789012';
  const asked = (name: string, input: object): unknown[] => {
    const operation = operations[name];
    return [operation?.action, operation?.resources(input as never)];
  };
  expect(asked('Invoke', { FunctionName: 'hello', Qualifier: 'live' })).toEqual([
    'lambda:InvokeFunction',
    [`${arn}:function:hello:live`],
  ]);
  expect(asked('Invoke', { FunctionName: `${arn}:function:hello:1` })).toEqual([
    'lambda:InvokeFunction',
    [`${arn}:function:hello:1`],
  ]);
  expect(asked('PublishVersion', { FunctionName: '123456789012:function:hello' })).toEqual([
    'lambda:PublishVersion',
    [`${arn}:function:hello`],
  ]);
  expect(asked('DeleteLayerVersion', { LayerName: 'data', VersionNumber: 3 })).toEqual([
    'lambda:DeleteLayerVersion',
    [`${arn}:layer:data:3`],
  ]);
  expect(asked('ListFunctions', {})).toEqual(['lambda:ListFunctions', ['*']]);
});

test('a synchronous Invoke answers later, an asynchronous one at once, a dry run runs nothing', async () => {
  const story = await begin({ handler: ({ payload }) => ({ ms: 5, respond: payload ?? 'null' }) });
  const run = (input: object): unknown =>
    story.account.lambda.service.operations['Invoke']?.run({ FunctionName: 'hello', ...input } as never, account);
  const answer = run({ Payload: '[1]', LogType: 'Tail' });
  if (!(answer instanceof Later)) throw new Error('The answer needs virtual time.');
  const results: Result[] = [];
  answer.start((result) => results.push(result));
  expect(results).toEqual([]);
  story.account.clock.advance({ seconds: 1 });
  expect(results).toMatchObject([
    {
      ok: true,
      output: { StatusCode: 200, Payload: '[1]', ExecutedVersion: '$LATEST', LogResult: expect.any(String) as string },
    },
  ]);
  expect(results[0]).not.toHaveProperty('output.trace');
  expect(run({ InvocationType: 'Event' })).toEqual({ StatusCode: 202, Payload: '' });
  expect(run({ InvocationType: 'DryRun' })).toEqual({ StatusCode: 204, Payload: '' });
  expect(() => run({ InvocationType: 'Later' })).toThrow(
    'InvocationType must be one of RequestResponse, Event, DryRun',
  );
});

test.each([
  ['Invoke', {}, "Value null at 'functionName'"],
  ['Invoke', { FunctionName: 7 }, 'FunctionName must be a text, not number.'],
  ['CreateAlias', { FunctionName: 'hello', Name: 'live' }, "Value null at 'functionVersion'"],
  ['GetLayerVersion', {}, "Value null at 'layerName'"],
  ['ListTags', {}, "Value null at 'resource'"],
  ['AddPermission', { FunctionName: 'hello' }, "Value null at 'statementId'"],
])('%s refuses %j', async (name, input, message) => {
  const operation = (await begin()).account.lambda.service.operations[name];
  expect(() => operation?.resources(input as never)).toThrow(message);
});

test('a package that is not unpacked is said not to be simulated', async () => {
  const { operations } = (await begin()).account.lambda.service;
  const input = { FunctionName: 'zip', Runtime: 'nodejs24.x', Handler: 'index.handler', Code: { ZipFile: 'UEsFBg==' } };
  expect(() => operations['CreateFunction']?.run(input as never, account)).toThrow('unpacked files');
  const layer = { LayerName: 'zip' };
  expect(() => operations['PublishLayerVersion']?.run(layer as never, account)).toThrow('unpacked files');
});
