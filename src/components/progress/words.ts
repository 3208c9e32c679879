/** Days and confidence as words. */
import { type ConfidenceLevel, fewAnswers } from '../../progress/calibration.ts';
import type { Confidence } from '../../progress/entry.ts';

/** `2026-11-25` as `25 Nov`. */
export function formatDayName(day: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return format.format(Date.parse(day));
}

/** What learners call how sure they are. */
export const confidenceNames: Record<Confidence, string> = { guess: 'Guess', 'think-so': 'Think so', sure: 'Sure' };

const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** What may be said about one level of confidence, and how little when there are few answers. */
export function confidenceSentence({ confidence, answers, right, range, verdict }: ConfidenceLevel): string {
  if (answers === 0 || !range) return 'No answers yet.';
  const of = `${right} of ${answers} right.`;
  if (verdict === 'few') return `${of} Fewer than ${fewAnswers} answers say nothing yet.`;
  const where = `With ${answers} answers the true share may be anywhere from ${percent(range.from)} to ${percent(range.to)}.`;
  if (verdict === 'fits') return `${of} That fits the word. ${where}`;
  if (verdict === 'under') return `${of} You know more than you say. ${where}`;
  return confidence === 'sure'
    ? `${of} You are sure more often than you are right. ${where}`
    : `${of} You are right less often than you think. ${where}`;
}
