/** Reads a progress code against the course as it is now, and the editions of it that are remembered. Pure. */
import type { CourseIndex } from '../course-index.ts';
import type { Entry, NewEntry } from '../entry.ts';
import { BitReader } from './bits.ts';
import { codeVersion, keyWidths, openCode, ProgressCodeError, startOfDay, widths } from './format.ts';
import { bitsIn, type CodeGroup, type CodeItem, everyGroupOf, keyOfGroup, longestKey, widthOf } from './groups.ts';
import { type CodeValues, factOf, valuesOf } from './values.ts';

export interface ReadCode {
  /** Beginning of the day on which it was made, ms since the Unix epoch. */
  readonly made: number;
  /** What it says and the record does not have yet. */
  readonly facts: readonly Entry[];
  /** How many groups (a lesson, a unit, some challenges or checklist items) were made with an edition that is not remembered. */
  readonly unknown: number;
}

/** What a code says about one group, before it is known which. */
interface Block {
  readonly key: number;
  /** Nothing when the group is full. */
  readonly values: BitReader | undefined;
  readonly length: number | undefined;
}

/** What a code is read against. */
export interface ReadAgainst {
  readonly index: CourseIndex;
  /** What is known already. */
  readonly record?: readonly Entry[];
  /** Groups as earlier editions of the course had them. */
  readonly earlier?: readonly CodeGroup[];
}

/**
 * The facts of a code; their ids hang on what they say, so that a code counts once however often it is read.
 * @throws {ProgressCodeError}
 */
export function readCode(text: string, { index, record = [], earlier = [] }: ReadAgainst): ReadCode {
  const bits = new BitReader(openCode(text));
  try {
    if (bits.read(widths.version) !== codeVersion) {
      throw new ProgressCodeError(
        'This code was made by a newer edition of the course. Reload this page and try again.',
      );
    }
    const keyWidth = bits.read(widths.keyWidth) + keyWidths.least;
    const salt = bits.read(widths.salt);
    const made = startOfDay(bits.read(widths.day));
    const blocks = Array.from({ length: bits.read(widths.groups) }, () => readBlock(bits, keyWidth));
    const current = everyGroupOf(index);
    const found = findGroups(
      blocks,
      [...current, ...earlier],
      (group) => keyOfGroup(group, salt) >>> (longestKey - keyWidth),
    );
    const asked = new Set(current.flatMap(({ name, items }) => [name, ...items.map(nameOf)]));
    const known = valuesOf(record);
    const says = found.flatMap(({ block, group }) => factsOf(block, group, asked, known));
    const facts = says.map((fact) => ({ ...fact, id: idOf(fact), at: made }));
    return { made, facts, unknown: blocks.length - found.length };
  } catch (error) {
    if (error instanceof RangeError) throw new ProgressCodeError('This code ends too early.');
    throw error;
  }
}

function readBlock(bits: BitReader, keyWidth: number): Block {
  const key = bits.read(keyWidth);
  if (bits.read(1) === 1) return { key, values: undefined, length: undefined };
  const short = bits.read(widths.length);
  const length = short === 2 ** widths.length - 1 ? bits.read(widths.longLength) : short;
  return { key, values: bits.take(length), length };
}

/** The group of each block. A block that fits two groups, and a group that two blocks fit, are not known for sure. */
function findGroups(
  blocks: readonly Block[],
  groups: readonly CodeGroup[],
  keyOf: (group: CodeGroup) => number,
): readonly { readonly block: Block; readonly group: CodeGroup }[] {
  const byKey = new Map<number, CodeGroup[]>();
  for (const group of groups) {
    const key = keyOf(group);
    const others = byKey.get(key) ?? [];
    // A group that an earlier edition had in the same way is the same group.
    if (!others.some(({ name }) => name === group.name)) byKey.set(key, [...others, group]);
  }
  const found = blocks.flatMap((block) => {
    const fitting = (byKey.get(block.key) ?? []).filter(
      ({ items }) => block.length === undefined || block.length === bitsIn(items),
    );
    const [group] = fitting;
    return group && fitting.length === 1 ? [{ block, group }] : [];
  });
  const claims = Map.groupBy(found, ({ group }) => group.name);
  return found.filter(({ group }) => claims.get(group.name)?.length === 1);
}

/** Only what the course still asks, in the wording in which it was answered, and is not known yet. */
function factsOf({ values }: Block, group: CodeGroup, asked: ReadonlySet<string>, known: CodeValues): NewEntry[] {
  const { lesson } = group;
  const isNew = lesson !== undefined && asked.has(group.name) && !known.isBegun(group);
  const facts: NewEntry[] = isNew ? [{ kind: 'lesson-opened', lesson }] : [];
  for (const item of group.items) {
    const value = values ? values.read(widthOf(item)) : 2 ** widthOf(item) - 1;
    const had = known.of(item);
    // An assessment can also go down.
    const says = item.kind === 'checklist' ? value !== had : value > had;
    const fact = says && asked.has(nameOf(item)) ? factOf(item, value) : undefined;
    if (fact) facts.push(fact);
  }
  return facts;
}

const nameOf = (item: CodeItem): string => Object.values(item).join(' ');

/** `code:lesson-read:cold-starts`: the same for the same thing on every device. */
function idOf(fact: NewEntry): string {
  const about = Object.entries(fact)
    .filter(([key]) => !['kind', 'correct', 'given', 'place', 'hints'].includes(key))
    .map(([, value]) => String(value));
  return ['code', fact.kind, ...about].join(':');
}
