/** Facts as they read in a sentence. */
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../sandbox/facts.ts';
import { factValues, findFact, formatChecked, formatFact, formatSince } from '../../src/course/facts.ts';

const fact = (value: unknown, unit: string | null): Fact => ({
  id: 'some-fact',
  topic: 'limits',
  statement: 'A statement.',
  value,
  unit,
  source: 'https://docs.aws.amazon.com/lambda/',
  checked: '2026-11-21',
});

describe('formatFact', () => {
  it.each([
    [1769, 'MB per vCPU', '1,769 MB per vCPU'],
    [1, 'seconds', '1 second'],
    [1, 'ms', '1 ms'],
    [0.0000133334, 'USD per GB-second', '$0.0000133334 per GB-second'],
    [0.2, 'USD per million', '$0.20 per million'],
    [20, 'percent', '20%'],
    [1000, null, '1,000'],
    ['2025-08-01', 'date', '1 August 2025'],
    ['Sandbox.Timedout', null, 'Sandbox.Timedout'],
    [['x86_64', 'arm64'], null, 'x86_64, arm64'],
  ])('%j in %j reads %j', (value, unit, text) => {
    expect(formatFact(fact(value, unit), undefined, 'index.mdx')).toBe(text);
  });

  it('picks a field of a record', () => {
    expect(formatFact(fact({ min: 128, max: 10240 }, 'MB'), 'max', 'index.mdx')).toBe('10,240 MB');
  });

  it('tells the author which fields there are', () => {
    expect(() => formatFact(fact({ min: 128, max: 10240 }, 'MB'), undefined, 'index.mdx')).toThrow(
      'index.mdx: fact "some-fact" has no single value to show. Name one of its fields: min, max.',
    );
  });
});

describe('findFact', () => {
  it('finds the facts in content/facts', () => {
    expect(findFact('timeout-default', 'index.mdx').value).toBe(3);
  });

  it('tells the author which id is unknown, and where', () => {
    expect(() => findFact('timeout-defualt', 'content/lessons/a/b/index.mdx')).toThrow(
      'content/lessons/a/b/index.mdx: there is no fact "timeout-defualt" in content/facts/. Correct the id or add the fact.',
    );
  });
});

describe('factValues', () => {
  it.each([
    [1769, 'MB per vCPU', [['', '1,769 MB per vCPU']]],
    [
      { min: 128, max: 10240 },
      'MB',
      [
        ['min', '128 MB'],
        ['max', '10,240 MB'],
      ],
    ],
    [
      { requestBytes: 6291456, tiers: [{ usd: 0.2 }] },
      null,
      [
        ['request bytes', '6,291,456'],
        ['tiers 1 usd', '0.2'],
      ],
    ],
    [['x86_64', 'arm64'], null, [['', 'x86_64, arm64']]],
    [{ free: true }, null, [['free', 'yes']]],
    [null, null, []],
  ])('%j in %j are %j', (value, unit, values) => {
    expect(factValues(fact(value, unit)).map(({ name, value: shown }) => [name, shown])).toEqual(values);
  });
});

describe('formatSince', () => {
  it.each([
    ['2025', '2025'],
    ['2025-08', 'August 2025'],
    ['2025-08-01', '1 August 2025'],
  ])('%s reads %s', (since, text) => {
    expect(formatSince(since)).toBe(text);
  });
});

describe('formatChecked', () => {
  it('says when a fact was checked against its source, or that nobody has', () => {
    expect(formatChecked('2026-11-21')).toBe('checked 21 November 2026');
    expect(formatChecked(null)).toBe('not yet checked against it');
  });
});
