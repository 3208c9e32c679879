/** What came back for the HTTP requests of the run: `response: { status: 400, at: message, equals: … }`. */
import type { HttpRequestAnswered } from '../../../sandbox/trace.ts';
import type { Judge } from '../finding.ts';
import { valueAt } from '../observation.ts';
import { sayCount, sayList, sayText, sentence } from '../words.ts';
import { holds, sayFound, sayWanted } from './compare.ts';

export const judgeResponse: Judge<'response'> = ({ response: wanted, of = 'all' }, { trace }) => {
  const all = trace.filter((event): event is HttpRequestAnswered => event.type === 'httpRequestAnswered');
  const name = of === 'all' ? 'every response' : of === 'last' ? 'the last response' : `response ${of}`;
  const body = sayWanted(wanted);
  const what = wanted.at === undefined ? 'the body' : `\`${wanted.at}\` of the body`;
  const parts = [
    ...(wanted.status === undefined ? [] : [`the status is \`${wanted.status}\``]),
    ...(body.length === 0 ? [] : [`${what} is ${body.join(' and ')}`]),
  ];
  const expected = `In ${name}, ${sayList(parts)}.`;
  const chosen = of === 'all' ? all : of === 'last' ? all.slice(-1) : all.slice(of - 1, of);
  if (chosen.length === 0) return { met: false, expected, saw: `${sentence(sayResponses(all.length))}.` };
  const failing = chosen.filter((response) => !meetsWanted(response, wanted));
  const told = failing.length > 0 ? failing : chosen;
  const most = 3;
  const saw = told.slice(0, most).map((response) => sayResponse(response, wanted));
  const more = told.length > most ? `, and ${told.length - most} more` : '';
  return { met: failing.length === 0, expected, saw: `${sentence(saw.join('; '))}${more}.` };
};

type Wanted = Parameters<Judge<'response'>>[0]['response'];

function meetsWanted({ statusCode, body }: HttpRequestAnswered, wanted: Wanted): boolean {
  return (
    (wanted.status === undefined || wanted.status === statusCode) && holds(valueAt(parse(body), wanted.at), wanted)
  );
}

function sayResponse({ statusCode, body }: HttpRequestAnswered, wanted: Wanted): string {
  if (sayWanted(wanted).length === 0)
    return body === '' ? `\`${statusCode}\`` : `\`${statusCode}\` with ${sayText(body)}`;
  const whole = parse(body);
  return `\`${statusCode}\` with ${sayFound(valueAt(whole, wanted.at), whole, wanted)}`;
}

const sayResponses = (count: number): string =>
  count === 0
    ? 'there was no HTTP response'
    : `there ${count === 1 ? 'was' : 'were'} only ${sayCount(count, 'response')}`;

/** JSON as a value, other text as it is. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
