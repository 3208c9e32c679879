/** The state of one challenge: what its checks said, which hints were opened, whether it is done. */
import { createClient } from '../../../sandbox/worker/client.ts';
import { runChecks, type CheckOutcome } from '../../challenges/run-checks.ts';
import { sayCount } from '../../challenges/words.ts';
import { describeProblem } from '../runner/problems.ts';
import { definitionOf } from '../runner/runner-input.ts';
import { RunnerState } from '../runner/runner-state.svelte.ts';
import type { ChallengeData } from './challenge-data.ts';
import { ChallengeRecord, type Standing } from './challenge-record.ts';

/** A worker of its own: code that hangs in a check does not take the runner's account with it. */
const openForChecks = createClient();

/** How a check stands. */
export type CheckStatus = 'not-run' | 'running' | 'passed' | 'failed';

export class ChallengeState {
  readonly data: ChallengeData;
  readonly runner: RunnerState;
  readonly #record: ChallengeRecord;
  #abort: AbortController | undefined;

  /** In the order of the checks; those that have not been run are missing. */
  outcomes = $state.raw<readonly CheckOutcome[]>([]);
  /** Id of the check that is running. */
  running = $state<string | null>(null);
  problem = $state<string | null>(null);
  standing = $state.raw<Standing>({ hints: 0 });
  /** The function that the outcomes are about, as text. */
  #checked = $state.raw('');

  readonly busy = $derived.by(() => this.running !== null);
  readonly passed = $derived.by(() => this.outcomes.filter(({ passed }) => passed).length);
  readonly allPassed = $derived.by(() => !this.busy && this.passed === this.data.checks.length);
  /** Whether the outcomes are about an earlier version of the code. */
  readonly stale = $derived.by(() => !this.busy && this.outcomes.length > 0 && this.#checked !== this.#deployed());

  constructor(data: ChallengeData) {
    this.data = data;
    this.runner = new RunnerState(data.runner);
    this.#record = new ChallengeRecord(data, (standing) => {
      // A hint that was opened a moment ago may not have been written yet.
      this.standing = { ...standing, hints: Math.max(standing.hints, this.standing.hints) };
    });
  }

  /** Reads what the learner's record says about this challenge, and follows it. Returns how to stop. */
  follow(): () => void {
    return this.#record.follow();
  }

  /** What a check came to, when it has been run. */
  outcomeOf(check: string): CheckOutcome | undefined {
    return this.outcomes.find(({ id }) => id === check);
  }

  statusOf(check: string): CheckStatus {
    if (this.running === check) return 'running';
    const outcome = this.outcomeOf(check);
    if (!outcome) return 'not-run';
    return outcome.passed ? 'passed' : 'failed';
  }

  /** Runs all checks on what is typed now. */
  async run(): Promise<void> {
    if (this.busy) return;
    const { checks, runner } = this.data;
    const definition = definitionOf(runner, this.runner.input);
    const abort = (this.#abort = new AbortController());
    this.outcomes = [];
    this.problem = null;
    this.#checked = this.#deployed();
    this.running = checks[0]?.id ?? null;
    try {
      await runChecks({
        checks,
        definition,
        events: runner.events,
        prices: runner.prices,
        open: openForChecks,
        signal: abort.signal,
        onOutcome: (outcome) => {
          this.outcomes = [...this.outcomes, outcome];
          this.running = checks[this.outcomes.length]?.id ?? null;
        },
      });
      this.running = null;
      if (this.allPassed) void this.#record.passed(this.standing.hints);
      this.runner.say(this.#sayOutcome());
    } catch (error) {
      this.running = null;
      if (abort.signal.aborted) {
        this.runner.say('Stopped.');
        return;
      }
      this.problem = describeProblem(error).text;
      this.runner.alert(this.problem);
    }
  }

  /** Ends the checks that are running. */
  stop(): void {
    this.#abort?.abort();
  }

  /** Shows the run of a check in timeline, log and bill. */
  lookAt({ title, trace, now }: CheckOutcome): void {
    this.runner.lookAt({ trace, now }, `Timeline, log and bill show the run of the check “${title}”.`);
  }

  /** A hint was opened; `count` of them are open now or were. */
  openedHint(count: number): void {
    if (count <= this.standing.hints) return;
    this.standing = { ...this.standing, hints: count };
    void this.#record.openedHints(count);
  }

  #deployed(): string {
    return JSON.stringify(definitionOf(this.data.runner, this.runner.input));
  }

  #sayOutcome(): string {
    const { checks } = this.data;
    if (this.allPassed) return `All ${sayCount(checks.length, 'check')} passed. The challenge is done.`;
    const failed = this.outcomes.find(({ passed }) => !passed);
    const finding = failed?.findings.find(({ met }) => !met);
    const saw = failed?.problem ?? (finding ? `${finding.expected} Saw: ${finding.saw}` : '');
    return `${this.passed} of ${sayCount(checks.length, 'check')} passed. First failure: ${failed?.title}. ${saw}`;
  }
}
