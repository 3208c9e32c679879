/** The SQS API: shapes, digests, limits and refusals as clients see them. */
import { describe, expect, test } from 'vitest';
import { call, refusal } from '../host.ts';
import { arn, begin } from './story.ts';

const attributes = {
  test_attribute: { DataType: 'String', StringValue: 'attribute value' },
  count: { DataType: 'Number', StringValue: '123' },
  bytes: { DataType: 'Binary', BinaryValue: Uint8Array.of(1, 2, 3) },
};

test('a sent message answers with its digests', () => {
  const { sqs, url, create } = begin();
  create('orders');
  const result = call(sqs.operations.SendMessage, {
    QueueUrl: url('orders'),
    MessageBody: 'This is a test message',
    MessageAttributes: { timestamp: { DataType: 'Number', StringValue: '1493147359900' } },
  });
  expect(result.MD5OfMessageBody).toBe('fafb00f5732ab283681e124bf8747ed1');
  expect(result.MD5OfMessageAttributes).toBe('235c5c510d26fb653d073faed50ae77c');
  expect(result.MessageId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('a received message has what was asked for', () => {
  const { create, send, receive, seconds } = begin();
  create('orders', { VisibilityTimeout: '1' });
  send('orders', 'body', { MessageAttributes: attributes });
  const [bare] = receive('orders');
  expect(Object.keys(bare ?? {})).toEqual(['MessageId', 'ReceiptHandle', 'MD5OfBody', 'Body']);
  seconds(1);
  const [all] = receive('orders', { MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] });
  expect(all?.Attributes).toEqual({
    SenderId: '123456789012',
    ApproximateFirstReceiveTimestamp: '1767603600000',
    ApproximateReceiveCount: '2',
    SentTimestamp: '1767603600000',
  });
  expect(all?.MessageAttributes).toEqual(attributes);
  seconds(1);
  const [some] = receive('orders', { MessageAttributeNames: ['count', 'by.*', 'other'] });
  expect(Object.keys(some?.MessageAttributes ?? {})).toEqual(['count', 'bytes']);
});

test('a FIFO message has its group, its deduplication ID and a growing sequence number', () => {
  const { sqs, url, create, receive } = begin();
  create('orders.fifo');
  const send = (id: string) =>
    call(sqs.operations.SendMessage, {
      QueueUrl: url('orders.fifo'),
      MessageBody: id,
      MessageGroupId: 'g',
      MessageDeduplicationId: id,
    });
  const [first, second] = [send('1'), send('2')];
  expect(first.SequenceNumber).toMatch(/^\d{20}$/);
  expect(BigInt(second.SequenceNumber ?? 0) > BigInt(first.SequenceNumber ?? 0)).toBe(true);
  expect(receive('orders.fifo', { AttributeNames: ['All'] })[0]?.Attributes).toMatchObject({
    MessageGroupId: 'g',
    MessageDeduplicationId: '1',
    SequenceNumber: first.SequenceNumber,
  });
});

test('what a function sends carries the X-Ray header of its invocation', () => {
  const { sqs, url, create, receive } = begin();
  create('orders');
  const traceId = 'Root=1-695b7a10-0123456789abcdef01234567;Parent=0123456789abcdef;Sampled=0';
  call(
    sqs.operations.SendMessage,
    { QueueUrl: url('orders'), MessageBody: 'one' },
    {
      kind: 'role',
      roleArn: 'arn:aws:iam::123456789012:role/worker',
      sessionArn: 'arn:aws:sts::123456789012:assumed-role/worker/send',
      environmentId: 'e',
      traceId,
    },
  );
  const [message] = receive('orders', { AttributeNames: ['AWSTraceHeader', 'SenderId'] });
  expect(message?.Attributes?.AWSTraceHeader).toBe(traceId);
  expect(message?.Attributes?.SenderId).toMatch(/^AROA[A-Z2-7]{17}:send$/);
});

test('batches answer entry by entry', () => {
  const { sqs, url, create } = begin();
  create('orders');
  const QueueUrl = url('orders');
  const sent = call(sqs.operations.SendMessageBatch, {
    QueueUrl,
    Entries: [
      { Id: 'a', MessageBody: 'one' },
      { Id: 'b', MessageBody: 'two', DelaySeconds: 901 },
    ],
  });
  expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['a']);
  expect(sent.Failed).toEqual([
    {
      Id: 'b',
      SenderFault: true,
      Code: 'InvalidParameterValue',
      Message: 'Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.',
    },
  ]);
  const { Messages = [] } = call(sqs.operations.ReceiveMessage, { QueueUrl, MaxNumberOfMessages: 10 }) as {
    Messages?: readonly { ReceiptHandle: string }[];
  };
  const [message] = Messages;
  const deleted = call(sqs.operations.DeleteMessageBatch, {
    QueueUrl,
    Entries: [
      { Id: 'a', ReceiptHandle: message?.ReceiptHandle ?? '' },
      { Id: 'b', ReceiptHandle: 'nonsense' },
    ],
  });
  expect(deleted).toEqual({
    Successful: [{ Id: 'a' }],
    Failed: [
      {
        Id: 'b',
        SenderFault: true,
        Code: 'ReceiptHandleIsInvalid',
        Message: 'The input receipt handle "nonsense" is not a valid receipt handle.',
      },
    ],
  });
});

describe('refuses', () => {
  const { sqs, url, create, send } = begin();
  create('orders');
  create('orders.fifo');
  const many = Array.from({ length: 11 }, (_, index) => ({ Id: `${index}`, MessageBody: 'x' }));
  const batch = (Entries: { Id: string; MessageBody: string }[]) => () =>
    call(sqs.operations.SendMessageBatch, { QueueUrl: url('orders'), Entries });
  const mebibyte = 'x'.repeat(1_048_576);

  test.each<[string, () => unknown, string]>([
    ['a queue without a name', () => create(''), 'MissingParameter: The request must contain the parameter QueueName.'],
    [
      'a name with other characters',
      () => create('a b'),
      'InvalidParameterValue: Value a b for parameter QueueName is invalid. Reason: Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.',
    ],
    [
      'an attribute out of range',
      () => create('other', { VisibilityTimeout: '43201' }),
      'InvalidAttributeValue: Invalid value for the parameter VisibilityTimeout: 43201 is not from 0 to 43200.',
    ],
    ['an unknown attribute', () => create('other', { Speed: '1' }), 'InvalidAttributeName: Unknown Attribute Speed.'],
    [
      'the same name with other attributes',
      () => create('orders', { DelaySeconds: '5' }),
      'QueueNameExists: A queue already exists with the same name and a different value for attribute DelaySeconds',
    ],
    ['an unknown queue', () => send('missing', 'x'), 'QueueDoesNotExist: The specified queue does not exist.'],
    [
      'an empty message',
      () => send('orders', ''),
      'MissingParameter: The request must contain the parameter MessageBody.',
    ],
    [
      'a character that XML has not',
      () => send('orders', 'a\u0000'),
      'InvalidMessageContents: Invalid characters found.',
    ],
    [
      'a message above 1 MiB',
      () => send('orders', `${mebibyte}x`),
      'InvalidParameterValue: One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
    ],
    [
      'a message that its attributes make too large',
      () => send('orders', mebibyte, { MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } } }),
      'InvalidParameterValue: One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
    ],
    [
      'a batch above 1 MiB',
      batch([
        { Id: 'a', MessageBody: mebibyte },
        { Id: 'b', MessageBody: 'x' },
      ]),
      'BatchRequestTooLong: Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.',
    ],
    [
      'an empty batch',
      batch([]),
      'EmptyBatchRequest: There should be at least one SendMessageBatchRequestEntry in the request.',
    ],
    [
      'eleven entries',
      batch(many),
      'TooManyEntriesInBatchRequest: Maximum number of entries per request are 10. You have sent 11.',
    ],
    ['an id twice', batch(many.slice(0, 1).concat(many.slice(0, 1))), 'BatchEntryIdsNotDistinct: Id 0 repeated.'],
    [
      'an id with spaces',
      batch([{ Id: 'a b', MessageBody: 'x' }]),
      'InvalidBatchEntryId: A batch entry id can only contain',
    ],
    [
      'eleven attributes',
      () =>
        send('orders', 'x', {
          MessageAttributes: Object.fromEntries(
            many.map(({ Id }) => [`a${Id}`, { DataType: 'String', StringValue: 'x' }]),
          ),
        }),
      'InvalidParameterValue: Value 11 for parameter MessageAttributes is invalid. Reason: A message can have at most 10 attributes.',
    ],
    [
      'an attribute of no type',
      () => send('orders', 'x', { MessageAttributes: { a: { DataType: 'Text', StringValue: 'x' } } }),
      'the set of supported type prefixes is Binary, Number, and String.',
    ],
    [
      'a number that is none',
      () => send('orders', 'x', { MessageAttributes: { a: { DataType: 'Number', StringValue: 'x' } } }),
      "Can't cast the value",
    ],
    [
      'a FIFO message without a group',
      () => send('orders.fifo', 'x'),
      'MissingParameter: The request must contain the parameter MessageGroupId.',
    ],
    [
      'a FIFO message without a deduplication ID',
      () => send('orders.fifo', 'x', { MessageGroupId: 'a' }),
      'InvalidParameterValue: The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    ],
    [
      'a delay for one FIFO message',
      () => send('orders.fifo', 'x', { MessageGroupId: 'a', MessageDeduplicationId: 'a', DelaySeconds: 1 }),
      'Reason: The request include parameter that is not valid for this queue type.',
    ],
    [
      'more than ten messages',
      () => call(sqs.operations.ReceiveMessage, { QueueUrl: url('orders'), MaxNumberOfMessages: 11 }),
      'InvalidParameterValue: Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
    ],
    [
      'a longer wait',
      () => call(sqs.operations.ReceiveMessage, { QueueUrl: url('orders'), WaitTimeSeconds: 21 }),
      'Reason: Must be between 0 and 20, if provided.',
    ],
    [
      'to hide what is not in flight',
      () =>
        call(sqs.operations.ChangeMessageVisibility, {
          QueueUrl: url('orders'),
          ReceiptHandle: 'AQEBx',
          VisibilityTimeout: 1,
        }),
      'ReceiptHandleIsInvalid: The input receipt handle "AQEBx" is not a valid receipt handle.',
    ],
  ])('%s', (_, action, message) => {
    expect(refusal(action)).toContain(message);
  });
});

