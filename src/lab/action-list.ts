/** The list of what was done, kept short: waits that follow one another are one. Pure. */
import type { LabAction } from '../../sandbox/lab/lab.types.ts';

/** The list with more at its end. */
export function followedBy(actions: readonly LabAction[], more: readonly LabAction[]): readonly LabAction[] {
  const list = [...actions];
  for (const action of more) {
    const last = list.at(-1);
    if (action.kind === 'wait' && last?.kind === 'wait') {
      list[list.length - 1] = { kind: 'wait', milliseconds: last.milliseconds + action.milliseconds };
    } else list.push(action);
  }
  return list;
}
