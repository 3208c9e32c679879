/** The self-audit: its parts with their items, read and checked once. */
import { checklistSchema, type ChecklistItem, type ChecklistPart } from '../../content/checklist-schema.ts';
import checklist from '../../content/checklist.yaml?raw';
import { parseContent } from '../../content/mistakes.ts';
import { readTopics } from './reference.ts';

export type { ChecklistItem, ChecklistPart };

/**
 * The parts in order.
 * @throws {ContentMistakeError} when the file does not fit, or names a topic that the course does not have
 */
export function readChecklist(): readonly ChecklistPart[] {
  const known = new Set(readTopics().map(({ id }) => id));
  const schema = checklistSchema.superRefine((parts, context) => {
    for (const [part, { items }] of parts.entries()) {
      for (const [item, { topics }] of items.entries()) {
        for (const [index, topic] of topics.entries()) {
          if (known.has(topic)) continue;
          const path = [part, 'items', item, 'topics', index];
          context.addIssue({ code: 'custom', path, message: 'must be the id of a topic in content/topics.yaml' });
        }
      }
    }
  });
  return parseContent(schema, { file: 'content/checklist.yaml', text: checklist });
}

/** All items in order. */
export const checklistItems = (): readonly ChecklistItem[] => readChecklist().flatMap(({ items }) => items);
