/** Options of event source mappings: what a form holds comes back from the API as it was set. */
import { expect, test } from 'vitest';
import {
  fieldsOf,
  filterMistake,
  newMapping,
  newOptionsOf,
  optionsOf,
  type MappingFields,
} from '../../src/lab/mapping-options.ts';
import { triggerCalls } from '../../src/lab/triggers.ts';
import { call, deploy, openStory, wait } from '../sandbox/lab/lab-story.ts';

const dead = 'arn:aws:sqs:us-east-1:123456789012:dead';

test.each([
  [
    'queue',
    'orders',
    {
      batchSize: '20',
      window: '5',
      maximumConcurrency: '7',
      reportsFailures: true,
      filters: '{"body":{"kind":["order"]}}\n{"body":{"kind":["gift"]}}',
    },
  ],
  [
    'stream',
    'clicks',
    {
      batchSize: '50',
      window: '1',
      retries: '3',
      maximumAge: '120',
      bisects: true,
      factor: '4',
      startingPosition: 'LATEST',
      onFailure: dead,
    },
  ],
] as const)('of a %s', async (kind, name, set) => {
  const fields: MappingFields = { ...newMapping, ...set };
  const story = await openStory([deploy('worker'), call('sqs', 'CreateQueue', { QueueName: 'dead' })]);
  const account = () => story.lab.look({ about: 'account' });
  for (const made of triggerCalls(
    { kind, functionName: 'worker', name, extra: '', options: fields },
    await account(),
  )) {
    expect((await story.do({ kind: 'call', call: made })).refusal).toBeUndefined();
  }
  const [mapping] = (await account()).mappings;
  if (mapping === undefined) throw new Error('There is no mapping.');
  const usual = kind === 'stream' ? { tumblingWindow: '0' } : {};
  expect(fieldsOf(mapping.configuration)).toEqual({ ...fields, ...usual });

  // Emptied, the options have their defaults again.
  // A mapping that is being made cannot be changed yet.
  await story.do(wait(15_000));
  const update = call('lambda', 'UpdateEventSourceMapping', {
    UUID: mapping.id,
    ...optionsOf({ ...newMapping, batchSize: '10', window: '0' }, kind),
  });
  expect((await story.do(update)).refusal).toBeUndefined();
  const after = fieldsOf((await account()).mappings[0]?.configuration ?? mapping.configuration);
  expect(after).toMatchObject({
    filters: '',
    reportsFailures: false,
    maximumConcurrency: '',
    retries: '',
    bisects: false,
    onFailure: '',
  });
});

test('a new mapping is told only what differs from the defaults', () => {
  expect(newOptionsOf(newMapping, 'stream')).toEqual({});
  expect(newOptionsOf({ ...newMapping, bisects: true, retries: '0' }, 'stream')).toEqual({
    MaximumRetryAttempts: 0,
    BisectBatchOnFunctionError: true,
  });
});

test('a pattern that is not JSON is named by its line', () => {
  expect(filterMistake('{"a":[1]}\n\n{"b":')).toBe(
    'Line 3 is not JSON. A pattern stands on one line, like {"body":{"kind":["order"]}}.',
  );
  expect(filterMistake(' ')).toBeUndefined();
});
