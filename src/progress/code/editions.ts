/**
 * Earlier editions of the course, as far as progress codes are about them: the groups that were different then. With them
 * a code from back then is read question by question; without them, only the groups that are still the same. Pure.
 */
import type { CourseIndex } from '../course-index.ts';
import { type CodeGroup, everyGroupOf, keyOfGroup } from './groups.ts';

/** The groups of an edition and those remembered before, each once. */
export function withEdition(remembered: readonly CodeGroup[], index: CourseIndex): readonly CodeGroup[] {
  const known = new Set(remembered.map((group) => keyOfGroup(group, 0)));
  return [...remembered, ...everyGroupOf(index).filter((group) => !known.has(keyOfGroup(group, 0)))];
}
