/** Parameters by name, by path and by version; encrypted ones with a key of one's own. */
import { expect, test } from 'vitest';
import type { Account } from '../../../sandbox/account.ts';
import { createRole, deploy, invoke, openAccount } from './function-story.ts';
import { refused, serviceAccount } from './service-account.ts';

async function withParameters(): Promise<Account> {
  const account = await serviceAccount();
  for (const [Name, Value] of [
    ['/app/prod/url', 'https://example.org'],
    ['/app/prod/db/host', 'db1'],
    ['/app/prod/db/port', '5432'],
    ['/app/test/url', 'https://test.example.org'],
    ['plain', 'x'],
  ] as const) {
    await account.ssm.putParameter({ Name, Value, Type: 'String' });
  }
  return account;
}

test('a parameter has versions', async () => {
  const { ssm, clock } = await withParameters();
  clock.advance({ hours: 1 });
  expect(await ssm.putParameter({ Name: 'plain', Value: 'y', Overwrite: true })).toEqual({
    Version: 2,
    Tier: 'Standard',
  });
  expect(await ssm.getParameter({ Name: 'plain' })).toEqual({
    Parameter: {
      Name: 'plain',
      Type: 'String',
      Value: 'y',
      Version: 2,
      LastModifiedDate: new Date('2026-01-05T10:00:00Z'),
      ARN: 'arn:aws:ssm:us-east-1:123456789012:parameter/plain',
      DataType: 'text',
    },
  });
  expect((await ssm.getParameter({ Name: 'plain:1' })).Parameter).toMatchObject({
    Value: 'x',
    Version: 1,
    Selector: ':1',
  });
});

test('by path: this level, or all below, page by page', async () => {
  const { ssm } = await withParameters();
  const names = async (request: object) => {
    const { Parameters, NextToken } = await ssm.getParametersByPath({ Path: '/app/prod', ...request });
    return [...Parameters.map(({ Name }) => Name), ...(NextToken === undefined ? [] : [`next ${NextToken}`])];
  };
  expect(await names({})).toEqual(['/app/prod/url']);
  expect(await names({ Recursive: true })).toEqual(['/app/prod/db/host', '/app/prod/db/port', '/app/prod/url']);
  expect(await names({ Recursive: true, MaxResults: 2 })).toEqual([
    '/app/prod/db/host',
    '/app/prod/db/port',
    'next /app/prod/db/port',
  ]);
  expect(await names({ Recursive: true, MaxResults: 2, NextToken: '/app/prod/db/port' })).toEqual(['/app/prod/url']);
});

test('several at once, and those that are not there', async () => {
  const { ssm } = await withParameters();
  const { Parameters, InvalidParameters } = await ssm.getParameters({ Names: ['plain', 'none'] });
  expect([Parameters.map(({ Value }) => Value), InvalidParameters]).toEqual([['x'], ['none']]);
  expect(await ssm.deleteParameters({ Names: ['plain', 'none'] })).toEqual({
    DeletedParameters: ['plain'],
    InvalidParameters: ['none'],
  });
});

test.each<[string, (ssm: Account['ssm']) => Promise<unknown>, string]>([
  [
    'a parameter that is not there',
    (ssm) => ssm.getParameter({ Name: 'none' }),
    'ParameterNotFound: Parameter none not found.',
  ],
  [
    'a version that is not there',
    (ssm) => ssm.getParameter({ Name: 'plain:7' }),
    'ParameterVersionNotFound: Systems Manager could not find version 7 of plain. Verify the version and try again.',
  ],
  [
    'one that is there',
    (ssm) => ssm.putParameter({ Name: 'plain', Value: 'y', Type: 'String' }),
    'ParameterAlreadyExists: The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
  ],
  [
    'no type',
    (ssm) => ssm.putParameter({ Name: 'new', Value: 'y' }),
    'ValidationException: A parameter type is required when you create a parameter.',
  ],
  [
    'another type',
    (ssm) => ssm.putParameter({ Name: 'plain', Value: 'y', Type: 'StringList', Overwrite: true }),
    "HierarchyTypeMismatchException: Parameter Store doesn't support changing a parameter type in a hierarchy.",
  ],
  [
    'a path that does not begin with a slash',
    (ssm) => ssm.putParameter({ Name: 'a/b', Value: 'y', Type: 'String' }),
    'ValidationException: Parameter name must be a fully qualified name.',
  ],
  [
    'a value beyond 4 KB',
    (ssm) => ssm.putParameter({ Name: 'big', Value: 'x'.repeat(4097), Type: 'String' }),
    'ValidationException: Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.',
  ],
  [
    'eleven at once',
    (ssm) => ssm.getParameters({ Names: Array.from({ length: 11 }, (_one, index) => `p${index}`) }),
    "ValidationException: 1 validation error detected: Value at 'names' failed to satisfy constraint: Member must have length less than or equal to 10",
  ],
])('refused: %s', async (_name, call, message) => {
  const { ssm } = await withParameters();
  expect(await refused(call(ssm))).toBe(message);
});

test('a secure parameter: encrypted, decrypted, and only who may use its key', async () => {
  const account = await openAccount();
  const KeyId = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-4333-8444-555555555555';
  await account.ssm.putParameter({ Name: '/own', Value: 'secret', Type: 'SecureString', KeyId });
  await account.ssm.putParameter({ Name: '/default-key', Value: 'secret', Type: 'SecureString' });
  const Role = await createRole(account, [{ Effect: 'Allow', Action: 'ssm:GetParameter', Resource: '*' }]);
  await deploy(
    account,
    `import { SSMClient, GetParameterCommand } from '@aws-sdk/client-ssm';
     const ssm = new SSMClient({});
     const read = async (Name, WithDecryption) => {
       try { return (await ssm.send(new GetParameterCommand({ Name, WithDecryption }))).Parameter.Value; }
       catch (error) { return String(error); }
     };
     export const handler = async () => [await read('/default-key', true), (await read('/own', false)).slice(0, 6), await read('/own', true)];`,
    { Role },
  );
  expect(await invoke(account)).toEqual([
    'secret',
    'AQICAH',
    `AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/worker-role/worker is not authorized to perform: kms:Decrypt on resource: ${KeyId} because no identity-based policy allows the kms:Decrypt action`,
  ]);
  await account.iam.putRolePolicy({
    RoleName: 'worker-role',
    PolicyName: 'key',
    PolicyDocument: JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: KeyId }] }),
  });
  expect(await invoke(account)).toEqual(['secret', 'AQICAH', 'secret']);
  account.dispose();
});
