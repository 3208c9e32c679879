/** Secrets: values and versions, deletion that can be undone, rotation by a function. */
import { expect, test } from 'vitest';
import type { Account } from '../../../sandbox/account.ts';
import { allow, createRole, deploy, invoke, openAccount } from './function-story.ts';
import { refused, serviceAccount } from './service-account.ts';

const database = { Name: 'prod/database', SecretString: '{"password":"one"}' };

test('a secret is created, read by name and by ARN, and changed: the value before stays as AWSPREVIOUS', async () => {
  const { secretsManager } = await serviceAccount();
  const { ARN } = await secretsManager.createSecret(database);
  expect(ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:123456789012:secret:prod\/database-[A-Za-z0-9]{6}$/);
  const value = await secretsManager.getSecretValue({ SecretId: 'prod/database' });
  expect(value).toEqual({
    ARN,
    Name: 'prod/database',
    VersionId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    SecretString: '{"password":"one"}',
    VersionStages: ['AWSCURRENT'],
    CreatedDate: new Date('2026-01-05T09:00:00Z'),
  });
  expect(await secretsManager.getSecretValue({ SecretId: ARN.slice(0, -7) })).toEqual(value);
  await secretsManager.putSecretValue({ SecretId: ARN, SecretString: 'two' });
  const read = async (VersionStage: string) =>
    (await secretsManager.getSecretValue({ SecretId: ARN, VersionStage })).SecretString;
  expect([await read('AWSCURRENT'), await read('AWSPREVIOUS')]).toEqual(['two', '{"password":"one"}']);
  expect(await refused(read('AWSPENDING'))).toBe(
    "ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSPENDING",
  );
});

test('a deleted secret can be restored for some days, then it is gone', async () => {
  const { secretsManager, clock } = await serviceAccount();
  await secretsManager.createSecret(database);
  const SecretId = database.Name;
  const { DeletionDate } = await secretsManager.deleteSecret({ SecretId, RecoveryWindowInDays: 7 });
  expect(DeletionDate).toEqual(new Date('2026-01-12T09:00:00Z'));
  expect(await refused(secretsManager.getSecretValue({ SecretId }))).toBe(
    "InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion.",
  );
  expect(await refused(secretsManager.createSecret(database))).toBe(
    "InvalidRequestException: You can't create this secret because a secret with this name is already scheduled for deletion.",
  );
  await secretsManager.restoreSecret({ SecretId });
  expect(await refused(secretsManager.getSecretValue({ SecretId }))).toBe('no error');
  await secretsManager.deleteSecret({ SecretId, RecoveryWindowInDays: 7 });
  clock.advance({ days: 8 });
  expect(await refused(secretsManager.restoreSecret({ SecretId }))).toBe(
    "ResourceNotFoundException: Secrets Manager can't find the specified secret.",
  );
  expect(await refused(secretsManager.createSecret(database))).toBe('no error');
});

test.each<[string, (s: Account['secretsManager']) => Promise<unknown>, string]>([
  [
    'a secret that is there',
    (s) => s.createSecret(database),
    'ResourceExistsException: The operation failed because the secret prod/database already exists.',
  ],
  [
    'a name with a space',
    (s) => s.createSecret({ Name: 'my secret' }),
    'ValidationException: Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
  ],
  [
    'no value',
    (s) => s.putSecretValue({ SecretId: database.Name }),
    'InvalidParameterException: You must provide either SecretString or SecretBinary.',
  ],
  [
    'a short recovery',
    (s) => s.deleteSecret({ SecretId: database.Name, RecoveryWindowInDays: 3 }),
    'InvalidParameterException: The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).',
  ],
  [
    'rotation without a function',
    (s) => s.rotateSecret({ SecretId: database.Name }),
    'InvalidRequestException: No Lambda rotation function ARN is associated with this secret.',
  ],
])('refused: %s', async (_name, call, message) => {
  const { secretsManager } = await serviceAccount();
  await secretsManager.createSecret(database);
  expect(await refused(call(secretsManager))).toBe(message);
});

