/** The `wildcard` operator: `*` stands for any characters, `\*` for a star, `\\` for a backslash. */
import { InvalidPatternError } from './invalid-pattern-error.ts';

/** A test for texts that the pattern describes, in time proportional to their lengths. @throws {InvalidPatternError} */
export function parseWildcard(pattern: string, path: readonly string[]): (text: string) => boolean {
  const parts = splitAtStars(pattern, path);
  const [start = '', ...rest] = parts;
  const end = rest.pop();
  if (end === undefined) return (text) => text === start;
  return (text) => {
    if (text.length < start.length + end.length || !text.startsWith(start) || !text.endsWith(end)) return false;
    const limit = text.length - end.length;
    let position = start.length;
    for (const part of rest) {
      const found = text.indexOf(part, position);
      if (found < 0 || found + part.length > limit) return false;
      position = found + part.length;
    }
    return true;
  };
}

function splitAtStars(pattern: string, path: readonly string[]): string[] {
  const parts = [''];
  let afterStar = false;
  for (let index = 0; index < pattern.length; index += 1) {
    let character = pattern.charAt(index);
    if (character === '*') {
      if (afterStar) throw new InvalidPatternError(`Consecutive wildcard characters at pos ${index - 1}`, path);
      parts.push('');
      afterStar = true;
      continue;
    }
    if (character === '\\') {
      index += 1;
      character = pattern.charAt(index);
      if (character !== '*' && character !== '\\') {
        throw new InvalidPatternError(`Invalid escape character at pos ${index - 1}`, path);
      }
    }
    afterStar = false;
    parts.push(`${parts.pop() ?? ''}${character}`);
  }
  return parts;
}
