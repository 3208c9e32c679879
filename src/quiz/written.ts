/** What a learner wrote, compared with what is accepted: case, spaces, quotes and one slip of the finger forgiven. Pure. */

/** The form in which answers are compared. */
export function normalWriting(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .replace(/^["'`“”‘’«»]+|["'`“”‘’«».!?]+$/g, '')
    .replace(/^(?:the|an|a)\s+/i, '')
    .replace(/[\s_\u2010-\u2015-]+/g, ' ')
    .trim()
    .toLowerCase();
}

/** As it must be written where case and signs count: only the ends are trimmed. */
export const exactWriting = (text: string): string => text.normalize('NFKC').trim();

/**
 * Whether `written` is `accepted` with one letter too many, missing, wrong or swapped with its neighbour. Only in words long
 * enough that this is no other word, and never in the first letter: `synchronous` is not `asynchronous`.
 */
export function isSlip(written: string, accepted: string): boolean {
  const [a, b] = [normalWriting(written), normalWriting(accepted)];
  if (b.length < 7 || a[0] !== b[0] || /\d/.test(a + b)) return false;
  return oneEdit(a, b);
}

function oneEdit(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) [endA, endB] = [endA - 1, endB - 1];
  const [left, right] = [a.slice(start, endA), b.slice(start, endB)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
