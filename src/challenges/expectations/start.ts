/** How requests found their environment: `start: warm`. */
import type { Judge } from '../finding.ts';
import { everyOf } from '../selection.ts';
import { sentence } from '../words.ts';

export const judgeStart: Judge<'start'> = ({ start, of }, observation) =>
  everyOf(
    observation,
    of,
    (name) => `${sentence(name)} ${name.startsWith('requests') ? 'start' : 'starts'} ${start}.`,
    (request) => ({
      met: request.start === start,
      saw: request.start === undefined ? 'not started' : `${request.start} start`,
    }),
  );
