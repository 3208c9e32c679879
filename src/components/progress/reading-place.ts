/** Keeps the heading one had read down to when a lesson's page is left, until the lesson has been read to its end. */
import { readingPlaceDraft } from '../../progress/draft-names.ts';
import type { Entry } from '../../progress/entry.ts';
import { openRecord } from '../../progress/record.ts';

/** Part of the window's height, from the top: a heading above this line has been come to. */
const line = 1 / 2;

/** The last heading above the line; nothing above the first. */
function headingComeTo(): string | undefined {
  const headings = [...document.querySelectorAll<HTMLElement>('.prose > :is(h2, h3, h4)[id]')];
  return headings.findLast((heading) => heading.getBoundingClientRect().top < innerHeight * line)?.id;
}

const isRead = (entries: readonly Entry[], lesson: string): boolean =>
  entries.some((entry) => entry.kind === 'lesson-read' && entry.lesson === lesson);

/** Follows the page of a lesson. */
export async function keepReadingPlace(lesson: string): Promise<void> {
  const record = await openRecord();
  let scrolled = false;
  let kept: string | undefined;
  addEventListener('scroll', () => (scrolled = true), { passive: true });
  const keep = () => {
    const section = headingComeTo();
    // Opening a page and closing it again is no reading.
    if (!scrolled || section === undefined || section === kept || isRead(record.entries, lesson)) return;
    kept = section;
    void record.add({ kind: 'draft-kept', draft: readingPlaceDraft(lesson), version: '1', value: { section } });
  };
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && keep());
  addEventListener('pagehide', keep);
}

const standing = document.querySelector<HTMLElement>('[data-standing]');
if (standing?.dataset.standing !== undefined) void keepReadingPlace(standing.dataset.standing);
