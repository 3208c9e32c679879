/** What was done on which day, and how long it took. */
import type { Entry } from './entry.ts';
import { addDays, type DayOf } from './day.ts';
import { countingFacts } from './facts.ts';

export interface DayOfStudy {
  /** `2026-11-25` */
  readonly day: string;
  /** Time in lessons. */
  readonly seconds: number;
  /** Answers given anywhere, and how many of them right. */
  readonly answers: number;
  readonly right: number;
}

const nothing = { seconds: 0, answers: 0, right: 0 };

/** Days with study in them, in order. */
export function daysOfStudy(entries: readonly Entry[], dayOf: DayOf): readonly DayOfStudy[] {
  const days = new Map<string, DayOfStudy>();
  for (const fact of countingFacts(entries)) {
    if (fact.kind !== 'time-spent' && fact.kind !== 'answer-given') continue;
    const day = dayOf(fact.at);
    const known = days.get(day) ?? { day, ...nothing };
    const more = fact.kind === 'time-spent' ? { ...nothing, seconds: fact.seconds } : answered(fact.correct);
    days.set(day, {
      day,
      seconds: known.seconds + more.seconds,
      answers: known.answers + more.answers,
      right: known.right + more.right,
    });
  }
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}

const answered = (correct: boolean) => ({ seconds: 0, answers: 1, right: correct ? 1 : 0 });

/** The last `count` days up to today, those without study included. */
export function recentDays(days: readonly DayOfStudy[], today: string, count: number): readonly DayOfStudy[] {
  const byDay = new Map(days.map((day) => [day.day, day]));
  return Array.from({ length: count }, (_, back) => addDays(today, back - count + 1)).map(
    (day) => byDay.get(day) ?? { day, ...nothing },
  );
}

/** Seconds spent in each lesson, by its id. */
export function timeByLesson(entries: readonly Entry[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const fact of countingFacts(entries)) {
    if (fact.kind === 'time-spent') times.set(fact.lesson, (times.get(fact.lesson) ?? 0) + fact.seconds);
  }
  return times;
}
