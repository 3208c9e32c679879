/** Facts as they read in a sentence. */
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../sandbox/facts.ts';
import { findFact, formatFact } from '../../src/course/facts.ts';

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
