/** Makes a challenge's data when its page is built: the starting code with its recorded run, checks, hints, solutions. */
import type { ChallengeSetting } from '../../../content/challenge-schema.ts';
import type { ChallengeVariant } from '../../../content/challenge-folder.ts';
import { ContentMistakeError } from '../../../content/mistakes.ts';
import { billFacts } from '../../challenges/month-bill.ts';
import { mistakesOf } from '../../challenges/prove.ts';
import type { Challenge } from '../../course/challenges.ts';
import { findFact, formatFact } from '../../course/facts.ts';
import { runnerOf } from '../runner/build-runner.ts';
import { lessonInput } from '../runner/runner-input.ts';
import { settingFields } from '../runner/setting-fields.ts';
import type { ChallengeData, Solution } from './challenge-data.ts';

/**
 * The data of one challenge.
 * @throws {ContentMistakeError} when its solutions do not prove its checks
 */
export async function buildChallenge({ id, folder, hash, content }: Challenge): Promise<ChallengeData> {
  const mistakes = await mistakesOf(content);
  if (mistakes.length > 0) throw new ContentMistakeError(mistakes);
  const { frontmatter, checks, start, variants } = content;
  const { given, settings, hints } = frontmatter;
  const runner = await runnerOf(start, {
    path: `${folder}/start`,
    key: `challenge/${id}`,
    compact: false,
    task: { given, settings },
  });
  const brief = `${folder}/brief.mdx`;
  return {
    id,
    hash,
    runner: { ...runner, prices: billFacts.map((fact) => findFact(fact, brief)) },
    checks,
    hints: hints.map((hint) => withFacts(hint, brief)),
    solutions: variants
      .filter(({ kind }) => kind === 'solution' || kind === 'also-right')
      .map((variant) => solutionOf(variant, given, settings)),
  };
}

function solutionOf(
  { definition }: ChallengeVariant,
  given: readonly string[],
  settings: readonly ChallengeSetting[],
): Solution {
  const input = lessonInput({ definition, events: [] });
  return {
    files: Object.fromEntries(Object.entries(definition.Files).filter(([path]) => !given.includes(path))),
    settings: Object.fromEntries(
      settingFields.filter(({ id }) => settings.includes(id)).map(({ name, show }) => [name, show(input)]),
    ),
  };
}

/** A sentence with the values of the facts that it names: `{fact some-id}` or `{fact some-id.field}`. */
function withFacts(text: string, askedBy: string): string {
  return text.replace(/\{fact ([a-z0-9-]+)(?:\.([^}]+))?\}/gi, (_, id: string, field: string | undefined) =>
    formatFact(findFact(id, askedBy), field, askedBy),
  );
}
