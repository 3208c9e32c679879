/** The names of drafts: code that was typed, where one stopped reading, an exam being sat, how many hints are open. */

/** The draft that holds the heading a learner has read down to: `{ section: 'in-real-life' }`. */
export const readingPlaceDraft = (lesson: string): string => `place/${lesson}`;

/** The exam that is being sat. */
export const examDraftName = 'exam';

/** How many hints of a challenge are open: it survives a reset of the code. */
export const hintsDraft = (challenge: string): string => `challenge/${challenge}/hints`;

/** Whether a draft is code, or other text, that a learner typed. */
export const isTyped = (draft: string): boolean =>
  draft !== examDraftName && !draft.startsWith(readingPlaceDraft('')) && !/^challenge\/.*\/hints$/.test(draft);
