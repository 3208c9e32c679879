/** An exam being sat in this tab: what was answered and flagged, its time, and how all of it gets into the record. */
import type { LearnerRecord } from '../../progress/entry.ts';
import { isOver, remainingMs, tick } from '../../progress/exam/clock.ts';
import {
  type ExamInProgress,
  type ExamItem,
  examDraft,
  examInProgress,
  withAnswer,
  withFlag,
} from '../../progress/exam/exam-draft.ts';
import { handIn } from '../../progress/exam/hand-in.ts';
import { gradeAnswer } from '../../quiz/grade.ts';
import type { QuestionData } from '../../quiz/question.ts';
import type { AnswerDraft } from '../quiz/question-options.ts';

/** What is typed is kept after a pause of this many ms, and when the page is left. */
const pause = 300;

export class ExamState {
  readonly #record: LearnerRecord;
  readonly #questions: ReadonlyMap<string, QuestionData>;
  readonly #now: () => number;
  readonly #stop: (() => void)[] = [];
  #unsaved: ReturnType<typeof setTimeout> | undefined;
  #handingIn = false;
  #over = false;
  #ended: () => void = () => undefined;

  /** Resolves once it is handed in, here or in another tab. */
  readonly handedIn = new Promise<void>((resolve) => (this.#ended = resolve));

  exam = $state.raw<ExamInProgress>() as ExamInProgress;
  remaining = $state(0);
  /** It ended because its time was over. */
  timedOut = false;
  /** Changes when another question is shown. */
  turn = $state(0);

  readonly item = $derived.by(() => this.exam.items[this.exam.at]);
  readonly data = $derived.by(() => this.#questions.get(this.item?.question ?? ''));
  readonly open = $derived.by(() => this.exam.items.filter(({ given }) => given === undefined).length);

  /** `now` is real time, ms since the Unix epoch. */
  constructor(
    exam: ExamInProgress,
    record: LearnerRecord,
    questions: ReadonlyMap<string, QuestionData>,
    now: () => number,
  ) {
    this.exam = exam;
    this.#record = record;
    this.#questions = questions;
    this.#now = now;
    this.look();
    const timer = setInterval(() => this.look(), 500);
    const leave = () => this.save();
    addEventListener('pagehide', leave);
    addEventListener('visibilitychange', leave);
    this.#stop.push(
      () => clearInterval(timer),
      () => removeEventListener('pagehide', leave),
      () => removeEventListener('visibilitychange', leave),
      record.subscribe(() => this.#follow()),
    );
  }

  /** Looks at the clock; an exam whose time is over is handed in. */
  look(): void {
    this.exam = { ...this.exam, clock: tick(this.exam.clock, this.#now()) };
    this.remaining = remainingMs(this.exam.clock);
    if (!isOver(this.exam.clock) || this.#over) return;
    this.timedOut = true;
    void this.finish();
  }

  answer({ given, confidence }: AnswerDraft): void {
    this.#change(withAnswer(this.exam, this.exam.at, given, confidence));
  }

  flag(flagged: boolean): void {
    this.#change(withFlag(this.exam, this.exam.at, flagged));
    this.save();
  }

  /** Shows another question, from 0. */
  show(at: number): void {
    if (at < 0 || at >= this.exam.items.length || at === this.exam.at) return;
    this.#change({ ...this.exam, at });
    this.turn += 1;
    this.save();
  }

  #change(exam: ExamInProgress): void {
    if (this.#over) return;
    this.exam = exam;
    clearTimeout(this.#unsaved);
    this.#unsaved = setTimeout(() => this.save(), pause);
  }

  /** Writes what has changed. */
  save(): void {
    if (this.#unsaved === undefined) return;
    clearTimeout(this.#unsaved);
    this.#unsaved = undefined;
    void this.#record.add({ kind: 'draft-kept', ...examDraft, value: this.exam });
  }

  /** Takes over what another tab has written, unless something here is newer. */
  #follow(): void {
    const latest = examInProgress(this.#record.entries);
    if (latest?.exam !== this.exam.exam) {
      if (!this.#handingIn) this.#end();
      return;
    }
    if (this.#unsaved !== undefined || same(latest.items, this.exam.items)) return;
    // Which question is shown, and the time, are each tab's own.
    const shown = this.item;
    this.exam = { ...this.exam, items: latest.items };
    if (!same(shown, this.item)) this.turn += 1;
  }

  /** Hands in. */
  async finish(): Promise<void> {
    if (this.#handingIn || this.#over) return;
    this.#handingIn = true;
    clearTimeout(this.#unsaved);
    this.#unsaved = undefined;
    await alone(() => handIn(this.#record, this.exam, (item) => this.#grade(item), this.#now()));
    this.#end();
  }

  #grade({ question, hash, seed, given }: ExamItem): boolean | undefined {
    const data = this.#questions.get(question);
    return data?.hash === hash ? gradeAnswer(data, seed, given).correct : undefined;
  }

  #end(): void {
    for (const stop of this.#stop) stop();
    clearTimeout(this.#unsaved);
    this.#over = true;
    this.#ended();
  }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** One tab at a time, where the browser can say so. */
async function alone(work: () => Promise<void>): Promise<void> {
  if ('locks' in navigator) await navigator.locks.request('coldstart.exam', work);
  else await work();
}
