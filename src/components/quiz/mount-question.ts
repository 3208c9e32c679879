/**
 * Shows one question anywhere: in a review, an exam, a practice page. Its code is loaded by whoever calls this.
 *
 * ```ts
 * const { retry, destroy } = await mountQuestion(target, data, { place: 'review', root: '../', onanswer: keep });
 * ```
 */
import { flushSync, hydrate, mount, unmount, type Component } from 'svelte';
import type { QuestionData } from '../../quiz/question.ts';
import { keepEarlyInput } from './early-input.ts';
import Question from './Question.svelte';
import type { QuestionOptions } from './question-options.ts';
import { viewFile, type ViewProps } from './view.ts';

const views = import.meta.glob<Component<ViewProps>>('./types/*.svelte', { import: 'default' });

export interface MountedQuestion {
  /** Asks again, with other numbers or another order. */
  retry(): void;
  destroy(): Promise<void>;
}

/** What the component exports. */
type Alive = Pick<MountedQuestion, 'retry'>;

/** Rejects when the view of its type cannot be loaded. `alive` keeps the HTML in `target` that was rendered with the page. */
export async function mountQuestion(
  target: HTMLElement,
  data: QuestionData,
  options: QuestionOptions,
  alive = false,
): Promise<MountedQuestion> {
  const load = views[viewFile(data.type)];
  if (!load) throw new Error(`There is no view for questions of the type ${data.type}.`);
  const View = await load();
  const props = { data, View, options };
  const putBack = keepEarlyInput(target);
  const mounted = (alive ? hydrate(Question, { target, props }) : mount(Question, { target, props })) as Alive;
  flushSync();
  putBack();
  flushSync();
  return { retry: () => mounted.retry(), destroy: () => unmount(mounted) };
}
