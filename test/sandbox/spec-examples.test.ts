/** Every case in cases/*.json: what the runtime must give, clause by clause of its specification. */
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { type CaseFile, runCase } from './conformance/case.ts';

const folder = new URL('cases/', import.meta.url);

for (const name of globSync('*.json', { cwd: folder }).sort()) {
  const { cases } = JSON.parse(await readFile(new URL(name, folder), 'utf8')) as CaseFile;
  describe(name, () => {
    for (const one of cases) {
      test(`${one.clause} ${one.id}: ${one.why}`, async ({ task }) => {
        const { id, clause } = one;
        task.meta.conformance = { id, clause, mistakes: ['did not end'] };
        const mistakes = await runCase(one);
        task.meta.conformance = { id, clause, mistakes };
        expect(mistakes).toEqual([]);
      });
    }
  });
}
