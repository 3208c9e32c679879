/** Mistakes in policy documents, by their place. */
import { expect, test } from 'vitest';
import { parsePolicy, type PolicyKind } from '../../../../sandbox/services/iam/parse-policy.ts';

const mistakes = (source: unknown, kind?: PolicyKind): string[] => {
  const parsed = parsePolicy(source, kind);
  return parsed.ok ? [] : parsed.mistakes.map(({ path, message }) => `${path} | ${message}`);
};
const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::photos/*' };
const around = (changes: object) => ({ Version: '2012-10-17', Statement: [{ ...statement, ...changes }] });

test.each<[string, unknown, string[]]>([
  ['a good one', around({}), []],
  ['one statement without a list', { Version: '2012-10-17', Statement: statement }, []],
  ['an ARN with fewer parts', around({ Resource: 'arn:aws:sqs:*' }), []],
  ['no object', 'null', [' | A policy is an object with Version and Statement.']],
  [
    'a misspelt element',
    around({ Actions: 's3:*' }),
    ['Statement[0].Actions | There is no element Actions. Write Action.'],
  ],
  [
    'a version of today',
    { ...around({}), Version: '2026-01-01' },
    ['Version | "2026-01-01" is no version of the policy language. Write "2012-10-17".'],
  ],
  [
    'no statement',
    { Version: '2012-10-17', Statement: [] },
    ['Statement | The list is empty. A policy needs at least one statement.'],
  ],
  [
    'an effect in small letters',
    around({ Effect: 'allow' }),
    ['Statement[0].Effect | "allow" is no effect. Write "Allow" or "Deny", with a capital letter.'],
  ],
  ['no effect', around({ Effect: undefined }), ['Statement[0].Effect | Effect is missing. Write "Allow" or "Deny".']],
  [
    'a dot instead of a colon',
    around({ Action: ['s3:GetObject', 's3.PutObject'] }),
    [
      'Statement[0].Action[1] | "s3.PutObject" is no action. Write the service, a colon and the action, such as "s3:GetObject".',
    ],
  ],
  [
    'a bucket by its name',
    around({ Resource: 'photos' }),
    ['Statement[0].Resource | "photos" is no ARN. Write "*", or an ARN such as "arn:aws:s3:::my-bucket/*".'],
  ],
  ['no resource', around({ Resource: undefined }), ['Statement[0].Resource | Resource is missing.']],
  [
    'an action and its negation',
    around({ NotAction: 's3:*' }),
    ['Statement[0].NotAction | A statement has Action or NotAction, not both.'],
  ],
  [
    'a principal in a role’s policy',
    around({ Principal: '*' }),
    [
      'Statement[0].Principal | A policy of a role has no Principal: it is about whoever it is attached to. Leave it out.',
    ],
  ],
  [
    'an operator that does not exist',
    around({ Condition: { StringEqual: { 'aws:SourceArn': 'x' } } }),
    [
      expect.stringMatching(
        /^Statement\[0\]\.Condition\.StringEqual \| There is no operator StringEqual\. The operators are ArnEquals, /,
      ),
    ],
  ],
  [
    'a key without a prefix',
    around({ Condition: { StringEquals: { prefix: 'x' } } }),
    ['Statement[0].Condition.StringEquals.prefix | prefix is no condition key. Write one such as "aws:SourceArn".'],
  ],
  [
    'the same Sid twice',
    {
      Version: '2012-10-17',
      Statement: [
        { ...statement, Sid: 'A' },
        { ...statement, Sid: 'A' },
      ],
    },
    ['Statement[1].Sid | Two statements are called "A".'],
  ],
])('%s', (_name, source, expected) => {
  expect(mistakes(source)).toEqual(expected);
});

test('text that is not JSON', () => {
  expect(mistakes('{ "Version": ')).toEqual([expect.stringMatching(/^ \| The policy is not JSON: /)]);
});

test('a trust policy has principals and no resource; a policy of a resource has both', () => {
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
  expect(mistakes({ Statement: [trust] }, 'trust')).toEqual([]);
  expect(mistakes({ Statement: [{ ...trust, Principal: undefined }] }, 'trust')).toEqual([
    'Statement[0].Principal | Principal is missing.',
  ]);
  expect(mistakes({ Statement: [{ ...trust, Resource: '*' }] }, 'trust')).toEqual([
    'Statement[0].Resource | A trust policy has no Resource: it is about the role that it belongs to.',
  ]);
  expect(mistakes({ Statement: [{ ...statement, Principal: { Role: 'x' } }] }, 'resource')).toEqual([
    'Statement[0].Principal.Role | A principal is AWS, Service, Federated or CanonicalUser, not Role.',
  ]);
});

test('values that JSON writes without quotation marks are taken as texts', () => {
  const parsed = parsePolicy(around({ Condition: { Bool: { 'aws:SecureTransport': true } } }));
  expect(parsed.ok && parsed.document.Statement[0]?.Condition).toEqual({ Bool: { 'aws:SecureTransport': 'true' } });
});
