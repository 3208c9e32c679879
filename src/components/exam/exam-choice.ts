/** What is chosen in the form that starts an exam. */
import type { CourseIndex, IndexedQuestion } from '../../progress/course-index.ts';
import { minutesPerQuestion } from '../../progress/exam/selection.ts';
import { count } from '../../progress/words.ts';

export interface ExamChoice {
  /** `<unit number>/<topic id>` */
  readonly topics: ReadonlySet<string>;
  /** How many questions there are for it. */
  readonly available: number;
  /** How many were asked for. */
  readonly length: number;
  /** A few words: `All topics`, `Cold start and 3 more`. */
  readonly about: string;
}

export function readChoice(form: HTMLFormElement): ExamChoice {
  const boxes = [...form.querySelectorAll<HTMLInputElement>('[name=topic]')];
  const checked = boxes.filter((box) => box.checked);
  const [first = ''] = checked.map((box) => box.dataset.name ?? '');
  return {
    topics: new Set(checked.map(({ value }) => value)),
    available: checked.reduce((sum, box) => sum + Number(box.dataset.count), 0),
    length: Number(form.querySelector<HTMLInputElement>('[name=length]:checked')?.value ?? 0),
    about:
      checked.length === boxes.length
        ? 'All topics'
        : checked.length > 1
          ? `${first} and ${checked.length - 1} more`
          : first,
  };
}

/** How long the exam will be, and that it will be shorter than asked for when it will. */
export function choiceSentence({ available, length }: ExamChoice): string {
  if (available === 0) return 'Choose at least one topic.';
  const questions = Math.min(available, length);
  const time = count(questions * minutesPerQuestion, 'minute');
  if (questions === length) return `${count(questions, 'question')}, ${time}.`;
  return `There ${available === 1 ? 'is' : 'are'} only ${count(available, 'question')} for this choice: the exam has ${
    available === 1 ? 'this one' : 'these'
  }, in ${time}.`;
}

/** Keeps the box of a unit and those of its topics in step. */
export function linkBoxes(form: HTMLFormElement, changed: HTMLInputElement): void {
  for (const unit of form.querySelectorAll<HTMLInputElement>('[data-unit-choice]')) {
    const topics = [...form.querySelectorAll<HTMLInputElement>(`[name=topic][value^="${unit.dataset.unitChoice}/"]`)];
    if (unit === changed) for (const topic of topics) topic.checked = unit.checked;
    const count = topics.filter(({ checked }) => checked).length;
    unit.checked = count > 0;
    unit.indeterminate = count > 0 && count < topics.length;
  }
}

/** The questions that the choice is about. */
export const poolOf = ({ units }: CourseIndex, { topics }: ExamChoice): readonly IndexedQuestion[] =>
  units.flatMap(({ number, lessons }) =>
    lessons.flatMap(({ questions }) => questions.filter(({ topic }) => topics.has(`${number}/${topic}`))),
  );
