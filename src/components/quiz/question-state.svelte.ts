/** The state of one question on a page: what was drawn, what was answered, what was said to it. */
import type { Confidence } from '../../progress/entry.ts';
import { drawQuestion, firstSeed, type Measure } from '../../quiz/draw.ts';
import type { Grade, QuestionData } from '../../quiz/question.ts';
import { newSeed } from '../../quiz/random.ts';
import { typeOf } from '../../quiz/types.ts';
import type { RecordedRun } from '../runner/runner-data.ts';
import type { AnswerDraft, QuestionOptions } from './question-options.ts';

export class QuestionState {
  readonly data: QuestionData;
  readonly options: QuestionOptions;
  #attempts = 0;
  /** A report of a question that had no answer: what is on show is the key. */
  unanswered = $state(false);

  seed = $state(0);
  given = $state.raw<unknown>(undefined);
  grade = $state.raw<Grade | undefined>(undefined);
  confidence = $state<Confidence | undefined>(undefined);
  /** What is missing before it can be checked, or what could not be done. */
  message = $state('');
  running = $state(false);
  /** The run as it was made here, after an answer was checked. */
  recorded = $state.raw<RecordedRun | undefined>(undefined);
  #measure = $state.raw<Measure | undefined>(undefined);

  readonly question = $derived.by(() => drawQuestion(this.data, this.seed, this.#measure));
  /** An exam that was handed in. */
  readonly locked = $derived.by(() => this.options.place === 'exam' && this.grade !== undefined);

  constructor(data: QuestionData, options: QuestionOptions) {
    this.data = data;
    this.options = options;
    this.seed = options.seed ?? firstSeed(data);
    this.given = typeOf(data).read(this.question, options.given);
    this.confidence = options.confidence;
    if (options.graded) {
      this.unanswered = this.#lack() !== undefined;
      if (this.unanswered) this.given = typeOf(data).key(this.question);
      this.grade = typeOf(data).grade(this.question, this.given);
    }
  }

  #lack(): string | undefined {
    return typeOf(this.data).lacks(this.question, this.given);
  }

  #draft(): AnswerDraft {
    const { id: question, hash } = this.data;
    const { given, seed, confidence } = this;
    return { question, hash, given, seed, complete: this.#lack() === undefined, ...(confidence && { confidence }) };
  }

  /** Another answer; what was said to the last one goes. */
  change(given: unknown): void {
    this.given = given;
    this.grade = undefined;
    this.unanswered = false;
    this.message = '';
    this.options.onchange?.(this.#draft());
  }

  /** How sure the learner is. */
  say(confidence: Confidence): void {
    this.confidence = confidence;
    this.options.onchange?.(this.#draft());
  }

  /** Grades the answer; a run is made again for it. */
  async check(): Promise<void> {
    if (this.running || this.grade) return;
    this.message = '';
    const lack = this.#lack();
    if (lack !== undefined) {
      this.message = lack;
      return;
    }
    if (typeOf(this.data).runs) await this.#run();
    this.grade = typeOf(this.data).grade(this.question, this.given);
    this.#attempts += 1;
    const { correct } = this.grade;
    const { redrawable } = this.question;
    this.options.onanswer?.({ ...this.#draft(), correct, grade: this.grade, redrawable, attempt: this.#attempts });
  }

  /** Makes the question's run here. Without a sandbox the run of the build counts. */
  async #run(): Promise<void> {
    const { run } = this.question;
    if (!run || this.recorded) return;
    this.running = true;
    try {
      const [{ runInPage }, { measureRun }] = await Promise.all([
        import('./run-in-page.ts'),
        import('../../quiz/measurements.ts'),
      ]);
      this.recorded = await runInPage(run);
      this.#measure = measureRun(this.recorded.trace, run.prices);
    } catch {
      this.message = 'The sandbox could not be loaded: graded by the run that was recorded when this page was built.';
    } finally {
      this.running = false;
    }
  }

  /** Asks again: with other numbers where there are some to draw, else with the options in another order. */
  retry(): void {
    this.recorded = undefined;
    this.#measure = undefined;
    this.seed = newSeed();
    this.given = undefined;
    this.confidence = undefined;
    this.grade = undefined;
    this.unanswered = false;
    this.message = '';
    this.options.onchange?.(this.#draft());
  }
}
