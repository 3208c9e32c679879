/** Reads a challenge's folder: brief, checks, the starting code, and the solutions that prove its checks. Node only. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FunctionDefinition } from '../sandbox/worker/session.types.ts';
import { challengeSchema, checksSchema, type ChallengeFrontmatter, type Check } from './challenge-schema.ts';
import { topicFileSchema } from './course-files.ts';
import { settingsThatDiffer } from './challenge-settings.ts';
import { frontmatterOf } from './frontmatter.ts';
import { readFunctionFolder, type FunctionFolder } from './function-folder.ts';
import { ContentMistakeError, parseContent, type Mistake } from './mistakes.ts';

/** A function that the checks are tried on when the course is built. */
export interface ChallengeVariant {
  /** `start` and `wrong` must fail a check, `solution` and `also-right` must pass all. */
  readonly kind: 'start' | 'solution' | 'also-right' | 'wrong';
  /** Folder from the project's root. */
  readonly folder: string;
  readonly definition: FunctionDefinition;
}

export interface ChallengeFolder {
  /** Folder from the project's root: `content/challenges/01-reuse-a-client`. */
  readonly folder: string;
  readonly frontmatter: ChallengeFrontmatter;
  readonly checks: readonly Check[];
  /** `checks.yaml` as it is written, to find lines in. */
  readonly checksText: string;
  readonly start: FunctionFolder;
  /** The start first. */
  readonly variants: readonly ChallengeVariant[];
  /** Changes with what is asked: text of the brief, checks, given files and fixed configuration; not with hints. */
  readonly hash: string;
}

/**
 * Reads a challenge; `root` is the project's.
 * @throws {ContentMistakeError} with everything that is wrong in it
 */
export async function readChallengeFolder(folder: string, root = process.cwd()): Promise<ChallengeFolder> {
  const brief = await readText(root, `${folder}/brief.mdx`, 'Write the brief: what the learner has to achieve.');
  const frontmatter = parseContent(await briefFor(root), frontmatterOf(`${folder}/brief.mdx`, brief));
  const start = named(await readVariant(`${folder}/start`, root), frontmatter.function);
  const checksText = await readText(root, `${folder}/checks.yaml`, 'Write the checks that decide about a solution.');
  const { checks } = parseContent(checksFor(start), { file: `${folder}/checks.yaml`, text: checksText });
  const variants = [
    { kind: 'start', folder: `${folder}/start`, definition: start.definition } as const,
    ...(await readVariants(folder, root, start)),
  ];
  const mistakes = [...mistakesOfSet(folder, variants), ...mistakesOfGiven(folder, brief, frontmatter, variants)];
  if (mistakes.length > 0) throw new ContentMistakeError(mistakes);
  return { folder, frontmatter, checks, checksText, start, variants, hash: hashOf(brief, checks, frontmatter, start) };
}

/** The folders of all challenges from the project's root, in order. */
export async function listChallenges(root = process.cwd()): Promise<readonly string[]> {
  const entries = await readdir(join(root, 'content/challenges'), { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => `content/challenges/${name}`)
    .sort();
}

/** The schema of a brief whose topics are those of the course. */
async function briefFor(root: string) {
  const file = 'content/topics.yaml';
  const text = await readText(root, file, 'It lists the topics of the course.');
  const known = new Set(parseContent(topicFileSchema, { file, text }).map(({ id }) => id));
  return challengeSchema.superRefine(({ topics }, context) => {
    for (const [index, topic] of topics.entries()) {
      if (known.has(topic)) continue;
      context.addIssue({ code: 'custom', path: ['topics', index], message: `must be the id of a topic in ${file}` });
    }
  });
}

/** The schema of checks that send events which the starting code has. */
function checksFor(start: FunctionFolder) {
  const names = start.events.map(({ name }) => name);
  return checksSchema.superRefine(({ checks }, context) => {
    for (const [check, { run }] of checks.entries()) {
      for (const [step, action] of run.entries()) {
        if (!('invoke' in action) || names.includes(action.invoke)) continue;
        const message = `must name an event of start/events/ (${names.join(', ') || 'there is none'})`;
        context.addIssue({ code: 'custom', path: ['checks', check, 'run', step, 'invoke'], message });
      }
    }
  });
}

async function readVariants(folder: string, root: string, start: FunctionFolder): Promise<ChallengeVariant[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const variants: ChallengeVariant[] = [];
  for (const kind of ['solution', 'also-right', 'wrong'] as const) {
    for (const name of names.filter((each) => each === kind || each.startsWith(`${kind}-`)).sort()) {
      const { definition } = await readVariant(`${folder}/${name}`, root, start);
      variants.push({ kind, folder: `${folder}/${name}`, definition });
    }
  }
  return variants;
}

/** A folder that is missing is a mistake like any other. */
async function readVariant(folder: string, root: string, start?: FunctionFolder): Promise<FunctionFolder> {
  try {
    return await readFunctionFolder(join(root, folder), root, start);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'FunctionFolderError') throw error;
    throw mistake(folder, error.message, 'Put the function there.');
  }
}

