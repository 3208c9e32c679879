/** Resource-based policies: which services may invoke a function. */
import { expect, test } from 'vitest';
import type { Account } from '../../../sandbox/account.ts';
import type { AddPermissionRequest } from '../../../sandbox/lambda/api/permissions.types.ts';
import { allows, statementOf } from '../../../sandbox/lambda/permissions/statements.ts';
import type { Caller } from '../../../sandbox/services/service.ts';
import { begin } from './story.ts';

const arn = 'arn:aws:lambda:us-east-1:123456789012:function:hello';
const bucket = 'arn:aws:s3:::pictures';
const s3: Caller = { kind: 'service', principal: 's3.amazonaws.com', sourceArn: bucket };

const permission = (request: Partial<AddPermissionRequest> = {}): AddPermissionRequest => ({
  FunctionName: 'hello',
  StatementId: 'pictures',
  Action: 'lambda:InvokeFunction',
  Principal: 's3.amazonaws.com',
  SourceArn: bucket,
  ...request,
});

const invoke = ({ lambda }: Account, caller: Caller, functionArn = arn): void =>
  lambda.invoker.invokeAsync(functionArn, '{}', caller);

test('a service may invoke once the policy says so, and no longer when it does not', async () => {
  const { account } = await begin();
  expect(() => invoke(account, s3)).toThrow(
    `User: s3.amazonaws.com is not authorized to perform: lambda:InvokeFunction on resource: ${arn} because no resource-based policy allows the lambda:InvokeFunction action`,
  );
  const { Statement } = await account.lambda.addPermission(permission({ SourceAccount: '123456789012' }));
  expect(JSON.parse(Statement)).toEqual({
    Sid: 'pictures',
    Effect: 'Allow',
    Principal: { Service: 's3.amazonaws.com' },
    Action: 'lambda:InvokeFunction',
    Resource: arn,
    Condition: { StringEquals: { 'AWS:SourceAccount': '123456789012' }, ArnLike: { 'AWS:SourceArn': bucket } },
  });
  invoke(account, s3);
  account.clock.advance({ seconds: 1 });
  expect(account.trace.some(({ type }) => type === 'eventEnded')).toBe(true);

  await account.lambda.removePermission({ FunctionName: 'hello', StatementId: 'pictures' });
  expect(() => invoke(account, s3)).toThrow('is not authorized');
});

test('the account itself, its roles, and Lambda that polls for them need no statement', async () => {
  const { account } = await begin();
  const callers: Caller[] = [
    { kind: 'account' },
    { kind: 'service', principal: 'lambda.amazonaws.com', sourceArn: 'arn:aws:sqs:us-east-1:123456789012:queue' },
    { kind: 'role', roleArn: 'arn:aws:iam::123456789012:role/x', sessionArn: '', environmentId: 'e' },
  ];
  for (const caller of callers) expect(() => invoke(account, caller)).not.toThrow();
});

test('a synchronous call that is not allowed has an error as its outcome', async () => {
  const { account } = await begin();
  const outcomes: unknown[] = [];
  const gateway: Caller = { kind: 'service', principal: 'apigateway.amazonaws.com' };
  account.lambda.invoker.invokeSync(arn, '{}', gateway, (outcome) => outcomes.push(outcome));
  account.clock.advance({ seconds: 1 });
  expect(outcomes).toMatchObject([{ ok: false, error: { name: 'AccessDeniedException', code: 403 } }]);
});

test('the policy of an alias is its own', async () => {
  const { account } = await begin();
  await account.lambda.publishVersion({ FunctionName: 'hello' });
  await account.lambda.createAlias({ FunctionName: 'hello', Name: 'live', FunctionVersion: '1' });
  await account.lambda.addPermission(permission({ Qualifier: 'live' }));
  expect(() => invoke(account, s3, `${arn}:live`)).not.toThrow();
  expect(() => invoke(account, s3)).toThrow('is not authorized');
  expect(() => invoke(account, s3, `${arn}:1`)).toThrow('is not authorized');
});

