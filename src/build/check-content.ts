/** Checks every content file before anything is built, and ends the build with all mistakes at once. */
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { z } from 'zod';
import { challengeSchema, checksSchema } from '../../content/challenge-schema.ts';
import { checklistSchema } from '../../content/checklist-schema.ts';
import { earlierEditionsSchema } from '../../content/editions-schema.ts';
import { frontmatterOf } from '../../content/frontmatter.ts';
import { ContentMistakeError, parseContent, type Mistake, type YamlSource } from '../../content/mistakes.ts';
import { correctionFileSchema, glossarySchema, topicFileSchema } from '../../content/course-files.ts';
import { factFileSchema, functionSchema, lessonSchema, unitSchema } from '../../content/schema.ts';
import { scenarioSchema } from '../../content/scenario-schema.ts';
import { findCommandMistakes } from './check-commands.ts';
import { findQuizMistakes } from './check-quizzes.ts';
import { findTemplateMistakes } from './check-templates.ts';

const kinds: readonly { pattern: string; schema: z.ZodType; frontmatter?: true }[] = [
  { pattern: 'content/lessons/*/unit.yaml', schema: unitSchema },
  { pattern: 'content/lessons/*/*/index.mdx', schema: lessonSchema, frontmatter: true },
  { pattern: 'content/lessons/*/*/*/function.yaml', schema: functionSchema },
  { pattern: 'content/facts/*.yaml', schema: factFileSchema },
  { pattern: 'content/topics.yaml', schema: topicFileSchema },
  { pattern: 'content/glossary.yaml', schema: glossarySchema },
  { pattern: 'content/corrections/*.yaml', schema: correctionFileSchema },
  { pattern: 'content/checklist.yaml', schema: checklistSchema },
  { pattern: 'content/earlier-editions.yaml', schema: earlierEditionsSchema },
  { pattern: 'content/challenges/*/brief.mdx', schema: challengeSchema, frontmatter: true },
  { pattern: 'content/challenges/*/checks.yaml', schema: checksSchema },
  { pattern: 'content/challenges/*/*/function.yaml', schema: functionSchema },
  { pattern: 'content/scenarios/*/scenario.yaml', schema: scenarioSchema },
  { pattern: 'content/scenarios/*/*/function.yaml', schema: functionSchema },
];

/** Pages whose commands and templates are checked. */
const pagesWithCode = ['content/lessons/*/*/index.mdx', 'content/challenges/*/brief.mdx', 'content/pages/*.mdx'];

/** All mistakes in the content below a project's root, by kind of file and in the order of their names. */
export async function findMistakes(root: string): Promise<readonly Mistake[]> {
  const mistakes: Mistake[] = [];
  const owners = new Map<string, string>();
  for (const { pattern, schema, frontmatter } of kinds) {
    for (const file of globSync(pattern, { cwd: root }).sort()) {
      const text = await readFile(`${root}/${file}`, 'utf8');
      const source = frontmatter ? frontmatterOf(file, text) : { file, text };
      try {
        mistakes.push(...repeatedIds(parseContent(schema, source), source, owners));
      } catch (error) {
        if (!(error instanceof ContentMistakeError)) throw error;
        mistakes.push(...error.mistakes);
      }
    }
  }
  const pages = globSync(pagesWithCode, { cwd: root }).sort();
  return [
    ...mistakes,
    ...(await findQuizMistakes(root)),
    ...(await findCommandMistakes(root, pages)),
    ...(await findTemplateMistakes(root, pages)),
  ];
}

/** What the ids of a file name, where they have to be unique in the course. */
function kindOf(file: string): string | undefined {
  if (file.startsWith('content/facts/')) return 'fact';
  if (file.startsWith('content/corrections/')) return 'correction';
  if (file === 'content/topics.yaml') return 'topic';
  if (file === 'content/glossary.yaml') return 'term';
  if (file.endsWith('/brief.mdx')) return 'challenge';
  return file.endsWith('/index.mdx') ? 'lesson' : undefined;
}

/** Things whose id another one of their kind has already. */
function repeatedIds(data: unknown, { file, text, firstLine }: YamlSource, owners: Map<string, string>): Mistake[] {
  const kind = kindOf(file);
  if (kind === undefined) return [];
  return [data].flat().flatMap((item) => {
    const { id } = item as { id: string };
    const line = text.slice(0, text.search(new RegExp(`\\bid: ['"]?${id}['"]?\\s*$`, 'm'))).split('\n').length;
    const owner = owners.get(`${kind} ${id}`);
    owners.set(`${kind} ${id}`, file);
    if (owner === undefined) return [];
    const mend = `Give this ${kind} an id of its own, or remove it.`;
    return [{ file, line: line + (firstLine ?? 1) - 1, path: 'id', reason: `"${id}" is taken by ${owner}.`, mend }];
  });
}

/** The Astro integration: refuses to build, and to start authoring, with content that does not fit. */
export function checkContent(): AstroIntegration {
  return {
    name: 'check-content',
    hooks: {
      'astro:config:done': async ({ config }) => {
        const mistakes = await findMistakes(fileURLToPath(config.root));
        if (mistakes.length > 0) throw new ContentMistakeError(mistakes);
      },
    },
  };
}
