/** Roles and policies through IAM's API. */
import { describe, expect, test } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import { lambdaTrust } from '../function-story.ts';
import { refused, serviceAccount } from '../service-account.ts';

const policy = (Action = 's3:GetObject') =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });

async function withRole(): Promise<Account> {
  const account = await serviceAccount();
  await account.iam.createRole({ RoleName: 'worker', AssumeRolePolicyDocument: lambdaTrust });
  return account;
}

test('a role is created and described; documents come URL-encoded', async () => {
  const { iam } = await withRole();
  const { Role } = await iam.getRole({ RoleName: 'worker' });
  expect(Role).toMatchObject({
    RoleName: 'worker',
    Path: '/',
    Arn: 'arn:aws:iam::123456789012:role/worker',
    RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/) as string,
    CreateDate: new Date('2026-01-05T09:00:00Z'),
  });
  expect(decodeURIComponent(Role.AssumeRolePolicyDocument)).toBe(lambdaTrust);
  await iam.putRolePolicy({ RoleName: 'worker', PolicyName: 'read', PolicyDocument: policy() });
  const { PolicyDocument } = await iam.getRolePolicy({ RoleName: 'worker', PolicyName: 'read' });
  expect(decodeURIComponent(PolicyDocument)).toBe(policy());
  expect(await iam.listRolePolicies({ RoleName: 'worker' })).toMatchObject({ PolicyNames: ['read'] });
});

test('a policy of the account is attached, and in the way of its deletion', async () => {
  const { iam } = await withRole();
  const { Policy } = await iam.createPolicy({ PolicyName: 'read', PolicyDocument: policy() });
  await iam.attachRolePolicy({ RoleName: 'worker', PolicyArn: Policy.Arn });
  expect((await iam.getPolicy({ PolicyArn: Policy.Arn })).Policy.AttachmentCount).toBe(1);
  expect(await refused(iam.deletePolicy({ PolicyArn: Policy.Arn }))).toBe(
    'DeleteConflictException: Cannot delete a policy attached to entities.',
  );
  expect(await refused(iam.deleteRole({ RoleName: 'worker' }))).toBe(
    'DeleteConflictException: Cannot delete entity, must detach all policies first.',
  );
  await iam.detachRolePolicy({ RoleName: 'worker', PolicyArn: Policy.Arn });
  await iam.deletePolicy({ PolicyArn: Policy.Arn });
  await iam.deleteRole({ RoleName: 'worker' });
  expect((await iam.listRoles({})).Roles).toEqual([]);
});

test('managed policies are what their documents say', async () => {
  const { iam } = await withRole();
  const { PolicyVersion } = await iam.getPolicyVersion({
    PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
  });
  expect(JSON.parse(decodeURIComponent(PolicyVersion.Document))).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: '*',
      },
    ],
  });
});

describe('refused', () => {
  test.each<[string, (iam: Account['iam']) => Promise<unknown>, string]>([
    [
      'a role that is there',
      (iam) => iam.createRole({ RoleName: 'worker', AssumeRolePolicyDocument: lambdaTrust }),
      'EntityAlreadyExistsException: Role with name worker already exists.',
    ],
    [
      'a role that is not there',
      (iam) => iam.getRole({ RoleName: 'none' }),
      'NoSuchEntityException: The role with name none cannot be found.',
    ],
    [
      'a name with a space',
      (iam) => iam.createRole({ RoleName: 'a b', AssumeRolePolicyDocument: lambdaTrust }),
      'ValidationError: The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_- and have at most 64 of them',
    ],
    [
      'a trust policy without principal',
      (iam) => iam.createRole({ RoleName: 'other', AssumeRolePolicyDocument: policy() }),
      'MalformedPolicyDocumentException: Syntax errors in policy. Statement[0].Resource: A trust policy has no Resource: it is about the role that it belongs to. Statement[0].Principal: Principal is missing.',
    ],
    [
      'a policy that is no JSON',
      (iam) => iam.putRolePolicy({ RoleName: 'worker', PolicyName: 'p', PolicyDocument: '' }),
      'MalformedPolicyDocumentException: Syntax errors in policy. The policy is not JSON: ',
    ],
    [
      'a policy that is not there',
      (iam) => iam.attachRolePolicy({ RoleName: 'worker', PolicyArn: 'arn:aws:iam::aws:policy/None' }),
      'NoSuchEntityException: Policy arn:aws:iam::aws:policy/None does not exist or is not attachable.',
    ],
    [
      'inline policies that are too long',
      (iam) =>
        iam.putRolePolicy({ RoleName: 'worker', PolicyName: 'p', PolicyDocument: policy(`s3:${'G'.repeat(10_240)}`) }),
      'LimitExceededException: Maximum policy size of 10240 bytes exceeded for role worker',
    ],
    [
      'detaching what is not attached',
      (iam) => iam.detachRolePolicy({ RoleName: 'worker', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
      'NoSuchEntityException: Policy arn:aws:iam::aws:policy/AdministratorAccess was not found.',
    ],
  ])('%s', async (_name, call, message) => {
    const { iam } = await withRole();
    expect((await refused(call(iam))).slice(0, message.length)).toBe(message);
  });
});
