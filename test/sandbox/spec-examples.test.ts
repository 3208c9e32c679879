/** Every case in cases/*.json: what the runtime must give, clause by clause of its specification. */
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { type CaseFile, runCase } from './conformance/case.ts';
import { clauseTable, type CaseOutcome } from './conformance/table.ts';

const folder = new URL('cases/', import.meta.url);
const outcomes: CaseOutcome[] = [];
afterAll(() => {
  console.log(clauseTable(outcomes));
});

for (const name of globSync('*.json', { cwd: folder }).sort()) {
  const { cases } = JSON.parse(await readFile(new URL(name, folder), 'utf8')) as CaseFile;
  describe(name, () => {
    test.each(cases)('$clause $id: $why', async (one) => {
      const mistakes = await runCase(one);
      outcomes.push({ id: one.id, clause: one.clause, why: one.why, mistakes });
      expect(mistakes).toEqual([]);
    });
  });
}
