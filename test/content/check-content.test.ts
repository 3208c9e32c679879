/** The build refuses content that does not fit, and content that claims an id twice. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { formatMistake } from '../../content/mistakes.ts';
import { findMistakes } from '../../src/build/check-content.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

/** A project's root with these files in it. */
async function project(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'course-'));
  folders.push(root);
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.join(root, path.dirname(file)), { recursive: true });
    await writeFile(path.join(root, file), text);
  }
  return root;
}

const lesson = (id: string): string =>
  `---\nid: ${id}\ntitle: Init\nlabel: Init\nquestion: Why?\nminutes: 12\nsummary: Short.\ntopics: { init: { when: text } }\n---\n\nText.\n`;

describe('findMistakes', () => {
  it('finds none in the course', async () => {
    expect(await findMistakes(fileURLToPath(new URL('../..', import.meta.url)))).toEqual([]);
  });

  it('finds a lesson with the id of another', async () => {
    const root = await project({
      'content/lessons/01-a/01-one/index.mdx': lesson('cold'),
      'content/lessons/01-a/02-two/index.mdx': lesson('cold'),
    });
    expect((await findMistakes(root)).map(formatMistake)).toEqual([
      'content/lessons/01-a/02-two/index.mdx:2: id "cold" is taken by content/lessons/01-a/01-one/index.mdx.\n' +
        '    Give this lesson an id of its own, or remove it.',
    ]);
  });

  it('finds the mistakes of all files at once', async () => {
    const root = await project({
      'content/lessons/01-a/unit.yaml': 'title: Start\noutcomes: []\n',
      'content/lessons/01-a/01-one/index.mdx': lesson('Cold'),
    });
    expect((await findMistakes(root)).map(({ file, line, path: at }) => `${file}:${line} ${at}`)).toEqual([
      'content/lessons/01-a/unit.yaml:2 outcomes',
      'content/lessons/01-a/01-one/index.mdx:2 id',
    ]);
  });
});