test('the policy is read as a document whose revision changes with every statement', async () => {
  const { account } = await begin();
  const { lambda } = account;
  await lambda.addPermission(permission());
  const first = await lambda.getPolicy({ FunctionName: 'hello' });
  expect(JSON.parse(first.Policy)).toMatchObject({
    Version: '2012-10-17',
    Id: 'default',
    Statement: [{ Sid: 'pictures' }],
  });
  expect(lambda.policyOf(arn)).toEqual(JSON.parse(first.Policy));
  await lambda.addPermission(permission({ StatementId: 'topic', Principal: 'sns.amazonaws.com' }));
  const second = await lambda.getPolicy({ FunctionName: 'hello' });
  expect(second.RevisionId).not.toBe(first.RevisionId);
  await expect(
    lambda.removePermission({ FunctionName: 'hello', StatementId: 'topic', RevisionId: first.RevisionId }),
  ).rejects.toMatchObject({ name: 'PreconditionFailedException' });
  await lambda.removePermission({ FunctionName: 'hello', StatementId: 'topic', RevisionId: second.RevisionId });
  await lambda.removePermission({ FunctionName: 'hello', StatementId: 'pictures' });
  await expect(lambda.getPolicy({ FunctionName: 'hello' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'The resource you requested does not exist.',
  });
});

test.each<[string, Partial<AddPermissionRequest>, string, string]>([
  [
    'a statement id that is taken',
    {},
    'ResourceConflictException',
    'The statement id (pictures) provided already exists.',
  ],
  ['$LATEST', { Qualifier: '$LATEST' }, 'InvalidParameterValueException', 'adding policies for $LATEST'],
  ['an id with spaces', { StatementId: 'a b' }, 'ValidationException', "at 'statementId'"],
  ['an action of another service', { Action: 's3:GetObject' }, 'ValidationException', "at 'action'"],
  ['a principal that is none', { StatementId: 'x', Principal: 'S3' }, 'InvalidParameterValueException', 'principal'],
  ['an unknown alias', { Qualifier: 'live' }, 'ResourceNotFoundException', `${arn}:live`],
])('refuses %s', async (_what, request, name, message) => {
  const { lambda } = (await begin()).account;
  await lambda.addPermission(permission());
  await expect(lambda.addPermission(permission(request))).rejects.toMatchObject({
    name,
    message: expect.stringContaining(message) as string,
  });
});

test('a policy holds 20 KB', async () => {
  const { lambda } = (await begin()).account;
  const fill = async (): Promise<void> => {
    for (let index = 0; index < 200; index += 1) {
      await lambda.addPermission(permission({ StatementId: `s${index}`, SourceArn: `${bucket}-${index}` }));
    }
  };
  await expect(fill()).rejects.toMatchObject({
    name: 'PolicyLengthExceededException',
    message: expect.stringMatching(/^The final policy size \(\d+\) is bigger than the limit \(20480\)\.$/) as string,
  });
});

test.each([
  ['the bucket', { SourceArn: bucket }, { 'aws:sourcearn': bucket }, true],
  ['another bucket', { SourceArn: bucket }, { 'aws:sourcearn': `${bucket}2` }, false],
  ['no source at all', { SourceArn: bucket }, {}, false],
  ['a pattern', { SourceArn: 'arn:aws:s3:::pic*' }, { 'aws:sourcearn': bucket }, true],
  ['a pattern with one character', { SourceArn: 'arn:aws:s3:::picture?' }, { 'aws:sourcearn': bucket }, true],
  ['dots that are dots', { SourceArn: 'arn:aws:s3:::p.ctures' }, { 'aws:sourcearn': bucket }, false],
  ['another account', { SourceAccount: '1' }, { 'aws:sourceaccount': '2' }, false],
  ['any source when none is named', {}, { 'aws:sourcearn': bucket }, true],
])('a statement for %s', async (_what, request, context, allowed) => {
  const { SourceArn: _, ...bare } = permission();
  const statement = statementOf({ ...bare, ...request }, arn);
  const principal = { Service: 's3.amazonaws.com' };
  expect(allows(statement, { action: 'lambda:InvokeFunction', principal, context })).toBe(allowed);
  expect(allows(statement, { action: 'lambda:GetFunction', principal, context })).toBe(false);
  const other = { Service: 'sns.amazonaws.com' };
  expect(allows(statement, { action: 'lambda:InvokeFunction', principal: other, context })).toBe(false);
});

test('a function URL for everybody is a statement about everybody', () => {
  const statement = statementOf(
    permission({ Principal: '*', Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE', SourceArn: bucket }),
    arn,
  );
  expect(statement.Principal).toBe('*');
  const context = { 'lambda:functionurlauthtype': 'NONE', 'aws:sourcearn': bucket };
  expect(allows(statement, { action: 'lambda:InvokeFunctionUrl', principal: '*', context })).toBe(true);
  const signed = { ...context, 'lambda:functionurlauthtype': 'AWS_IAM' };
  expect(allows(statement, { action: 'lambda:InvokeFunctionUrl', principal: '*', context: signed })).toBe(false);
});

test('an account as principal lets in its identities', () => {
  const statement = statementOf(permission({ Principal: '210987654321', SourceArn: bucket }), arn);
  expect(statement.Principal).toEqual({ AWS: 'arn:aws:iam::210987654321:root' });
  const context = { 'aws:sourcearn': bucket };
  const request = (AWS: string) => ({ action: 'lambda:InvokeFunction', principal: { AWS }, context });
  expect(allows(statement, request('arn:aws:iam::210987654321:role/caller'))).toBe(true);
  expect(allows(statement, request('arn:aws:iam::123456789012:role/caller'))).toBe(false);
});
