/** Edited code is coloured like the lesson's, and never changed by it. */
import { describe, expect, it } from 'vitest';
import { tokensOf } from '../../src/components/runner/code-tokens.ts';
import { fc, test } from './property.ts';

const marked = (code: string) =>
  tokensOf(code)
    .filter(({ kind }) => kind !== 'plain')
    .map(({ kind, text }) => `${kind}: ${text}`);

describe('colouring edited code', () => {
  it.each([
    ["const a = 'b'; // c", ['keyword: const', "string: 'b'", 'comment: // c']],
    ['object.default = `x ${y}`', ['string: `x ${y}`']],
    ['/* let\n me */ await go()', ['comment: /* let\n me */', 'keyword: await']],
    ["'not closed", ["string: 'not closed"]],
  ])('%j', (code, expected) => expect(marked(code)).toEqual(expected));

  test.prop([fc.string({ unit: 'binary' })])('gives back the text', (code) => {
    expect(
      tokensOf(code)
        .map(({ text }) => text)
        .join(''),
    ).toBe(code);
  });
});
