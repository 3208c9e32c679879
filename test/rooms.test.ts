/** Pages and components written in Astro and MDX keep to the same import directions as scripts, which lint checks. */
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const imported = /^\s*import\s+(?!type\b)(?:[^'"]*?\bfrom\s+)?['"](\.[^'"]+)['"]/gm;

/** What each kind of file may import from the rooms next door. */
const allowed: Record<string, RegExp> = {
  src: /^(?:src\/|content\/(?:schema|mistakes|function-folder)\.ts$|sandbox\/worker\/(?:client|session)\.ts$|sandbox\/runtime\/(?:simulator-)?differences\.ts$)/,
  content: /^(?:src\/components\/|content\/)/,
};

test.each(globSync(['src/**/*.astro', 'content/**/*.mdx'], { cwd: root }).map((file) => file.replaceAll('\\', '/')))(
  '%s',
  async (file) => {
    const text = await readFile(path.join(root, file), 'utf8');
    const rule = allowed[file.split('/')[0] ?? ''] ?? /^$/;
    const targets = [...text.matchAll(imported)].map(([, target = '']) =>
      path.posix.normalize(path.posix.join(path.posix.dirname(file), target)),
    );
    expect(targets.filter((target) => !rule.test(target))).toEqual([]);
  },
);
