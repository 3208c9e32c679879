/** What taking in facts from elsewhere would change in a record: told before it is done. Pure. */
import { type CourseIndex, lessonOf, lessonsOf, questionsOf } from './course-index.ts';
import type { Entry } from './entry.ts';
import { canonical, FactSet, slotOf } from './fact-set.ts';
import { copyKept } from './copy-reminder.ts';

/** One thing that changes, with what exactly. */
export interface PreviewLine {
  readonly text: string;
  /** Names: titles of lessons, of drafts. Text from outside: it is shown as text. */
  readonly names: readonly string[];
}

export interface ImportPreview {
  /** Facts that would be new. */
  readonly added: number;
  readonly gains: readonly PreviewLine[];
  /** What would take the place of something that is there. */
  readonly replaces: readonly PreviewLine[];
  /** What changes nothing, and why. */
  readonly notes: readonly string[];
}

type Of<Kind extends Entry['kind']> = Extract<Entry, { kind: Kind }>;

/** `index` gives titles, and tells what the course does not have (any more); without it, ids are shown. */
export function previewImport(
  current: readonly Entry[],
  incoming: readonly Entry[],
  index?: CourseIndex,
): ImportPreview {
  const set = new FactSet(current);
  const before = new Map(current.flatMap((entry) => (slotOf(entry) ? [[slotOf(entry), entry] as const] : [])));
  const { added } = set.take(incoming);
  const replacing = added.filter(
    (entry) => before.has(slotOf(entry)) && !isSameValue(entry, before.get(slotOf(entry))),
  );
  const fresh = added.filter((entry) => !replacing.includes(entry) && !before.has(slotOf(entry)));
  return {
    added: fresh.length + replacing.length,
    gains: gains(fresh, current, index),
    replaces: replacements(replacing),
    notes: notes(incoming, fresh.length + replacing.length, set, index),
  };
}

function gains(fresh: readonly Entry[], current: readonly Entry[], index?: CourseIndex): PreviewLine[] {
  const of = <Kind extends Entry['kind']>(kind: Kind) =>
    fresh.filter((entry): entry is Of<Kind> => entry.kind === kind);
  const labels = new Map(index && lessonsOf(index).map(({ id, label }) => [id, label]));
  const titles = new Map(index?.challenges.map(({ id, title }) => [id, title]));
  const had = (kind: Entry['kind']) =>
    new Set(current.flatMap((entry) => (entry.kind === kind && 'lesson' in entry ? [entry.lesson] : [])));
  const lessons = (kind: 'lesson-opened' | 'lesson-read') =>
    [...new Set(of(kind).map(({ lesson }) => lesson))].filter((lesson) => !had(kind).has(lesson));
  const named = (ids: readonly string[], names: ReadonlyMap<string, string>) => ids.map((id) => names.get(id) ?? id);
  const right = (entries: readonly Entry[]) =>
    new Set(entries.flatMap((entry) => (entry.kind === 'answer-given' && entry.correct ? [entry.question] : [])));
  const newlyRight = [...right(fresh)].filter((question) => !right(current).has(question)).length;
  const drafts = of('draft-kept').filter(({ value }) => value !== null);
  const passed = [...new Set(of('challenge-passed').map(({ challenge }) => challenge))];
  const seconds = of('time-spent').reduce((sum, entry) => sum + entry.seconds, 0);
  const lines: (PreviewLine | false)[] = [
    line(lessons('lesson-opened'), 'lesson begun', 'lessons begun', (ids) => named(ids, labels)),
    line(lessons('lesson-read'), 'lesson read to its end', 'lessons read to their end', (ids) => named(ids, labels)),
    line(of('prediction-made'), 'prediction', 'predictions'),
    line(
      of('answer-given'),
      'answer',
      'answers',
      () => [],
      newlyRight > 0 ? `, ${count(newlyRight, 'question')} newly right` : '',
    ),
    line(passed, 'challenge passed', 'challenges passed', (ids) => named(ids, titles)),
    line(of('checklist-item-set'), 'item of the checklist', 'items of the checklist'),
    line(of('card-reviewed'), 'review', 'reviews'),
    line(of('exam-finished'), 'exam', 'exams'),
    line(drafts, 'draft of code', 'drafts of code', (kept) => kept.map(({ draft }) => draft)),
    line(
      of('setting-chosen').filter(({ setting }) => setting !== copyKept),
      'setting',
      'settings',
    ),
    seconds >= 60 && { text: `${formatTime(seconds)} of study`, names: [] },
  ];
  return lines.filter((each) => each !== false);
}

