/** Makes a progress code: how far one is with a whole course, in at most 300 characters. Pure. */
import type { CourseIndex } from '../course-index.ts';
import type { Entry } from '../entry.ts';
import { BitWriter } from './bits.ts';
import { codeVersion, dayOf, keyWidths, longestCode, sealCode, widths } from './format.ts';
import { bitsIn, type CodeGroup, groupsOf, keyOfGroup, longestKey, widthOf } from './groups.ts';
import { type CodeValues, isFull, valuesOf } from './values.ts';

/** @param now real time, ms since the Unix epoch; the code carries its day */
export function writeCode(entries: readonly Entry[], index: CourseIndex, now: number): string {
  const groups = groupsOf(index);
  const values = valuesOf(entries);
  const keys = keysBySalt(groups);
  let code = '';
  for (let width: number = keyWidths.most; width >= keyWidths.least; width -= 1) {
    code = write(groups, values, { keys, width, day: dayOf(now) });
    if (code.length <= longestCode) break;
  }
  return code;
}

interface Making {
  /** The keys of all groups in full, with a salt. */
  readonly keys: (salt: number) => readonly number[];
  /** Of a key, in bits. */
  readonly width: number;
  readonly day: number;
}

function write(groups: readonly CodeGroup[], values: CodeValues, { keys, width, day }: Making): string {
  const cut = (salt: number) => keys(salt).map((key) => key >>> (longestKey - width));
  const salts = Array.from({ length: 2 ** widths.salt }, (_, each) => each);
  // With the first salt that works, all groups of the course have keys of their own.
  const salt = salts.find((each) => new Set(cut(each)).size === groups.length) ?? 0;
  const begun = groups.flatMap((group, at) => (values.isBegun(group) ? [{ group, key: cut(salt)[at] ?? 0 }] : []));
  const bits = new BitWriter();
  bits.write(codeVersion, widths.version);
  bits.write(width - keyWidths.least, widths.keyWidth);
  bits.write(salt, widths.salt);
  bits.write(day, widths.day);
  bits.write(begun.length, widths.groups);
  for (const { group, key } of begun) {
    bits.write(key, width);
    const full = isFull(group, values);
    bits.write(full ? 1 : 0, 1);
    if (full) continue;
    writeLength(bits, bitsIn(group.items));
    for (const item of group.items) bits.write(values.of(item), widthOf(item));
  }
  return sealCode(bits.toBytes());
}

function keysBySalt(groups: readonly CodeGroup[]): Making['keys'] {
  const known = new Map<number, readonly number[]>();
  return (salt) => {
    const keys = known.get(salt) ?? groups.map((group) => keyOfGroup(group, salt));
    known.set(salt, keys);
    return keys;
  };
}

/** A reader that does not know a group has to know how much to skip. */
function writeLength(bits: BitWriter, length: number): void {
  const long = 2 ** widths.length - 1;
  bits.write(Math.min(length, long), widths.length);
  if (length >= long) bits.write(length, widths.longLength);
}