test('creating a queue again gives the same one', () => {
  const { create } = begin();
  expect(create('orders', { DelaySeconds: '5' })).toBe(create('orders', { DelaySeconds: '5' }));
});

test('attributes are told as texts', () => {
  const { sqs, url, create } = begin();
  create('orders', { VisibilityTimeout: '180' });
  const { Attributes } = call(sqs.operations.GetQueueAttributes, { QueueUrl: url('orders'), AttributeNames: ['All'] });
  expect(Attributes).toEqual({
    QueueArn: arn('orders'),
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '0',
    ApproximateNumberOfMessagesDelayed: '0',
    CreatedTimestamp: '1767603600',
    LastModifiedTimestamp: '1767603600',
    VisibilityTimeout: '180',
    MaximumMessageSize: '1048576',
    MessageRetentionPeriod: '345600',
    DelaySeconds: '0',
    ReceiveMessageWaitTimeSeconds: '0',
    SqsManagedSseEnabled: 'true',
  });
});

test('every call names its queue for IAM', () => {
  const { sqs, url } = begin();
  const { SendMessageBatch, ListQueues, ReceiveMessage } = sqs.operations;
  expect([SendMessageBatch.action, SendMessageBatch.resources({ QueueUrl: url('orders'), Entries: [] })]).toEqual([
    'sqs:SendMessage',
    [arn('orders')],
  ]);
  expect([ListQueues.action, ListQueues.resources({})]).toEqual(['sqs:ListQueues', ['*']]);
  expect(ReceiveMessage.resources({ QueueUrl: url('orders') })).toEqual([arn('orders')]);
});

test('the same seed gives the same ids and handles', () => {
  const run = (seed: number): string => {
    const { host, create, send, receive } = begin(seed);
    create('orders');
    send('orders', 'one');
    return JSON.stringify([receive('orders'), host.events]);
  };
  expect(run(3)).toBe(run(3));
  expect(run(3)).not.toBe(run(4));
});
