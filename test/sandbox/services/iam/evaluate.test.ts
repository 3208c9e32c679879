/** The policy evaluator: one line a case, and the laws that hold for all policies. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluatePolicies, type EvaluationRequest } from '../../../../sandbox/services/iam/evaluate.ts';
import type { PolicyDocument, PolicyStatement } from '../../../../sandbox/services/service.ts';

const role = 'arn:aws:iam::123456789012:role/worker';
const session = 'arn:aws:sts::123456789012:assumed-role/worker/fn';
const object = 'arn:aws:s3:::photos/cats/tom.jpg';

const policy = (...statements: PolicyStatement[]): PolicyDocument => ({ Version: '2012-10-17', Statement: statements });
const named = (document: PolicyDocument) => [{ name: 'p', document }];
const decide = (request: Partial<EvaluationRequest>): string =>
  evaluatePolicies({ action: 's3:GetObject', resource: object, ...request }).decision;

const allowGet: PolicyStatement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };

describe('identity-based policies', () => {
  test.each<[string, PolicyStatement[], string]>([
    ['nothing', [], 'implicitDeny'],
    ['the action on everything', [allowGet], 'allowed'],
    ['another action', [{ ...allowGet, Action: 's3:PutObject' }], 'implicitDeny'],
    ['one of several actions', [{ ...allowGet, Action: ['s3:PutObject', 's3:GetObject'] }], 'allowed'],
    ['a wildcard for actions', [{ ...allowGet, Action: 's3:Get*' }], 'allowed'],
    ['a wildcard that does not fit', [{ ...allowGet, Action: 's3:List*' }], 'implicitDeny'],
    ['the case of an action does not matter', [{ ...allowGet, Action: 'S3:getobject' }], 'allowed'],
    ['every action', [{ ...allowGet, Action: '*' }], 'allowed'],
    ['one character of an action', [{ ...allowGet, Action: 's3:GetObjec?' }], 'allowed'],
    ['all but another action', [{ Effect: 'Allow', NotAction: 's3:Put*', Resource: '*' }], 'allowed'],
    ['all but this action', [{ Effect: 'Allow', NotAction: 's3:Get*', Resource: '*' }], 'implicitDeny'],
    ['the objects of the bucket', [{ ...allowGet, Resource: 'arn:aws:s3:::photos/*' }], 'allowed'],
    ['the bucket instead of its objects', [{ ...allowGet, Resource: 'arn:aws:s3:::photos' }], 'implicitDeny'],
    ['another prefix', [{ ...allowGet, Resource: 'arn:aws:s3:::photos/dogs/*' }], 'implicitDeny'],
    ['the case of a resource matters', [{ ...allowGet, Resource: 'arn:aws:s3:::Photos/*' }], 'implicitDeny'],
    ['all but another resource', [{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::secret/*' }], 'allowed'],
    ['all but this resource', [{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::photos/*' }], 'implicitDeny'],
    ['a Deny beside an Allow', [allowGet, { ...allowGet, Effect: 'Deny' }], 'explicitDeny'],
    ['a Deny before an Allow', [{ ...allowGet, Effect: 'Deny' }, allowGet], 'explicitDeny'],
    ['a Deny of something else', [allowGet, { ...allowGet, Effect: 'Deny', Action: 's3:PutObject' }], 'allowed'],
  ])('%s', (_name, statements, decision) => {
    expect(decide({ identityPolicies: named(policy(...statements)) })).toBe(decision);
  });

  test('a wildcard in an ARN stays within its part, and parts that are missing stand for anything', () => {
    const queue = { action: 'sqs:SendMessage', resource: 'arn:aws:sqs:us-east-1:123456789012:orders' };
    const allows = (resource: string): string =>
      decide({ ...queue, identityPolicies: named(policy({ Effect: 'Allow', Action: '*', Resource: resource })) });
    expect(allows('arn:aws:sqs:*:*:orders')).toBe('allowed');
    expect(allows('arn:aws:sqs:us-east-1:123456789012:*')).toBe('allowed');
    expect(allows('arn:aws:sqs:*')).toBe('allowed');
    expect(allows('arn:aws:sqs:us*orders')).toBe('implicitDeny');
    expect(allows('arn:aws:sns:*:*:orders')).toBe('implicitDeny');
    expect(allows('arn:aws:sqs:eu-west-1:123456789012:orders')).toBe('implicitDeny');
  });

  test('why: the statements that decided, by policy and place', () => {
    const { why } = evaluatePolicies({
      action: 's3:GetObject',
      resource: object,
      identityPolicies: [
        { name: 'read', document: policy({ ...allowGet, Action: 's3:List*' }, { ...allowGet, Sid: 'Read' }) },
        { name: 'guard', document: policy({ ...allowGet, Effect: 'Deny', Sid: 'NotNow' }) },
      ],
    });
    expect(why).toEqual([{ policy: 'guard', type: 'identity-based', index: 0, sid: 'NotNow', effect: 'Deny' }]);
  });
});

describe('conditions', () => {
  const context = {
    'aws:RequestedRegion': 'us-east-1',
    'aws:CurrentTime': '2026-01-05T09:00:00Z',
    'aws:SecureTransport': 'true',
    'aws:SourceArn': 'arn:aws:s3:::photos',
    's3:prefix': 'cats/',
    's3:max-keys': '10',
    'aws:TagKeys': ['team', 'cost'],
    'aws:SourceIp': '10.1.2.3',
  };
  test.each<[string, NonNullable<PolicyStatement['Condition']>, boolean]>([
    ['equal text', { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }, true],
    ['keys in another case', { StringEquals: { 'AWS:requestedregion': 'us-east-1' } }, true],
    ['one of several texts', { StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] } }, true],
    ['another text', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, false],
    ['not equal', { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, true],
    ['not equal to any', { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] } }, false],
    ['like', { StringLike: { 's3:prefix': 'cats/*' } }, true],
    ['StringEquals takes a star as it is', { StringEquals: { 's3:prefix': 'cats/*' } }, false],
    ['ignoring case', { StringEqualsIgnoreCase: { 's3:prefix': 'CATS/' } }, true],
    ['a number below', { NumericLessThanEquals: { 's3:max-keys': '10' } }, true],
    ['a number above', { NumericGreaterThan: { 's3:max-keys': '10' } }, false],
    ['before a time', { DateLessThan: { 'aws:CurrentTime': '2026-01-05T09:00:01Z' } }, true],
    ['after a time', { DateGreaterThan: { 'aws:CurrentTime': '2026-01-05T09:00:01Z' } }, false],
    ['a truth', { Bool: { 'aws:SecureTransport': 'true' } }, true],
    ['an ARN', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::ph*' } }, true],
    ['an ARN of another service', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } }, false],
    ['an address', { IpAddress: { 'aws:SourceIp': '10.1.0.0/16' } }, true],
    ['another address', { NotIpAddress: { 'aws:SourceIp': '10.1.0.0/16' } }, false],
    ['a key that is absent', { StringEquals: { 'aws:PrincipalTag/team': 'blue' } }, false],
    ['a key that is absent, negated', { StringNotEquals: { 'aws:PrincipalTag/team': 'blue' } }, true],
    ['a key that is absent, if it exists', { StringEqualsIfExists: { 'aws:PrincipalTag/team': 'blue' } }, true],
    ['Null true: the key is absent', { Null: { 'aws:PrincipalTag/team': 'true' } }, true],
    ['Null false: the key is there', { Null: { 's3:prefix': 'false' } }, true],
    ['Null true of a key that is there', { Null: { 's3:prefix': 'true' } }, false],
    ['all values', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'cost', 'stage'] } }, true],
    ['not all values', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } }, false],
    ['any value', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['stage', 'cost'] } }, true],
    ['no value', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['stage'] } }, false],
    ['all values of an absent key', { 'ForAllValues:StringEquals': { 'aws:Absent': 'x' } }, true],
    ['any value of an absent key', { 'ForAnyValue:StringEquals': { 'aws:Absent': 'x' } }, false],
    [
      'two conditions, one of which fails',
      { StringLike: { 's3:prefix': 'cats/*' }, Bool: { 'aws:SecureTransport': 'false' } },
      false,
    ],
    [
      'two keys, one of which fails',
      { StringEquals: { 's3:prefix': 'cats/', 'aws:RequestedRegion': 'eu-west-1' } },
      false,
    ],
  ])('%s', (_name, Condition, holds) => {
    const decision = decide({ context, identityPolicies: named(policy({ ...allowGet, Condition })) });
    expect(decision).toBe(holds ? 'allowed' : 'implicitDeny');
  });

  test('policy variables take values of the request', () => {
    const home = policy({ ...allowGet, Resource: 'arn:aws:s3:::photos/${aws:PrincipalTag/home}/*' });
    const withTag = (tag: Record<string, string>): string => decide({ context: tag, identityPolicies: named(home) });
    expect(withTag({ 'aws:PrincipalTag/home': 'cats' })).toBe('allowed');
    expect(withTag({ 'aws:PrincipalTag/home': 'dogs' })).toBe('implicitDeny');
    expect(withTag({})).toBe('implicitDeny');
    const otherwise = policy({ ...allowGet, Resource: "arn:aws:s3:::photos/${aws:PrincipalTag/home, 'cats'}/*" });
    expect(decide({ identityPolicies: named(otherwise) })).toBe('allowed');
  });
});

describe('resource-based policies', () => {
  const principal = { roleArn: role, sessionArn: session, accountId: '123456789012' };
  test.each<[string, PolicyStatement['Principal'], 'Allow' | 'Deny', string]>([
    ['everybody', '*', 'Allow', 'allowed'],
    ['every AWS principal', { AWS: '*' }, 'Allow', 'allowed'],
    ['the role', { AWS: role }, 'Allow', 'allowed'],
    ['the session', { AWS: session }, 'Allow', 'allowed'],
    ['another role', { AWS: `${role}2` }, 'Allow', 'implicitDeny'],
    ['the account, which leaves it to its own policies', { AWS: '123456789012' }, 'Allow', 'implicitDeny'],
    ['a service', { Service: 's3.amazonaws.com' }, 'Allow', 'implicitDeny'],
    ['a Deny to the account', { AWS: 'arn:aws:iam::123456789012:root' }, 'Deny', 'explicitDeny'],
  ])('%s', (_name, Principal, Effect, decision) => {
    const resourcePolicies = named(policy({ ...allowGet, Effect, ...(Principal === undefined ? {} : { Principal }) }));
    expect(decide({ principal, resourcePolicies })).toBe(decision);
  });

  test('within an account either policy is enough, and either may deny', () => {
    const yes = named(policy({ ...allowGet, Principal: '*' }));
    const no = named(policy({ ...allowGet, Effect: 'Deny', Principal: '*' }));
    const own = named(policy(allowGet));
    expect(decide({ principal, resourcePolicies: yes })).toBe('allowed');
    expect(decide({ principal, identityPolicies: own })).toBe('allowed');
    expect(decide({ principal, identityPolicies: own, resourcePolicies: no })).toBe('explicitDeny');
  });

  test('a service on behalf of one bucket', () => {
    const resourcePolicies = named(
      policy({
        Effect: 'Allow',
        Principal: { Service: 's3.amazonaws.com' },
        Action: 'lambda:InvokeFunction',
        Resource: 'arn:aws:lambda:us-east-1:123456789012:function:thumbnail',
        Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::photos' } },
      }),
    );
    const ask = (source: string): string =>
      decide({
        action: 'lambda:InvokeFunction',
        resource: 'arn:aws:lambda:us-east-1:123456789012:function:thumbnail',
        principal: { service: 's3.amazonaws.com' },
        context: { 'aws:SourceArn': source },
        resourcePolicies,
      });
    expect(ask('arn:aws:s3:::photos')).toBe('allowed');
    expect(ask('arn:aws:s3:::others')).toBe('implicitDeny');
  });
});

describe('laws', () => {
  const action = fc.constantFrom('s3:GetObject', 's3:PutObject', 's3:*', 'sqs:SendMessage', '*', 's3:Get*');
  const resource = fc.constantFrom(
    '*',
    object,
    'arn:aws:s3:::photos/*',
    'arn:aws:s3:::photos/dogs/*',
    'arn:aws:s3:::*',
  );
  const statement = fc.record({
    Effect: fc.constantFrom('Allow' as const, 'Deny' as const),
    Action: action,
    Resource: resource,
  });
  const statements = fc.array(statement, { maxLength: 6 });

  test('the order of statements and of policies does not matter', () => {
    fc.assert(
      fc.property(statements, statements, (one, other) => {
        const forth = [...named(policy(...one)), ...named(policy(...other))];
        const back = [...named(policy(...[...other].reverse())), ...named(policy(...[...one].reverse()))];
        expect(decide({ identityPolicies: forth })).toBe(decide({ identityPolicies: back }));
      }),
    );
  });

  test('another Deny never allows anything, another Allow never denies anything', () => {
    fc.assert(
      fc.property(statements, statement, (given, more) => {
        const before = decide({ identityPolicies: named(policy(...given)) });
        const after = decide({ identityPolicies: named(policy(...given, more)) });
        if (more.Effect === 'Deny' && before !== 'allowed') expect(after).not.toBe('allowed');
        if (more.Effect === 'Allow' && before === 'allowed') expect(after).toBe('allowed');
        if (before === 'explicitDeny') expect(after).toBe('explicitDeny');
      }),
    );
  });
});
