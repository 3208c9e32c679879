/**
 * What a progress code is about, in groups: a lesson with its predictions and questions, all lessons of a unit, a few
 * challenges, a few items of the checklist. A group is known by a hash of all that is in it, so a code never says anything
 * about a thing that was not there, or was worded otherwise, when the code was made. Pure.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { type CourseIndex, type IndexedLesson, type IndexedUnit, lessonsOf } from '../course-index.ts';

/** One thing that a code has something to say about. */
export type CodeItem =
  | { readonly kind: 'opened'; readonly lesson: string }
  | { readonly kind: 'read'; readonly lesson: string }
  | { readonly kind: 'prediction'; readonly lesson: string; readonly prediction: string; readonly hash: string }
  | { readonly kind: 'question'; readonly question: string; readonly hash: string }
  | { readonly kind: 'challenge'; readonly challenge: string; readonly hash: string }
  | { readonly kind: 'checklist'; readonly item: string };

export interface CodeGroup {
  /** The lesson, the lessons of a unit, or which part of the challenges or the checklist. */
  readonly name: string;
  /** The lesson that a code which names this group says was opened. */
  readonly lesson?: string;
  readonly items: readonly CodeItem[];
}

/** How many bits an item takes. */
export const widthOf = ({ kind }: CodeItem): number => (kind === 'prediction' || kind === 'checklist' ? 2 : 1);

export const bitsIn = (items: readonly CodeItem[]): number => items.reduce((sum, item) => sum + widthOf(item), 0);

/** Challenges and checklist items are spread over so many groups by their id, so that a new one disturbs few others. */
const challengeGroups = 3;
const checklistGroups = 2;

/** The groups of a course, each lesson by itself, that have something in them. */
export function groupsOf(index: CourseIndex): readonly CodeGroup[] {
  const challenges = index.challenges.map(({ id, hash }) => ({ kind: 'challenge', challenge: id, hash }) as const);
  const items = index.checklist.map(({ id }) => ({ kind: 'checklist', item: id }) as const);
  return [
    ...lessonsOf(index).map(groupOfLesson),
    ...spread('challenges', challengeGroups, challenges, ({ challenge }) => challenge),
    ...spread('checklist', checklistGroups, items, ({ item }) => item),
  ].filter(({ items: inside }) => inside.length > 0);
}

export const groupOfLesson = (lesson: IndexedLesson): CodeGroup => ({
  name: `lesson ${lesson.id}`,
  lesson: lesson.id,
  items: itemsOf(lesson),
});

/** All lessons of a unit as one group: shorter when many of them are begun, but read only if none of them has changed. */
export const groupOfUnit = ({ lessons }: IndexedUnit): CodeGroup => ({
  name: `lessons ${lessons.map(({ id }) => id).join(' ')}`,
  items: lessons.flatMap((lesson) => [{ kind: 'opened', lesson: lesson.id }, ...itemsOf(lesson)]),
});

/** Every group that a code made with this course can name. */
export const everyGroupOf = (index: CourseIndex): readonly CodeGroup[] => [
  ...groupsOf(index),
  ...index.units.filter(({ lessons }) => lessons.length > 0).map(groupOfUnit),
];

const itemsOf = ({ id, predictions, questions }: IndexedLesson): readonly CodeItem[] => [
  { kind: 'read', lesson: id },
  ...predictions.map(({ id: prediction, hash }) => ({ kind: 'prediction', lesson: id, prediction, hash }) as const),
  ...questions.map(({ id: question, hash }) => ({ kind: 'question', question, hash }) as const),
];

function spread<Item extends CodeItem>(
  name: string,
  parts: number,
  items: readonly Item[],
  idOf: (item: Item) => string,
): CodeGroup[] {
  return Array.from({ length: parts }, (_, part) => ({
    name: `${name} ${part}`,
    items: items
      .filter((item) => hashBits(idOf(item), 16) % parts === part)
      .sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1)),
  }));
}

/** Bits of a group's key in full. */
export const longestKey = 32;

/** What a group is known by, in full; a code has the first bits of it. */
export function keyOfGroup({ name, items }: CodeGroup, salt: number): number {
  const things = items.map((item) => Object.values(item).join(' '));
  return hashBits(JSON.stringify([salt, name, ...things]), longestKey);
}

/** The first `width` (at most 32) bits of a text's SHA-256. */
export function hashBits(text: string, width: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = sha256(new TextEncoder().encode(text));
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> (32 - width);
}
