/** The state of one runner: what was typed, what was run, what is looked at. Everything on the page reads it. */
import { tick } from 'svelte';
import type { Session, SessionStep, SessionUpdate } from '../../../sandbox/worker/session.types.ts';
import { hasDraft } from '../../progress/draft-hint.ts';
import { DraftStore } from '../../progress/draft-store.ts';
import { openRecord } from '../../progress/record.ts';
import { formatDuration } from '../timeline/format-time.ts';
import { findJsonMistake } from './json-mistake.ts';
import { describeProblem, type Problem } from './problems.ts';
import { repairInput } from './repair-input.ts';
import { requestsOf, sayRequests, traceUntil } from './requests.ts';
import type { RecordedRun, RunnerData, RunnerInput } from './runner-data.ts';
import { definitionOf, lessonInput, sameInput } from './runner-input.ts';
import { takeSession } from './session-start.ts';
import { readBill, readLogLines, readMoney } from './trace-readers.ts';

/** Something to tell the learner, with what they can do about it. */
export interface Notice {
  readonly text: string;
  readonly actions: readonly { readonly label: string; readonly run: () => void }[];
  /** It says that something has not been run yet. */
  readonly untilRun?: boolean;
}

/** Virtual ms that pass between two presses, as they do for a person: without them no freeze would be seen. */
const pauseBetweenPresses = 1000;

/** Virtual ms that pass after something was sent, so that what reads it has begun. */
const pauseAfterSending = 2000;

/** What the runner is doing: `opening` loads the engine, `running` waits for the sandbox. */
export type RunnerStatus = 'ready' | 'opening' | 'running';

export class RunnerState {
  readonly data: RunnerData;
  readonly lesson: RunnerInput;
  readonly #drafts: DraftStore;
  #session: Session | undefined;
  #fromLink = false;
  /** Something was typed or opened here before the draft had been read. */
  #touched = false;
  #restoring: Promise<void> = Promise.resolve();
  /** What is run has to wait for the draft. */
  #draftExpected = false;
  /** The last press sent requests, so the next one comes a moment later. */
  #justInvoked = false;

  input = $state.raw() as RunnerInput;
  /** What this runner's own session did, or what was recorded when the page was built. */
  #own = $state.raw() as RecordedRun;
  /** Another run that is looked at for a while. */
  #other = $state.raw<RecordedRun | null>(null);
  /** False while the run on show is the one recorded when the page was built. */
  live = $state(false);
  status = $state<RunnerStatus>('ready');
  problem = $state.raw<Problem | null>(null);
  notice = $state.raw<Notice | null>(null);
  /** The moment looked at; null for the end. */
  cursor = $state<number | null>(null);
  /** What a screen reader is told: when it has finished, and at once. */
  polite = $state('');
  assertive = $state('');

