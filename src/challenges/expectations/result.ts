/** What came back: `result: { at: order, event: order }`. */
import type { Judge } from '../finding.ts';
import { valueAt } from '../observation.ts';
import { everyOf } from '../selection.ts';
import { meets, sayAmount, sayCount, sayValue } from '../words.ts';
import { sayEnd } from './ends.ts';

export const judgeResult: Judge<'result'> = ({ result: wanted, of }, observation) => {
  const what = wanted.at === undefined ? 'the result' : `\`${wanted.at}\` of the result`;
  return everyOf(
    observation,
    of,
    (name) => `In ${name}, ${what} is ${sayWanted(wanted)}.`,
    (request) => {
      if (request.ended !== 'success') return { met: false, saw: sayEnd(request) };
      const value = valueAt(request.result, wanted.at);
      const met =
        (wanted.equals === undefined || same(value, wanted.equals)) &&
        (wanted.event === undefined || same(value, valueAt(request.event, wanted.event))) &&
        (wanted.members === undefined || sameMembers(value, wanted.members)) &&
        (wanted.amount === undefined || (typeof value === 'number' && meets(wanted.amount, value))) &&
        (wanted.items === undefined || (Array.isArray(value) && meets(wanted.items, value.length)));
      // A place that is missing is best explained by the whole.
      const instead = value === undefined && wanted.at !== undefined ? ` in ${sayValue(request.result)}` : '';
      const count = wanted.items !== undefined && Array.isArray(value) ? `${sayCount(value.length, 'item')}, ` : '';
      return { met, saw: `${count}${sayValue(value)}${instead}` };
    },
  );
};

function sayWanted({ equals, event, members, amount, items }: Parameters<typeof judgeResult>[0]['result']): string {
  return [
    ...(equals === undefined ? [] : [sayValue(equals)]),
    ...(event === undefined ? [] : [`the \`${event}\` of its own event`]),
    ...(members === undefined ? [] : [`a list of ${sayValue(members)}, in any order`]),
    ...(amount === undefined ? [] : [sayAmount(amount)]),
    ...(items === undefined ? [] : [`a list of ${sayAmount(items)} ${items === 1 ? 'item' : 'items'}`]),
  ].join(' and ');
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The same JSON, whatever the order of keys. */
export function same(a: unknown, b: unknown): boolean {
  if (!isRecord(a) || !isRecord(b)) return Object.is(a, b);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}

/** A list of the same values, each as often, in any order. */
function sameMembers(value: unknown, members: readonly unknown[]): boolean {
  if (!Array.isArray(value) || value.length !== members.length) return false;
  const rest: unknown[] = [...(value as unknown[])];
  return members.every((member) => {
    const at = rest.findIndex((candidate) => same(candidate, member));
    if (at !== -1) rest.splice(at, 1);
    return at !== -1;
  });
}
