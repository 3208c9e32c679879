/** Runs one check on a function in the sandbox, as the build and the page do. */
import type { Check, Expectation } from '../../content/challenge-schema.ts';
import { createAccount } from '../../sandbox/account.ts';
import { defaultFacts } from '../../sandbox/default-facts.ts';
import type { FunctionDefinition, OpenSession } from '../../sandbox/worker/session.types.ts';
import { sessionOf } from '../../sandbox/worker/session.ts';
import { factsForChecks } from '../../src/challenges/prove.ts';
import { runChecks, type CheckOutcome } from '../../src/challenges/run-checks.ts';

export const open: OpenSession = async (options) => sessionOf(await createAccount(options), defaultFacts);

export const functionWith = (code: string, more: Partial<FunctionDefinition> = {}): FunctionDefinition => ({
  FunctionName: 'tried',
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  MemorySize: 256,
  Timeout: 3,
  Architectures: ['arm64'],
  Files: { 'index.mjs': code },
  ...more,
});

export const checkOf = (expect: readonly Expectation[], more: Partial<Check> = {}): Check => ({
  id: 'check',
  title: 'It does',
  run: [{ invoke: 'event' }],
  ...more,
  expect: [...expect],
});

/** What a check of these expectations comes to; `event` is what is sent. */
export async function tryCheck(
  code: string,
  expect: readonly Expectation[],
  {
    event = '{}',
    definition,
    ...more
  }: Partial<Check> & { event?: string; definition?: Partial<FunctionDefinition> } = {},
): Promise<CheckOutcome> {
  const [outcome] = await runChecks({
    checks: [checkOf(expect, more)],
    definition: functionWith(code, definition),
    events: [{ name: 'event', text: event }],
    prices: factsForChecks,
    open,
  });
  if (!outcome) throw new Error('There was no outcome.');
  return outcome;
}

/** The findings as `met: expected / saw`. */
export const words = ({ findings }: CheckOutcome): readonly string[] =>
  findings.map(({ met, expected, saw }) => `${met ? 'met' : 'unmet'}: ${expected} / ${saw}`);
