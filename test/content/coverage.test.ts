/** Which points of the topics a lesson teaches and a question asks, and what an author is told who names one wrongly. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readCoverage } from '../../content/coverage.ts';
import { sectionsOf } from '../../content/sections.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

const topics = `- id: cold-start
  title: Cold start
  unit: 3
  points: [when it occurs, what it costs]
`;

/** A course of one lesson: what its frontmatter says it teaches, and its questions. */
async function course(teaches: string, questions: string): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'course-'));
  folders.push(root);
  const folder = path.join(root, 'content/lessons/03-runs/01-starts');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(root, 'content/topics.yaml'), topics);
  await writeFile(path.join(folder, 'index.mdx'), `---\nid: starts\ntopics:\n${teaches}---\n\n## No room\n\nText.\n`);
  await writeFile(path.join(folder, 'quiz.yaml'), `questions:\n${questions}`);
  return root;
}

describe('readCoverage', () => {
  it('says for each point where it is taught and which questions ask it', async () => {
    const root = await course(
      '  cold-start:\n    when it occurs: no-room\n',
      '  - { id: when, topic: cold-start, point: when it occurs }\n',
    );
    const { points, mistakes } = await readCoverage(root);
    expect(mistakes).toEqual([]);
    expect(points.map(({ point, taught, asked }) => [point, taught, asked])).toEqual([
      ['when it occurs', ['starts#no-room'], ['starts/when']],
      ['what it costs', [], []],
    ]);
  });

  it('counts the further points that a question asks', async () => {
    const root = await course(
      '  cold-start:\n    when it occurs: no-room\n',
      '  - { id: when, topic: cold-start, point: when it occurs, alsoAsks: { cold-start: [what it costs] } }\n',
    );
    const { points } = await readCoverage(root);
    expect(points.map(({ asked }) => asked)).toEqual([['starts/when'], ['starts/when']]);
  });

  it('tells an author about a section, a point and a topic that are not there', async () => {
    const root = await course(
      '  cold-start:\n    when it occurs: no-rooms\n    how long: no-room\n',
      '  - { id: when, topic: warm-start, point: when it occurs }\n',
    );
    const { mistakes } = await readCoverage(root);
    expect(mistakes.map(({ file, reason, mend }) => `${file}: ${reason} ${mend}`)).toEqual([
      'content/lessons/03-runs/01-starts/index.mdx: "when it occurs" is said to be taught under "no-rooms", and there is no such heading. Use one of: no-room.',
      'content/lessons/03-runs/01-starts/index.mdx: the topic "cold-start" has no point "how long". Use its words: when it occurs; what it costs.',
      'content/lessons/03-runs/01-starts/quiz.yaml, question when: there is no topic "warm-start". Use an id of content/topics.yaml.',
    ]);
  });
});

describe('sectionsOf', () => {
  it('reads the headings of the text, not those in code', () => {
    const text = '---\nid: a\n---\n\n## One `init`, once\n\n```sh\n## not one\n```\n\n### One init, once\n';
    expect(sectionsOf(text).map(({ id }) => id)).toEqual(['one-init-once', 'one-init-once-1']);
  });
});
