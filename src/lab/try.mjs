/** `npm run scenario -- <name>`: runs what scenarios promise, and prints what does not hold. */
import { ContentMistakeError, formatMistake } from '../../content/mistakes.ts';
import { listScenarios, readScenarioFolder } from '../../content/scenario-folder.ts';
import { mistakesOfScenario } from './prove-scenario.ts';

const [wanted = ''] = process.argv.slice(2);
const folders = (await listScenarios()).filter((folder) => folder.includes(wanted));
if (folders.length === 0) {
  console.error(`There is no scenario with ${JSON.stringify(wanted)} in its folder's name in content/scenarios/.`);
  process.exitCode = 2;
}

for (const folder of folders) {
  try {
    const mistakes = await mistakesOfScenario(await readScenarioFolder(folder));
    console.log(mistakes.length === 0 ? `${folder}: everything that it promises happens` : `${folder}:`);
    for (const mistake of mistakes) console.log(formatMistake(mistake));
    if (mistakes.length > 0) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof ContentMistakeError)) throw error;
    console.error(error.message.trim());
    process.exitCode = 2;
  }
}
