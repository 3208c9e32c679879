/** Checks every content file before anything is built, and ends the build with all mistakes at once. */
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { z } from 'zod';
import { ContentMistakeError, parseContent, type Mistake, type YamlSource } from '../../content/mistakes.ts';
import { factFileSchema, functionSchema, lessonSchema, unitSchema } from '../../content/schema.ts';
import { findQuizMistakes } from './check-quizzes.ts';
import { frontmatterOf } from './frontmatter.ts';

const kinds: readonly { pattern: string; schema: z.ZodType; frontmatter?: true }[] = [
  { pattern: 'content/lessons/*/unit.yaml', schema: unitSchema },
  { pattern: 'content/lessons/*/*/index.mdx', schema: lessonSchema, frontmatter: true },
  { pattern: 'content/lessons/*/*/*/function.yaml', schema: functionSchema },
  { pattern: 'content/facts/*.yaml', schema: factFileSchema },
];

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
  return [...mistakes, ...(await findQuizMistakes(root))];
}

/** Lessons and facts whose id another one has already. */
function repeatedIds(data: unknown, { file, text, firstLine }: YamlSource, owners: Map<string, string>): Mistake[] {
  const kind = file.startsWith('content/facts/') ? 'fact' : 'lesson';
  if (kind === 'lesson' && !file.endsWith('/index.mdx')) return [];
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
