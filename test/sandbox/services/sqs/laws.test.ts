/** Laws of queues, whatever consumers do: nothing is lost, nothing comes back after it was deleted, groups keep their order. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { call, refusal } from '../host.ts';
import { begin, redrive } from './story.ts';

type Step =
  | { readonly type: 'send'; readonly group: string; readonly delay: number }
  | { readonly type: 'receive'; readonly count: number; readonly visibility: number }
  | { readonly type: 'delete' | 'give back'; readonly which: number }
  | { readonly type: 'wait'; readonly seconds: number };

const steps = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        type: fc.constant('send' as const),
        group: fc.constantFrom('a', 'b', 'c'),
        delay: fc.constantFrom(0, 0, 3),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        type: fc.constant('receive' as const),
        count: fc.integer({ min: 1, max: 4 }),
        visibility: fc.constantFrom(0, 2, 10),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ type: fc.constantFrom('delete' as const, 'give back' as const), which: fc.nat(5) }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('wait' as const), seconds: fc.constantFrom(0, 1, 5) }) },
  ),
  { minLength: 20, maxLength: 60, size: 'max' },
) satisfies fc.Arbitrary<Step[]>;

interface Fate {
  readonly id: string;
  readonly group: string;
  deleted: boolean;
  received: number;
}

/** Plays the steps; says of each message what became of it, and in which batches messages came. */
function play(steps: readonly Step[], isFifo: boolean) {
  const { sqs, host, url, create, send, receive, delete: remove, seconds } = begin();
  const [orders, failed] = isFifo ? ['orders.fifo', 'failed.fifo'] : ['orders', 'failed'];
  create(failed);
  create(orders, { RedrivePolicy: redrive(failed, 3) });
  const fates: Fate[] = [];
  const handles: { readonly fate: Fate; readonly handle: string }[] = [];
  const inQueue = (name: string): string[] => {
    const queue = sqs.queue(`arn:aws:sqs:us-east-1:123456789012:${name}`);
    return fates.filter(({ id }) => queue?.find(id) !== undefined).map(({ id }) => id);
  };
  for (const step of steps) {
    if (step.type === 'send') {
      const fifo = { MessageGroupId: step.group, MessageDeduplicationId: `${fates.length}` };
      const id = send(orders, `${fates.length}`, isFifo ? fifo : { DelaySeconds: step.delay });
      fates.push({ id, group: step.group, deleted: false, received: 0 });
    } else if (step.type === 'receive') {
      const batch = receive(orders, { MaxNumberOfMessages: step.count, VisibilityTimeout: step.visibility });
      for (const [index, message] of batch.entries()) {
        const fate = fates.find(({ id }) => id === message.MessageId);
        if (fate === undefined) throw new Error('An unknown message.');
        expect(fate.deleted, 'received after it was deleted').toBe(false);
        fate.received += 1;
        expect(fate.received, 'received too often').toBeLessThanOrEqual(3);
        handles.push({ fate, handle: message.ReceiptHandle });
        if (!isFifo) continue;
        // What was sent to the group before is gone, or came in this batch before it.
        const before = batch.slice(0, index).map(({ MessageId }) => MessageId);
        const waiting = inQueue(orders).filter((id) => fates.find((one) => one.id === id)?.group === fate.group);
        const earlier = waiting.slice(0, waiting.indexOf(fate.id));
        expect(before).toEqual(expect.arrayContaining(earlier));
      }
    } else if (step.type === 'wait') {
      seconds(step.seconds);
    } else if (handles.length > 0) {
      const { fate, handle } = handles.at(-1 - (step.which % handles.length)) ?? { fate: undefined, handle: '' };
      if (step.type === 'give back') {
        refusal(() =>
          call(sqs.operations.ChangeMessageVisibility, {
            QueueUrl: url(orders),
            ReceiptHandle: handle,
            VisibilityTimeout: 0,
          }),
        );
      } else {
        refusal(() => remove(orders, { MessageId: '', MD5OfBody: '', Body: '', ReceiptHandle: handle }));
        if (fate !== undefined && !inQueue(orders).includes(fate.id) && !inQueue(failed).includes(fate.id))
          fate.deleted = true;
      }
    }
    const kept = [...inQueue(orders), ...inQueue(failed)];
    const gone = fates.filter(({ deleted }) => deleted).map(({ id }) => id);
    expect([...kept, ...gone].sort(), 'each is in one place').toEqual(fates.map(({ id }) => id).sort());
  }
  return {
    host,
    fates,
    inQueue: () => inQueue(orders),
    inDeadLetterQueue: () => inQueue(failed),
    receive,
    seconds,
    orders,
  };
}

test.each([
  ['standard', false],
  ['FIFO', true],
])('of %s queues', (_, isFifo) => {
  let deleted = 0;
  let dead = 0;
  fc.assert(
    fc.property(steps, (story) => {
      const { fates, inQueue, inDeadLetterQueue, receive, seconds, orders } = play(story, isFifo);
      deleted += fates.filter((fate) => fate.deleted).length;
      // Received often enough without being deleted, everything that is left ends in the dead-letter queue.
      for (let round = 0; round < 60; round += 1) {
        seconds(10);
        receive(orders);
      }
      expect(inQueue()).toEqual([]);
      dead += inDeadLetterQueue().length;
      const sent = fates.length;
      expect(inDeadLetterQueue().length + fates.filter((fate) => fate.deleted).length).toBe(sent);
    }),
    { numRuns: 150, seed: 2 },
  );
  expect(deleted).toBeGreaterThan(200);
  expect(dead).toBeGreaterThan(200);
});
