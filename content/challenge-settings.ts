/** Which configuration of a challenge is the learner's: everything else is as it was given. Pure. */
import type { FunctionDefinition } from '../sandbox/worker/session.types.ts';
import type { ChallengeSetting } from './challenge-schema.ts';

/** What each setting is called in Lambda's API. */
const fields = {
  memory: 'MemorySize',
  timeout: 'Timeout',
  architecture: 'Architectures',
  variables: 'Environment',
} as const satisfies Record<ChallengeSetting, keyof FunctionDefinition>;

const settings = Object.keys(fields) as readonly ChallengeSetting[];

/** The settings that a learner may not change. */
export function fixedSettings(free: readonly ChallengeSetting[]): readonly ChallengeSetting[] {
  return settings.filter((setting) => !free.includes(setting));
}

/** What of the configuration differs although it is fixed, in the names of Lambda's API. */
export function settingsThatDiffer(
  start: FunctionDefinition,
  other: FunctionDefinition,
  free: readonly ChallengeSetting[],
): readonly string[] {
  const changeable = free.map((setting) => fields[setting] as string);
  const names = new Set([...Object.keys(start), ...Object.keys(other)]);
  return [...names].filter((name) => {
    if (name === 'Files' || changeable.includes(name)) return false;
    const key = name as keyof FunctionDefinition;
    return JSON.stringify(start[key]) !== JSON.stringify(other[key]);
  });
}

/** A learner's function as the checks run it: given files and fixed settings are the challenge's own. */
export function definitionToCheck(
  start: FunctionDefinition,
  learner: FunctionDefinition,
  { given, settings: free }: { readonly given: readonly string[]; readonly settings: readonly ChallengeSetting[] },
): FunctionDefinition {
  const { Environment, ...fixed } = start;
  return {
    ...fixed,
    ...(Environment && !free.includes('variables') ? { Environment } : {}),
    ...Object.fromEntries(
      free.flatMap((setting) => {
        const value = learner[fields[setting]];
        return value === undefined ? [] : [[fields[setting], value]];
      }),
    ),
    Files: { ...learner.Files, ...Object.fromEntries(given.map((path) => [path, start.Files[path] ?? ''])) },
  };
}
