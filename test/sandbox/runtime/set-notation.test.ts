/** Regular expressions of the v flag in terms of u, against V8's own. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutSetNotation } from '../../../sandbox/runtime/set-notation.ts';

const texts = [
  ...['', 'a', 'b', 'c', 'e', 'z', 'A', 'K', '5', 'é', 'ß', 'Я', '한', '€', '😀', '☺', '1', '#'],
  ...['👍🏽', '👨‍👩‍👧', '🇩🇪', '1️⃣', '☺️', '🏴󠁧󠁢󠁷󠁬󠁳󠁿', 'abc', 'abd', 'ab', 'bc'],
  ...['-', '&', '[', ']', '\n', '\b', '_', ' ', '|', '~', '(', '/', '\ud800'],
];

/** For each text whether the whole of it matches, or why V8 refuses the pattern. */
function outcome(pattern: string, make: (whole: string) => RegExp): string {
  try {
    const regex = make(pattern);
    return texts.map((text) => (regex.exec(text)?.[0] === text ? '1' : '0')).join('');
  } catch (error) {
    return (error as Error).message.replace(/^Invalid regular expression: \/.*\/v: /s, '');
  }
}

const byV8 = (pattern: string): string => outcome(pattern, (whole) => new RegExp(`^(?:${whole})$`, 'v'));
const translated = (pattern: string): string =>
  outcome(pattern, (whole) => new RegExp(`^(?:${withoutSetNotation(whole)})$`, 'u'));

test.each([
  String.raw`[[a-z]--[aeiou]]`,
  String.raw`[\p{L}--[a-z]]`,
  String.raw`[\p{L}&&\p{ASCII}]`,
  String.raw`[^\p{L}--[a-z]]`,
  String.raw`[\w--\d--_]`,
  String.raw`[[a-z]&&[^aeiou]&&[a-m]]`,
  String.raw`[\q{abc|d|}x]`,
  String.raw`[\q{abc|ab|a}--\q{ab}]`,
  String.raw`[\q{abc|ab}&&\q{ab|z}]`,
  String.raw`\p{RGI_Emoji}`,
  String.raw`[\p{RGI_Emoji}a]`,
  String.raw`[\p{RGI_Emoji}--\q{👍🏽}]`,
  String.raw`[\p{Emoji_Keycap_Sequence}0]`,
  String.raw`\p{Basic_Emoji}`,
  String.raw`[\p{RGI_Emoji}&&\p{RGI_Emoji_Flag_Sequence}]`,
  String.raw`\p{RGI_Emoji_Modifier_Sequence}|\p{RGI_Emoji_Tag_Sequence}`,
  String.raw`(?<first>[a--b])\k<first>?`,
  String.raw`.(?<=[\w--b])c`,
  String.raw`[\-\&\[\]\x41\cJ\b\u{1F600}\uD83D\uDE00\n]`,
  '[]',
  '[^]',
])('means the same: %s', (pattern) => {
  expect(translated(pattern)).toBe(byV8(pattern));
});

test.each([
  '[(]',
  '[a--b&&c]',
  '[a-z--b]',
  '[ab--b]',
  '[--a]',
  '[&&a]',
  '[a&&&b]',
  '[a!!b]',
  '[z-a]',
  String.raw`[\d-z]`,
  String.raw`[^\q{ab}]`,
  String.raw`[\y]`,
  String.raw`\P{RGI_Emoji}`,
  '[|]',
])('is refused for the same reason: %s', (pattern) => {
  expect(translated(pattern)).toBe(byV8(pattern));
});

/** Classes within classes, of characters, ranges, escapes and texts. */
const { set } = fc.letrec<{ set: string; operand: string }>((tie) => {
  const character = fc.constantFrom('a', 'b', 'c', 'K', '5', 'é', '😀', '\\-', '\\u{e9}', '_');
  const escape = fc.constantFrom('\\w', '\\d', '\\p{L}', '\\p{Lu}', '\\P{ASCII}', '\\s', '\\W');
  const strings = fc.constantFrom('\\q{abc|a}', '\\q{ab}', '\\q{}', '\\q{b|bc|😀}');
  const operand = fc.oneof({ depthSize: 'small', withCrossShrink: true }, character, escape, strings, tie('set'));
  const list = (joiner: string) =>
    fc.array(tie('operand'), { minLength: 1, maxLength: 3 }).map((all) => all.join(joiner));
  const negation = fc.constantFrom('', '', '', '^');
  const contents = fc.oneof(list(''), list('--'), list('&&'), fc.constantFrom('a-e', 'A-Za-c'));
  return { operand, set: fc.tuple(negation, contents).map(([mark, inside]) => `[${mark}${inside}]`) };
});

test('whatever is nested in whatever', () => {
  fc.assert(
    fc.property(set, (pattern) => {
      expect(translated(pattern)).toBe(byV8(pattern));
    }),
    { numRuns: 400 },
  );
});
