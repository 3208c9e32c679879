/** `npm test`: every stage in order, stopping where one fails; the last line counts what passed and failed. */
import '../src/node-version.mjs';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const reports = await mkdtemp(path.join(tmpdir(), 'coldstart-test-'));
const vitest = (/** @type {string} */ project) => ({
  command: `vitest run --project ${project} --reporter=default --reporter=json --outputFile.json="${report(project)}"`,
  report: report(project),
});
const report = (/** @type {string} */ project) => path.join(reports, `${project}.json`);

/**
 * Those of one row run at the same time, since each of them keeps only one core busy.
 * @type {{ name: string, command: string, report?: string }[][]}
 */
const rows = [
  [{ name: 'generate', command: 'npm run --silent generate' }],
  [
    { name: 'lint', command: 'npm run --silent lint' },
    { name: 'types', command: 'npm run --silent check' },
  ],
  [{ name: 'unit', ...vitest('unit') }],
  [{ name: 'content', ...vitest('content') }],
  [{ name: 'build', command: 'npm run --silent build' }],
  [{ name: 'browser', ...vitest('site') }],
];

/** Runs a command; resolves to its exit code. What it prints is shown at once, or, where others print too, at its end. */
const run = (/** @type {string} */ command, /** @type {boolean} */ alone) =>
  new Promise((resolve) => {
    const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' };
    const child = spawn(command, { shell: true, stdio: alone ? 'inherit' : ['inherit', 'pipe', 'pipe'], env });
    /** @type {Buffer[]} */
    const printed = [];
    for (const output of [child.stdout, child.stderr]) output?.on('data', (part) => printed.push(part));
    child.on('close', (code) => {
      process.stdout.write(Buffer.concat(printed));
      resolve(code ?? 1);
    });
  });

/** A vitest stage counts its tests; any other stage is one check. */
async function count(/** @type {string | undefined} */ file, /** @type {boolean} */ ok) {
  const text = file === undefined ? undefined : await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
  const { numPassedTests: passed, numFailedTests } = JSON.parse(text);
  return { passed, failed: ok ? numFailedTests : Math.max(1, numFailedTests) };
}

const summary = [];
const total = { passed: 0, failed: 0 };
const failedStages = [];
for (const row of rows) {
  console.log(`\n── ${row.map(({ name }) => name).join(' and ')} ──`);
  const start = performance.now();
  const ended = await Promise.all(
    row.map(async (stage) => {
      const ok = (await run(stage.command, row.length === 1)) === 0;
      return { ...stage, ok, seconds: (performance.now() - start) / 1000 };
    }),
  );
  for (const { name, report: file, ok, seconds } of ended) {
    const counted = await count(file, ok);
    total.passed += counted.passed;
    total.failed += counted.failed;
    summary.push(
      `${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(9)} ${seconds.toFixed(1).padStart(6)} s  ${counted.passed} passed` +
        (counted.failed > 0 ? `, ${counted.failed} failed` : ''),
    );
    if (!ok) failedStages.push(name);
  }
  if (failedStages.length > 0) break;
}
await rm(reports, { recursive: true, force: true });

console.log(`\n${summary.join('\n')}`);
const skipped = rows.flat().length - summary.length;
if (failedStages.length > 0) {
  const names = failedStages.map((name) => `"${name}"`).join(' and ');
  console.log(`\nStopped at ${names}${skipped > 0 ? `; ${skipped} stages not run` : ''}.`);
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = failedStages.length === 0 ? 0 : 1;
