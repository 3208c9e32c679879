/** The bill of a month of such requests: `month: { requests: 3000000, most: 20 }`. */
import type { Judge } from '../finding.ts';
import { monthBill, sayDollars } from '../month-bill.ts';
import { sayCount, sayNumber } from '../words.ts';

export const judgeMonth: Judge<'month'> = ({ month: { requests, most } }, observation, { prices }) => {
  const expected = `A month of ${sayCount(requests, 'request')} costs at most ${sayDollars(most)}.`;
  if (observation.requests.length === 0) return { met: false, expected, saw: 'There was no request.' };
  const { lines, total } = monthBill(observation.trace, requests, prices);
  const parts = lines
    .filter(({ amount }) => amount >= 0.005)
    .map(({ label, amount }) => `${label} ${sayDollars(amount)}`);
  return {
    met: total <= most,
    expected,
    saw: `${sayDollars(total)}: ${parts.join(', ')}, from ${sayNumber(observation.requests.length)} requests run.`,
  };
};
