/** When to remind a learner to keep a copy: when much was earned since the last one, and not again and again. Pure. */
import { isTyped } from './draft-names.ts';
import type { Entry } from './entry.ts';

/** The setting that says that a file was downloaded; when, is the fact's own date. */
export const copyKept = 'copy-kept';
/** The setting that says that the reminder was put away. */
export const reminderPutAway = 'copy-reminder-put-away';

/** What one would not want to do again, in minutes or so. */
const worth: Partial<Record<Entry['kind'], number>> = {
  'lesson-read': 8,
  'prediction-made': 1,
  'answer-given': 1,
  'card-reviewed': 0.5,
  'exam-finished': 20,
  'challenge-passed': 20,
};

const muchWork = 60;
const day = 24 * 60 * 60 * 1000;
/** Between two reminders at least this, in ms. */
const peace = 7 * day;

/** Whether a fact is something that would be missed. */
export const isWorthKeeping = (entry: Entry): boolean =>
  worth[entry.kind] !== undefined || (entry.kind === 'draft-kept' && isTyped(entry.draft));

/** Date of the last copy, ms since the Unix epoch. */
export function lastCopy(entries: readonly Entry[]): number | undefined {
  return latest(entries, copyKept);
}

/** `now` is real time, ms since the Unix epoch. */
export function isCopyDue(entries: readonly Entry[], now: number): boolean {
  const since = lastCopy(entries) ?? 0;
  if (now - Math.max(since, latest(entries, reminderPutAway) ?? 0) < peace) return false;
  const work = entries.reduce((sum, entry) => sum + (entry.at > since ? (worth[entry.kind] ?? 0) : 0), 0);
  return work >= muchWork;
}

function latest(entries: readonly Entry[], setting: string): number | undefined {
  return entries.findLast((entry) => entry.kind === 'setting-chosen' && entry.setting === setting)?.at;
}
