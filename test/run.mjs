/** `npm test`: every stage in order, stopping at the first that fails; the last line counts what passed and failed. */
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

/** @type {{ name: string, command: string, report?: string }[]} */
const stages = [
  { name: 'generate', command: 'npm run --silent generate' },
  { name: 'lint', command: 'npm run --silent lint' },
  { name: 'types', command: 'npm run --silent check' },
  { name: 'unit', ...vitest('unit') },
  { name: 'content', ...vitest('content') },
  { name: 'build', command: 'npm run --silent build' },
  { name: 'browser', ...vitest('site') },
];

/** Runs a command with its output shown; resolves to its exit code. */
const run = (/** @type {string} */ command) =>
  new Promise((resolve) => {
    const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' };
    spawn(command, { shell: true, stdio: 'inherit', env }).on('close', (code) => resolve(code ?? 1));
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
let failedStage;
for (const stage of stages) {
  console.log(`\n── ${stage.name} ──`);
  const start = performance.now();
  const ok = (await run(stage.command)) === 0;
  const counted = await count(stage.report, ok);
  total.passed += counted.passed;
  total.failed += counted.failed;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  summary.push(
    `${ok ? 'ok    ' : 'FAILED'}  ${stage.name.padEnd(9)} ${seconds.padStart(6)} s  ${counted.passed} passed` +
      (counted.failed > 0 ? `, ${counted.failed} failed` : ''),
  );
  if (!ok) {
    failedStage = stage.name;
    break;
  }
}
await rm(reports, { recursive: true, force: true });

console.log(`\n${summary.join('\n')}`);
const skipped = stages.length - summary.length;
if (failedStage !== undefined) {
  console.log(`\nStopped at "${failedStage}"${skipped > 0 ? `; ${skipped} stages not run` : ''}.`);
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = failedStage === undefined ? 0 : 1;
