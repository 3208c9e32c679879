/** How often the function calls an API: `calls: dynamodb PutItem, times: 1`. */
import type { ServiceCalled } from '../../../sandbox/trace.ts';
import type { Judge } from '../finding.ts';
import { select } from '../selection.ts';
import { meets, sayCount, sayList, sayTimes } from '../words.ts';

export const judgeCalls: Judge<'calls'> = ({ calls, times, failed, of }, observation) => {
  const { requests, name, missing } = select(observation, of);
  const ids = new Set(requests.map(({ requestId }) => requestId));
  const [service, operation = ''] = calls.split(' ');
  const made = observation.trace.filter(
    (event): event is ServiceCalled =>
      event.type === 'serviceCalled' &&
      event.environmentId !== undefined &&
      event.service === service &&
      event.operation === operation &&
      (of === undefined || ids.has(event.requestId ?? '')),
  );
  const counted = failed ? made.filter(({ errorName }) => errorName !== undefined) : made;
  const often = sayTimes(times);
  const verb = failed
    ? often === 'never'
      ? 'never fails'
      : `fails ${often}`
    : often === 'never'
      ? 'is never called'
      : `is called ${often}`;
  const where = of === undefined ? '' : ` in ${of === 'all' ? 'the requests' : name}`;
  const expected = `\`${operation}\` of ${service} ${verb}${where}.`;
  if (missing !== undefined && of !== undefined) return { met: false, expected, saw: missing };
  return { met: meets(times, counted.length), expected, saw: sayCalls(made) };
};

/** `3 calls, one of which failed with ThrottlingException.` */
function sayCalls(made: readonly ServiceCalled[]): string {
  if (made.length === 0) return 'No such call.';
  const errors = Map.groupBy(
    made.filter(({ errorName }) => errorName !== undefined),
    ({ errorName }) => errorName ?? '',
  );
  const parts = [...errors].map(([error, failures]) => `${failures.length} failed with \`${error}\``);
  return `${sayCount(made.length, 'call')}${parts.length === 0 ? '' : `; ${sayList(parts)}`}.`;
}
