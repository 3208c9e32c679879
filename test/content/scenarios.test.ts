/** Scenarios: each keeps what it promises, and mistakes in one are found with their place. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { ContentMistakeError } from '../../content/mistakes.ts';
import { listScenarios, readScenarioFolder } from '../../content/scenario-folder.ts';
import { mistakesOfScenario } from '../../src/lab/prove-scenario.ts';

const folders = await listScenarios();

test('there are scenarios for what people meet first', () => {
  expect(folders.map((folder) => folder.replace(/^.*\/\d+-/, ''))).toEqual(
    expect.arrayContaining([
      'thumbnail-pipeline',
      'api-with-a-table',
      'nightly-job',
      'worker-with-a-dead-letter-queue',
      'canary',
      'throttled-neighbour',
      'poison-record-on-a-stream',
      'access-denied',
    ]),
  );
});

test.each(folders)('%s keeps what it promises', async (folder) => {
  expect(await mistakesOfScenario(await readScenarioFolder(folder))).toEqual([]);
});

describe('mistakes', () => {
  const made: string[] = [];
  afterEach(async () => {
    for (const root of made.splice(0)) await rm(root, { recursive: true });
  });

  /** What is wrong with a copy of the scenario about access, in which `from` is replaced. */
  async function mistakesWith(from: string, to: string): Promise<readonly string[]> {
    const root = await mkdtemp(join(tmpdir(), 'scenario-'));
    made.push(root);
    const folder = 'content/scenarios/08-access-denied';
    await cp(folder, join(root, folder), { recursive: true });
    const file = join(root, folder, 'scenario.yaml');
    const text = await readFile(file, 'utf8');
    expect(text).toContain(from);
    await writeFile(file, text.replace(from, to));
    try {
      const mistakes = await mistakesOfScenario(await readScenarioFolder(folder, root));
      return mistakes.map(({ path, reason }) => `${path} ${reason}`);
    } catch (error) {
      if (!(error instanceof ContentMistakeError)) throw error;
      return error.mistakes.map(({ path, reason, line }) => `${line} ${path} ${reason}`);
    }
  }

  test('an event that is not there', async () => {
    expect(await mistakesWith('{ invoke: profile, event: ada }', '{ invoke: profile, event: eve }')).toEqual([
      '18 opening[0].event names "eve", which is not there.',
    ]);
  });

  test('a step that is none', async () => {
    expect(await mistakesWith('- wait: 1s', '- wait: a while')).toEqual([
      expect.stringMatching(/^29 try\[0\]\.steps\[1\]\.wait must be a duration like/) as string,
    ]);
  });

  test('a promise that is not kept says what happens', async () => {
    expect(await mistakesWith('AccessDeniedException }, times: 1', 'AccessDeniedException }, times: 2')).toEqual([
      'expects[0] is not what happens: serviceCalled is seen 1 times (4 of any kind).',
    ]);
  });

  test('a call that is refused', async () => {
    expect(await mistakesWith('TableName: profiles, Item', 'TableName: nowhere, Item')).toEqual([
      'opening has a step that is refused (dynamodb PutItem): ResourceNotFoundException: Requested resource not found',
    ]);
  });
});
