/** Laws of mappings, whatever the function does: nothing is lost, order is kept where it is promised, same seed, same bytes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { begin, contentOf, queueArn, streamArn, type FunctionEvent, type Scripted } from './story.ts';

/** A number from 0 to 1 that depends on the texts only. */
function chance(...texts: (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const character of texts.join(' ')) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}

/** A function that fails, is throttled and is slow by chance; `poison` it always fails. */
function moody(seed: number, poison: (data: string) => boolean, reports: boolean) {
  let count = 0;
  return (event: FunctionEvent): Scripted => {
    count += 1;
    const data = event.Records.map(contentOf);
    const ms = Math.ceil(chance(seed, 'ms', count) * 3000);
    if (chance(seed, 'throttle', count, data.length) < 0.1) return { throttle: true };
    const bad = event.Records.filter((record) => {
      const text = contentOf(record);
      return poison(text) || chance(seed, text, count) < 0.15;
    });
    if (!reports) return { ms, error: bad.length > 0 };
    const identifiers = bad.map(({ messageId, kinesis }) => messageId ?? kinesis?.sequenceNumber);
    return { ms, result: { batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })) } };
  };
}

const stream = fc.record({
  seed: fc.nat(1e6),
  keys: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 5, maxLength: 40, size: 'max' }),
  gaps: fc.array(fc.constantFrom(0, 0, 0, 0.4, 2, 30), { minLength: 1, maxLength: 10 }),
  shards: fc.integer({ min: 1, max: 3 }),
  BatchSize: fc.integer({ min: 1, max: 8 }),
  MaximumBatchingWindowInSeconds: fc.constantFrom(0, 0, 5),
  ParallelizationFactor: fc.constantFrom(1, 2, 5),
  BisectBatchOnFunctionError: fc.boolean(),
  reports: fc.boolean(),
  givesUp: fc.boolean(),
});

test('every record of a stream is processed or given up, in the order of its key', () => {
  let givenUp = 0;
  let failures = 0;
  fc.assert(
    fc.property(stream, ({ seed, keys, gaps, shards, reports, givesUp, ...options }) => {
      const story = begin();
      story.createStream(shards);
      story.answer(moody(seed, (data) => givesUp && data.endsWith('3'), reports));
      story.map({
        EventSourceArn: streamArn,
        StartingPosition: 'TRIM_HORIZON',
        ...options,
        ...(givesUp ? { MaximumRetryAttempts: 2 } : {}),
        ...(reports ? { FunctionResponseTypes: ['ReportBatchItemFailures'] } : {}),
      });
      const put = keys.map((key, index) => ({ key, data: `${key}${index}` }));
      put.forEach(({ key, data }, index) => {
        story.put([key, data]);
        story.seconds(gaps[index % gaps.length] ?? 0);
      });
      story.host.clock.advance({ hours: 5 });

      const number = new Map(story.eventsOf('recordPut').map(({ sequenceNumber }, index) => [sequenceNumber, index]));
      const done = new Set<number>();
      const batches = new Map<number, readonly number[]>();
      for (const event of story.host.events) {
        if (event.type === 'batchStarted') {
          const items = event.items.map((item) => number.get(item) ?? -1);
          batches.set(event.batch, items);
          items.forEach((item, place) => {
            // What came before with the same key is done, or stands before it in the batch.
            const before = put.flatMap(({ key }, index) => (index < item && key === put[item]?.key ? [index] : []));
            const open = before.filter((index) => !done.has(index));
            expect(items.slice(0, place)).toEqual(expect.arrayContaining(open));
          });
        } else if (event.type === 'batchEnded') {
          const items = batches.get(event.batch) ?? [];
          if (event.outcome !== 'success') failures += 1;
          // Those before the first failed one are done; those behind it are done again.
          for (const item of items.slice(0, items.length - event.failed)) done.add(item);
          const isGivenUp = event.outcome !== 'success' && event.retryAt === undefined;
          if (!isGivenUp) continue;
          givenUp += event.failed;
          for (const item of items.slice(items.length - event.failed)) done.add(item);
        }
      }
      expect([...done].sort((a, b) => a - b)).toEqual(put.map((_, index) => index));
      expect(givesUp || story.eventsOf('recordsDiscarded').length === 0).toBe(true);
      expect(story.host.clock.pending).toBe(0);
    }),
    { numRuns: 150, seed: 4 },
  );
  expect(givenUp).toBeGreaterThan(50);
  expect(failures).toBeGreaterThan(1000);
});

