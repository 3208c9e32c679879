/** A heap of facts in a few lines: what somebody has done, or would gain or lose. Pure. */
import { type CourseIndex, lessonsOf } from './course-index.ts';
import { isTyped } from './draft-names.ts';
import type { Entry } from './entry.ts';
import { count, formatTime } from './words.ts';

/** One line, with what exactly. */
export interface FactLine {
  readonly text: string;
  /** Names of lessons, drafts and so on; text that may come from outside. */
  readonly names: readonly string[];
}

export type Of<Kind extends Entry['kind']> = Extract<Entry, { kind: Kind }>;

/** `index` gives titles; without it, ids are shown. What `known` has already is not told again where it counts once. */
export function describeFacts(
  facts: readonly Entry[],
  { index, known = [] }: { readonly index?: CourseIndex | undefined; readonly known?: readonly Entry[] } = {},
): readonly FactLine[] {
  const of = <Kind extends Entry['kind']>(kind: Kind, from = facts) =>
    from.filter((entry): entry is Of<Kind> => entry.kind === kind);
  const labels = new Map(index && lessonsOf(index).map(({ id, label }) => [id, label]));
  const titles = new Map(index?.challenges.map(({ id, title }) => [id, title]));
  const lessons = (kind: 'lesson-opened' | 'lesson-read') => {
    const had = new Set(of(kind, known).map(({ lesson }) => lesson));
    const ids = [...new Set(of(kind).map(({ lesson }) => lesson))].filter((lesson) => !had.has(lesson));
    return ids.map((id) => labels.get(id) ?? id);
  };
  const passed = [...new Set(of('challenge-passed').map(({ challenge }) => challenge))];
  const typed = of('draft-kept').filter(({ draft, value }) => value !== null && isTyped(draft));
  const seconds = of('time-spent').reduce((sum, entry) => sum + entry.seconds, 0);
  return [
    listed(lessons('lesson-opened'), 'lesson begun', 'lessons begun'),
    listed(lessons('lesson-read'), 'lesson read to its end', 'lessons read to their end'),
    counted(of('prediction-made'), 'prediction'),
    answers(of('answer-given'), of('answer-given', known)),
    listed(
      passed.map((id) => titles.get(id) ?? id),
      'challenge passed',
      'challenges passed',
    ),
    counted(of('checklist-item-set'), 'item of the checklist', 'items of the checklist'),
    counted(of('card-reviewed'), 'review'),
    counted(of('exam-finished'), 'exam'),
    listed(
      typed.map(({ draft }) => nameOfDraft(draft, index)),
      'function you typed in',
      'functions you typed in',
    ),
    seconds < 60 ? [] : [{ text: `${formatTime(seconds)} of study`, names: [] }],
  ].flat();
}

/** `checkout (Cold and warm starts)`; the draft's own name when the course has no such lesson or challenge. */
export function nameOfDraft(draft: string, index: CourseIndex | undefined): string {
  const [owner = '', ...rest] = draft.split('/');
  const name = rest.join('/');
  const lesson = index && lessonsOf(index).find(({ id }) => id === owner);
  const challenge = owner === 'challenge' && index?.challenges.find(({ id }) => id === name);
  return challenge ? challenge.title : lesson ? `${name} (${lesson.label})` : draft;
}

function answers(given: readonly Of<'answer-given'>[], known: readonly Of<'answer-given'>[]): readonly FactLine[] {
  const right = (facts: readonly Of<'answer-given'>[]) =>
    new Set(facts.filter(({ correct }) => correct).map(({ question }) => question));
  const before = right(known);
  const newly = [...right(given)].filter((question) => !before.has(question)).length;
  return counted(given, 'answer').map(({ text, names }) => ({
    text: newly === 0 ? text : `${text}, with ${count(newly, 'question')} right`,
    names,
  }));
}

function counted(items: readonly unknown[], one: string, many?: string): readonly FactLine[] {
  return items.length === 0 ? [] : [{ text: count(items.length, one, many), names: [] }];
}

export function listed(names: readonly string[], one: string, many: string): readonly FactLine[] {
  return counted(names, one, many).map(({ text }) => ({ text, names }));
}
