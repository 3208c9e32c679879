/** `npm run conformance -- <file.json> [...]`: runs files of cases and prints clause by clause what passes. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type CaseFile, runCase } from './case.ts';
import { clauseTable, type CaseOutcome } from './table.ts';

const { positionals } = parseArgs({ allowPositionals: true });
if (positionals.length === 0) {
  console.error('Usage: npm run conformance -- <file.json> [...]');
  process.exit(1);
}

const outcomes: CaseOutcome[] = [];
for (const file of positionals) {
  const { cases } = JSON.parse(await readFile(file, 'utf8')) as CaseFile;
  for (const one of cases) {
    const mistakes = await runCase(one).catch((error: unknown) => [
      `the sandbox refused: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    ]);
    outcomes.push({ id: one.id, clause: one.clause, why: one.why, mistakes });
  }
}
console.log(clauseTable(outcomes));
for (const { id, clause, why, mistakes } of outcomes.filter((outcome) => outcome.mistakes.length > 0)) {
  console.log(`\n${clause} ${id}: ${why}\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`);
}
const failed = outcomes.filter(({ mistakes }) => mistakes.length > 0).length;
console.log(`\n${outcomes.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
