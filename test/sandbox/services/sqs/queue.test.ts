/** Queues on the virtual clock: sent, hidden, received again, given up, moved, expired. */
import { describe, expect, test } from 'vitest';
import { call, refusal, start } from '../host.ts';
import { arn, begin, redrive } from './story.ts';

describe('visibility', () => {
  test('a message that is received is hidden until it is deleted', () => {
    const { create, send, receive, bodies, delete: remove, counts, seconds } = begin();
    create('orders');
    send('orders', 'one');
    const [message] = receive('orders');
    expect(message?.Body).toBe('one');
    expect(counts('orders')).toBe('0 1 0');
    seconds(29);
    expect(bodies('orders')).toEqual([]);
    remove('orders', message);
    seconds(60);
    expect(bodies('orders')).toEqual([]);
    expect(counts('orders')).toBe('0 0 0');
  });

  test('who does not delete it in time gets it again', () => {
    const { host, create, send, receive, seconds } = begin();
    create('orders');
    send('orders', 'one');
    receive('orders');
    seconds(30);
    const [again] = receive('orders', { AttributeNames: ['All'] });
    expect(again).toMatchObject({ Body: 'one', Attributes: { ApproximateReceiveCount: '2' } });
    expect(host.story('cause')).toEqual([
      'messageSent',
      'messageReceived',
      'messageReturned timeout',
      'messageReceived',
    ]);
  });

  test('the visibility timeout counts from each change, and 0 gives the message back', () => {
    const { sqs, url, create, send, receive, bodies, seconds } = begin();
    create('orders');
    send('orders', 'one');
    const [message] = receive('orders');
    const change = (timeout: number): unknown =>
      call(sqs.operations.ChangeMessageVisibility, {
        QueueUrl: url('orders'),
        ReceiptHandle: message?.ReceiptHandle ?? '',
        VisibilityTimeout: timeout,
      });
    seconds(20);
    change(60);
    seconds(59);
    expect(bodies('orders')).toEqual([]);
    change(0);
    expect(bodies('orders')).toEqual(['one']);
  });

  test('an old receipt handle deletes nothing once the message was received again', () => {
    const { create, send, receive, delete: remove, counts, seconds } = begin();
    create('orders');
    send('orders', 'one');
    const [first] = receive('orders');
    seconds(30);
    const [second] = receive('orders');
    remove('orders', first);
    expect(counts('orders')).toBe('0 1 0');
    remove('orders', second);
    expect(counts('orders')).toBe('0 0 0');
    remove('orders', second);
  });

  test('the handle still deletes after the timeout, as long as nobody received the message again', () => {
    const { create, send, receive, delete: remove, counts, seconds } = begin();
    create('orders');
    send('orders', 'one');
    const [message] = receive('orders');
    seconds(45);
    remove('orders', message);
    expect(counts('orders')).toBe('0 0 0');
  });
});

describe('delay', () => {
  test('of a queue and of a message', () => {
    const { create, send, bodies, counts, seconds } = begin();
    create('orders', { DelaySeconds: '10' });
    send('orders', 'ten');
    send('orders', 'now', { DelaySeconds: 0 });
    send('orders', 'twenty', { DelaySeconds: 20 });
    expect(counts('orders')).toBe('1 0 2');
    expect(bodies('orders')).toEqual(['now']);
    seconds(10);
    expect(bodies('orders')).toEqual(['ten']);
    seconds(10);
    expect(bodies('orders')).toEqual(['twenty']);
  });
});

