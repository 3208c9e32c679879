/** Triggers that the lab adds: set up by their calls, and fired, each reaches the function. */
import { expect, test } from 'vitest';
import type { LabAction } from '../../sandbox/lab/lab.types.ts';
import { shotsOf, single } from '../../src/lab/shots.ts';
import { triggerCalls, triggerFields, triggerKinds, type TriggerKind } from '../../src/lab/triggers.ts';
import { eventTemplates } from '../../src/lab/event-templates.ts';
import { deploy, openStory, wait } from '../sandbox/lab/lab-story.ts';

/** What fires each of them; a schedule fires by itself. */
const shotFor: Readonly<Record<TriggerKind, string | undefined>> = {
  queue: 'sqs orders',
  bucket: 's3 photos',
  schedule: undefined,
  topic: 'sns news',
  stream: 'kinesis clicks',
  table: 'dynamodb profiles',
  'event bus': 'events',
  'HTTP API': 'POST HTTP API shop',
  'REST API': 'GET REST API shop, prod',
  'load balancer': 'POST load balancer shop',
  'function URL': 'GET function URL of hello',
};

test.each(triggerKinds)('%s', async (kind) => {
  const story = await openStory([
    deploy('hello', "export const handler = async (event) => { console.log(event); return 'Hello'; };"),
  ]);
  const { usual: name, usualExtra: extra = '' } = triggerFields[kind];
  const before = await story.lab.look({ about: 'account' });
  for (const call of triggerCalls({ kind, functionName: 'hello', name, extra }, before)) {
    expect((await story.do({ kind: 'call', call })).refusal).toBeUndefined();
  }
  await story.do(wait(60_000));
  const id = shotFor[kind];
  if (id !== undefined) {
    const shot = shotsOf(await story.lab.look({ about: 'account' })).find((each) => each.id === id);
    if (shot === undefined) throw new Error(`There is no ${id}.`);
    const fired = single(shot.make(shot.usual, shot.key?.usual ?? ''));
    const action: LabAction =
      'call' in fired ? { kind: 'call', call: fired.call } : { kind: 'request', request: fired.request };
    expect((await story.do(action)).refusal).toBeUndefined();
  }
  await story.do(wait(3_700_000));
  expect(story.count('invocationStarted')).toBeGreaterThanOrEqual(1);
  expect(story.count('responseSent')).toBe(story.count('invocationStarted'));
  // Nothing comes a second time.
  if (kind !== 'schedule') expect(story.count('invocationStarted')).toBe(1);
});

test('every template is an event that a handler can take', async () => {
  const story = await openStory([
    deploy('hello', 'export const handler = async (event) => Object.keys(event).length;'),
  ]);
  for (const { event } of eventTemplates) {
    await story.do({ kind: 'invoke', functionName: 'hello', payload: JSON.stringify(event) });
    expect(story.last.events.find(({ type }) => type === 'responseSent')).toMatchObject({
      payload: String(Object.keys(event as object).length),
    });
  }
  expect(new Set(eventTemplates.map(({ name }) => name)).size).toBe(eventTemplates.length);
});

test('requests over HTTP: an answer, one that waits until time passes, a workload, and an address where nothing is', async () => {
  const story = await openStory([
    deploy('hello', `export const handler = async ({ rawPath }) => ({ statusCode: 201, body: rawPath });`),
  ]);
  const account = await story.lab.look({ about: 'account' });
  for (const call of triggerCalls({ kind: 'HTTP API', functionName: 'hello', name: 'shop', extra: '' }, account)) {
    await story.do({ kind: 'call', call });
  }
  const request = { url: '{api1.ApiEndpoint}/orders/1' };
  const { responses } = await story.do({ kind: 'request', request });
  expect(responses).toMatchObject([{ status: 201, body: '/orders/1' }]);
  await story.do({ kind: 'request', request, hold: true });
  expect(story.last.responses).toEqual([]);
  const workload = { name: 'w', count: 5, milliseconds: 1000, arrivals: 'even' as const, target: { request } };
  await story.do({ kind: 'workload', workload }, wait(5000));
  expect(story.count('httpRequestAnswered')).toBe(7);
  const { refusal } = await story.do({ kind: 'request', request: { url: 'https://nowhere.example/' } });
  expect(refusal).toMatchObject({ name: 'UnknownAddressError' });
});
