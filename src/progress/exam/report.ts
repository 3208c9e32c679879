/** What an exam that was handed in says: by topic, with the way back to what was missed. */
import { type CourseIndex, questionsOf } from '../course-index.ts';
import type { AnswerGiven, Entry, ExamFinished } from '../entry.ts';
import { countingFacts } from '../facts.ts';
import { type TeachingPlace, placesOfQuestions } from '../teaching-places.ts';

export interface TopicResult {
  readonly topic: string;
  readonly title: string;
  readonly right: number;
  readonly questions: number;
  /** The teaching points of the questions that were missed. */
  readonly points: readonly string[];
  /** The sections behind the questions that were missed. */
  readonly places: readonly TeachingPlace[];
}

export interface ExamReport {
  readonly exam: string;
  /** ms since the Unix epoch. */
  readonly finishedAt: number;
  readonly seconds: number;
  readonly right: number;
  readonly questions: number;
  /** The weakest topic first. */
  readonly topics: readonly TopicResult[];
  /** Ids of questions answered wrong or not at all, in the order of the exam. */
  readonly missed: readonly string[];
}

/** Reports on all exams, the latest first. An exam that was handed in from two tabs at once counts once. */
export function examReports(entries: readonly Entry[], index: CourseIndex): readonly ExamReport[] {
  const exams = new Map<string, ExamFinished>();
  for (const fact of countingFacts(entries)) {
    if (fact.kind === 'exam-finished' && !exams.has(fact.exam)) exams.set(fact.exam, fact);
  }
  return [...exams.values()].reverse().map((exam) => reportOf(exam, index));
}

function reportOf({ exam, at, seconds, questions }: ExamFinished, index: CourseIndex): ExamReport {
  const correct = new Map(questions.map((asked) => [asked.question, asked.correct]));
  const known = questionsOf(index).filter(({ id }) => correct.has(id));
  const missed = questions.filter((asked) => !asked.correct).map(({ question }) => question);
  const topics = [...Map.groupBy(known, ({ topic }) => topic)].map(([topic, asked]) => {
    const wrong = asked.filter(({ id }) => !correct.get(id));
    return {
      topic,
      title: index.topics[topic] ?? topic,
      right: asked.length - wrong.length,
      questions: asked.length,
      points: [...new Set(wrong.map(({ point }) => point))],
      places: placesOfQuestions(wrong, index),
    };
  });
  return {
    exam,
    finishedAt: at,
    seconds,
    right: questions.length - missed.length,
    questions: questions.length,
    topics: topics.sort((a, b) => a.right / a.questions - b.right / b.questions),
    missed,
  };
}

/** The answers that were handed in with an exam, by question: the last ones given in an exam before it was finished. */
export function examAnswers(
  entries: readonly Entry[],
  { exam, finishedAt }: ExamReport,
): ReadonlyMap<string, AnswerGiven> {
  const answers = new Map<string, AnswerGiven>();
  const asked = new Set<string>();
  for (const fact of countingFacts(entries)) {
    if (fact.at > finishedAt) break;
    if (fact.kind === 'answer-given' && fact.place === 'exam') answers.set(fact.question, fact);
    if (fact.kind !== 'exam-finished') continue;
    if (fact.exam === exam) for (const { question } of fact.questions) asked.add(question);
    // What was handed in with an earlier exam is not this one's.
    else answers.clear();
  }
  return new Map([...answers].filter(([question]) => asked.has(question)));
}
