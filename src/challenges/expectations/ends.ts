/** How invocations ended: `ends: success`. */
import type { Judge } from '../finding.ts';
import type { ObservedRequest } from '../observation.ts';
import { everyOf } from '../selection.ts';
import { sayText, sentence } from '../words.ts';

const names = { success: 'succeeds', error: 'fails', timeout: 'times out' } as const;
const plural = { success: 'succeed', error: 'fail', timeout: 'time out' } as const;

export const judgeEnd: Judge<'ends'> = ({ ends, of }, observation) =>
  everyOf(
    observation,
    of,
    (name) => `${sentence(name)} ${name.startsWith('requests') ? plural[ends] : names[ends]}.`,
    (request) => ({ met: request.ended === ends, saw: sayEnd(request) }),
  );

/** `succeeded`, `` failed with `Error: boom` ``, `timed out after 3 s`. */
export function sayEnd({ ended, result, report, throttled }: ObservedRequest): string {
  if (ended === 'success') return 'succeeded';
  if (ended === 'throttled') return `was throttled, ${throttled ?? ''}`;
  if (ended === 'timeout') return `timed out after ${(report?.durationMs ?? 0) / 1000} s`;
  const { errorType, errorMessage } = (result ?? {}) as { errorType?: unknown; errorMessage?: unknown };
  return `failed with ${sayText([errorType, errorMessage].filter((part) => typeof part === 'string').join(': '), 320)}`;
}
