/** An author's mistake is answered with file, line, reason and mend. */
import { describe, expect, it } from 'vitest';
import { ContentMistakeError, formatMistake, parseContent } from '../../content/mistakes.ts';
import { factFileSchema, functionSchema, lessonSchema, unitSchema } from '../../content/schema.ts';

/** What the author is told about a file that does not fit. */
function told(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof ContentMistakeError) return error.mistakes.map(formatMistake);
    throw error;
  }
  return [];
}

describe('parseContent', () => {
  it('gives the data of a file that fits, with its defaults', () => {
    expect(parseContent(functionSchema, { file: 'function.yaml', text: 'MemorySize: 256' })).toEqual({
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      MemorySize: 256,
      Timeout: 3,
      Architectures: ['arm64'],
      account: [],
      recorded: [],
    });
  });

  it('names the line of a property that is not known', () => {
    const text = 'title: Events\noutcome:\n  - Say who waits.\noutcomes:\n  - Say who waits.\n';
    expect(told(() => parseContent(unitSchema, { file: 'unit.yaml', text }))).toEqual([
      'unit.yaml:2: outcome is not a property of this file.\n    Remove it, or correct its spelling.',
    ]);
  });

  it('counts the lines of frontmatter from the head of the page', () => {
    const text = [
      'id: cold-starts',
      'title: Init runs once',
      'label: Cold starts',
      'question: Why?',
      'minutes: long',
      'summary: Short.',
      'topics: { cold-start: { when it occurs: init } }',
    ].join('\n');
    expect(told(() => parseContent(lessonSchema, { file: 'index.mdx', text, firstLine: 2 }))).toEqual([
      'index.mdx:6: minutes must be of the kind number; found "long".\n    Change it to fit.',
    ]);
  });

  it('points at the entry that lacks something', () => {
    const text = [
      '- id: timeout-default',
      '  topic: limits',
      '  statement: Three seconds.',
      '  value: 3',
      '  unit: seconds',
      '  checked: 2026-11-21',
    ].join('\n');
    expect(told(() => parseContent(factFileSchema, { file: 'limits.yaml', text }))).toEqual([
      'limits.yaml:1: [0].source is missing.\n    Add it: string.',
    ]);
  });

  it('says which values may stand there', () => {
    expect(told(() => parseContent(functionSchema, { file: 'function.yaml', text: 'Architectures: [arm]' }))).toEqual([
      'function.yaml:1: Architectures[0] cannot be "arm".\n    Use "x86_64" or "arm64".',
    ]);
  });

  it('says what a step of a recorded run may be', () => {
    const text = 'recorded:\n  - invoke: order\n  - pause: 3s\n';
    expect(told(() => parseContent(functionSchema, { file: 'function.yaml', text }))).toEqual([
      'function.yaml:3: recorded[1] must be a step like `invoke: order`, `wait: 15m` or `request: { url: … }`; found a record.\n    Change it to fit.',
    ]);
  });

  it('tells all mistakes of a file', () => {
    const text = 'title: ""\noutcomes: []\n';
    expect(
      told(() => parseContent(unitSchema, { file: 'unit.yaml', text })).map((line) => line.split('\n')[0]),
    ).toEqual([
      'unit.yaml:1: title must not be empty; found "".',
      'unit.yaml:2: outcomes must name at least one outcome; found a list.',
    ]);
  });

  it('says where YAML cannot be read', () => {
    const [only] = told(() => parseContent(unitSchema, { file: 'unit.yaml', text: 'title: a\noutcomes: ["b"\n' }));
    expect(only).toMatch(/^unit\.yaml:3: is not valid YAML: /);
  });
});
