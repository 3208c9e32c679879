/** Loads the questions of a session and runs it in the page. Resolves when the learner leaves it. */
import { mount, unmount } from 'svelte';
import type { CourseIndex, IndexedQuestion } from '../../progress/course-index.ts';
import type { LearnerRecord } from '../../progress/entry.ts';
import { findQuestions } from '../quiz/find-questions.ts';
import Session from './Session.svelte';
import { type SessionKind, SessionState } from './session-state.svelte.ts';

/** Rejects when the questions cannot be fetched. */
export async function runSession(
  target: HTMLElement,
  kind: SessionKind,
  asked: readonly IndexedQuestion[],
  { record, index }: { record: LearnerRecord; index: CourseIndex },
): Promise<void> {
  const ids = asked.map(({ id }) => id);
  const found = await findQuestions(ids);
  // In the order of the session.
  const questions = new Map(
    ids.flatMap((id) => {
      const question = found.get(id);
      return question ? [[id, question] as const] : [];
    }),
  );
  const running = new SessionState({ kind, record, index, questions, now: Date.now });
  await new Promise<void>((resolve) => {
    const session = mount(Session, {
      target,
      props: {
        running,
        onclose: () => {
          void unmount(session);
          resolve();
        },
      },
    });
  });
}
