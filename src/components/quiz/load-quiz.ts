/** A lesson's questions, fetched once: `address` is that of `quiz/<lesson id>.json`. */
import type { QuestionData } from '../../quiz/question.ts';

const loading = new Map<string, Promise<readonly QuestionData[]>>();

/** Rejects when they cannot be fetched; the next call tries again. */
export function loadQuiz(address: string): Promise<readonly QuestionData[]> {
  const quiz = loading.get(address) ?? fetchQuiz(address);
  loading.set(address, quiz);
  quiz.catch(() => loading.delete(address));
  return quiz;
}

async function fetchQuiz(address: string): Promise<readonly QuestionData[]> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`The questions could not be loaded (${response.status}).`);
  return (await response.json()) as readonly QuestionData[];
}
