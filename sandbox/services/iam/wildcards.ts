/** Wildcards of policies: `*` for any characters, `?` for one. In an ARN they stay within its part. */
import { splitArn } from '../arn.ts';

/** Whether the whole text is as the pattern says; upper and lower case differ. */
export function matchesWildcard(pattern: string, text: string): boolean {
  // Greedy with one step back: the last `*` takes one character more each time the rest does not fit.
  let at = 0;
  let from = 0;
  let star = -1;
  let retry = 0;
  while (from < text.length) {
    if (at < pattern.length && pattern[at] === '*') {
      star = at++;
      retry = from;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[from])) {
      at += 1;
      from += 1;
    } else if (star >= 0) {
      at = star + 1;
      from = ++retry;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}

/** An action such as `s3:Get*`; case does not matter. */
export function matchesAction(pattern: string, action: string): boolean {
  return matchesWildcard(pattern.toLowerCase(), action.toLowerCase());
}

/**
 * A resource's ARN. A wildcard does not reach over the colons of the first five parts, and parts that are missing at
 * the end stand for `*`. Source: IAM guide, IAM JSON policy elements: Resource.
 */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const wanted = splitArn(pattern);
  const given = splitArn(arn);
  if (wanted === undefined || given === undefined) return matchesWildcard(pattern, arn);
  return given.every((part, index) => matchesWildcard(wanted[index] ?? '*', part));
}
