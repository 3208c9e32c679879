/** Which requests of a run an expectation is about. Pure. */
import type { RequestSelection } from '../../content/challenge-schema.ts';
import type { Finding } from './finding.ts';
import type { Observation, ObservedRequest } from './observation.ts';
import { sayCount, sayNumbers, sentence } from './words.ts';

interface Selected {
  readonly requests: readonly ObservedRequest[];
  /** How a sentence calls them: `every request`, `request 3`. */
  readonly name: string;
  /** A finding instead, when the run has not all of them. */
  readonly missing?: string;
}

/** All requests when `of` says nothing. */
export function select({ requests }: Observation, of: RequestSelection = 'all'): Selected {
  if (requests.length === 0) return { requests, name: 'every request', missing: 'There was no request.' };
  if (of === 'all') return { requests, name: requests.length === 1 ? 'the request' : 'every request' };
  if (of === 'last') return { requests: requests.slice(-1), name: 'the last request' };
  const numbers = numbersOf(of);
  const found = requests.filter(({ number }) => numbers.includes(number));
  const name = sayNumbers(numbers);
  if (found.length === numbers.length) return { requests: found, name };
  return {
    requests: found,
    name,
    missing: `There ${requests.length === 1 ? 'was' : 'were'} only ${sayCount(requests.length, 'request')}.`,
  };
}

function numbersOf(of: Exclude<RequestSelection, 'all' | 'last'>): readonly number[] {
  if (typeof of === 'number') return [of];
  if (typeof of !== 'string') return [...of].sort((a, b) => a - b);
  const [from = 1, to = from] = of.split('-').map(Number);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/**
 * The finding about requests that must all be so: `saw` is told of those that are not, or of all when all are.
 * `expected` is given the name of the requests.
 */
export function everyOf(
  observation: Observation,
  of: RequestSelection | undefined,
  expected: (name: string) => string,
  look: (request: ObservedRequest) => { readonly met: boolean; readonly saw: string },
): Finding {
  const { requests, name, missing } = select(observation, of);
  if (missing !== undefined) return { met: false, expected: expected(name), saw: missing };
  const looks = requests.map((request) => ({ number: request.number, ...look(request) }));
  const failing = looks.filter(({ met }) => !met);
  const told = failing.length > 0 ? failing : looks;
  const saw = observation.requests.length === 1 ? `${sentence(told[0]?.saw ?? '')}.` : sayTogether(told);
  return { met: failing.length === 0, expected: expected(name), saw };
}

/** What several requests were seen to do, those that did the same in one sentence; three sentences at most. */
function sayTogether(looks: readonly { readonly number: number; readonly saw: string }[]): string {
  const groups = [...Map.groupBy(looks, ({ saw }) => saw)];
  const most = 3;
  const sentences = groups.slice(0, most).map(([saw, members]) => {
    return `${sentence(sayNumbers(members.map(({ number }) => number)))}: ${saw}.`;
  });
  const rest = groups.slice(most).reduce((sum, [, members]) => sum + members.length, 0);
  return [...sentences, ...(rest > 0 ? [`And ${sayCount(rest, 'request')} more.`] : [])].join(' ');
}
