/** Drafts hold more than what was typed: where one stopped reading, an exam that is being sat, how many hints are open. */
import { readingPlaceDraft } from './continue-place.ts';
import { examDraft } from './exam/exam-draft.ts';

/** Whether a draft is code, or other text, that a learner typed. */
export const isTyped = (draft: string): boolean =>
  draft !== examDraft.draft && !draft.startsWith(readingPlaceDraft('')) && !draft.endsWith('/hints');
