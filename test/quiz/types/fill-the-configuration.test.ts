/** Fill the configuration: graded by what it says, not by how it is written. */
import { describe, expect, it } from 'vitest';
import { fillTheConfiguration, type Blanks, type WholeDocument } from '../../../src/quiz/fill-the-configuration.ts';
import { firstDifference, sameJson, valueAt, withValueAt } from '../../../src/quiz/same-json.ts';
import { fc, test } from '../../runner/property.ts';
import { exampleOf, said } from '../example.ts';

const blanks = await exampleOf<Blanks>('fill-the-configuration', {}, 'two-always-ready');
const whole = await exampleOf<WholeDocument>('fill-the-configuration', {}, 'read-one-bucket');
const isRight = (given: readonly string[] | string) =>
  fillTheConfiguration.grade(typeof given === 'string' ? whole : blanks, given).correct;

describe('blanks', () => {
  it.each([
    ['live', '2'],
    [' "live" ', ' 2.0 '],
  ])('take %j and %j', (...given) => {
    expect(isRight(given)).toBe(true);
  });

  it('answer to each wrong value', () => {
    expect(said(blanks, ['$LATEST', '3'])).toEqual([
      '0 wrong: Provisioned concurrency cannot be configured for $LATEST.',
      '1 wrong: Two are to be ready.',
    ]);
  });

  it('mind the case', () => {
    expect(isRight(['LIVE', '2'])).toBe(false);
  });

  it('are all to be filled', () => {
    expect(fillTheConfiguration.lacks(blanks, ['live', ' '])).toBe('Fill in “How many environments” first.');
  });
});

describe('a whole document', () => {
  const policy = (statement: object) => JSON.stringify({ Statement: [statement], Version: '2012-10-17' });
  const right = { Resource: 'arn:aws:s3:::orders/*', Action: 's3:GetObject', Effect: 'Allow' };

  it.each([
    ['other order', right],
    ['a list of one', { ...right, Action: ['s3:GetObject'] }],
  ])('is right with %s', (_, statement) => {
    expect(isRight(policy(statement))).toBe(true);
  });

  it('is answered to by the value that was foreseen', () => {
    expect(said(whole, policy({ ...right, Action: ['s3:*'] }))).toEqual(['- wrong: That allows deleting too.']);
    expect(said(whole, policy({ ...right, Resource: 'arn:aws:s3:::orders' }))).toEqual([
      '- wrong: That is the bucket, not the objects in it.',
    ]);
  });

  it('is told where it differs, when nobody foresaw it', () => {
    expect(said(whole, policy({ ...right, Effect: 'Deny' }))).toEqual([
      '- wrong: Allow one action on the objects of one bucket. Look at Statement.Effect.',
    ]);
  });

  it('is not graded before it is JSON, or as it was given', () => {
    expect(fillTheConfiguration.lacks(whole, whole.body.start)).toBe('Complete the document first.');
    expect(fillTheConfiguration.lacks(whole, '{ "Version": ')).toMatch(/^This is not JSON yet\. Line 1, column 14: /);
  });
});

describe('JSON', () => {
  const shuffled = (json: unknown): unknown => {
    if (Array.isArray(json)) return json.map(shuffled);
    if (typeof json !== 'object' || json === null) return json;
    return Object.fromEntries(
      Object.entries(json)
        .map(([key, value]) => [key, shuffled(value)] as const)
        .reverse(),
    );
  };

  test.prop([fc.jsonValue(), fc.boolean()])('is the same whatever the order of its properties', (json, anyOrder) => {
    expect(sameJson(json, shuffled(json), { anyOrder })).toBe(true);
  });

  test.prop([fc.array(fc.jsonValue(), { minLength: 2 })])(
    'is the same in any order of lists where that is allowed',
    (list) => {
      expect(sameJson(list, list.toReversed(), { anyOrder: true })).toBe(true);
    },
  );

  it.each([
    [{ a: 1 }, { a: 1, b: 2 }, 'b'],
    [{ a: { b: [1, 2] } }, { a: { b: [1, 3] } }, 'a.b.1'],
    [{ a: '1' }, { a: 1 }, 'a'],
    [[], {}, ''],
  ])('%j differs from %j at %j', (given, wanted, place) => {
    expect(firstDifference(given, wanted, { anyOrder: false })).toBe(place);
  });

  it('is read and changed by place, a list of one with or without its index', () => {
    const json = { Statement: [{ Action: 's3:GetObject' }] };
    expect(valueAt(json, 'Statement.0.Action.0')).toBe('s3:GetObject');
    expect(withValueAt(json, 'Statement.0.Action', 's3:*')).toEqual({ Statement: [{ Action: 's3:*' }] });
  });
});
