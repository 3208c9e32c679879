/** What a reset takes out of the record. The facts are deleted, so a file from before brings them back. Pure. */
import { examDraftName, isTyped, readingPlaceDraft } from './draft-names.ts';
import type { DraftKept, Entry } from './entry.ts';

export type ResetScope =
  | { readonly kind: 'lesson'; readonly lesson: string }
  | { readonly kind: 'quizzes' | 'challenges' | 'checklist' | 'drafts' | 'everything' };

/** The facts that go. */
export function factsToReset(entries: readonly Entry[], scope: ResetScope): readonly Entry[] {
  const goes = chooser(scope);
  const gone = new Set(entries.filter(goes).map(({ id }) => id));
  // A review that is taken out takes along what took it back.
  return entries.filter((entry) => goes(entry) || (entry.kind === 'review-undone' && gone.has(entry.review)));
}

function chooser(scope: ResetScope): (entry: Entry) => boolean {
  switch (scope.kind) {
    case 'everything':
      return () => true;
    case 'lesson':
      return (entry) => isAboutLesson(entry, scope.lesson);
    case 'quizzes':
      return (entry) =>
        entry.kind === 'answer-given' ||
        entry.kind === 'card-reviewed' ||
        entry.kind === 'exam-finished' ||
        isDraft(entry, (draft) => draft === examDraftName);
    case 'challenges':
      return (entry) => entry.kind === 'challenge-passed' || isDraft(entry, (draft) => draft.startsWith('challenge/'));
    case 'checklist':
      return (entry) => entry.kind === 'checklist-item-set';
    case 'drafts':
      return (entry) => isDraft(entry, isTyped);
  }
}

function isAboutLesson(entry: Entry, lesson: string): boolean {
  if ('lesson' in entry) return entry.lesson === lesson;
  if (entry.kind === 'answer-given' || entry.kind === 'card-reviewed') return entry.question.startsWith(`${lesson}/`);
  return isDraft(entry, (draft) => draft.startsWith(`${lesson}/`) || draft === readingPlaceDraft(lesson));
}

const isDraft = (entry: Entry, wanted: (draft: DraftKept['draft']) => boolean): boolean =>
  entry.kind === 'draft-kept' && wanted(entry.draft);
