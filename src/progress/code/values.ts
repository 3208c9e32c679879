/** What the record says about each thing that a code can carry, as a number; and the facts that such a number means. */
import type { ChecklistItemSet, Entry, NewEntry } from '../entry.ts';
import { countingFacts, wordingKey } from '../facts.ts';
import { lessonWorkedOn } from '../lesson-progress.ts';
import { type CodeGroup, type CodeItem, widthOf } from './groups.ts';

const assessments: readonly ChecklistItemSet['value'][] = ['not-yet', 'think-so', 'can-show'];

/** The values of a record. */
export interface CodeValues {
  /** 0 for nothing; the highest number for all there is to get. */
  readonly of: (item: CodeItem) => number;
  /** Whether anything was done in a group. */
  readonly isBegun: (group: CodeGroup) => boolean;
}

export function valuesOf(entries: readonly Entry[]): CodeValues {
  const values = new Map<string, number>();
  const begun = new Set<string>();
  const raise = (key: string, value: number) => values.set(key, Math.max(value, values.get(key) ?? 0));
  for (const fact of countingFacts(entries)) {
    const lesson = lessonWorkedOn(fact);
    if (lesson !== undefined) {
      begun.add(lesson);
      raise(`opened ${lesson}`, 1);
    }
    if (fact.kind === 'lesson-read') raise(`read ${fact.lesson}`, 1);
    if (fact.kind === 'prediction-made') {
      raise(`prediction ${wordingKey(`${fact.lesson}/${fact.prediction}`, fact.hash)}`, fact.held ? 3 : 2);
    }
    if (fact.kind === 'answer-given' && fact.correct) raise(`question ${wordingKey(fact.question, fact.hash)}`, 1);
    if (fact.kind === 'challenge-passed') raise(`challenge ${wordingKey(fact.challenge, fact.hash)}`, 1);
    // The latest counts.
    if (fact.kind === 'checklist-item-set') values.set(`checklist ${fact.item}`, assessments.indexOf(fact.value) + 1);
  }
  const of = (item: CodeItem) => values.get(keyOfItem(item)) ?? 0;
  const isBegun = ({ lesson, items }: CodeGroup) =>
    (lesson !== undefined && begun.has(lesson)) || items.some((item) => of(item) > 0);
  return { of, isBegun };
}

/** Whether a group has everything that there is to get in it. */
export const isFull = (group: CodeGroup, values: CodeValues): boolean =>
  group.items.every((item) => values.of(item) === 2 ** widthOf(item) - 1);

function keyOfItem(item: CodeItem): string {
  switch (item.kind) {
    case 'opened':
      return `opened ${item.lesson}`;
    case 'read':
      return `read ${item.lesson}`;
    case 'prediction':
      return `prediction ${wordingKey(`${item.lesson}/${item.prediction}`, item.hash)}`;
    case 'question':
      return `question ${wordingKey(item.question, item.hash)}`;
    case 'challenge':
      return `challenge ${wordingKey(item.challenge, item.hash)}`;
    case 'checklist':
      return `checklist ${item.item}`;
  }
}

/**
 * What a value means as a fact, or nothing. How sure the learner was, what exactly they answered and how many hints they
 * opened is not known.
 */
export function factOf(item: CodeItem, value: number): NewEntry | undefined {
  if (value === 0) return undefined;
  switch (item.kind) {
    case 'opened':
      return { kind: 'lesson-opened', lesson: item.lesson };
    case 'read':
      return { kind: 'lesson-read', lesson: item.lesson };
    case 'prediction': {
      const { lesson, prediction, hash } = item;
      return value === 1 ? undefined : { kind: 'prediction-made', lesson, prediction, hash, held: value === 3 };
    }
    case 'question': {
      const { question, hash } = item;
      return { kind: 'answer-given', question, hash, correct: true, given: null, place: 'lesson' };
    }
    case 'challenge':
      return { kind: 'challenge-passed', challenge: item.challenge, hash: item.hash, hints: 0 };
    case 'checklist': {
      const assessment = assessments[value - 1];
      return assessment && { kind: 'checklist-item-set', item: item.item, value: assessment };
    }
  }
}
