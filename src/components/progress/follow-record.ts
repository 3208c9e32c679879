/** Calls back with the learner's record and the course's index, as soon as there is something in the record. */
import type { CourseIndex } from '../../progress/course-index.ts';
import type { Entry, LearnerRecord } from '../../progress/entry.ts';
import { loadCourseIndex } from '../../progress/load-index.ts';
import { openRecord } from '../../progress/record.ts';

type Show = (entries: readonly Entry[], index: CourseIndex) => void;

/**
 * Once when the page opens and again after every change, in this tab or another. With an empty record nothing happens
 * and nothing is loaded. Where the index cannot be loaded the page stays as it was built.
 */
export function followRecord(show: Show): void {
  void openRecord()
    .then((record) => followFrom(record, show))
    .catch(() => undefined);
}

async function followFrom(record: LearnerRecord, show: Show): Promise<void> {
  if (record.entries.length === 0) await firstFact(record);
  const index = await loadCourseIndex();
  let waiting = false;
  record.subscribe(() => {
    if (waiting) return;
    waiting = true;
    // Many facts may come at once.
    queueMicrotask(() => {
      waiting = false;
      show(record.entries, index);
    });
  });
  show(record.entries, index);
}

const firstFact = (record: LearnerRecord): Promise<void> =>
  new Promise((resolve) => {
    const stop = record.subscribe(() => {
      if (record.entries.length === 0) return;
      stop();
      resolve();
    });
  });
