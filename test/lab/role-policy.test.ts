/** Policies that are changed by adding what a function needs. */
import { expect, test } from 'vitest';
import { allowing, letSend } from '../../src/lab/role-policy.ts';

const table = 'arn:aws:dynamodb:us-east-1:123456789012:table/profiles';
const statements = (text: string): unknown => (JSON.parse(text) as { Statement: unknown }).Statement;

test('a policy that is not there, or is no JSON, begins with what is needed', () => {
  const expected = [{ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: table }];
  expect(statements(allowing(undefined, [{ action: 'dynamodb:GetItem', resource: table }]))).toEqual(expected);
  expect(statements(allowing('{"Version"', [{ action: 'dynamodb:GetItem', resource: table }]))).toEqual(expected);
});

test('an action joins the statement of its resource; others, denials and conditions stay as they are', () => {
  const before = [
    { Effect: 'Deny', Action: 's3:*', Resource: table },
    { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: table, Condition: { Bool: {} } },
    { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: [table] },
  ];
  const text = JSON.stringify({ Version: '2012-10-17', Statement: before });
  const needs = ['dynamodb:Query', 'dynamodb:GetItem'].map((action) => ({ action, resource: table }));
  expect(statements(allowing(text, [...needs, { action: 'sqs:SendMessage', resource: '*' }]))).toEqual([
    before[0],
    before[1],
    { Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:Query'], Resource: [table] },
    { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' },
  ]);
});

test('a single statement that is no list is kept', () => {
  const text = '{"Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}';
  expect(statements(allowing(text, [{ action: 's3:PutObject', resource: '*' }]))).toEqual([
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: '*' },
  ]);
});

test('a target needs the action of its service, and nowhere needs none', () => {
  expect(letSend('worker-role', 'arn:aws:sqs:us-east-1:123456789012:dead')).toMatchObject([
    { operation: 'PutRolePolicy', input: { RoleName: 'worker-role', PolicyName: 'send-to-dead' } },
  ]);
  const [call] = letSend('worker-role', 'arn:aws:s3:::failures');
  expect(statements(String(call?.input['PolicyDocument']))).toEqual([
    { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::failures/*' },
    { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::failures' },
  ]);
  expect(letSend('worker-role', '')).toEqual([]);
});
