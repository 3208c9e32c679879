/** What taking in facts from elsewhere would change in a record: told before it is done. Pure. */
import { type CourseIndex, lessonsOf, questionsOf } from './course-index.ts';
import { describeFacts, type FactLine, listed, nameOfDraft } from './describe-facts.ts';
import { isTyped } from './draft-names.ts';
import type { Entry } from './entry.ts';
import { canonical, FactSet, slotOf } from './fact-set.ts';
import { count } from './words.ts';

export interface ImportPreview {
  /** How many facts would be new or take the place of others. */
  readonly changes: number;
  readonly gains: readonly FactLine[];
  /** What would take the place of something that is there. */
  readonly replaces: readonly FactLine[];
  /** What changes nothing, and what is kept though it means nothing yet. */
  readonly notes: readonly string[];
}

/** `index` gives titles, and tells what this edition of the course does not have; without it, ids are shown. */
export function previewImport(
  current: readonly Entry[],
  incoming: readonly Entry[],
  index?: CourseIndex,
): ImportPreview {
  const before = new FactSet(current);
  const after = new FactSet(current);
  const { added } = after.take(incoming);
  const fresh = added.filter((entry) => before.rivalOf(entry) === undefined);
  const replacing = added.filter((entry) => isOtherValue(entry, before.rivalOf(entry)));
  const changes = fresh.length + replacing.length;
  const older = incoming.filter((entry) => isOtherValue(entry, after.rivalOf(entry))).length;
  const foreign = index ? incoming.filter((entry) => !isAbout(index, entry)).length : 0;
  return {
    changes,
    gains: describeFacts(fresh, { index, known: current }),
    replaces: describeReplaced(replacing, index),
    notes: notes({ same: incoming.length - changes - older, older, foreign }),
  };
}

/** Whether one value of a draft, setting or item differs from another. */
function isOtherValue(entry: Entry, other: Entry | undefined): boolean {
  if (slotOf(entry) === undefined || other === undefined) return false;
  return 'value' in entry && 'value' in other && canonical(entry.value) !== canonical(other.value);
}

function describeReplaced(replacing: readonly Entry[], index: CourseIndex | undefined): readonly FactLine[] {
  const drafts = replacing.filter((entry) => entry.kind === 'draft-kept').filter(({ draft }) => isTyped(draft));
  const names = (kept: typeof drafts) => kept.map(({ draft }) => nameOfDraft(draft, index));
  const titles = new Map(index?.checklist.map(({ id, title }) => [id, title]));
  const items = replacing.flatMap((entry) => (entry.kind === 'checklist-item-set' ? [entry.item] : []));
  return [
    listed(
      names(drafts.filter(({ value }) => value !== null)),
      'function that you typed in here, by what was typed later elsewhere',
      'functions that you typed in here, by what was typed later elsewhere',
    ),
    listed(
      names(drafts.filter(({ value }) => value === null)),
      'function that you typed in here, by the lesson’s code: it was reset later elsewhere',
      'functions that you typed in here, by the lesson’s code: they were reset later elsewhere',
    ),
    listed(
      items.map((id) => titles.get(id) ?? id),
      'item of the checklist, by a later assessment',
      'items of the checklist, by later assessments',
    ),
  ].flat();
}

function notes({ same, older, foreign }: { same: number; older: number; foreign: number }): readonly string[] {
  const said: string[] = [];
  if (same > 0) said.push(`${count(same, 'entry', 'entries')} you have already.`);
  if (older === 1) said.push('1 entry is older than what you have: yours stays.');
  if (older > 1) said.push(`${count(older, 'entry', 'entries')} are older than what you have: yours stay.`);
  if (foreign > 0) {
    said.push(
      `${count(foreign, 'entry', 'entries')} about what this edition of the course does not have: kept, and counted when it does.`,
    );
  }
  return said;
}

/** Whether the course has what a fact is about, in any wording. */
function isAbout(index: CourseIndex, entry: Entry): boolean {
  switch (entry.kind) {
    case 'lesson-opened':
    case 'lesson-read':
    case 'time-spent':
    case 'prediction-made':
      return lessonsOf(index).some(({ id }) => id === entry.lesson);
    case 'answer-given':
    case 'card-reviewed':
      return questionsOf(index).some(({ id }) => id === entry.question);
    case 'challenge-passed':
      return index.challenges.some(({ id }) => id === entry.challenge);
    case 'checklist-item-set':
      return index.checklist.some(({ id }) => id === entry.item);
    default:
      return true;
  }
}
