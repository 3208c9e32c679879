/** Makes a progress code: how far one is with a whole course, in at most 300 characters. Pure. */
import type { CourseIndex, IndexedUnit } from '../course-index.ts';
import type { Entry } from '../entry.ts';
import { BitWriter } from './bits.ts';
import { codeVersion, dayOf, keyWidths, longestCode, sealCode, widths } from './format.ts';
import {
  bitsIn,
  type CodeGroup,
  everyGroupOf,
  groupOfLesson,
  groupOfUnit,
  groupsOf,
  keyOfGroup,
  longestKey,
  widthOf,
} from './groups.ts';
import { type CodeValues, isFull, valuesOf } from './values.ts';

/**
 * Each lesson is a group of its own, as long as there is room; else the lessons of a unit are one, beginning with the unit
 * that saves most.
 * @param now real time, ms since the Unix epoch; the code carries its day
 */
export function writeCode(entries: readonly Entry[], index: CourseIndex, now: number): string {
  const values = valuesOf(entries);
  const keysOf = keysBySalt(everyGroupOf(index));
  const day = dayOf(now);
  const units = byBitsSaved(index.units, values);
  let code = '';
  for (let together = 0; together <= units.length; together += 1) {
    const groups = withUnitsTogether(groupsOf(index), units.slice(0, together));
    const written = (width: number) => write(groups, values, { keyOf: keysOf(width), width, day });
    code = written(keyWidths.least);
    if (code.length > longestCode) continue;
    for (let width: number = keyWidths.most; width > keyWidths.least; width -= 1) {
      const wider = written(width);
      if (wider.length <= longestCode) return wider;
    }
    return code;
  }
  return code;
}

/** The units that take fewer bits as one group than lesson by lesson; those that save most come first. */
function byBitsSaved(units: readonly IndexedUnit[], values: CodeValues): readonly IndexedUnit[] {
  const bitsOf = (groups: readonly CodeGroup[]) => {
    const bits = new BitWriter();
    for (const group of groups)
      if (values.isBegun(group)) writeGroup(bits, group, values, { key: 0, width: keyWidths.least });
    return bits.length;
  };
  return units
    .map((unit) => ({ unit, saved: bitsOf(unit.lessons.map(groupOfLesson)) - bitsOf([groupOfUnit(unit)]) }))
    .filter(({ saved }) => saved > 0)
    .sort((a, b) => b.saved - a.saved)
    .map(({ unit }) => unit);
}

function withUnitsTogether(groups: readonly CodeGroup[], units: readonly IndexedUnit[]): readonly CodeGroup[] {
  const inside = new Set(units.flatMap(({ lessons }) => lessons.map(({ id }) => id)));
  return [...units.map(groupOfUnit), ...groups.filter(({ lesson }) => lesson === undefined || !inside.has(lesson))];
}

interface Making {
  readonly keyOf: Keys;
  /** Of a key, in bits. */
  readonly width: number;
  readonly day: number;
}

function write(groups: readonly CodeGroup[], values: CodeValues, { keyOf, width, day }: Making): string {
  const begun = groups.filter((group) => values.isBegun(group));
  const bits = new BitWriter();
  bits.write(codeVersion, widths.version);
  bits.write(width - keyWidths.least, widths.keyWidth);
  bits.write(keyOf.salt, widths.salt);
  bits.write(day, widths.day);
  bits.write(begun.length, widths.groups);
  for (const group of begun) writeGroup(bits, group, values, { key: keyOf.of(group), width });
  return sealCode(bits.toBytes());
}

function writeGroup(
  bits: BitWriter,
  group: CodeGroup,
  values: CodeValues,
  { key, width }: { readonly key: number; readonly width: number },
): void {
  bits.write(key, width);
  const full = isFull(group, values);
  bits.write(full ? 1 : 0, 1);
  if (full) return;
  writeLength(bits, bitsIn(group.items));
  for (const item of group.items) bits.write(values.of(item), widthOf(item));
}

interface Keys {
  readonly salt: number;
  readonly of: (group: CodeGroup) => number;
}

/** For a width, the keys with the first salt with which all groups of the course have keys of their own. */
function keysBySalt(groups: readonly CodeGroup[]): (width: number) => Keys {
  const known = new Map<number, readonly number[]>();
  const inFull = (salt: number) => {
    const keys = known.get(salt) ?? groups.map((group) => keyOfGroup(group, salt));
    known.set(salt, keys);
    return keys;
  };
  return (width) => {
    const cut = (salt: number) => inFull(salt).map((key) => key >>> (longestKey - width));
    const salts = Array.from({ length: 2 ** widths.salt }, (_, each) => each);
    const salt = salts.find((each) => new Set(cut(each)).size === groups.length) ?? 0;
    const keys = new Map(groups.map(({ name }, at) => [name, cut(salt)[at] ?? 0]));
    return { salt, of: ({ name }) => keys.get(name) ?? 0 };
  };
}

/** A reader that does not know a group has to know how much to skip. */
function writeLength(bits: BitWriter, length: number): void {
  const long = 2 ** widths.length - 1;
  bits.write(Math.min(length, long), widths.length);
  if (length >= long) bits.write(length, widths.longLength);
}
