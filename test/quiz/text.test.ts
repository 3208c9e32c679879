/** Inline text of questions: what is code, what is emphasis, and where a star multiplies. */
import { expect, it } from 'vitest';
import { close, parseText } from '../../src/quiz/text.ts';

const shown = (text: string) =>
  close(
    parseText(text, (id) => `<${id}>`),
    { names: { n: 3 } },
  );

it('has code and emphasis', () => {
  expect(shown('The `handler` is *not* called {fact retries}.')).toEqual([
    'The ',
    { code: 'handler' },
    ' is ',
    { emphasis: 'not' },
    ' called <retries>.',
  ]);
});

it('multiplies within braces, in text, emphasis and code', () => {
  expect(shown('{= 2 * n * 5} ms')).toEqual(['30 ms']);
  expect(shown('It is *{= 2 * n} and {= n * n}* of `{= n * 2}`')).toEqual([
    'It is ',
    { emphasis: '6 and 9' },
    ' of ',
    { code: '6' },
  ]);
});

it('leaves other braces and a single star alone', () => {
  expect(shown('{ "a": 1 } and * and {= n}')).toEqual(['{ "a": 1 } and * and 3']);
});
