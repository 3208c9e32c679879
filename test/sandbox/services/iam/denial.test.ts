/** Permission denied, and how it is mended. */
import { expect, test } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import type { PolicyStatement } from '../../../../sandbox/services/service.ts';
import { createRole, deploy, invoke, lambdaTrust, openAccount } from '../function-story.ts';
import { refused } from '../service-account.ts';

const reader = `
  import { S3Client, GetObjectCommand } from '@aws-sdk/client-s3';
  const s3 = new S3Client({});
  export const handler = async ({ key = 'a' }) => {
    try { return await (await s3.send(new GetObjectCommand({ Bucket: 'photos', Key: key }))).Body.transformToString(); }
    catch (error) { return error.name + ' ' + error.$metadata.httpStatusCode + ': ' + error.message; }
  };`;

const user =
  'User: arn:aws:sts::123456789012:assumed-role/worker-role/worker is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::photos/a"';

async function begin(statements: readonly PolicyStatement[]): Promise<Account> {
  const account = await openAccount();
  await account.s3.createBucket({ Bucket: 'photos' });
  await account.s3.putObject({ Bucket: 'photos', Key: 'a', Body: 'hello' });
  const Role = await createRole(account, statements);
  await deploy(account, reader, { Role });
  return account;
}

const put = (account: Account, statement: PolicyStatement): Promise<unknown> =>
  account.iam.putRolePolicy({
    RoleName: 'worker-role',
    PolicyName: 'more',
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
  });

test('no policy allows it; a policy is put; it works, in the same environment', async () => {
  const account = await begin([]);
  expect(await invoke(account)).toBe(
    `AccessDenied 403: ${user} because no identity-based policy allows the s3:GetObject action`,
  );
  await put(account, { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::photos/*' });
  expect(await invoke(account)).toBe('hello');
  expect(account.trace.filter(({ type }) => type === 'environmentCreated')).toHaveLength(1);
  account.dispose();
});

test('an explicit deny wins, wherever it stands', async () => {
  const allow: PolicyStatement = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
  const account = await begin([allow]);
  expect(await invoke(account)).toBe('hello');
  await put(account, { Effect: 'Deny', Action: 's3:Get*', Resource: '*' });
  expect(await invoke(account)).toBe(`AccessDenied 403: ${user} with an explicit deny in an identity-based policy`);
  await account.iam.deleteRolePolicy({ RoleName: 'worker-role', PolicyName: 'more' });
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::photos/*' }],
  });
  await account.s3.putBucketPolicy({ Bucket: 'photos', Policy });
  expect(await invoke(account)).toBe(`AccessDenied 403: ${user} with an explicit deny in a resource-based policy`);
  account.dispose();
});

test('a bucket policy alone lets the role in', async () => {
  const account = await begin([]);
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::123456789012:role/worker-role' },
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::photos/*',
      },
    ],
  });
  await account.s3.putBucketPolicy({ Bucket: 'photos', Policy });
  expect(await invoke(account)).toBe('hello');
  account.dispose();
});

test('who may not list a bucket is not told that an object is missing', async () => {
  const account = await begin([{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }]);
  expect(await invoke(account, { key: 'none' })).toBe(
    'AccessDenied 403: User: arn:aws:sts::123456789012:assumed-role/worker-role/worker is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::photos" because no identity-based policy allows the s3:ListBucket action',
  );
  await put(account, { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::photos' });
  expect(await invoke(account, { key: 'none' })).toBe('NoSuchKey 404: The specified key does not exist.');
  account.dispose();
});

test('a managed policy is attached and detached', async () => {
  const account = await begin([]);
  const PolicyArn = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
  await account.iam.attachRolePolicy({ RoleName: 'worker-role', PolicyArn });
  expect(await invoke(account)).toBe('hello');
  await account.iam.detachRolePolicy({ RoleName: 'worker-role', PolicyArn });
  expect(await invoke(account)).toMatch(/^AccessDenied 403/);
  account.dispose();
});

test('a function without a role of its own gets one that may only write logs', async () => {
  const account = await openAccount();
  await account.s3.createBucket({ Bucket: 'photos' });
  await deploy(account, reader);
  const { Configuration } = await account.lambda.getFunction({ FunctionName: 'worker' });
  expect(Configuration.Role).toBe('arn:aws:iam::123456789012:role/service-role/worker-role');
  expect(await account.iam.listAttachedRolePolicies({ RoleName: 'worker-role' })).toMatchObject({
    AttachedPolicies: [{ PolicyName: 'AWSLambdaBasicExecutionRole' }],
  });
  expect(await invoke(account)).toMatch(/^AccessDenied 403: .*assumed-role\/worker-role\/worker is not authorized/);
  account.dispose();
});

test('a role that does not trust Lambda, or does not exist, cannot be an execution role', async () => {
  const account = await openAccount();
  const trust = lambdaTrust.replace('lambda.amazonaws.com', 'ec2.amazonaws.com');
  const { Role } = await account.iam.createRole({ RoleName: 'for-ec2', AssumeRolePolicyDocument: trust });
  const refusal = 'InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.';
  expect(await refused(deploy(account, reader, { Role: Role.Arn }))).toBe(refusal);
  expect(await refused(deploy(account, reader, { Role: 'arn:aws:iam::123456789012:role/none' }))).toBe(refusal);
  await account.iam.updateAssumeRolePolicy({ RoleName: 'for-ec2', PolicyDocument: lambdaTrust });
  expect(await refused(deploy(account, reader, { Role: Role.Arn }))).toBe('no error');
  account.dispose();
});

test('a role that is deleted while its function lives: the credentials mean nobody', async () => {
  const account = await begin([]);
  await account.iam.deleteRolePolicy({ RoleName: 'worker-role', PolicyName: 'work' }).catch(() => undefined);
  await account.iam.deleteRole({ RoleName: 'worker-role' });
  expect(await invoke(account)).toBe(
    'UnrecognizedClientException 403: The security token included in the request is invalid.',
  );
  account.dispose();
});

test('a role that may not write logs: nothing of its environments reaches CloudWatch', async () => {
  const account = await begin([]);
  await invoke(account);
  const logging = await openAccount();
  await deploy(logging, reader);
  await invoke(logging);
  const denied = ({ trace }: Account) =>
    trace.flatMap((event) => (event.type === 'environmentCreated' ? [event.logsDenied ?? false] : []));
  expect(denied(account)).toEqual([true]);
  expect(denied(logging)).toEqual([false]);
  account.dispose();
  logging.dispose();
});

test('the condition key lambda:SourceFunctionArn tells functions of one role apart', async () => {
  const account = await begin([
    {
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: '*',
      Condition: { ArnEquals: { 'lambda:SourceFunctionArn': 'arn:aws:lambda:us-east-1:123456789012:function:worker' } },
    },
  ]);
  await deploy(account, reader, { FunctionName: 'other', Role: 'arn:aws:iam::123456789012:role/worker-role' });
  expect(await invoke(account)).toBe('hello');
  expect(await invoke(account, {}, 'other')).toMatch(/^AccessDenied 403/);
  account.dispose();
});
