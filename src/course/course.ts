/** The course as a plan: units in order, lessons in order, neighbours and addresses. Order comes from the folder numbers. */
import { getCollection, type CollectionEntry } from 'astro:content';
import { unitSchema, type Unit as UnitText } from '../../content/schema.ts';
import { parseContent } from '../../content/mistakes.ts';

export interface Lesson {
  readonly id: string;
  /** Folder from the project's root: `content/lessons/03-unit/02-lesson`. */
  readonly folder: string;
  readonly unit: Unit;
  /** 1-based place in its unit. */
  readonly number: number;
  /** Address from the site's root, `/lessons/<id>/`. */
  readonly href: string;
  readonly entry: CollectionEntry<'lessons'>;
}

export interface Unit extends UnitText {
  /** The number in the folder name. */
  readonly number: number;
  readonly lessons: readonly Lesson[];
}

const unitFiles = import.meta.glob<string>('/content/lessons/*/unit.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const byFolder = (a: { folder: string }, b: { folder: string }): number => (a.folder < b.folder ? -1 : 1);

/** All units that have a lesson, in order. Drafts are part of the course only while authoring. */
export async function readCourse(): Promise<readonly Unit[]> {
  const entries = await getCollection('lessons', ({ data }) => import.meta.env.DEV || !data.draft);
  const placed = entries
    .map((entry) => ({ entry, folder: (entry.filePath ?? '').replace(/\/index\.mdx$/, '') }))
    .sort(byFolder);
  return Object.entries(unitFiles)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, text]) => {
      const folder = path.slice(1).replace(/\/unit\.yaml$/, '');
      const lessons: Lesson[] = [];
      const unit: Unit = {
        ...parseContent(unitSchema, { file: path.slice(1), text }),
        number: Number(/\/(\d+)-[^/]*$/.exec(folder)?.[1]),
        lessons,
      };
      for (const { entry, folder: place } of placed) {
        if (!place.startsWith(`${folder}/`)) continue;
        const number = lessons.length + 1;
        lessons.push({ id: entry.id, folder: place, unit, number, href: `/lessons/${entry.id}/`, entry });
      }
      return unit;
    })
    .filter(({ lessons }) => lessons.length > 0);
}

/** All lessons in course order. */
export async function readLessons(): Promise<readonly Lesson[]> {
  return (await readCourse()).flatMap(({ lessons }) => lessons);
}

/** The lessons before and after one, across units. */
export async function neighbours(
  lesson: Lesson,
): Promise<{ previous?: Lesson | undefined; next?: Lesson | undefined }> {
  const lessons = await readLessons();
  const at = lessons.findIndex(({ id }) => id === lesson.id);
  return { previous: lessons[at - 1], next: lessons[at + 1] };
}
