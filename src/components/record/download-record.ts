/** Hands the learner their record as a file, and notes that there is a copy. */
import { copyKept } from '../../progress/copy-reminder.ts';
import { writeRecordFile } from '../../progress/file/write-file.ts';
import type { KeptRecord } from '../../progress/tab-record.ts';

/** Answers the name of the file. */
export function downloadRecord(record: KeptRecord): string {
  const { name, text } = writeRecordFile(record.entries, Date.now());
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = name;
  link.click();
  // The browser has the file by then, or has asked where to put it.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  void record.add({ kind: 'setting-chosen', setting: copyKept, value: name });
  return name;
}