async function readText(root: string, file: string, mend: string): Promise<string> {
  return readFile(join(root, file), 'utf8').catch(() => {
    throw mistake(file, 'is missing.', mend);
  });
}

const mistake = (file: string, reason: string, mend: string): ContentMistakeError =>
  new ContentMistakeError([{ file, line: 1, path: '', reason, mend }]);

const named = (read: FunctionFolder, FunctionName: string): FunctionFolder => ({
  ...read,
  definition: { ...read.definition, FunctionName },
});

/** What has to be there to prove the checks. */
const wanted = {
  solution: 'Put a solution into solution/: the files that differ from start/.',
  'also-right': 'Put a different right solution into also-right/: the checks must not want one way of writing it.',
  wrong: 'Put a solution that is tempting and wrong into a folder wrong-<name>/: the checks must find it out.',
} as const;

function mistakesOfSet(folder: string, variants: readonly ChallengeVariant[]): Mistake[] {
  return Object.entries(wanted).flatMap(([kind, mend]) =>
    variants.some((variant) => variant.kind === kind)
      ? []
      : [{ file: folder, line: 1, path: '', reason: `has no ${kind === 'wrong' ? 'wrong solution' : kind}.`, mend }],
  );
}

function mistakesOfGiven(
  folder: string,
  brief: string,
  { given, settings }: ChallengeFrontmatter,
  variants: readonly ChallengeVariant[],
): Mistake[] {
  const [start] = variants;
  const line = brief.slice(0, Math.max(0, brief.search(/^given:/m))).split('\n').length;
  const missing = given
    .filter((path) => start?.definition.Files[path] === undefined)
    .map((path) => ({
      file: `${folder}/brief.mdx`,
      line,
      path: 'given',
      reason: `names ${path}, which is not in start/.`,
      mend: 'Correct the name, or put the file there.',
    }));
  const changed = variants.flatMap((variant) => {
    const files = given.filter((path) => variant.definition.Files[path] !== start?.definition.Files[path]);
    const fixed = start ? settingsThatDiffer(start.definition, variant.definition, settings) : [];
    return [
      ...files.map(
        (path) => [`${variant.folder}/${path}`, 'is given and cannot be changed', 'Remove it here'] as const,
      ),
      ...fixed.map(
        (name) =>
          [
            `${variant.folder}/function.yaml`,
            `changes ${name}, which a learner cannot`,
            `Name it under settings in brief.mdx, or leave it`,
          ] as const,
      ),
    ].map(([file, reason, mend]) => ({ file, line: 1, path: '', reason: `${reason}.`, mend: `${mend}.` }));
  });
  return [...missing, ...changed];
}

function hashOf(
  brief: string,
  checks: readonly Check[],
  { given, settings }: ChallengeFrontmatter,
  { definition, events }: FunctionFolder,
): string {
  const { Files, MemorySize, Timeout, Architectures, Environment, ...rest } = definition;
  const fixed = {
    ...rest,
    ...(settings.includes('memory') ? {} : { MemorySize }),
    ...(settings.includes('timeout') ? {} : { Timeout }),
    ...(settings.includes('architecture') ? {} : { Architectures }),
    ...(settings.includes('variables') ? {} : { Environment }),
  };
  const text = brief.replace(/^---\r?\n[\s\S]*?\r?\n---/, '');
  const asked = [
    text,
    checks.map(({ run, expect }) => [run, expect.map(({ why: _, ...expected }) => expected)]),
    given.map((path) => Files[path]),
    fixed,
    events.map(({ text }) => text),
  ];
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 12);
}
