/** Reads a file with a learner's record from outside: what fits is taken, what does not is left out and said. */
import type { Entry } from '../entry.ts';
import { FactSet } from '../fact-set.ts';
import { datePossibly } from '../possible-dates.ts';
import { checkEntry } from './entry-schema.ts';
import { courseName, fileVersion, RecordFileError, refuseTooLarge } from './format.ts';
import { isObject, migrateFile, type UncheckedFile } from './migrations.ts';
import { salvageLines } from './salvage.ts';

export interface ReadFile {
  readonly entries: readonly Entry[];
  /** When the file was written, as it says. */
  readonly exported: string | undefined;
  /** What had to be left out or put right, as sentences. */
  readonly repairs: readonly string[];
}

/** So many facts are checked before the page gets a turn. */
const atOnce = 500;

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * @param now real time, ms since the Unix epoch
 * @throws {RecordFileError} when there is no record of this course in the text
 */
export async function readRecordFile(text: string, now: number): Promise<ReadFile> {
  refuseTooLarge(text.length);
  const repairs: string[] = [];
  const file = currentVersion(parse(text, repairs), repairs);
  const { entries: unchecked } = file;
  if (!Array.isArray(unchecked)) throw new RecordFileError('This is JSON, but not a record of this course.');
  const entries = await checkAll(unchecked, now, repairs);
  if (entries.length === 0 && unchecked.length > 0) {
    throw new RecordFileError(`Nothing in this file could be read. ${repairs.join(' ')}`);
  }
  const exported = typeof file.exported === 'string' && !Number.isNaN(Date.parse(file.exported));
  return { entries, exported: exported ? String(file.exported) : undefined, repairs };
}

function parse(text: string, repairs: string[]): UncheckedFile {
  const json = text.replace(/^\uFEFF/, '').trim();
  if (json === '') throw new RecordFileError('This is empty.');
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    const salvaged = salvageLines(json);
    if (!salvaged) throw new RecordFileError('This is not a record of this course, and not JSON.');
    repairs.push('The file is damaged, probably cut: what could be read of it is taken.');
    parsed = salvaged;
  }
  if (!isObject(parsed)) throw new RecordFileError('This is JSON, but not a record of this course.');
  return parsed;
}

function currentVersion(file: UncheckedFile, repairs: string[]): UncheckedFile {
  if (typeof file.course === 'string' && file.course !== courseName) {
    throw new RecordFileError(`This is the record of another course: ${file.course.slice(0, 80)}.`);
  }
  const version = /^\d{1,9}$/.test(String(file.version)) ? Number(file.version) : NaN;
  if (version > fileVersion) {
    throw new RecordFileError(
      'This file was written by a newer edition of the course. Reload this page; if it stays so, take the file to where it was made.',
    );
  }
  if (version >= 0) return migrateFile(file, version);
  repairs.push('The file does not say which version it is; it was read as the present one.');
  return file;
}

async function checkAll(unchecked: readonly unknown[], now: number, repairs: string[]): Promise<readonly Entry[]> {
  const set = new FactSet();
  const unknownKinds = new Map<string, number>();
  const reasons: string[] = [];
  let ahead = 0;
  for (const [index, value] of unchecked.entries()) {
    if (index % atOnce === atOnce - 1) await nextTurn();
    const checked = checkEntry(value);
    if (checked.ok) {
      const entry = datePossibly(checked.entry, now);
      if (entry !== checked.entry) ahead += 1;
      set.take([entry]);
    } else if ('unknownKind' in checked) {
      unknownKinds.set(checked.unknownKind, (unknownKinds.get(checked.unknownKind) ?? 0) + 1);
    } else reasons.push(`Entry ${index + 1}, ${checked.reason}.`);
  }
  for (const [kind, count] of [...unknownKinds].slice(0, 5)) {
    repairs.push(`${count} of the kind “${kind}”, which this edition of the course does not know, left out.`);
  }
  if (reasons.length > 0) {
    repairs.push(
      `${reasons.length} damaged ${reasons.length === 1 ? 'entry' : 'entries'} left out.`,
      ...reasons.slice(0, 3),
    );
  }
  if (ahead > 0) repairs.push(`${ahead} from a clock that was ahead: they replace nothing that you have.`);
  return set.inOrder;
}
