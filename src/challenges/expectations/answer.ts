/** What an API answers after the run: `answer: { service: dynamodb, operation: GetItem, …, at: Item.total.N, equals: '30' }`. */
import type { Judge } from '../finding.ts';
import { valueAt } from '../observation.ts';
import { sayText, sentence } from '../words.ts';
import { holds, sayFound, sayWanted } from './compare.ts';

export const judgeAnswer: Judge<'answer'> = ({ answer: wanted }, _observation, { asked }) => {
  const { at, says, operation } = wanted;
  const what = at === undefined ? says : `\`${at}\` of ${says}`;
  const expected = `After the run, ${what} is ${sayWanted(wanted).join(' and ')}, as \`${operation}\` answers.`;
  if (asked?.error !== undefined)
    return { met: false, expected, saw: `It answered with an error: ${sayText(asked.error)}.` };
  const value = valueAt(asked?.output, at);
  return { met: holds(value, wanted), expected, saw: `${sentence(sayFound(value, asked?.output, wanted))}.` };
};
