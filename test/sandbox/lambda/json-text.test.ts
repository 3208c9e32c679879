/** The place of a mistake in JSON text. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findJsonMistake } from '../../../sandbox/lambda/json-text.ts';

test.each([
  ['', '1:1', 'end of text'],
  ['{', '1:2', 'end of text'],
  ['{"a": 1,}', '1:9', '"}"'],
  ['{"a" 1}', '1:6', '"1"'],
  ['{a: 1}', '1:2', '"a"'],
  ['[1, 2', '1:6', 'end of text'],
  ['[1, 2}', '1:6', '"}"'],
  ['[1,]', '1:4', '"]"'],
  ['{"a": 1}\n}', '2:1', '"}"'],
  ['{\n  "a": tru\n}', '2:8', '"t"'],
  ["{'a': 1}", '1:2', '"\'"'],
  ['{"a": "x\ny"}', '1:9', '"\\n"'],
  ['{"a": "\\x"}', '1:8', '"\\\\"'],
  ['[01]', '1:3', '"1"'],
  ['[1.]', '1:3', '"."'],
  ['{"a": 😀}', '1:7', '"😀"'],
  ['undefined', '1:1', '"u"'],
])('%j is wrong at %s', (text, place, found) => {
  const mistake = findJsonMistake(text);
  expect(mistake).toBeDefined();
  expect([`${mistake?.line ?? 0}:${mistake?.column ?? 0}`, mistake?.found]).toEqual([place, found]);
});

test('JSON has no mistake', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => findJsonMistake(JSON.stringify(value, null, 1)) === undefined));
});

test('deep nesting has a place too', () => {
  const deep = '['.repeat(100_000);
  expect(findJsonMistake(`${deep}x`)).toMatchObject({ line: 1, column: 100_001, found: '"x"' });
});

test('what stands before the place is right as far as it goes', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.nat(),
      fc.constantFrom('}', ']', ',', ':', '{', '[', 'x', '"'),
      (value, at, insert) => {
        const json = JSON.stringify(value);
        const position = at % (json.length + 1);
        const text = json.slice(0, position) + insert + json.slice(position);
        const mistake = findJsonMistake(text);
        if (mistake === undefined) return;
        const before = text.slice(0, mistake.column - 1);
        expect(findJsonMistake(before)?.found ?? 'end of text').toBe('end of text');
        expect(mistake.column - 1).toBeLessThanOrEqual(text.length);
      },
    ),
    { numRuns: 500 },
  );
});
