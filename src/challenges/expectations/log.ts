/** How often the function logs a text: `log: connection opened, times: 1`; with `each`, once for every item of a list. */
import type { Amount } from '../../../content/challenge-schema.ts';
import type { LogLine } from '../../../sandbox/worker/client.ts';
import type { Finding, Judge } from '../finding.ts';
import { valueAt, type Observation, type ObservedRequest } from '../observation.ts';
import { select } from '../selection.ts';
import { meets, sayCount, sayList, sayNumbers, sayText, sayTimes } from '../words.ts';

export const judgeLog: Judge<'log'> = ({ log, times, each, of }, observation) => {
  const { requests, name, missing } = select(observation, of);
  const lines = of === undefined ? observation.lines : requests.flatMap((request) => request.lines);
  const where = of === undefined ? '' : ` in ${of === 'all' ? 'the requests' : name}`;
  const finding =
    each === undefined
      ? judgeText(log, times, lines, where, observation)
      : judgeEach({ log, times, each, lines, where }, itemsOf(observation, each));
  return missing === undefined ? finding : { ...finding, met: false, saw: missing };
};

function judgeText(
  log: string,
  times: Amount,
  lines: readonly LogLine[],
  where: string,
  { requests }: Observation,
): Finding {
  const found = lines.filter(({ text }) => text.includes(log));
  return {
    met: meets(times, found.length),
    expected: `${sayText(log)} is ${sayLogged(times)}${where}.`,
    saw: sayFound(found, requests),
  };
}

/** `` 5 lines: in request 1, a cold start, and in requests 2 to 5, warm starts. The last says `…`. `` */
function sayFound(found: readonly LogLine[], requests: readonly ObservedRequest[]): string {
  const last = found.at(-1);
  if (last === undefined) return 'No such line.';
  const byPlace = Map.groupBy(
    found,
    ({ requestId }) => requests.find((request) => request.requestId === requestId)?.start,
  );
  const places = [...byPlace].map(([start, lines]) => {
    if (start === undefined) return 'outside the handler';
    const ids = new Set(lines.map(({ requestId }) => requestId));
    const numbers = requests.filter(({ requestId }) => ids.has(requestId)).map(({ number }) => number);
    return `in ${sayNumbers(numbers)}, ${numbers.length === 1 ? `a ${start} start` : `${start} starts`}`;
  });
  return `${sayCount(found.length, 'line')}: ${places.join(', and ')}. The last says ${sayText(messageOf(last.text))}.`;
}

/** What the function said: the line without time, request id and level. */
const messageOf = (text: string): string => text.slice(text.lastIndexOf('\t') + 1);

/** `logged twice`, `never logged`. */
const sayLogged = (times: Amount): string => {
  const text = sayTimes(times);
  return text === 'never' ? 'never logged' : `logged ${text}`;
};

interface EachItem {
  readonly log: string;
  readonly times: Amount;
  /** The list, or where it stands in the event. */
  readonly each: string | readonly string[];
  readonly lines: readonly LogLine[];
  readonly where: string;
}

function judgeEach({ log, times, each, lines, where }: EachItem, items: readonly string[]): Finding {
  const counts = items.map((item) => {
    const text = log.replace('{each}', item);
    return { text, count: lines.filter((line) => hasWord(line.text, text)).length };
  });
  const wrong = counts.filter(({ count }) => !meets(times, count));
  const example = sayText(log.replace('{each}', items[0] ?? ''));
  const all =
    typeof each === 'string' ? `the ${items.length} \`${each}\` of the event` : sayCount(items.length, 'item');
  const expected = `For each of ${all}, a line like ${example} is ${sayLogged(times)}${where}.`;
  if (items.length === 0) return { met: false, expected, saw: 'The event has no such list.' };
  return { met: wrong.length === 0, expected, saw: wrong.length === 0 ? 'So it is for all.' : sayWrong(wrong) };
}

/** The items as they stand in a text. */
function itemsOf({ requests }: Observation, each: string | readonly string[]): readonly string[] {
  if (typeof each !== 'string') return each;
  const list = valueAt(requests[0]?.event, each);
  return Array.isArray(list) ? list.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))) : [];
}

/** Whether a text stands in a line and does not go on: `photo 1` is not in `photo 12`. */
function hasWord(line: string, text: string): boolean {
  for (let at = line.indexOf(text); at !== -1; at = line.indexOf(text, at + 1)) {
    if (!/[\w-]/.test(line.charAt(at + text.length))) return true;
  }
  return false;
}

/** `` `stored a` never, `stored b` twice and 3 more. `` */
function sayWrong(wrong: readonly { readonly text: string; readonly count: number }[]): string {
  const most = 3;
  const parts = wrong.slice(0, most).map(({ text, count }) => `${sayText(text)} ${sayTimes(count)}`);
  if (wrong.length > most) parts.push(`${wrong.length - most} more`);
  return `${sayList(parts)}.`;
}
