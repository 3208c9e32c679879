/** Runs what every scenario promises before the course is built, and refuses one that promises what does not happen. */
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { ContentMistakeError, type Mistake } from '../../content/mistakes.ts';
import { listScenarios, readScenarioFolder } from '../../content/scenario-folder.ts';
import { mistakesOfScenario } from '../lab/prove-scenario.ts';

/** All mistakes of all scenarios below a project's root. */
export async function findScenarioMistakes(root: string): Promise<readonly Mistake[]> {
  const mistakes: Mistake[] = [];
  for (const folder of await listScenarios(root)) {
    try {
      mistakes.push(...(await mistakesOfScenario(await readScenarioFolder(folder, root))));
    } catch (error) {
      if (!(error instanceof ContentMistakeError)) throw error;
      mistakes.push(...error.mistakes);
    }
  }
  return mistakes;
}

/** The Astro integration. */
export function proveScenarios(): AstroIntegration {
  let root = '';
  return {
    name: 'prove-scenarios',
    hooks: {
      'astro:config:done': ({ config }) => {
        root = fileURLToPath(config.root);
      },
      'astro:build:start': async ({ logger }) => {
        const mistakes = await findScenarioMistakes(root);
        if (mistakes.length > 0) throw new ContentMistakeError(mistakes);
        logger.info(`${(await listScenarios(root)).length} scenarios keep what they promise`);
      },
    },
  };
}