describe('long polling', () => {
  const wait = { MaxNumberOfMessages: 10, WaitTimeSeconds: 20 };

  test('answers as soon as a message comes', () => {
    const { host, sqs, url, create, send, seconds } = begin();
    create('orders');
    const answer = start(host, sqs.operations.ReceiveMessage, { QueueUrl: url('orders'), ...wait });
    seconds(7);
    expect(answer.value).toBeUndefined();
    send('orders', 'one');
    seconds(0);
    expect(answer.value?.Messages?.map(({ Body }) => Body)).toEqual(['one']);
    expect(answer.at).toBe(host.clock.now);
  });

  test('answers empty when nothing comes, and then takes no message away', () => {
    const { host, sqs, url, create, send, bodies, seconds } = begin();
    create('orders', { ReceiveMessageWaitTimeSeconds: '5' });
    const answer = start(host, sqs.operations.ReceiveMessage, { QueueUrl: url('orders') });
    seconds(5);
    expect(answer).toEqual({ value: {}, at: host.clock.now });
    send('orders', 'one');
    expect(bodies('orders')).toEqual(['one']);
  });

  test('serves those who wait in turn', () => {
    const { host, sqs, url, create, send, seconds } = begin();
    create('orders');
    const receive = () => start(host, sqs.operations.ReceiveMessage, { QueueUrl: url('orders'), WaitTimeSeconds: 20 });
    const answers = [receive(), receive(), receive()];
    send('orders', 'one');
    send('orders', 'two');
    seconds(0);
    expect(answers.map(({ value }) => value?.Messages?.[0]?.Body)).toEqual(['one', 'two', undefined]);
  });

  test('a month of it costs one event per wait', () => {
    const { host, sqs, url, create } = begin();
    create('orders');
    start(host, sqs.operations.ReceiveMessage, { QueueUrl: url('orders'), ...wait });
    expect(host.clock.pending).toBe(1);
  });
});

describe('dead-letter queue', () => {
  test('gets a message at the receive after maxReceiveCount', () => {
    const { host, create, send, receive, bodies, counts, seconds } = begin();
    create('failed');
    create('orders', { RedrivePolicy: redrive('failed', 2) });
    const id = send('orders', 'poison');
    receive('orders');
    seconds(30);
    receive('orders');
    seconds(30);
    expect(counts('orders')).toBe('1 0 0');
    expect(counts('failed')).toBe('0 0 0');
    expect(bodies('orders')).toEqual([]);
    expect(counts('orders')).toBe('0 0 0');
    const [dead] = receive('failed', { AttributeNames: ['All'] });
    expect(dead).toMatchObject({
      MessageId: id,
      Body: 'poison',
      Attributes: {
        DeadLetterQueueSourceArn: arn('orders'),
        SentTimestamp: String(Date.parse('2026-01-05T09:00:00Z')),
      },
    });
    expect(host.story('queueName', 'toQueueName', 'cause')).toContain('messageMoved orders failed maxReceiveCount');
  });

  test('gives the others room: a poison message does not stop those behind it', () => {
    const { create, send, bodies, seconds } = begin();
    create('failed');
    create('orders', { RedrivePolicy: redrive('failed', 1) });
    send('orders', 'poison');
    send('orders', 'fine');
    expect(bodies('orders', { MaxNumberOfMessages: 1 })).toEqual(['poison']);
    seconds(30);
    expect(bodies('orders')).toEqual(['fine']);
    expect(bodies('failed')).toEqual(['poison']);
  });

  test('keeps the age of a message in standard queues', () => {
    const { create, send, receive, bodies, counts, seconds } = begin();
    create('failed', { MessageRetentionPeriod: '300' });
    create('orders', { RedrivePolicy: redrive('failed', 1), VisibilityTimeout: '200' });
    send('orders', 'poison');
    receive('orders');
    seconds(200);
    bodies('orders');
    expect(counts('failed')).toBe('1 0 0');
    seconds(100);
    expect(counts('failed')).toBe('0 0 0');
  });

  test('must exist, be of the same type and allow it', () => {
    const { create } = begin();
    create('standard');
    create('closed', { RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' });
    const attempt = (name: string, policy: string): string => refusal(() => create(name, { RedrivePolicy: policy }));
    expect(attempt('a', redrive('missing', 3))).toContain('Reason: Dead letter target does not exist.');
    expect(attempt('a.fifo', redrive('standard', 3))).toContain(
      'Dead-letter queue must be same type of queue as the source.',
    );
    expect(attempt('a', redrive('closed', 3))).toContain('Queue does not have permission to use the dead letter queue');
    expect(attempt('a', redrive('standard', 0))).toContain(
      'Invalid value for maxReceiveCount: 0, valid values are from 1 to 1000',
    );
    expect(attempt('a', '{}')).toContain('Redrive policy does not contain mandatory attribute: deadLetterTargetArn.');
    expect(attempt('a', 'failed')).toContain('Redrive policy is not a valid JSON map.');
  });

  test('gives messages back to the queue that gave them up', () => {
    const { host, sqs, create, send, receive, bodies, seconds } = begin();
    create('failed');
    create('orders', { RedrivePolicy: redrive('failed', 1) });
    const ids = ['a', 'b', 'c'].map((body) => send('orders', body));
    receive('orders');
    seconds(30);
    receive('orders');
    const { TaskHandle: handle } = call(sqs.operations.StartMessageMoveTask, {
      SourceArn: arn('failed'),
      MaxNumberOfMessagesPerSecond: 2,
    });
    expect(refusal(() => call(sqs.operations.StartMessageMoveTask, { SourceArn: arn('failed') }))).toContain(
      'UnsupportedOperation: There is already a task running.',
    );
    seconds(0);
    const list = () => call(sqs.operations.ListMessageMoveTasks, { SourceArn: arn('failed') }).Results;
    expect(list()).toMatchObject([
      {
        TaskHandle: handle,
        Status: 'RUNNING',
        ApproximateNumberOfMessagesMoved: 2,
        ApproximateNumberOfMessagesToMove: 3,
      },
    ]);
    seconds(1);
    expect(list()).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 3 }]);
    const back = receive('orders', { AttributeNames: ['ApproximateReceiveCount'] });
    expect(back.map(({ MessageId }) => MessageId)).toEqual(ids);
    expect(back[0]?.Attributes).toEqual({ ApproximateReceiveCount: '1' });
    expect(bodies('failed')).toEqual([]);
    expect(host.story('cause').filter((line) => line === 'messageMoved moveTask')).toHaveLength(3);
  });
});

