/** A broken challenge is refused with its file and what happened; the build itself proves those of the course. */
import { cp, mkdtemp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { readChallengeFolder } from '../../content/challenge-folder.ts';
import { formatMistake } from '../../content/mistakes.ts';
import { findChallengeMistakes } from '../../src/build/prove-challenges.ts';

const course = fileURLToPath(new URL('../..', import.meta.url));

const roots: string[] = [];
afterEach(async () => {
  for (const root of roots.splice(0)) await rm(root, { recursive: true });
});

type Changes = Readonly<Record<string, string | null>>;

/** A project with one small challenge, in which `files` replace or remove (null) some. */
async function project(files: Changes): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'challenge-'));
  roots.push(root);
  await mkdir(path.join(root, 'content'));
  await cp(path.join(course, 'content/topics.yaml'), path.join(root, 'content/topics.yaml'));
  for (const [file, text] of Object.entries<string | null>({ ...whole, ...files })) {
    if (text === null) continue;
    const place = path.join(root, 'content/challenges/01-double', file);
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, text);
  }
  return root;
}

const whole = {
  'brief.mdx': `---
id: double
title: Double it
label: Double
summary: Twice.
minutes: 5
topics: [handler]
function: double
given: [twice.mjs]
hints: [Twice.]
---

Text.
`,
  'checks.yaml': `checks:
  - id: doubles
    title: Two becomes four
    run:
      - invoke: two
    expect:
      - result: { equals: 4 }
        why: Two and two.
`,
  'start/index.mjs': 'export const handler = async ({ n }) => n;',
  'start/twice.mjs': 'export const twice = (n) => 2 * n;',
  'start/events/two.json': '{ "n": 2 }',
  'solution/index.mjs': "import { twice } from './twice.mjs';\nexport const handler = async ({ n }) => twice(n);",
  'also-right/index.mjs': 'export const handler = async ({ n }) => n + n;',
  'wrong-square/index.mjs': 'export const handler = async ({ n }) => n ** 3;',
};

const mistakesIn = async (files: Changes): Promise<readonly string[]> =>
  (await findChallengeMistakes(await project(files))).map(formatMistake);

describe('a challenge', () => {
  it('that is whole has no mistake', async () => {
    expect(await mistakesIn({})).toEqual([]);
  });

  it('is refused when its start passes, a solution fails or a wrong one passes', async () => {
    expect(await mistakesIn({ 'start/index.mjs': 'export const handler = async ({ n }) => n * 2;' })).toEqual([
      'content/challenges/01-double/start:1: passes every check before anybody did anything.\n' +
        '    Add a check to checks.yaml that finds it out.',
    ]);
    expect(await mistakesIn({ 'also-right/index.mjs': 'export const handler = async ({ n }) => n + 1;' })).toEqual([
      'content/challenges/01-double/also-right:1: does not pass the check “Two becomes four”: Sent `two`. ' +
        'Expected: In the request, the result is `4`. Saw: `3`.\n    Correct the solution, or the check if it asks too much.',
    ]);
    expect(await mistakesIn({ 'wrong-square/index.mjs': 'export const handler = async ({ n }) => n ** 2;' })).toEqual([
      'content/challenges/01-double/wrong-square:1: passes every check although it is wrong.\n' +
        '    Add a check to checks.yaml that finds it out.',
    ]);
  });

  it('is refused when the starting code fails a check that does not say why', async () => {
    const silent = whole['checks.yaml'].replace('        why: Two and two.\n', '');
    expect(await mistakesIn({ 'checks.yaml': silent })).toEqual([
      'content/challenges/01-double/checks.yaml:2: doubles “Two becomes four” fails for the starting code and does not ' +
        'explain it.\n    Give the expectation that fails a why.',
    ]);
  });

  it('is refused when nobody fails one of its checks', async () => {
    const more = `${whole['checks.yaml']}  - id: ends
    title: It ends
    run:
      - invoke: two
    expect:
      - ends: success
`;
    expect(await mistakesIn({ 'checks.yaml': more })).toEqual([
      'content/challenges/01-double/checks.yaml:9: ends “It ends” is passed by the starting code and by every wrong solution.\n' +
        '    Add a wrong-<name>/ that it finds out, or remove it.',
    ]);
  });

  it('is refused when something is missing', async () => {
    expect(await mistakesIn({ 'also-right/index.mjs': null, 'wrong-square/index.mjs': null })).toEqual([
      'content/challenges/01-double:1: has no also-right.\n' +
        '    Put a different right solution into also-right/: the checks must not want one way of writing it.',
      'content/challenges/01-double:1: has no wrong solution.\n' +
        '    Put a solution that is tempting and wrong into a folder wrong-<name>/: the checks must find it out.',
    ]);
    expect(await mistakesIn({ 'checks.yaml': null })).toEqual([
      'content/challenges/01-double/checks.yaml:1: is missing.\n    Write the checks that decide about a solution.',
    ]);
    expect(await mistakesIn({ 'start/twice.mjs': null, 'solution/index.mjs': whole['also-right/index.mjs'] })).toEqual([
      'content/challenges/01-double/brief.mdx:9: given names twice.mjs, which is not in start/.\n' +
        '    Correct the name, or put the file there.',
    ]);
  });

  it('is refused when a solution does what a learner cannot', async () => {
    expect(
      await mistakesIn({
        'solution/twice.mjs': 'export const twice = (n) => n + n;',
        'also-right/function.yaml': 'MemorySize: 512\n',
      }),
    ).toEqual([
      'content/challenges/01-double/solution/twice.mjs:1: is given and cannot be changed.\n    Remove it here.',
      'content/challenges/01-double/also-right/function.yaml:1: changes MemorySize, which a learner cannot.\n' +
        '    Name it under settings in brief.mdx, or leave it.',
    ]);
  });

  it('is refused with the line of an event, a topic or a step that is none', async () => {
    const mistakes = await mistakesIn({ 'checks.yaml': whole['checks.yaml'].replace('invoke: two', 'invoke: three') });
    expect(mistakes).toEqual([
      'content/challenges/01-double/checks.yaml:5: checks[0].run[0].invoke must name an event of start/events/ (two); found "three".\n' +
        '    Change it to fit.',
    ]);
    expect(await mistakesIn({ 'brief.mdx': whole['brief.mdx'].replace('[handler]', '[handlers]') })).toEqual([
      'content/challenges/01-double/brief.mdx:7: topics[0] must be the id of a topic in content/topics.yaml; found "handlers".\n' +
        '    Change it to fit.',
    ]);
    const step = await mistakesIn({ 'checks.yaml': whole['checks.yaml'].replace('invoke: two', 'wait: long') });
    expect(step).toEqual([
      'content/challenges/01-double/checks.yaml:5: checks[0].run[0].wait must be a duration like 500ms, 30s, 15m, 2h or 1d; ' +
        'found "long".\n    Change it to fit.',
    ]);
  });
});

