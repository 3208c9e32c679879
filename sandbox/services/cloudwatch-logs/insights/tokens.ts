/** Splits a Logs Insights query into tokens. */
import { ApiError } from '../../service.ts';

export interface Token {
  readonly kind: 'name' | 'number' | 'duration' | 'text' | 'pattern' | 'sign' | 'end';
  readonly text: string;
  /** Place in the query, from 0. */
  readonly at: number;
}

const kinds: readonly [kind: Exclude<Token['kind'], 'end'>, pattern: RegExp][] = [
  ['duration', /^\d+(?:ms|s|m|h|d|w)\b/],
  ['number', /^\d+(?:\.\d+)?/],
  ['name', /^(?:@?[A-Za-z_][\w@]*(?:\.[A-Za-z_0-9]\w*)*|`[^`]+`)/],
  ['text', /^(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/],
  ['sign', /^(?:!=|>=|<=|=~|[=<>|(),+\-*/%[\]])/],
];

/** @throws {ApiError} MalformedQueryException */
export function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at += /^(?:\s|#[^\n]*)*/.exec(query.slice(at))?.[0].length ?? 0;
    if (at >= query.length) break;
    const rest = query.slice(at);
    const before = tokens.at(-1);
    // A slash begins a regular expression after `like`, and divides elsewhere.
    const isPattern = before?.text.toLowerCase() === 'like' || before?.text === '=~';
    const pattern = isPattern ? /^\/(?:[^/\\]|\\.)+\/i?/.exec(rest)?.[0] : undefined;
    const [kind, text] = pattern === undefined ? nextToken(rest) : (['pattern', pattern] as const);
    if (text === undefined) throw malformed(`unexpected ${rest.charAt(0)}`, at);
    tokens.push({ kind, text, at });
    at += text.length;
  }
  tokens.push({ kind: 'end', text: 'the end', at });
  return tokens;
}

function nextToken(rest: string): readonly [Exclude<Token['kind'], 'end'>, string | undefined] {
  for (const [kind, pattern] of kinds) {
    const text = pattern.exec(rest)?.[0];
    if (text !== undefined) return [kind, text];
  }
  return ['sign', undefined];
}

/** `at` is a place in the query, from 0. */
export const malformed = (reason: string, at: number): ApiError =>
  new ApiError('MalformedQueryException', 400, `The query is malformed at character ${at + 1}: ${reason}.`);