function replacements(replacing: readonly Entry[]): PreviewLine[] {
  const drafts = replacing.filter((entry) => entry.kind === 'draft-kept');
  const names = (kept: readonly Of<'draft-kept'>[]) => kept.map(({ draft }) => draft);
  const later = drafts.filter(({ value }) => value !== null);
  const reset = drafts.filter(({ value }) => value === null);
  const items = replacing.filter((entry) => entry.kind === 'checklist-item-set');
  const settings = replacing.filter((entry) => entry.kind === 'setting-chosen' && entry.setting !== copyKept);
  const lines = [
    line(later, 'draft that you have here, with a later one', 'drafts that you have here, with later ones', names),
    line(
      reset,
      'draft that you have here, with nothing: it was reset later',
      'drafts that you have here, with nothing: they were reset later',
      names,
    ),
    line(
      items,
      'item of the checklist, with a later assessment',
      'items of the checklist, with later assessments',
      (set) => set.map(({ item }) => item),
    ),
    line(settings, 'setting, with a later choice', 'settings, with later choices'),
  ];
  return lines.filter((each) => each !== false);
}

function notes(incoming: readonly Entry[], added: number, result: FactSet, index?: CourseIndex): string[] {
  const older = incoming.filter((entry) => {
    const rival = result.rivalOf(entry);
    return slotOf(entry) !== undefined && rival !== undefined && rival.id !== entry.id && !isSameValue(entry, rival);
  }).length;
  const same = incoming.length - added - older;
  const foreign = index ? incoming.filter((entry) => !isAbout(index, entry)).length : 0;
  return [
    same > 0 && `${count(same, 'entry', 'entries')} of it you have already.`,
    older > 0 &&
      `${count(older, 'entry', 'entries')} of it ${older === 1 ? 'is' : 'are'} older than what you have: yours ${older === 1 ? 'stays' : 'stay'}.`,
    foreign > 0 &&
      `${count(foreign, 'entry', 'entries')} ${foreign === 1 ? 'is' : 'are'} about something that this edition of the course does not have. ${foreign === 1 ? 'It is' : 'They are'} kept and ${foreign === 1 ? 'counts' : 'count'} when it does.`,
  ].filter((note) => note !== false);
}

/** Whether the course has what a fact is about, in any wording. */
function isAbout(index: CourseIndex, entry: Entry): boolean {
  const hasLesson = (id: string) => lessonsOf(index).some((lesson) => lesson.id === id);
  switch (entry.kind) {
    case 'lesson-opened':
    case 'lesson-read':
    case 'time-spent':
    case 'prediction-made':
      return hasLesson(entry.lesson);
    case 'answer-given':
    case 'card-reviewed':
      return hasLesson(lessonOf(entry.question)) && questionsOf(index).some(({ id }) => id === entry.question);
    case 'challenge-passed':
      return index.challenges.some(({ id }) => id === entry.challenge);
    case 'checklist-item-set':
      return index.checklist.some(({ id }) => id === entry.item);
    default:
      return true;
  }
}

function isSameValue(a: Entry, b: Entry | undefined): boolean {
  return b !== undefined && 'value' in a && 'value' in b && canonical(a.value) === canonical(b.value);
}

function line<Item>(
  items: readonly Item[],
  one: string,
  many: string,
  names: (items: readonly Item[]) => readonly string[] = () => [],
  more = '',
): PreviewLine | false {
  return items.length > 0 && { text: `${count(items.length, one, many)}${more}`, names: names(items) };
}

/** `1 lesson`, `2 lessons`, `1,200 lessons`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}

/** Study time as a person says it: `40 min`, `3 h 20 min`. */
export function formatTime(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
