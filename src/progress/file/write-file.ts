/** The record as a file: JSON that a person can read, one fact a line, in the order in which they happened. */
import type { Entry } from '../entry.ts';
import { compareEntries } from '../fact-set.ts';
import { unknownDate } from '../possible-dates.ts';
import { courseName, fileVersion } from './format.ts';

export interface WrittenFile {
  readonly name: string;
  readonly text: string;
}

/** @param now real time, ms since the Unix epoch */
export function writeRecordFile(entries: readonly Entry[], now: number): WrittenFile {
  const exported = new Date(now);
  const head = {
    course: courseName,
    content: 'learner record',
    version: fileVersion,
    exported: exported.toISOString(),
  };
  const lines = [...entries].sort(compareEntries).map((entry) => `    ${lineOf(entry)}`);
  const fields = Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`);
  const body = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return {
    name: `coldstart-record-${localDay(exported)}.json`,
    text: `{\n${fields.join('')}  "entries": ${body}\n}\n`,
  };
}

/** Date and kind first, the rest by name, so that files can be compared line by line. An unknown date is `null`. */
function lineOf({ at, kind, ...rest }: Entry): string {
  const date = at === unknownDate ? null : new Date(at).toISOString();
  const sorted = Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1));
  const fields = [['at', date], ['kind', kind], ...sorted] as const;
  return `{ ${fields.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(', ')} }`;
}

function localDay(date: Date): string {
  const part = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${part(date.getMonth() + 1)}-${part(date.getDate())}`;
}