describe('retention', () => {
  test('a message goes after it', () => {
    const { host, create, send, bodies, counts, seconds } = begin();
    create('orders', { MessageRetentionPeriod: '60' });
    send('orders', 'one');
    seconds(59);
    expect(counts('orders')).toBe('1 0 0');
    seconds(1);
    expect(counts('orders')).toBe('0 0 0');
    expect(bodies('orders')).toEqual([]);
    expect(host.story()).toEqual(['messageSent', 'messageExpired']);
  });

  test('is four days by default, and can be changed for messages that are there', () => {
    const { host, sqs, url, create, send, counts } = begin();
    create('orders');
    send('orders', 'one');
    host.clock.advance({ days: 3, hours: 23 });
    expect(counts('orders')).toBe('1 0 0');
    call(sqs.operations.SetQueueAttributes, {
      QueueUrl: url('orders'),
      Attributes: { MessageRetentionPeriod: '1209600' },
    });
    host.clock.advance({ days: 10 });
    expect(counts('orders')).toBe('1 0 0');
    host.clock.advance({ hours: 1 });
    expect(counts('orders')).toBe('0 0 0');
  });
});

describe('FIFO', () => {
  const group = (id: string, deduplication: string) => ({ MessageGroupId: id, MessageDeduplicationId: deduplication });

  test('a group is received in order, and not while one of it is in flight', () => {
    const { create, send, receive, bodies, delete: remove } = begin();
    create('orders.fifo');
    send('orders.fifo', 'a1', group('a', '1'));
    send('orders.fifo', 'a2', group('a', '2'));
    send('orders.fifo', 'b1', group('b', '3'));
    const [a1] = receive('orders.fifo', { MaxNumberOfMessages: 1 });
    expect(a1?.Body).toBe('a1');
    expect(bodies('orders.fifo')).toEqual(['b1']);
    remove('orders.fifo', a1);
    expect(bodies('orders.fifo')).toEqual(['a2']);
  });

  test('a receive takes as many of one group as it can', () => {
    const { create, send, bodies } = begin();
    create('orders.fifo');
    ['a1', 'b1', 'a2', 'b2', 'a3'].forEach((body) => send('orders.fifo', body, group(body.charAt(0), body)));
    expect(bodies('orders.fifo', { MaxNumberOfMessages: 4 })).toEqual(['a1', 'a2', 'a3', 'b1']);
  });

  test('a failed message comes again before those behind it', () => {
    const { create, send, receive, bodies, delete: remove, seconds } = begin();
    create('orders.fifo');
    ['a1', 'a2', 'a3'].forEach((body) => send('orders.fifo', body, group('a', body)));
    const [a1] = receive('orders.fifo', { MaxNumberOfMessages: 2 });
    remove('orders.fifo', a1);
    seconds(30);
    expect(bodies('orders.fifo')).toEqual(['a2', 'a3']);
  });

  test('takes the same message once in five minutes', () => {
    const { create, send, bodies, seconds } = begin();
    create('orders.fifo');
    const first = send('orders.fifo', 'one', group('a', 'x'));
    seconds(299);
    expect(send('orders.fifo', 'two', group('a', 'x'))).toBe(first);
    seconds(1);
    expect(send('orders.fifo', 'three', group('a', 'x'))).not.toBe(first);
    expect(bodies('orders.fifo')).toEqual(['one', 'three']);
  });

  test('remembers what was sent even after it was deleted', () => {
    const { create, send, receive, bodies, delete: remove } = begin();
    create('orders.fifo', { ContentBasedDeduplication: 'true' });
    send('orders.fifo', 'one', { MessageGroupId: 'a' });
    remove('orders.fifo', receive('orders.fifo')[0]);
    send('orders.fifo', 'one', { MessageGroupId: 'b' });
    expect(bodies('orders.fifo')).toEqual([]);
  });

  test('refuses to delete with a handle that has expired', () => {
    const { create, send, receive, delete: remove, seconds } = begin();
    create('orders.fifo');
    send('orders.fifo', 'one', group('a', '1'));
    const [message] = receive('orders.fifo');
    seconds(30);
    expect(refusal(() => remove('orders.fifo', message))).toMatch(
      /^InvalidParameterValue: Value AQEB\S+ for parameter ReceiptHandle is invalid\. Reason: The receipt handle has expired\.$/,
    );
  });

  test('a poison message goes to the dead-letter queue, and its group goes on', () => {
    const { create, send, bodies, receive, seconds } = begin();
    create('failed.fifo');
    create('orders.fifo', { RedrivePolicy: redrive('failed.fifo', 1) });
    send('orders.fifo', 'poison', group('a', '1'));
    send('orders.fifo', 'fine', group('a', '2'));
    receive('orders.fifo', { MaxNumberOfMessages: 1 });
    seconds(30);
    expect(bodies('orders.fifo')).toEqual(['fine']);
    expect(bodies('failed.fifo')).toEqual(['poison']);
  });
});

test('messages of a purged or deleted queue are gone', () => {
  const { host, sqs, url, create, send, counts, seconds } = begin();
  create('orders');
  send('orders', 'one');
  call(sqs.operations.PurgeQueue, { QueueUrl: url('orders') });
  expect(counts('orders')).toBe('0 0 0');
  expect(refusal(() => call(sqs.operations.PurgeQueue, { QueueUrl: url('orders') }))).toBe(
    'PurgeQueueInProgress: Only one PurgeQueue operation on orders is allowed every 60 seconds.',
  );
  send('orders', 'two');
  call(sqs.operations.DeleteQueue, { QueueUrl: url('orders') });
  expect(refusal(() => send('orders', 'three'))).toBe('QueueDoesNotExist: The specified queue does not exist.');
  expect(refusal(() => create('orders'))).toContain('QueueDeletedRecently: You must wait 60 seconds');
  seconds(60);
  create('orders');
  expect(counts('orders')).toBe('0 0 0');
  expect(host.story('cause')).toEqual(['messageSent', 'messageDeleted purged', 'messageSent', 'messageDeleted purged']);
});
