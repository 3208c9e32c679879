/** Moments and spans of an exam as words. */

/** `25 Nov 2026, 14:05`, where the browser is. */
export const formatMoment = (at: number): string =>
  new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);

/** What is said aloud when it is reached, in ms that are left, and nothing else of the time. */
const warnings = [
  { at: 300_000, words: 'Five minutes left.' },
  { at: 60_000, words: 'One minute left.' },
];

/** The warning that belongs to the time that is left; nothing before the first. */
export const warningFor = (remaining: number): string => warnings.findLast(({ at }) => remaining <= at)?.words ?? '';
