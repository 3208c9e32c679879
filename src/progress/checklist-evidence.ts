/**
 * What the record shows of an item of the checklist, and whether that agrees with what the learner says. Lessons,
 * questions and challenges on the item's topics are the evidence. Pure.
 */
import type { CourseIndex, IndexedChallenge, IndexedChecklistItem, IndexedLesson } from './course-index.ts';
import { lessonsOf } from './course-index.ts';
import type { AnswerGiven, ChecklistItemSet, Entry } from './entry.ts';
import { answersByWording, countingFacts, wordingKey } from './facts.ts';
import { lessonProgress } from './lesson-progress.ts';
import { knownFrom } from './topic-mastery.ts';

export type SelfAssessment = ChecklistItemSet['value'];

/**
 * Where an item stands. `shown`: every challenge on it is passed, or its questions are known and one challenge is passed
 * if there is any. `against`: most answers were wrong, or the latest all were.
 */
export type Shown = 'nothing' | 'something' | 'shown' | 'against';

export interface ItemEvidence {
  readonly item: string;
  /** What the learner says; absent when they have not said. */
  readonly says?: SelfAssessment;
  readonly lessons: { readonly done: number; readonly all: readonly IndexedLesson[] };
  /** Of all questions: how many were answered, and of these how many right and not guessed, at the last try. */
  readonly questions: { readonly all: number; readonly answered: number; readonly right: number };
  /** The latest answers, at most `lately`, and how many of them were wrong. */
  readonly latest: { readonly answers: number; readonly wrong: number };
  readonly challenges: { readonly passed: readonly IndexedChallenge[]; readonly open: readonly IndexedChallenge[] };
  /** The first lesson that is not done. */
  readonly nextLesson?: IndexedLesson;
  readonly shown: Shown;
}

/** So many of the latest answers decide whether something was forgotten, or never known. */
const lately = 3;

/** The evidence of every item, in order. */
export function checklistEvidence(entries: readonly Entry[], index: CourseIndex): readonly ItemEvidence[] {
  const facts = countingFacts(entries);
  const done = new Set(
    lessonProgress(entries, index).flatMap(({ lesson, state }) => (state === 'done' ? [lesson] : [])),
  );
  const answers = answersByWording(facts);
  const passed = new Set(
    facts.flatMap((fact) => (fact.kind === 'challenge-passed' ? [wordingKey(fact.challenge, fact.hash)] : [])),
  );
  const says = new Map(
    facts.flatMap((fact) => (fact.kind === 'checklist-item-set' ? [[fact.item, fact.value] as const] : [])),
  );
  return index.checklist.map((item) => evidenceOf(item, index, { done, answers, passed, says }));
}

interface Known {
  readonly done: ReadonlySet<string>;
  readonly answers: ReadonlyMap<string, readonly AnswerGiven[]>;
  readonly passed: ReadonlySet<string>;
  readonly says: ReadonlyMap<string, SelfAssessment>;
}

function evidenceOf(item: IndexedChecklistItem, index: CourseIndex, known: Known): ItemEvidence {
  const isAbout = (topics: readonly string[]) => topics.some((topic) => item.topics.includes(topic));
  const lessons = lessonsOf(index).filter(({ topics }) => isAbout(topics));
  const questions = lessonsOf(index).flatMap((lesson) => lesson.questions.filter(({ topic }) => isAbout([topic])));
  const given = questions.map(({ id, hash }) => known.answers.get(wordingKey(id, hash)) ?? []);
  const last = given.flatMap((answers) => answers.at(-1) ?? []);
  const right = last.filter(({ correct, confidence }) => correct && confidence !== 'guess').length;
  const latest = given
    .flat()
    .sort((a, b) => a.at - b.at)
    .slice(-lately);
  const challenges = index.challenges.filter(({ topics }) => isAbout(topics));
  const isPassed = ({ id, hash }: IndexedChallenge) => known.passed.has(wordingKey(id, hash));
  const says = known.says.get(item.id);
  const nextLesson = lessons.find(({ id }) => !known.done.has(id));
  const evidence = {
    item: item.id,
    ...(says && { says }),
    lessons: { done: lessons.filter(({ id }) => known.done.has(id)).length, all: lessons },
    questions: { all: questions.length, answered: last.length, right },
    latest: { answers: latest.length, wrong: latest.filter(({ correct }) => !correct).length },
    challenges: { passed: challenges.filter(isPassed), open: challenges.filter((each) => !isPassed(each)) },
    ...(nextLesson && { nextLesson }),
  };
  return { ...evidence, shown: shownBy(evidence) };
}

function shownBy({ lessons, questions, latest, challenges }: Omit<ItemEvidence, 'shown' | 'item'>): Shown {
  const mostlyWrong = questions.answered >= lately && questions.right < questions.answered / 2;
  if (mostlyWrong || (latest.answers === lately && latest.wrong === lately)) return 'against';
  const known =
    questions.answered > 0 &&
    questions.answered >= questions.all * knownFrom.answered &&
    questions.right >= questions.answered * knownFrom.right;
  const practised = challenges.passed.length > 0;
  const nothingOpen = challenges.open.length === 0;
  if ((known && (practised || nothingOpen)) || (practised && nothingOpen)) return 'shown';
  return practised || lessons.done > 0 || questions.answered > 0 ? 'something' : 'nothing';
}
