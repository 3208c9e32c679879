/**
 * Sets of characters and texts as regular expressions of the u flag say them: what the v flag combines. Sets of characters
 * become classes behind lookaheads, sets with strings become alternatives. Source: ECMA-262, ClassSetExpression; UTS 51 for
 * the sets of emoji.
 */

/** What a set may match: one character, by a pattern that takes exactly one; and longer texts, or none at all. */
export interface CharacterSet {
  /** The inside of a class, when the characters can be said as one; else a pattern. */
  readonly items?: string;
  readonly pattern: string;
  /** Explicit texts, in code points. */
  readonly strings: ReadonlySet<string>;
  /** Patterns for texts that are too many to list. */
  readonly sequences: readonly string[];
  /** By its form alone, whatever is subtracted: then it cannot be negated. */
  readonly mayHaveStrings: boolean;
}

const ofPattern = (pattern: string): CharacterSet => ({
  pattern,
  strings: new Set(),
  sequences: [],
  mayHaveStrings: false,
});
export const ofItems = (items: string): CharacterSet => ({ ...ofPattern(`[${items}]`), items });

const emojiElement = '\\p{Emoji}(?:\\p{EMod}|\\uFE0F\\u20E3?)?';
const flag = '\\p{RI}\\p{RI}';
const tags = ['e\\u{E006E}\\u{E0067}', 's\\u{E0063}\\u{E0074}', 'w\\u{E006C}\\u{E0073}'].map(
  (nation) => `\\u{1F3F4}\\u{E0067}\\u{E0062}\\u{E00${nation.charCodeAt(0).toString(16)}}${nation.slice(1)}\\u{E007F}`,
);
const keycap = '[0-9#*]\\uFE0F\\u20E3';
const modified = '\\p{EBase}\\p{EMod}';
const joined = `${emojiElement}(?:\\u200D${emojiElement})+`;
const presented = '(?![0-9#*])(?!\\p{EPres})\\p{Emoji}\\uFE0F';
const basic = ofPattern('(?!\\p{RI})\\p{EPres}');

/** The properties of strings. Flags and joined sequences take all that have the form, not only those in use. */
export const stringProperties: Readonly<Record<string, CharacterSet>> = {
  Basic_Emoji: { ...basic, sequences: [presented], mayHaveStrings: true },
  Emoji_Keycap_Sequence: { ...ofItems(''), sequences: [keycap], mayHaveStrings: true },
  RGI_Emoji_Modifier_Sequence: { ...ofItems(''), sequences: [modified], mayHaveStrings: true },
  RGI_Emoji_Flag_Sequence: { ...ofItems(''), sequences: [flag], mayHaveStrings: true },
  RGI_Emoji_Tag_Sequence: { ...ofItems(''), sequences: tags, mayHaveStrings: true },
  RGI_Emoji_ZWJ_Sequence: { ...ofItems(''), sequences: [joined], mayHaveStrings: true },
  RGI_Emoji: { ...basic, sequences: [joined, ...tags, keycap, modified, flag, presented], mayHaveStrings: true },
};

/** A character as a class or a pattern can hold it, whatever it means there. */
export function written(character: string): string {
  return /^[A-Za-z0-9_]$/.test(character) ? character : `\\u{${character.codePointAt(0)!.toString(16)}}`;
}

export function union(a: CharacterSet, b: CharacterSet): CharacterSet {
  const strings = new Set([...a.strings, ...b.strings]);
  const sequences = [...a.sequences, ...b.sequences];
  const mayHaveStrings = a.mayHaveStrings || b.mayHaveStrings;
  if (a.items !== undefined && b.items !== undefined)
    return { ...ofItems(a.items + b.items), strings, sequences, mayHaveStrings };
  const parts = [a, b].filter(({ items }) => items !== '').map(({ pattern }) => pattern);
  return {
    pattern: parts.length > 1 ? `(?:${parts.join('|')})` : (parts[0] ?? '[]'),
    strings,
    sequences,
    mayHaveStrings,
  };
}

/** Whether a text is one of those in a set. */
const hasText = (set: CharacterSet, text: string): boolean =>
  set.strings.has(text) || set.sequences.some((sequence) => new RegExp(`^(?:${sequence})$`, 'u').test(text));

const asText = (text: string): string => [...text].map(written).join('');

export function subtract(a: CharacterSet, b: CharacterSet): CharacterSet {
  // A listed emoji ends where nothing follows that would make it another one.
  const listed = [...b.strings]
    .filter((text) => text !== '')
    .map((text) => `${asText(text)}(?!\\u200D|\\uFE0F|\\p{EMod})`);
  const refused = [...b.sequences, ...listed].map((sequence) => `(?!${sequence})`).join('');
  return {
    mayHaveStrings: a.mayHaveStrings,
    pattern: `(?:(?!${b.pattern})${a.pattern})`,
    strings: new Set([...a.strings].filter((text) => !hasText(b, text))),
    sequences: a.sequences.filter((sequence) => !b.sequences.includes(sequence)).map((sequence) => refused + sequence),
  };
}

export function intersect(a: CharacterSet, b: CharacterSet): CharacterSet {
  return {
    mayHaveStrings: a.mayHaveStrings && b.mayHaveStrings,
    pattern: `(?:(?=${b.pattern})${a.pattern})`,
    strings: new Set([
      ...[...a.strings].filter((text) => hasText(b, text)),
      ...[...b.strings].filter((text) => hasText(a, text)),
    ]),
    sequences: a.sequences.filter((sequence) => b.sequences.includes(sequence)),
  };
}

/** Of a set that has no strings. */
export function complement(set: CharacterSet): CharacterSet {
  return ofPattern(set.items === undefined ? `(?:(?!${set.pattern})[^])` : `[^${set.items}]`);
}

/** The set as a pattern: the longest texts first. */
export function asPattern({ pattern, items, strings, sequences }: CharacterSet): string {
  const texts = [...strings].sort((a, b) => b.length - a.length);
  const long = texts.filter((text) => text !== '').map(asText);
  const all = [
    ...sequences,
    ...long,
    ...(items === '' && texts.length > 0 ? [] : [pattern]),
    ...(strings.has('') ? [''] : []),
  ];
  return all.length > 1 ? `(?:${all.join('|')})` : all[0]!;
}
