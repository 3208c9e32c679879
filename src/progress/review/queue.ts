/** What is asked today: cards that are due, then questions met in lessons that have not been reviewed yet. */
import { type CourseIndex, type IndexedQuestion, questionsOf } from '../course-index.ts';
import type { DayOf } from '../day.ts';
import type { Entry } from '../entry.ts';
import { countingFacts } from '../facts.ts';
import { newPerDay, secondsPerCard, sessionSize } from './parameters.ts';
import { type Card, dueDay, recallNow, schedule } from './schedule.ts';

export interface ReviewQueue {
  /** Cards due today or earlier, the most nearly forgotten first. */
  readonly due: readonly IndexedQuestion[];
  /** Questions for their first review today, in the order in which they were met. */
  readonly fresh: readonly IndexedQuestion[];
  /** Questions met that wait for their first review on a later day: met today, or over the daily limit. */
  readonly waiting: number;
  /** Questions that have ever been answered in a lesson. */
  readonly met: number;
  /** The next day on which a card is due, when it is not today. */
  readonly next: string | undefined;
  /** Cards due on each later day, in order. */
  readonly ahead: readonly { readonly day: string; readonly cards: number }[];
}

/** `now` is ms since the Unix epoch. */
export function reviewQueue(entries: readonly Entry[], index: CourseIndex, now: number, dayOf: DayOf): ReviewQueue {
  const facts = countingFacts(entries);
  const cards = schedule(facts, index);
  const metAt = meetings(facts);
  const today = dayOf(now);
  const questions = questionsOf(index).filter(({ id }) => metAt.has(id) || cards.has(id));
  const carded = questions.flatMap((question) => {
    const card = cards.get(question.id);
    return card ? [{ question, card, day: dueDay(card, dayOf) }] : [];
  });
  const due = carded.filter(({ day }) => day <= today).sort((a, b) => byRecall(a.card, b.card, now));
  const unreviewed = questions.filter(({ id }) => !cards.has(id)).sort((a, b) => at(metAt, a) - at(metAt, b));
  const begunToday = carded.filter(({ card }) => dayOf(card.firstReview) === today).length;
  const ripe = unreviewed.filter((question) => dayOf(at(metAt, question)) < today);
  const fresh = ripe.slice(0, Math.max(0, newPerDay - begunToday));
  const ahead = [...Map.groupBy(carded, ({ day }) => day)]
    .map(([day, cards]) => ({ day, cards: cards.length }))
    .filter(({ day }) => day > today)
    .sort((a, b) => (a.day < b.day ? -1 : 1));
  return {
    due: due.map(({ question }) => question),
    fresh,
    waiting: unreviewed.length - fresh.length,
    met: questions.length,
    next: ahead[0]?.day,
    ahead,
  };
}

const at = (metAt: ReadonlyMap<string, number>, { id }: IndexedQuestion): number => metAt.get(id) ?? 0;

const byRecall = (a: Card, b: Card, now: number): number =>
  recallNow(a, now) - recallNow(b, now) || (a.question < b.question ? -1 : 1);

/** When each question was first answered in its lesson, in whatever wording. */
function meetings(facts: readonly Entry[]): ReadonlyMap<string, number> {
  const metAt = new Map<string, number>();
  for (const fact of facts) {
    if (fact.kind === 'answer-given' && fact.place === 'lesson' && !metAt.has(fact.question)) {
      metAt.set(fact.question, fact.at);
    }
  }
  return metAt;
}

/** Questions that were reviewed at this moment or later, but for some. */
export function reviewedSince(entries: readonly Entry[], at: number, except: readonly string[]): ReadonlySet<string> {
  const reviews = countingFacts(entries).filter((fact) => fact.kind === 'card-reviewed');
  return new Set(reviews.flatMap((fact) => (fact.at >= at && !except.includes(fact.question) ? fact.question : [])));
}

/** The questions of the next session: what is due first, then new ones, as many as fit its minutes. */
export const sessionOf = ({ due, fresh }: ReviewQueue): readonly IndexedQuestion[] =>
  [...due, ...fresh].slice(0, sessionSize);

/** How long these many questions take, in whole minutes, at least one. */
export const minutesFor = (questions: number): number => Math.max(1, Math.round((questions * secondsPerCard) / 60));
