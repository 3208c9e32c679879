/** The part of a long trace that is drawn. */
import { expect, test } from 'vitest';
import type { TraceEvent } from '../../sandbox/trace.ts';
import { windowOf } from '../../src/lab/trace-window.ts';
import { deploy, invoke, openScripted, wait } from '../sandbox/lab/lab-story.ts';

const requests = (events: readonly TraceEvent[]): number =>
  events.filter(({ type }) => type === 'requestArrived').length;

test('a short trace is whole; of a long one the newest requests stay, with the environments that serve them', async () => {
  const story = await openScripted([deploy('hello')]);
  for (let time = 0; time < 12; time += 1) await story.do(invoke('hello'), wait(1000));
  expect(windowOf(story.events)).toEqual({ events: story.events, isCut: false });
  const { events, isCut } = windowOf(story.events, { requests: 5, events: 1000 });
  expect(isCut).toBe(true);
  expect(requests(events)).toBe(5);
  expect(events[0]).toMatchObject({ type: 'environmentCreated' });
  expect(events.at(-1)).toBe(story.events.at(-1));
  expect(windowOf(story.events, { requests: 100, events: 20 }).events.length).toBeLessThanOrEqual(21);
});