const queue = fc.record({
  seed: fc.nat(1e6),
  isFifo: fc.boolean(),
  groups: fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 5, maxLength: 40, size: 'max' }),
  gaps: fc.array(fc.constantFrom(0, 0, 0.5, 12), { minLength: 1, maxLength: 10 }),
  BatchSize: fc.integer({ min: 1, max: 10 }),
  window: fc.constantFrom(0, 0, 5),
  concurrency: fc.constantFrom(undefined, 2),
  reports: fc.boolean(),
});

test('every message of a queue ends deleted or in the dead-letter queue, and never comes again after it was deleted', () => {
  let dead = 0;
  let deleted = 0;
  fc.assert(
    fc.property(queue, ({ seed, isFifo, groups, gaps, BatchSize, window, concurrency, reports }) => {
      const story = begin();
      const [orders, failed] = isFifo ? ['orders.fifo', 'failed.fifo'] : ['orders', 'failed'];
      story.createQueue(failed);
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn(failed), maxReceiveCount: 4 });
      story.createQueue(orders, { VisibilityTimeout: '10', RedrivePolicy });
      story.answer(moody(seed, (body) => body.endsWith('3'), reports));
      story.map({
        EventSourceArn: queueArn(orders),
        BatchSize,
        ...(isFifo ? {} : { MaximumBatchingWindowInSeconds: window }),
        ...(concurrency === undefined ? {} : { ScalingConfig: { MaximumConcurrency: concurrency } }),
        ...(reports ? { FunctionResponseTypes: ['ReportBatchItemFailures'] } : {}),
      });
      groups.forEach((group, index) => {
        story.send(`${group}${index}`, { queue: orders, ...(isFifo ? { MessageGroupId: group } : {}) });
        story.seconds(gaps[index % gaps.length] ?? 0);
      });
      story.host.clock.advance({ hours: 5 });

      const gone = new Set<string>();
      let running = 0;
      for (const event of story.host.events) {
        if (event.type === 'messageDeleted') gone.add(event.messageId);
        if (event.type === 'messageReceived') expect(gone.has(event.messageId)).toBe(false);
        if (event.type === 'batchStarted' && event.attempt === 1) running += 1;
        if (event.type === 'batchEnded' && event.retryAt === undefined) running -= 1;
        expect(running).toBeLessThanOrEqual(concurrency ?? 1250);
      }
      const deadLetters = story.sqs.queue(queueArn(failed))?.counts.visible ?? 0;
      expect(story.counts(orders)).toBe('0 0 0');
      expect(gone.size + deadLetters).toBe(groups.length);
      expect(story.host.clock.pending).toBeLessThanOrEqual(2);
      dead += deadLetters;
      deleted += gone.size;
      if (isFifo) expectGroupOrder(story.invocations.map(({ event }) => event.Records.map(contentOf)));
    }),
    { numRuns: 150, seed: 9 },
  );
  expect(dead).toBeGreaterThan(100);
  expect(deleted).toBeGreaterThan(1000);
});

/** The first time that a message reaches the function, all of its group before it have been there. */
function expectGroupOrder(batches: readonly (readonly string[])[]): void {
  const last = new Map<string, number>();
  for (const body of batches.flat()) {
    const [group, index] = [body.charAt(0), Number(body.slice(1))];
    const seen = last.get(group) ?? -1;
    if (index > seen) last.set(group, index);
  }
  const first = new Set<string>();
  const order = batches.flat().filter((body) => !first.has(body) && first.add(body));
  for (const group of ['a', 'b', 'c']) {
    const numbers = order.filter((body) => body.startsWith(group)).map((body) => Number(body.slice(1)));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  }
}

test('the same seed gives the same bytes', () => {
  const run = (seed: number): string => {
    const story = begin(seed);
    story.createQueue();
    story.createStream(2);
    story.answer(moody(1, () => false, false));
    story.map({});
    story.map({ EventSourceArn: streamArn, StartingPosition: 'LATEST', ParallelizationFactor: 3 });
    for (let index = 0; index < 20; index += 1) {
      story.send(`${index}`);
      story.put([`${index}`, 'x']);
    }
    story.host.clock.advance({ hours: 1 });
    return JSON.stringify([story.host.events, story.invocations]);
  };
  expect(run(3)).toBe(run(3));
  expect(run(3)).not.toBe(run(4));
});
