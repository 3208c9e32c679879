/** A number of the REPORT line: `report: billedDurationMs, is: { most: 100 }`. */
import type { Judge } from '../finding.ts';
import { everyOf } from '../selection.ts';
import { meets, sayAmount, sayNumber } from '../words.ts';

const fields = {
  durationMs: { name: 'Duration', unit: 'ms' },
  billedDurationMs: { name: 'Billed Duration', unit: 'ms' },
  initDurationMs: { name: 'Init Duration', unit: 'ms' },
  maxMemoryUsedMB: { name: 'Max Memory Used', unit: 'MB' },
} as const;

export const judgeReport: Judge<'report'> = ({ report, is, of }, observation) => {
  const { name: field, unit } = fields[report];
  return everyOf(
    observation,
    of,
    (name) => `In ${name}, \`${field}\` is ${sayAmount(is)} ${unit}.`,
    (request) => {
      const value = request.report?.[report];
      if (value === undefined) return { met: false, saw: `no \`${field}\`` };
      return { met: meets(is, value), saw: `${sayNumber(value)} ${unit}` };
    },
  );
};
