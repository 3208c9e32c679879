/** `npm run challenge -- <name>`: runs a challenge's checks on all its functions and prints what each check saw. */
import { listChallenges, readChallengeFolder } from '../../content/challenge-folder.ts';
import { ContentMistakeError, formatMistake } from '../../content/mistakes.ts';
import { mistakesOf, tryVariants } from './prove.ts';

const [wanted = ''] = process.argv.slice(2);
const folders = (await listChallenges()).filter((folder) => folder.includes(wanted));
if (folders.length === 0) {
  console.error(`There is no challenge with ${JSON.stringify(wanted)} in its folder's name in content/challenges/.`);
  process.exitCode = 2;
}

try {
  for (const folder of folders) await print(folder);
} catch (error) {
  if (!(error instanceof ContentMistakeError)) throw error;
  console.error(error.message.trim());
  process.exitCode = 2;
}

async function print(/** @type {string} */ folder) {
  const challenge = await readChallengeFolder(folder);
  for (const { variant, outcomes } of await tryVariants(challenge)) {
    const passed = outcomes.filter((outcome) => outcome.passed).length;
    console.log(`\n${variant.folder}: ${passed} of ${challenge.checks.length} checks passed`);
    for (const outcome of outcomes) {
      console.log(`  ${outcome.passed ? 'passed' : 'FAILED'}  ${outcome.title}`);
      if (outcome.did !== '') console.log(`          ${outcome.did}`);
      if (outcome.problem !== undefined) console.log(`          ${outcome.problem}`);
      for (const { met, expected, saw } of outcome.findings) {
        console.log(`          ${met ? ' ' : '✗'} ${expected} Saw: ${saw}`);
      }
    }
  }
  const mistakes = await mistakesOf(challenge);
  if (mistakes.length === 0) return;
  console.error(`\n${mistakes.map(formatMistake).join('\n')}`);
  process.exitCode = 1;
}
