/**
 * The parts of the course's index that stand outside of lessons. Challenges and the checklist have files of their own;
 * whatever these hold appears in the index through the two functions here, and nowhere else.
 */
import type { IndexedChallenge, IndexedChecklistItem } from '../progress/course-index.ts';
import { readChallenges } from './challenges.ts';
import { checklistItems } from './checklist.ts';

/** Every challenge in order. `ChallengePassed` facts are about these ids and hashes. */
export async function indexChallenges(): Promise<readonly IndexedChallenge[]> {
  return (await readChallenges()).map(({ id, hash, href, entry }) => ({
    id,
    title: entry.data.label,
    hash,
    href: href.slice(1),
    topics: entry.data.topics,
  }));
}

/** Every item of the checklist in order. `ChecklistItemSet` facts are about these ids. */
export async function indexChecklist(): Promise<readonly IndexedChecklistItem[]> {
  return checklistItems().map(({ id, statement, topics }) => ({ id, title: statement, topics }));
}
