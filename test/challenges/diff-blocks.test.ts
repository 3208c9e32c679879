/** Two versions of a file side by side. */
import { describe, expect, it } from 'vitest';
import { diffBlocks, sayLines } from '../../src/components/challenge/diff-blocks.ts';
import { fc, test } from '../runner/property.ts';

describe('the blocks of a diff', () => {
  it('set what differs side by side, with the numbers of both', () => {
    const own = 'import a\n\nhandler {\n  connect\n  use\n}\n';
    const solution = 'import a\n\nconnect\n\nhandler {\n  use\n}\n';
    expect(diffBlocks(own, solution)).toEqual([
      { same: true, own: { from: 1, lines: ['import a', ''] }, solution: { from: 1, lines: ['import a', ''] } },
      { same: false, own: { from: 3, lines: [] }, solution: { from: 3, lines: ['connect', ''] } },
      { same: true, own: { from: 3, lines: ['handler {'] }, solution: { from: 5, lines: ['handler {'] } },
      { same: false, own: { from: 4, lines: ['  connect'] }, solution: { from: 6, lines: [] } },
      { same: true, own: { from: 5, lines: ['  use', '}'] }, solution: { from: 6, lines: ['  use', '}'] } },
    ]);
  });

  it('are one when nothing differs but line ends and the end of the file', () => {
    expect(diffBlocks('a\r\nb', 'a\nb\n\n')).toEqual([
      { same: true, own: { from: 1, lines: ['a', 'b'] }, solution: { from: 1, lines: ['a', 'b'] } },
    ]);
  });

  it('name their lines', () => {
    expect([[], ['a'], ['a', 'b', 'c']].map((lines) => sayLines({ from: 3, lines }))).toEqual([
      'nothing',
      'line 3',
      'lines 3 to 5',
    ]);
  });
});

describe('whatever the files', () => {
  const text = fc
    .array(fc.constantFrom('', 'a', 'b', '  c'), { maxLength: 12 })
    .map((lines) => `x\n${lines.join('\n')}x\n`);
  test.prop([text, text])('both sides put together are the files', (own, solution) => {
    const blocks = diffBlocks(own, solution);
    const joined = (side: 'own' | 'solution') => `${blocks.flatMap((block) => block[side].lines).join('\n')}\n`;
    expect([joined('own'), joined('solution')]).toEqual([own, solution]);
  });

  test.prop([text, text])('each side is numbered without a gap', (own, solution) => {
    for (const side of ['own', 'solution'] as const) {
      let next = 1;
      for (const block of diffBlocks(own, solution)) {
        expect(block[side].from).toBe(next);
        next += block[side].lines.length;
      }
    }
  });
});
