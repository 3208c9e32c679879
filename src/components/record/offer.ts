/** What somebody gave the page to take in, looked at and not taken in yet: a record's file, or a progress code. */
import type { CodeGroup } from '../../progress/code/groups.ts';
import type { CourseIndex } from '../../progress/course-index.ts';
import type { Entry } from '../../progress/entry.ts';
import { refuseTooLarge } from '../../progress/file/format.ts';
import { readRecordFile } from '../../progress/file/read-file.ts';
import { type ImportPreview, previewImport } from '../../progress/import-preview.ts';
import { onSite } from '../../progress/load-index.ts';
import { count } from '../../progress/words.ts';

/** Facts that can be taken in, and what that would change. */
export interface Offer {
  /** What it is: `coldstart-record.json, written on 3 March 2026`. */
  readonly title: string;
  readonly entries: readonly Entry[];
  readonly preview: ImportPreview;
  /** What was left out or put right, as sentences. */
  readonly repairs: readonly string[];
}

interface Against {
  readonly record: readonly Entry[];
  readonly index: CourseIndex | undefined;
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' });

/** Rejects with the reason, as a sentence, when it is no record of this course. */
export async function offerFile(file: File, against: Against): Promise<Offer> {
  refuseTooLarge(file.size);
  return offerRecord(await file.text(), file.name, against);
}

/** Text that was pasted or dropped: what is in a file, a code, or a link with a code. Rejects as `offerFile` does. */
export async function offerText(text: string, against: Against): Promise<Offer> {
  const link = /#code=([^&\s]*)/.exec(text.slice(0, 10_000))?.[1];
  if (link !== undefined) return offerCode(link, against);
  return /^\s*[\w\s-]{1,4000}$/.test(text) ? offerCode(text, against) : offerRecord(text, 'What you pasted', against);
}

async function offerRecord(text: string, name: string, { record, index }: Against): Promise<Offer> {
  const { entries, exported, repairs } = await readRecordFile(text, Date.now());
  const written = exported === undefined ? '' : `, written on ${day.format(Date.parse(exported))}`;
  return { title: `${name}${written}`, entries, preview: previewImport(record, entries, index), repairs };
}

async function offerCode(code: string, { record, index }: Against): Promise<Offer> {
  if (!index) throw new Error('A code can be read only with the list of lessons, which could not be loaded. Reload.');
  const { readCode } = await import('../../progress/code/read-code.ts');
  let read = readCode(code, { index, record });
  if (read.unknown > 0) read = readCode(code, { index, record, earlier: await loadEarlierEditions() });
  const { facts, made, unknown } = read;
  const repairs = [];
  if (unknown > 0) {
    const parts = count(unknown, 'part');
    repairs.push(
      `${parts} of it ${unknown === 1 ? 'is' : 'are'} from an edition of the course that is not remembered, and left out.`,
    );
  }
  const title = `A progress code, made on ${day.format(made)}`;
  return { title, entries: facts, preview: previewImport(record, facts, index), repairs };
}

/** Without them, what is still the same can be read. */
async function loadEarlierEditions(): Promise<readonly CodeGroup[]> {
  const response = await fetch(onSite('earlier-editions.json')).catch(() => undefined);
  return response?.ok ? ((await response.json()) as CodeGroup[]) : [];
}
