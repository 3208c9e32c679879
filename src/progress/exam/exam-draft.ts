/**
 * An exam that is being sat, as it is kept in the record: one draft that holds all of it, so that a reload, a crash or
 * another tab goes on with the same questions, answers and time. Once handed in the draft is `null`.
 */
import { examDraftName } from '../draft-names.ts';
import type { Confidence, Entry } from '../entry.ts';
import { type ExamClock, startClock } from './clock.ts';

/** Where the draft is kept, and the version of what it holds. */
export const examDraft = { draft: examDraftName, version: '1' } as const;

/** One question of an exam: which wording, and the seed its numbers and order are drawn from. */
export interface ExamItem {
  readonly question: string;
  readonly hash: string;
  readonly seed: number;
  /** As the question's type keeps an answer; nothing while there is none. */
  readonly given?: unknown;
  readonly confidence?: Confidence;
  readonly flagged: boolean;
}

export interface ExamInProgress {
  readonly exam: string;
  /** Which topics it is about, for the heading: a few words. */
  readonly about: string;
  /** ms since the Unix epoch, by the clock of the device it was started on. */
  readonly startedAt: number;
  readonly clock: ExamClock;
  readonly items: readonly ExamItem[];
  /** Which item is shown, from 0. */
  readonly at: number;
}

/** A new exam. `seed` decides the numbers in its questions. */
export function startExam(
  { exam, about, minutes, seed }: { exam: string; about: string; minutes: number; seed: number },
  questions: readonly { readonly id: string; readonly hash: string }[],
  now: number,
): ExamInProgress {
  return {
    exam,
    about,
    startedAt: now,
    clock: startClock(minutes * 60_000, now),
    items: questions.map(({ id, hash }, at) => ({ question: id, hash, seed: (seed + at) >>> 0, flagged: false })),
    at: 0,
  };
}

/** `given` is nothing when the answer was taken back. */
export function withAnswer(exam: ExamInProgress, at: number, given: unknown, confidence?: Confidence): ExamInProgress {
  return withItem(exam, at, ({ question, hash, seed, flagged }) => ({
    question,
    hash,
    seed,
    flagged,
    ...(given === undefined ? {} : { given }),
    ...(confidence && { confidence }),
  }));
}

export function withFlag(exam: ExamInProgress, at: number, flagged: boolean): ExamInProgress {
  return withItem(exam, at, (item) => ({ ...item, flagged }));
}

const withItem = (exam: ExamInProgress, at: number, change: (item: ExamItem) => ExamItem): ExamInProgress => ({
  ...exam,
  items: exam.items.map((item, index) => (index === at ? change(item) : item)),
});

/** The exam that is being sat: the latest draft, unless it was handed in or cannot be read. */
export function examInProgress(entries: readonly Entry[]): ExamInProgress | undefined {
  let latest: Entry | undefined;
  const finished = new Set<string>();
  for (const entry of entries) {
    if (entry.kind === 'exam-finished') finished.add(entry.exam);
    if (entry.kind !== 'draft-kept' || entry.draft !== examDraft.draft || entry.version !== examDraft.version) continue;
    if (!latest || entry.at > latest.at || (entry.at === latest.at && entry.id > latest.id)) latest = entry;
  }
  const exam = readExam(latest?.kind === 'draft-kept' ? latest.value : undefined);
  return exam && !finished.has(exam.exam) ? exam : undefined;
}

/** An exam from what was kept; nothing when it is none. */
export function readExam(kept: unknown): ExamInProgress | undefined {
  const { exam, about, startedAt, clock, items, at } = fieldsOf(kept);
  const { allowedMs, spentMs, seenAt } = fieldsOf(clock);
  if (typeof exam !== 'string' || !isAmount(allowedMs) || !isAmount(spentMs) || !isAmount(seenAt)) return undefined;
  if (!Array.isArray(items)) return undefined;
  if (!isAmount(startedAt)) return undefined;
  const read = items.flatMap((item: unknown) => readItem(item) ?? []);
  if (read.length === 0) return undefined;
  return {
    exam,
    about: typeof about === 'string' ? about : '',
    startedAt,
    clock: { allowedMs, spentMs: Math.min(spentMs, allowedMs), seenAt },
    items: read,
    at: isAmount(at) ? Math.min(Math.floor(at), read.length - 1) : 0,
  };
}

function readItem(kept: unknown): ExamItem | undefined {
  const { question, hash, seed, given, confidence, flagged } = fieldsOf(kept);
  if (typeof question !== 'string' || typeof hash !== 'string' || !isAmount(seed)) return undefined;
  return {
    question,
    hash,
    seed,
    flagged: flagged === true,
    ...(given === undefined ? {} : { given }),
    ...(isConfidence(confidence) && { confidence }),
  };
}

const isConfidence = (value: unknown): value is Confidence =>
  value === 'guess' || value === 'think-so' || value === 'sure';

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const isAmount = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;
