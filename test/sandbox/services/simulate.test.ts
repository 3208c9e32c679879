/** SimulatePrincipalPolicy: what a role's policies would decide, without a call. */
import { expect, test } from 'vitest';
import { createRole, openAccount } from './function-story.ts';

test('answers for each action on each resource, with the policies that decided', async () => {
  const account = await openAccount();
  const PolicySourceArn = await createRole(account, [
    { Effect: 'Allow', Action: 's3:*Object', Resource: 'arn:aws:s3:::photos/*' },
    { Effect: 'Deny', Action: 's3:DeleteObject', Resource: '*' },
  ]);
  const { EvaluationResults } = await account.iam.simulatePrincipalPolicy({
    PolicySourceArn,
    ActionNames: ['s3:GetObject', 's3:DeleteObject'],
    ResourceArns: ['arn:aws:s3:::photos/a.png', 'arn:aws:s3:::salaries/a.csv'],
  });
  expect(EvaluationResults).toEqual([
    {
      EvalActionName: 's3:GetObject',
      EvalResourceName: 'arn:aws:s3:::photos/a.png',
      EvalDecision: 'allowed',
      MatchedStatements: [{ SourcePolicyId: 'work' }],
    },
    {
      EvalActionName: 's3:GetObject',
      EvalResourceName: 'arn:aws:s3:::salaries/a.csv',
      EvalDecision: 'implicitDeny',
      MatchedStatements: [],
    },
    {
      EvalActionName: 's3:DeleteObject',
      EvalResourceName: 'arn:aws:s3:::photos/a.png',
      EvalDecision: 'explicitDeny',
      MatchedStatements: [{ SourcePolicyId: 'work' }],
    },
    {
      EvalActionName: 's3:DeleteObject',
      EvalResourceName: 'arn:aws:s3:::salaries/a.csv',
      EvalDecision: 'explicitDeny',
      MatchedStatements: [{ SourcePolicyId: 'work' }],
    },
  ]);
});

test('takes condition keys, and refuses a role that is not there', async () => {
  const account = await openAccount();
  const PolicySourceArn = await createRole(account, [
    { Effect: 'Allow', Action: 's3:ListBucket', Resource: '*', Condition: { StringEquals: { 's3:prefix': 'home/' } } },
  ]);
  const decide = async (prefix: string) => {
    const ContextEntries = [{ ContextKeyName: 's3:prefix', ContextKeyValues: [prefix] }];
    const input = { PolicySourceArn, ActionNames: ['s3:ListBucket'], ContextEntries };
    return (await account.iam.simulatePrincipalPolicy(input)).EvaluationResults[0]?.EvalDecision;
  };
  expect([await decide('home/'), await decide('other/')]).toEqual(['allowed', 'implicitDeny']);
  const nobody = account.iam.simulatePrincipalPolicy({
    PolicySourceArn: `${PolicySourceArn}x`,
    ActionNames: ['s3:Get'],
  });
  await expect(nobody).rejects.toMatchObject({ name: 'NoSuchEntityException' });
});
