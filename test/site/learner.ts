/** A learner with a past: facts that are in the browser's record before a page is opened, and what is in it afterwards. */
import type { Page } from 'playwright-core';
import type { CourseIndex } from '../../src/progress/course-index.ts';
import { lessonsOf } from '../../src/progress/course-index.ts';
import type { Entry, NewEntry } from '../../src/progress/entry.ts';
import { lessonAddress } from './runner.ts';

export const hour = 60 * 60 * 1000;
export const day = 24 * hour;

let written = 0;

/** A fact some time ago, in ms. */
export const ago = (milliseconds: number, entry: NewEntry): Entry => ({
  ...entry,
  id: `past-${(written += 1)}`,
  at: Date.now() - milliseconds,
});

/** The index of the course as the page's site has it. */
export async function readIndex(page: Page): Promise<CourseIndex> {
  const address = await page.locator('link[rel=course-index]').evaluate((link) => (link as HTMLLinkElement).href);
  return (await (await page.request.get(address)).json()) as CourseIndex;
}

/** The lesson at `lessonAddress`, which these tests work through. */
export function lessonAtWork(index: CourseIndex) {
  const lesson = lessonsOf(index).find(({ id }) => lessonAddress === `lessons/${id}/`);
  if (!lesson) throw new Error(`The course has no lesson at ${lessonAddress}.`);
  return lesson;
}

/** Everything that makes a lesson done, a day ago. */
export const finished = ({ id, predictions, questions }: ReturnType<typeof lessonAtWork>): Entry[] => [
  ago(day, { kind: 'lesson-opened', lesson: id }),
  ago(day, { kind: 'lesson-read', lesson: id }),
  ...predictions.map(({ id: prediction, hash }) =>
    ago(day, { kind: 'prediction-made', lesson: id, prediction, hash, held: true }),
  ),
  ...questions.map(({ id: question, hash }) =>
    ago(day, { kind: 'answer-given', question, hash, correct: true, given: null, place: 'lesson' }),
  ),
];

const databases = async () => (await indexedDB.databases()).some(({ name }) => name === 'coldstart');

/** Puts facts into the record as it is stored; pages that are opened afterwards have them. */
export async function writeFacts(page: Page, facts: readonly Entry[]): Promise<void> {
  await page.waitForFunction(databases);
  await page.evaluate(async (entries) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('coldstart');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error('The record cannot be opened.'));
    });
    const transaction = database.transaction('entries', 'readwrite');
    for (const entry of entries) transaction.objectStore('entries').put(entry, entry.id);
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    database.close();
  }, facts);
}

/** What is stored, in the order in which it happened. */
export async function readFacts(page: Page): Promise<readonly Entry[]> {
  await page.waitForFunction(databases);
  const entries = await page.evaluate(
    () =>
      new Promise<Entry[]>((resolve, reject) => {
        const request = indexedDB.open('coldstart');
        request.onerror = () => reject(new Error('The record cannot be opened.'));
        request.onsuccess = () => {
          const all = request.result.transaction('entries').objectStore('entries').getAll();
          all.onsuccess = () => {
            request.result.close();
            resolve(all.result as Entry[]);
          };
        };
      }),
  );
  return entries.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}
