/** A run in one line, and the money curve of the part of it that is drawn. */
import { expect, test } from 'vitest';
import { defaultFacts } from '../../sandbox/default-facts.ts';
import { moneyOf } from '../../src/components/lab/window-money.ts';
import { summaryOf } from '../../src/components/lab/run-summary.ts';
import { priceFacts } from '../../src/components/runner/trace-readers.ts';
import { windowOf } from '../../src/lab/trace-window.ts';
import { call, deploy, invoke, openScripted, wait } from '../sandbox/lab/lab-story.ts';

const prices = priceFacts.flatMap((id) => defaultFacts.get(id) ?? []);

test('requests by their start, and what was refused', async () => {
  const story = await openScripted([deploy('hello')]);
  expect(summaryOf(story.events)).toBe('');
  await story.do(invoke('hello'));
  expect(summaryOf(story.events)).toBe('1 request: 1 cold');
  await story.do(wait(1000), invoke('hello'));
  await story.do(call('lambda', 'PutFunctionConcurrency', { FunctionName: 'hello', ReservedConcurrentExecutions: 0 }));
  await story.do(invoke('hello'));
  expect(summaryOf(story.events)).toBe('3 requests: 1 cold, 1 warm · 1 throttled');
});

test('the curve ends at the whole bill, also when its beginning is not drawn', async () => {
  const story = await openScripted([deploy('hello')]);
  for (let time = 0; time < 10; time += 1) await story.do(invoke('hello'), wait(1000));
  const { total } = story.last.bill;
  expect(moneyOf(story.events, prices, total).at(-1)?.amount).toBeCloseTo(total, 14);
  const { events } = windowOf(story.events, { requests: 3, events: 1000 });
  const points = moneyOf(events, prices, total);
  expect(points.at(-1)?.amount).toBeCloseTo(total, 14);
  expect(points[0]?.amount).toBeGreaterThan(total / 2);
});
