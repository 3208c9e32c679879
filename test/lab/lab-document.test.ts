/** A saved lab: read whole or refused with the place of the mistake, and the same account when it is opened again. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LabAction } from '../../sandbox/lab/lab.types.ts';
import { followedBy } from '../../src/lab/action-list.ts';
import { readDocument, readDocumentText, type LabDocument } from '../../src/lab/lab-document.ts';
import { isLabLink, longestLabLink, readLabLink, writeLabLink } from '../../src/lab/lab-link.ts';
import { call, deploy, functionOf, invoke, openScripted, start, wait } from '../sandbox/lab/lab-story.ts';

const document: LabDocument = {
  format: 'coldstart-lab',
  version: 1,
  title: 'Orders',
  scenario: 'canary',
  start,
  actions: [
    deploy('hello', undefined, { MemorySize: 256, Environment: { Variables: { STAGE: 'dev' } }, policy: '{}' }),
    call('sqs', 'CreateQueue', { QueueName: 'orders', Attributes: { DelaySeconds: '5' } }),
    { ...invoke('hello:live', { a: [1, null] }), count: 3, hold: true } as LabAction,
    { kind: 'outage', service: 'sqs', operation: 'SendMessage', times: 2 },
    {
      kind: 'workload',
      workload: {
        name: 'w',
        count: 10,
        milliseconds: 1000,
        arrivals: 'even',
        target: { call: { service: 'sqs', operation: 'SendMessage', input: { MessageBody: '{n}' } } },
      },
    },
    { kind: 'stop', workload: 'w' },
    wait(1234.567),
  ],
  freeTier: true,
  events: { hello: [{ name: 'order', text: '{ not json' }] },
  drafts: { hello: { 'index.mjs': '// typed' } },
};

const messageOf = (value: unknown): string => {
  const read = readDocument(value);
  return read.ok ? 'accepted' : read.message;
};
const changed = (change: (copy: Record<string, unknown>) => void): unknown => {
  const copy = structuredClone(document) as unknown as Record<string, unknown>;
  change(copy);
  return copy;
};

test('what was written is read again, unchanged', () => {
  expect(readDocumentText(JSON.stringify(document))).toEqual({ ok: true, document });
});

test.each<[string, unknown, string | RegExp]>([
  ['nothing', null, 'It does not say that it is one ("format": "coldstart-lab").'],
  ['a list', [document], 'It does not say that it is one ("format": "coldstart-lab").'],
  ['another kind of file', { format: 'coldstart-record', version: 1 }, /^It does not say that it is one/],
  ['no version', { ...document, version: undefined }, 'Its version is missing; this page reads version 1.'],
  ['an older version', { ...document, version: 0 }, 'Its version is 0; this page reads version 1.'],
  [
    'a newer version',
    { ...document, version: 2 },
    'It was made by a newer version of this page (2). Reload the page and try again.',
  ],
  ['no actions', { ...document, actions: undefined }, 'actions must be of the kind array.'],
  ['an unknown member', { ...document, more: 1 }, 'It has something unknown: more.'],
  [
    'an action of no known kind',
    { ...document, actions: [{ kind: 'hack' }] },
    'actions[0].kind is an action of no known kind.',
  ],
  [
    'a wait that is text',
    { ...document, actions: [{ kind: 'wait', milliseconds: 'x' }] },
    'actions[0].milliseconds must be of the kind number.',
  ],
  ['a wait that never ends', { ...document, actions: [wait(Infinity)] }, /^actions\[0\]\.milliseconds /],
  ['a wait back', { ...document, actions: [wait(-1)] }, /^actions\[0\]\.milliseconds /],
  [
    'a file outside of the function',
    { ...document, actions: [{ kind: 'deploy', function: { ...functionOf('f'), Files: { '../x.mjs': '' } } }] },
    /^actions\[0\]\.function\.Files\.\.\.\/x\.mjs /,
  ],
  ['too many actions', { ...document, actions: Array.from({ length: 20_001 }, () => wait(1)) }, /^actions /],
  ['a start that is no time', changed((copy) => (copy['start'] = { seed: 7, startTime: 'now' })), /^start\.startTime /],
  [
    'a file of a million characters',
    { ...document, drafts: { hello: { 'index.mjs': 'x'.repeat(1_000_000) } } },
    /^drafts\.hello\.index\.mjs /,
  ],
])('%s is refused with its place', (_what, value, message) => {
  expect(messageOf(value)).toMatch(message);
});

test('a member __proto__ is refused wherever it stands', () => {
  const json = JSON.stringify(document).replace('"QueueName"', '"__proto__":{"x":1},"QueueName"');
  const read = readDocumentText(json);
  expect(read).toEqual({
    ok: false,
    message: 'actions.1.call.input has a member named __proto__, which no lab has.',
  });
  expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
});

test('a file that was cut at any place is refused, and never throws', () => {
  const json = JSON.stringify(document);
  for (let length = 0; length < json.length; length += 37)
    expect(readDocumentText(json.slice(0, length)).ok).toBe(false);
});

test('any JSON at all is read or refused, and never throws', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom('actions', 'start', 'events', 'drafts', 'title'), (value, member) => {
      const read = readDocument({ ...document, [member]: value });
      if (!read.ok) expect(read.message).toMatch(/\.$/);
    }),
  );
});

test('a link brings the same lab; a long one says how long; a cut or altered one is refused', () => {
  const written = writeLabLink(document);
  if (!written.ok) throw new Error('It should fit.');
  expect(isLabLink(written.hash)).toBe(true);
  expect(readLabLink(written.hash)).toEqual({ ok: true, document });
  expect(readLabLink(written.hash.slice(0, -20))).toMatchObject({ ok: false });
  expect(readLabLink(written.hash.replace('#lab=1.', '#lab=9.'))).toMatchObject({
    message: 'It was made by another version of this page. Reload the page and try again.',
  });
  const random = Array.from({ length: 40_000 }, (_, index) => String.fromCharCode(33 + ((index * 7919) % 90))).join('');
  const noise = [...random].map((letter, index) => letter + String((index * 48_271) % 65_537)).join('');
  const large = writeLabLink({ ...document, drafts: { hello: { 'index.mjs': noise } } });
  expect(large.ok).toBe(false);
  if (!large.ok) expect(large.length).toBeGreaterThan(longestLabLink);
});

test('waits that follow one another are one', () => {
  expect(followedBy([wait(5)], [wait(0), wait(10.5), invoke('a'), wait(1)])).toEqual([
    wait(15.5),
    invoke('a'),
    wait(1),
  ]);
});

const anyAction = fc.oneof(
  fc.nat(3_000_000).map((microseconds) => wait(microseconds / 1000)),
  fc.constantFrom(invoke('a'), invoke('b'), { ...invoke('a'), hold: true } as LabAction),
  fc.constantFrom(deploy('b'), deploy('a', undefined, { MemorySize: 512 })),
  fc.constantFrom(
    call('sqs', 'CreateQueue', { QueueName: 'q' }),
    call('sqs', 'SendMessage', { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/q', MessageBody: 'm' }),
  ),
);

test('export, wipe, import gives the same account, byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyAction, { maxLength: 16 }), async (actions) => {
      const story = await openScripted([deploy('a')]);
      for (const action of actions) {
        await story.do(action);
        // Steps leave waits of odd lengths.
        story.take(await story.lab.step());
      }
      const saved: LabDocument = { ...document, actions: followedBy([], story.done) };
      const read = readDocumentText(JSON.stringify(saved));
      if (!read.ok) throw new Error(read.message);
      const again = await openScripted(read.document.actions);
      expect(await again.bytes()).toBe(await story.bytes());
      story.lab.close();
      again.lab.close();
    }),
    { numRuns: 40 },
  );
});
