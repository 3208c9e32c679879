/** What came back: `result: { at: order, event: order }`. */
import type { Judge } from '../finding.ts';
import { valueAt } from '../observation.ts';
import { everyOf } from '../selection.ts';
import { holds, same, sayFound, sayWanted } from './compare.ts';
import { sayEnd } from './ends.ts';

export const judgeResult: Judge<'result'> = ({ result: wanted, of }, observation) => {
  const { at, event } = wanted;
  const what = at === undefined ? 'the result' : `\`${at}\` of the result`;
  const words = [...sayWanted(wanted), ...(event === undefined ? [] : [`the \`${event}\` of its own event`])];
  return everyOf(
    observation,
    of,
    (name) => `In ${name}, ${what} is ${words.join(' and ')}.`,
    (request) => {
      if (request.ended !== 'success') return { met: false, saw: sayEnd(request) };
      const value = valueAt(request.result, at);
      const met = holds(value, wanted) && (event === undefined || same(value, valueAt(request.event, event)));
      return { met, saw: sayFound(value, request.result, wanted) };
    },
  );
};
