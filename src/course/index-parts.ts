/**
 * The parts of the course's index that stand outside of lessons. Challenges and the checklist have collections of their
 * own; whatever these hold appears in the index through the two functions here, and nowhere else.
 */
import type { IndexedChallenge, IndexedChecklistItem } from '../progress/course-index.ts';

/** Every challenge in order. `ChallengePassed` facts are about these ids and hashes. */
export async function indexChallenges(): Promise<readonly IndexedChallenge[]> {
  return [];
}

/** Every item of the checklist in order. `ChecklistItemSet` facts are about these ids. */
export async function indexChecklist(): Promise<readonly IndexedChecklistItem[]> {
  return [];
}