test('a function rotates a secret in four steps', async () => {
  const account = await openAccount();
  const Role = await createRole(account, [allow('secretsmanager')]);
  await deploy(
    account,
    `import { SecretsManagerClient, GetSecretValueCommand, PutSecretValueCommand, DescribeSecretCommand, UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
     const client = new SecretsManagerClient({});
     export const handler = async ({ Step, SecretId, ClientRequestToken }) => {
       console.log(Step);
       if (Step === 'createSecret') {
         const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId }));
         await client.send(new PutSecretValueCommand({ SecretId, ClientRequestToken, SecretString: SecretString + '+', VersionStages: ['AWSPENDING'] }));
       }
       if (Step === 'testSecret') await client.send(new GetSecretValueCommand({ SecretId, VersionId: ClientRequestToken, VersionStage: 'AWSPENDING' }));
       if (Step === 'finishSecret') {
         const { VersionIdsToStages } = await client.send(new DescribeSecretCommand({ SecretId }));
         const [current] = Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes('AWSCURRENT'));
         await client.send(new UpdateSecretVersionStageCommand({ SecretId, VersionStage: 'AWSCURRENT', MoveToVersionId: ClientRequestToken, RemoveFromVersionId: current }));
       }
     };`,
    { Role },
  );
  await account.secretsManager.createSecret({ Name: 'db', SecretString: 'a' });
  const rotation = {
    SecretId: 'db',
    RotationLambdaARN: 'arn:aws:lambda:us-east-1:123456789012:function:worker',
    RotationRules: { AutomaticallyAfterDays: 30 },
  };
  expect(await refused(account.secretsManager.rotateSecret(rotation))).toMatch(
    /^AccessDeniedException: Secrets Manager cannot invoke/,
  );
  await account.lambda.addPermission({
    FunctionName: 'worker',
    StatementId: 'rotation',
    Action: 'lambda:InvokeFunction',
    Principal: 'secretsmanager.amazonaws.com',
  });
  await account.secretsManager.rotateSecret(rotation);
  account.clock.advance({ minutes: 1 });
  const value = async () => (await account.secretsManager.getSecretValue({ SecretId: 'db' })).SecretString;
  expect(await value()).toBe('a+');
  const steps = account.trace.flatMap((event) =>
    event.type === 'logWritten' ? [event.message.split('\t').at(-1)?.trim()] : [],
  );
  expect(steps).toEqual(['createSecret', 'setSecret', 'testSecret', 'finishSecret']);
  account.clock.advance({ days: 30 });
  account.clock.advance({ minutes: 1 });
  expect(await value()).toBe('a++');
  account.dispose();
});

test('a function reads its secret when its role may', async () => {
  const account = await openAccount();
  const { ARN } = await account.secretsManager.createSecret(database);
  const Role = await createRole(account, [
    { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: 'arn:aws:secretsmanager:*:*:secret:prod/*' },
  ]);
  await account.secretsManager.createSecret({ Name: 'other', SecretString: 'x' });
  await deploy(
    account,
    `import { SecretsManager } from '@aws-sdk/client-secrets-manager';
     const secrets = new SecretsManager();
     export const handler = async ({ SecretId }) => {
       try { return JSON.parse((await secrets.getSecretValue({ SecretId })).SecretString).password; }
       catch ({ name, message }) { return name + ': ' + message; }
     };`,
    { Role },
  );
  expect(await invoke(account, { SecretId: 'prod/database' })).toBe('one');
  expect(await invoke(account, { SecretId: ARN })).toBe('one');
  expect(await invoke(account, { SecretId: 'other' })).toMatch(
    /^AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role\/worker-role\/worker is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:us-east-1:123456789012:secret:other-\w{6} because no identity-based policy allows the secretsmanager:GetSecretValue action$/,
  );
  account.dispose();
});
