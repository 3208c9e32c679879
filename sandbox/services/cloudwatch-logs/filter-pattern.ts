/**
 * CloudWatch Logs filter patterns: terms for any text, `{ … }` for JSON, as subscription filters, FilterLogEvents and
 * `aws logs tail` take them. Source: CloudWatch Logs guide, filter pattern syntax.
 */
import { ApiError } from '../service.ts';
import { parseJsonPattern } from './json-pattern.ts';

/** Whether a log event's message matches. */
export type MessageTest = (message: string) => boolean;

/**
 * Reads a pattern. An empty one matches everything. Space-delimited patterns (`[…]`) are not simulated and say so.
 * @throws {ApiError} InvalidParameterException, with what is wrong
 */
export function parseFilterPattern(pattern: string): MessageTest {
  const text = pattern.trim();
  if (text === '') return () => true;
  if (text.startsWith('{')) return parseJsonPattern(text);
  if (text.startsWith('[')) {
    throw invalidPattern('patterns for space-delimited events ([…]) are not simulated; use terms or a JSON pattern');
  }
  return parseTerms(text);
}

/** `a b`: both; `?a ?b`: either; `-a`: not; `"a b"`: the phrase. Terms distinguish case. */
function parseTerms(text: string): MessageTest {
  const all: string[] = [];
  const any: string[] = [];
  const none: string[] = [];
  for (const [, sign = '', phrase, word] of text.matchAll(/([?-]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)) {
    const term = phrase?.replace(/\\(.)/g, '$1') ?? word ?? '';
    if (term.startsWith('%')) throw invalidPattern('regular expressions between % signs are not simulated');
    if (phrase === undefined && /[^\p{L}\p{N}_.:/$-]/u.test(term)) {
      throw invalidPattern(`the term ${term} has to be put in double quotes`);
    }
    (sign === '?' ? any : sign === '-' ? none : all).push(term);
  }
  return (message) =>
    all.every((term) => message.includes(term)) &&
    !none.some((term) => message.includes(term)) &&
    (any.length === 0 || all.length > 0 || any.some((term) => message.includes(term)));
}

export const invalidPattern = (reason: string): ApiError =>
  new ApiError('InvalidParameterException', 400, `Invalid filter pattern: ${reason}.`);