describe('the hash of a challenge', () => {
  const hashOf = async (files: Changes) =>
    (await readChallengeFolder('content/challenges/01-double', await project(files))).hash;

  it('changes with what is asked, and with nothing else', async () => {
    const hash = await hashOf({});
    expect(await hashOf({ 'brief.mdx': whole['brief.mdx'].replace('[Twice.]', '[Twice!, Twice two.]') })).toBe(hash);
    expect(await hashOf({ 'start/index.mjs': 'export const handler = async () => 0;' })).toBe(hash);
    expect(await hashOf({ 'brief.mdx': whole['brief.mdx'].replace('Text.', 'Another text.') })).not.toBe(hash);
    expect(await hashOf({ 'checks.yaml': whole['checks.yaml'].replace('equals: 4', 'equals: 5') })).not.toBe(hash);
    expect(await hashOf({ 'start/twice.mjs': 'export const twice = (n) => n + n;' })).not.toBe(hash);
    expect(await hashOf({ 'start/function.yaml': 'Timeout: 9\n' })).not.toBe(hash);
  });
});

describe('checklist.yaml', () => {
  it('names topics of the course only', async () => {
    const { parse } = await import('yaml');
    const read = async (file: string) => parse(await readFile(path.join(course, file), 'utf8')) as unknown;
    const topics = new Set(((await read('content/topics.yaml')) as { id: string }[]).map(({ id }) => id));
    const parts = (await read('content/checklist.yaml')) as { items: { topics: string[] }[] }[];
    const named = parts.flatMap(({ items }) => items.flatMap((item) => item.topics));
    expect(named.filter((topic) => !topics.has(topic))).toEqual([]);
  });

  it('has a challenge for each statement', async () => {
    const { parse } = await import('yaml');
    const text = await readFile(path.join(course, 'content/checklist.yaml'), 'utf8');
    const parts = parse(text) as { items: { id: string; topics: string[] }[] }[];
    const folders = await readdir(path.join(course, 'content/challenges'));
    const briefs = folders.map((folder) => path.join(course, 'content/challenges', folder, 'brief.mdx'));
    const texts = await Promise.all(briefs.map((brief) => readFile(brief, 'utf8')));
    const asked = texts.flatMap((brief) => (parse(brief.split('---')[1] ?? '') as { topics: string[] }).topics);
    const without = parts.flatMap(({ items }) =>
      items.filter(({ topics }) => !topics.some((id) => asked.includes(id))),
    );
    expect(without.map(({ id }) => id)).toEqual([]);
  });
});