  readonly trace = $derived.by(() => (this.#other ?? this.#own).trace);
  readonly now = $derived.by(() => (this.#other ?? this.#own).now);
  /** Whether the run on show is this runner's own. */
  readonly showsOwn = $derived.by(() => this.#other === null);
  readonly events = $derived.by(() => traceUntil(this.trace, this.cursor));
  readonly requests = $derived.by(() => requestsOf(this.events));
  readonly lines = $derived.by(() => readLogLines(this.events));
  readonly bill = $derived.by(() => readBill(this.events, this.data.prices, this.input.freeTier));
  readonly money = $derived.by(() => readMoney(this.trace, this.data.prices, this.input.freeTier));
  readonly eventMistake = $derived.by(() => findJsonMistake(this.input.event));
  readonly edited = $derived.by(() => !sameInput(this.input, this.lesson));
  readonly busy = $derived(this.status !== 'ready');

  constructor(data: RunnerData) {
    this.data = data;
    this.lesson = lessonInput(data);
    this.#drafts = new DraftStore(openRecord, data.key, data.version);
    this.input = this.lesson;
    this.#own = data.recorded;
  }

  /** What the function belongs to, in messages. */
  get #owner(): string {
    return this.data.task ? 'challenge' : 'lesson';
  }

  /** Announces at the next pause; the same words twice are announced twice. */
  say(text: string): void {
    this.polite = '';
    void tick().then(() => (this.polite = text));
  }

  /** Announces at once. */
  alert(text: string): void {
    this.assertive = '';
    void tick().then(() => (this.assertive = text));
  }

  /** Changes what was typed, and keeps it. */
  change(changes: Partial<RunnerInput>): void {
    if (this.#fromLink) {
      // From now on the draft is what a reload has to bring back, not the link.
      history.replaceState(history.state, '', location.pathname + location.search);
      this.#fromLink = false;
    }
    this.#touched = true;
    this.input = { ...this.input, ...changes };
    if (this.problem?.kind === 'event') this.problem = null;
    if (this.edited) this.#drafts.write(this.input);
    else void this.#drafts.forget();
  }

  /** Keeps at once what was typed last: the page may go. */
  keepDraft(): void {
    void this.#drafts.flush();
  }

  /** Whether the learner may change a file. */
  mayChange(path: string): boolean {
    return !this.data.task?.given.includes(path);
  }

  changeFile(path: string, text: string): void {
    if (!this.mayChange(path)) return;
    this.change({ files: { ...this.input.files, [path]: text } });
  }

  /** Brings back what was typed before the page was left, if anything. */
  restoreDraft(): void {
    this.#draftExpected = hasDraft(this.data.key);
    this.#restoring = this.#restoreDraft();
  }

  async #restoreDraft(): Promise<void> {
    const draft = await this.#drafts.read();
    const repaired = draft && repairInput(draft.value, this.lesson, this.data.limits);
    if (!repaired || sameInput(repaired.input, this.lesson)) return;
    if (!draft.otherVersion && !this.#touched) {
      this.input = repaired.input;
      return;
    }
    this.notice = {
      text: draft.otherVersion
        ? `The ${this.#owner} has changed since you edited it here. Your version is still kept.`
        : 'You edited this here before.',
      actions: [
        { label: 'Use my version', run: () => this.#settle(repaired.input) },
        { label: `Use the ${this.#owner}’s`, run: () => this.#settle(this.lesson) },
      ],
    };
  }

  #settle(input: RunnerInput): void {
    this.change(input);
    void this.#drafts.forgetOthers();
    this.notice = null;
  }

  /** Fills the runner from a shared link. Nothing runs, and a damaged link changes nothing. */
  async openLink(hash: string): Promise<void> {
    try {
      const { readLink } = await import('./shared-link.ts');
      const value = readLink(this.data.definition.FunctionName, hash);
      const repaired = repairInput(value, this.lesson, this.data.limits);
      if (!repaired) throw new Error('The link holds no function that this runner could show.');
      // What is shown now, and comes back when the link is discarded, is the draft if there is one.
      await this.#restoring;
      this.#touched = true;
      const before = this.input;
      this.input = repaired.input;
      this.#fromLink = true;
      const text = ['Code, event and settings come from a link. They have not been run.', ...repaired.repairs].join(
        ' ',
      );
      this.notice = { text, actions: [this.#backTo(before, 'Discard')], untilRun: true };
      this.say(text);
    } catch (error) {
      this.problem = describeProblem(error);
      this.alert(this.problem.text);
    }
  }

  /** Back to the lesson's code, event and settings, until undone. */
  reset(): void {
    const before = this.input;
    this.change(this.lesson);
    const text = `Reset to the ${this.#owner}’s code.`;
    this.notice = { text, actions: [this.#backTo(before, 'Undo')] };
    this.say(`${text} Undo is available.`);
  }

  #backTo(input: RunnerInput, label: string) {
    return {
      label,
      run: () => {
        this.change(input);
        this.notice = null;
      },
    };
  }

  /** Sends `count` requests at once with the test event. */
  async invoke(count = 1): Promise<void> {
    if (this.#draftExpected) await this.#restoring;
    const mistake = this.eventMistake;
    if (mistake) {
      const text = `The test event is not JSON. Line ${mistake.line}, column ${mistake.column}: ${mistake.reason}`;
      this.problem = { kind: 'event', text };
      this.alert(text);
      return;
    }
    await this.#run({ kind: 'invoke', payload: this.input.event, count });
  }

  /** Shows a run that happened elsewhere in timeline, log and bill, until the next press or until taken back. */
  lookAt(run: RecordedRun, text: string): void {
    this.#other = run;
    this.cursor = null;
    const back = () => {
      this.#other = null;
      this.cursor = null;
      this.notice = null;
    };
    this.notice = { text, actions: [{ label: 'Back to your own run', run: back }], untilRun: true };
    this.say(text);
  }

  /** Lets virtual time pass. */
  async wait(milliseconds: number): Promise<void> {
    if (this.#draftExpected) await this.#restoring;
    await this.#run({ kind: 'wait', milliseconds });
  }

  async #run(step: SessionStep): Promise<void> {
    if (this.busy) return;
    this.problem = null;
    this.assertive = '';
    if (this.notice?.untilRun) this.notice = null;
    this.status = this.#session ? 'running' : 'opening';
    let seen: SessionUpdate | undefined;
    try {
      const session = (this.#session ??= await takeSession());
      this.status = 'running';
      seen = await session.deploy(definitionOf(this.data, this.input));
      if (this.#justInvoked && step.kind === 'invoke') {
        seen = followedBy(seen, await session.run({ kind: 'wait', milliseconds: pauseBetweenPresses }));
      }
      let update = await session.run(step);
      const { sends } = this.data.definition;
      // An HTTP request has been answered; others only lead to the function.
      if (step.kind === 'invoke' && sends !== undefined && sends !== 'http-request') {
        update = followedBy(update, await session.run({ kind: 'wait', milliseconds: pauseAfterSending }));
      }
      this.#justInvoked = step.kind === 'invoke';
      seen = followedBy(seen, update);
      this.#take(seen);
      this.#announce(step, update);
    } catch (error) {
      if (seen) this.#take(seen);
      this.problem = describeProblem(error);
      this.alert(this.problem.text);
    } finally {
      this.status = 'ready';
    }
  }

  /** Puts what happened on show; the first time it takes the place of the recorded run. */
  #take(update: SessionUpdate): void {
    // The account of a worker that had to be ended is lost; a new one begins at the same virtual time.
    const goesOn = this.live && !update.startedAnew;
    const trace = goesOn ? [...this.#own.trace, ...update.events] : update.events;
    this.#own = { trace, now: update.now };
    this.#other = null;
    this.live = true;
    this.cursor = null;
  }

  #announce(step: SessionStep, update: SessionUpdate): void {
    if (step.kind === 'wait') {
      const gone = update.events.filter((event) => event.type === 'environmentGone').length;
      const ending = gone === 0 ? '' : `, ${gone} ${gone === 1 ? 'environment is' : 'environments are'} gone`;
      const runs = update.events.filter((event) => event.type === 'invocationStarted').length;
      const meanwhile = runs === 0 ? '' : `, ${runs} ${runs === 1 ? 'invocation' : 'invocations'} meanwhile`;
      this.say(`${formatDuration(step.milliseconds)} passed${meanwhile}${ending}.`);
      return;
    }
    const ids = update.events.flatMap((event) => (event.type === 'requestArrived' ? [event.requestId] : []));
    const statuses = (update.responses ?? []).map(({ status }) => status);
    const answer = statuses.length === 0 ? '' : `Answered with ${statuses.join(', ')}. `;
    if (ids.length === 0) {
      this.say(
        answer === '' ? 'Sent. No request has arrived at the function yet.' : `${answer}The function was not invoked.`,
      );
      return;
    }
    this.say(`${answer}${sayRequests(this.requests.filter(({ requestId }) => ids.includes(requestId)))}.`);
  }
}

/** Both updates as one; what was before a new beginning is gone. */
function followedBy(first: SessionUpdate, next: SessionUpdate): SessionUpdate {
  if (next.startedAnew) return next;
  return {
    ...next,
    events: [...first.events, ...next.events],
    ...(first.startedAnew && { startedAnew: true as const }),
  };
}
