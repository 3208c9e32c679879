/**
 * Proves a challenge when the course is built: the starting code must fail, every right solution must pass, every wrong
 * one must fail, each check must be failed by somebody, since a check that nobody fails checks nothing, and what the
 * starting code fails must be explained.
 */
import type { ChallengeFolder, ChallengeVariant } from '../../content/challenge-folder.ts';
import type { Mistake } from '../../content/mistakes.ts';
import { createAccount } from '../../sandbox/account.ts';
import { defaultFacts } from '../../sandbox/default-facts.ts';
import type { Fact } from '../../sandbox/facts.ts';
import { sessionOf } from '../../sandbox/worker/session.ts';
import { billFacts } from './month-bill.ts';
import { runChecks, type CheckOutcome } from './run-checks.ts';

/** What the checks made of one function. */
export interface VariantProof {
  readonly variant: ChallengeVariant;
  readonly outcomes: readonly CheckOutcome[];
}

/** The build checks the content and renders pages from two copies of this module in one process; both find it here. */
const proofs = sharedMap();

function sharedMap(): Map<string, Promise<readonly VariantProof[]>> {
  const place = Symbol.for('coldstart.proofs');
  const found: unknown = Reflect.get(globalThis, place);
  if (found instanceof Map) return found as Map<string, Promise<readonly VariantProof[]>>;
  const made = new Map<string, Promise<readonly VariantProof[]>>();
  Reflect.set(globalThis, place, made);
  return made;
}

/** Runs the checks on every function of a challenge; the same content is run once only. */
export function tryVariants(challenge: ChallengeFolder): Promise<readonly VariantProof[]> {
  const { checks, variants, start } = challenge;
  const key = JSON.stringify([checks, start.events, variants]);
  const proof = proofs.get(key) ?? runAll(challenge);
  proofs.set(key, proof);
  return proof;
}

/** The facts that checks compute money from. */
export const factsForChecks: readonly Fact[] = billFacts.flatMap((id) => defaultFacts.get(id) ?? []);

async function runAll({ checks, variants, start }: ChallengeFolder): Promise<readonly VariantProof[]> {
  const proven: VariantProof[] = [];
  for (const variant of variants) {
    const outcomes = await runChecks({
      checks,
      definition: variant.definition,
      events: start.events,
      prices: factsForChecks,
      open: async (options) => sessionOf(await createAccount(options), defaultFacts),
    });
    proven.push({ variant, outcomes });
  }
  return proven;
}

/** What is wrong with a challenge; empty when it is proven. */
export async function mistakesOf(challenge: ChallengeFolder): Promise<readonly Mistake[]> {
  const proven = await tryVariants(challenge);
  return [
    ...proven.flatMap(({ variant, outcomes }) =>
      variant.kind === 'solution' || variant.kind === 'also-right'
        ? outcomes.filter(({ passed }) => !passed).map((outcome) => failedSolution(variant, outcome))
        : passedThough(variant, outcomes),
    ),
    ...toothless(challenge, proven),
    ...unexplained(challenge, proven),
  ];
}

function failedSolution({ folder }: ChallengeVariant, outcome: CheckOutcome): Mistake {
  const reason = `does not pass the check “${outcome.title}”: ${sayFailure(outcome)}`;
  return { file: folder, line: 1, path: '', reason, mend: 'Correct the solution, or the check if it asks too much.' };
}

function passedThough({ kind, folder }: ChallengeVariant, outcomes: readonly CheckOutcome[]): readonly Mistake[] {
  if (outcomes.some(({ passed }) => !passed)) return [];
  const reason =
    kind === 'start' ? 'passes every check before anybody did anything.' : 'passes every check although it is wrong.';
  return [{ file: folder, line: 1, path: '', reason, mend: 'Add a check to checks.yaml that finds it out.' }];
}

function toothless(
  { folder, checks, checksText }: ChallengeFolder,
  proven: readonly VariantProof[],
): readonly Mistake[] {
  return checks
    .filter(({ id }) =>
      proven.every(({ outcomes }) => outcomes.every((outcome) => outcome.id !== id || outcome.passed)),
    )
    .map(({ id, title }) => ({
      file: `${folder}/checks.yaml`,
      line: lineOf(checksText, id),
      path: id,
      reason: `“${title}” is passed by the starting code and by every wrong solution.`,
      mend: 'Add a wrong-<name>/ that it finds out, or remove it.',
    }));
}

/** A check that the starting code fails is the first thing that a learner reads: it says why it matters. */
function unexplained({ folder, checksText }: ChallengeFolder, proven: readonly VariantProof[]): readonly Mistake[] {
  return proven
    .filter(({ variant }) => variant.kind === 'start')
    .flatMap(({ outcomes }) => outcomes)
    .filter(({ passed, findings }) => !passed && findings.every(({ met, why }) => met || why === undefined))
    .map(({ id, title }) => ({
      file: `${folder}/checks.yaml`,
      line: lineOf(checksText, id),
      path: id,
      reason: `“${title}” fails for the starting code and does not explain it.`,
      mend: 'Give the expectation that fails a why.',
    }));
}

/** The line of a check in checks.yaml. */
function lineOf(checksText: string, id: string): number {
  const at = checksText.search(new RegExp(`^ *- id: ${id}$`, 'm'));
  return checksText.slice(0, Math.max(0, at)).split('\n').length;
}

/** What a failed check expected and saw, or why it could not be run. */
export function sayFailure({ problem, did, findings }: CheckOutcome): string {
  if (problem !== undefined) return problem;
  const failing = findings.filter(({ met }) => !met);
  return [did, ...failing.map(({ expected, saw }) => `Expected: ${expected} Saw: ${saw}`)].join(' ');
}
