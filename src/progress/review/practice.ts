/** What is practised: answers that say what one knows, outside of the schedule. */
import { type CourseIndex, type IndexedQuestion, questionsOf } from '../course-index.ts';
import type { AnswerGiven, Entry } from '../entry.ts';
import { examReports } from '../exam/report.ts';
import { countingFacts } from '../facts.ts';
import { sessionSize } from './parameters.ts';

/** What of: what was missed in an exam, a topic, or whatever needs it most. */
export type PracticeChoice =
  | { readonly of: 'exam'; readonly exam: string }
  | { readonly of: 'topic'; readonly topic: string }
  | { readonly of: 'anything' };

/** What the part of an address behind the `?` asks for; nothing when it asks for no practice. */
export function practiceChoice(search: string): PracticeChoice | undefined {
  const asked = new URLSearchParams(search);
  const exam = asked.get('exam');
  if (exam !== null) return { of: 'exam', exam };
  const topic = asked.get('topic');
  return topic === null ? undefined : { of: 'topic', topic };
}

/**
 * The questions to practise. After an exam all that was missed in it, in its order; else questions that were answered
 * before, the latest answer wrong or guessed first, then those answered longest ago, as many as make a session.
 */
export function practiceQuestions(
  entries: readonly Entry[],
  index: CourseIndex,
  choice: PracticeChoice,
): readonly IndexedQuestion[] {
  const questions = questionsOf(index);
  if (choice.of === 'exam') {
    const missed = examReports(entries, index).find(({ exam }) => exam === choice.exam)?.missed ?? [];
    return missed.flatMap((id) => questions.find((question) => question.id === id) ?? []);
  }
  const latest = new Map<string, AnswerGiven>();
  for (const fact of countingFacts(entries)) if (fact.kind === 'answer-given') latest.set(fact.question, fact);
  return questions
    .flatMap((question) => {
      const answer = latest.get(question.id);
      return answer && (choice.of === 'anything' || question.topic === choice.topic) ? [{ question, answer }] : [];
    })
    .sort((a, b) => needOf(b.answer) - needOf(a.answer) || a.answer.at - b.answer.at)
    .slice(0, sessionSize)
    .map(({ question }) => question);
}

const needOf = ({ correct, confidence }: AnswerGiven): number => (correct && confidence !== 'guess' ? 0 : 1);
