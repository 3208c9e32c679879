/** How entries are laid out: on one line, in columns, or one a line. */
import type { InspectContext } from './options.ts';
import { stripTerminalCodes } from './strings.ts';

const lengthOf = (context: InspectContext, text: string): number =>
  context.colors ? stripTerminalCodes(text).length : text.length;

/** Joins the entries of one object. `elements` are the array's own entries, of which many go in columns. */
export function layOut(
  context: InspectContext,
  entries: string[],
  base: string,
  braces: [string, string],
  isArray: boolean,
  depth: number,
  value: unknown,
): string {
  const lead = base === '' ? '' : `${base} `;
  if (context.compact !== true) {
    if (typeof context.compact === 'number' && context.compact >= 1) {
      const count = entries.length;
      if (isArray && count > 6) entries = groupInColumns(context, entries, value);
      if (context.currentDepth - depth < context.compact && count === entries.length) {
        const start = entries.length + context.indentationLevel + braces[0].length + base.length + 10;
        if (fitsOnLine(context, entries, start, base)) {
          const joined = entries.join(', ');
          if (!joined.includes('\n')) return `${lead}${braces[0]} ${joined} ${braces[1]}`;
        }
      }
    }
    const indentation = `\n${' '.repeat(context.indentationLevel)}`;
    return `${lead}${braces[0]}${indentation}  ${entries.join(`,${indentation}  `)}${indentation}${braces[1]}`;
  }
  if (fitsOnLine(context, entries, 0, base)) {
    return `${braces[0]}${base === '' ? '' : ` ${base}`} ${entries.join(', ')} ${braces[1]}`;
  }
  const indentation = `\n${' '.repeat(context.indentationLevel)}`;
  const opening = base === '' && braces[0].length === 1 ? ' ' : `${base === '' ? '' : ` ${base}`}\n${indentation}  `;
  return `${braces[0]}${opening}${entries.join(`,${indentation}  `)} ${braces[1]}`;
}

function fitsOnLine(context: InspectContext, entries: string[], start: number, base: string): boolean {
  let total = entries.length + start;
  if (total + entries.length > context.breakLength) return false;
  for (const entry of entries) {
    total += lengthOf(context, entry);
    if (total > context.breakLength) return false;
  }
  return base === '' || !base.includes('\n');
}

/** Arrays of more than six short elements become rows of up to 15 aligned columns. */
function groupInColumns(context: InspectContext, entries: string[], value: unknown): string[] {
  const separator = 2;
  // A last "... more items" takes no part.
  const count = context.maxArrayLength < entries.length ? entries.length - 1 : entries.length;
  const lengths: number[] = [];
  let total = 0;
  let longest = 0;
  for (let index = 0; index < count; index++) {
    const length = lengthOf(context, entries[index] as string);
    lengths.push(length);
    total += length + separator;
    longest = Math.max(longest, length);
  }
  const widest = longest + separator;
  const worthIt = widest * 3 + context.indentationLevel < context.breakLength && (total / widest > 5 || longest <= 6);
  if (!worthIt) return entries;
  const bias = Math.sqrt(widest - total / entries.length);
  const biasedWidth = Math.max(widest - 3 - bias, 1);
  const columns = Math.min(
    Math.round(Math.sqrt(2.5 * biasedWidth * count) / biasedWidth),
    Math.floor((context.breakLength - context.indentationLevel) / widest),
    (context.compact as number) * 4,
    15,
  );
  if (columns <= 1) return entries;
  const columnWidths: number[] = [];
  for (let column = 0; column < columns; column++) {
    let width = 0;
    for (let index = column; index < count; index += columns) width = Math.max(width, lengths[index] as number);
    columnWidths.push(width + separator);
  }
  const elements = value as ArrayLike<unknown> | undefined;
  let padStart = elements !== undefined;
  for (let index = 0; padStart && index < entries.length; index++) {
    padStart = typeof elements?.[index] === 'number' || typeof elements?.[index] === 'bigint';
  }
  const rows: string[] = [];
  for (let start = 0; start < count; start += columns) {
    const end = Math.min(start + columns, count);
    let row = '';
    for (let index = start; index < end; index++) {
      const entry = entries[index] as string;
      const isLast = index === end - 1;
      const text = isLast ? entry : `${entry}, `;
      const colorCodes = entry.length - (lengths[index] as number);
      const width = (columnWidths[index - start] as number) + colorCodes - (isLast ? separator : 0);
      if (padStart) row += text.padStart(width);
      else row += isLast ? text : text.padEnd(width);
    }
    rows.push(row);
  }
  if (context.maxArrayLength < entries.length) rows.push(entries[count] as string);
  return rows;
}
