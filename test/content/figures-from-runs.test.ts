/** Figures that draw what a lesson's recorded run measured. */
import { expect, it } from 'vitest';
import { countRequests } from '../../src/components/figures/count-requests.ts';
import { waterfall } from '../../src/components/figures/waterfall.ts';
import { buildRunner } from '../../src/components/runner/build-runner.ts';

const trace = async (lesson: string, name: string) =>
  (await buildRunner({ folder: `content/lessons/08-operating/${lesson}`, name, owner: 'test', compact: false }))
    .recorded.trace;

it('the waterfall of an order has the lines that the function reads from X-Ray', async () => {
  const bars = waterfall(await trace('02-tracing', 'detective'), ['checkout', 'price']);

  expect(bars.map(({ name, kind, ms }) => [name, kind, ms])).toEqual([
    ['checkout', 'segment', 1419],
    ['Initialization', 'init', 233],
    ['Invocation', 'run', 1186],
    ['Lambda', 'call', 1115],
    ['DynamoDB', 'call', 15],
    ['SQS', 'call', 19],
    ['price', 'segment', 1036],
    ['Initialization', 'init', 132],
    ['Invocation', 'run', 902],
  ]);
});

it('the bars of price lie inside the call that checkout makes', async () => {
  const bars = waterfall(await trace('02-tracing', 'detective'), ['checkout', 'price']);
  const ends = (name: string) => bars.filter((bar) => bar.name === name).map(({ from, ms }) => [from, from + ms]);

  expect(ends('Lambda')).toEqual([[246, 1361]]);
  expect(ends('price')).toEqual([[320, 1356]]);
});

it('of twenty orders five are refused, fifteen run and one of these fails', async () => {
  const { sent, throttled, failed, durations } = countRequests(await trace('01-metrics-and-alarms', 'figures'), 'shop');

  expect({ sent, throttled, failed, ran: durations.length }).toEqual({ sent: 20, throttled: 5, failed: 1, ran: 15 });
  expect(Math.round(durations.reduce((sum, ms) => sum + ms, 0) / 15)).toBe(276);
});
