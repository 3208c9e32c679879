/** V8's words for patterns that are no regular expression. */

const words: readonly (readonly [RegExp, string | ((pattern: string) => string)])[] = [
  [/^expecting '\)'$/, 'Unterminated group'],
  [/^unexpected end$/, (pattern) => (/\\$/.test(pattern) ? '\\ at end of pattern' : 'Unterminated character class')],
  [/^expecting '\]'$/, 'Unterminated character class'],
  [/^nothing to repeat$/, 'Nothing to repeat'],
  [/^extraneous characters at the end$/, "Unmatched ')'"],
  [/^duplicate group name$/, 'Duplicate capture group name'],
  [
    /^(invalid group name|expecting group name)$/,
    (pattern) => (pattern.includes('\\k') ? 'Invalid named reference' : 'Invalid capture group name'),
  ],
  [/^group name not defined$/, 'Invalid named capture referenced'],
  [
    /^invalid class range$/,
    (pattern) =>
      /\[[^\]]*\\[dwsDWS]-|-\\[dwsDWS]/.test(pattern)
        ? 'Invalid character class'
        : 'Range out of order in character class',
  ],
  [/^invalid repetition count$/, 'numbers out of order in {} quantifier'],
  [/^(unknown unicode|expecting '\{' after)/, 'Invalid property name'],
  [/^invalid escape sequence/, (pattern) => (/\\u/.test(pattern) ? 'Invalid Unicode escape' : 'Invalid escape')],
  [/^(back reference out of range|invalid decimal escape)/, 'Invalid escape'],
  [/^invalid group$/, 'Invalid group'],
  [/^expecting '\}'$/, 'Incomplete quantifier'],
  [/^syntax error$/, 'Lone quantifier brackets'],
];

/** V8's message for a pattern and QuickJS's complaint; undefined when the complaint is not about a pattern. */
export function describePattern(message: string, pattern: unknown, flags: unknown): string | undefined {
  const source = pattern instanceof RegExp ? pattern.source : pattern;
  if (/^invalid regular expression flags$/.test(message))
    return `Invalid flags supplied to RegExp constructor '${String(flags)}'`;
  if (typeof source !== 'string') return undefined;
  const found = words.find(([complaint]) => complaint.test(message))?.[1];
  if (found === undefined) return undefined;
  const said = source === '' ? '(?:)' : source;
  return `Invalid regular expression: /${said}/${typeof flags === 'string' ? flags : ''}: ${typeof found === 'string' ? found : found(source)}`;
}
