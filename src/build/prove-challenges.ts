/** Runs every challenge's checks on its right and wrong solutions before the course is built, and refuses a broken one. */
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { listChallenges, readChallengeFolder } from '../../content/challenge-folder.ts';
import { ContentMistakeError, type Mistake } from '../../content/mistakes.ts';
import { mistakesOf } from '../challenges/prove.ts';

/** All mistakes of all challenges below a project's root, with what happened when they were run. */
export async function findChallengeMistakes(root: string): Promise<readonly Mistake[]> {
  const mistakes: Mistake[] = [];
  for (const folder of await listChallenges(root)) {
    try {
      mistakes.push(...(await mistakesOf(await readChallengeFolder(folder, root))));
    } catch (error) {
      if (!(error instanceof ContentMistakeError)) throw error;
      mistakes.push(...error.mistakes);
    }
  }
  return mistakes;
}

/** The Astro integration. */
export function proveChallenges(): AstroIntegration {
  let root = '';
  return {
    name: 'prove-challenges',
    hooks: {
      'astro:config:done': ({ config }) => {
        root = fileURLToPath(config.root);
      },
      'astro:build:start': async ({ logger }) => {
        const mistakes = await findChallengeMistakes(root);
        if (mistakes.length > 0) throw new ContentMistakeError(mistakes);
        logger.info(`${(await listChallenges(root)).length} challenges proven by their solutions`);
      },
    },
  };
}
