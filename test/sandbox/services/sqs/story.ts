/** Queues in a test: made, filled, read and told. */
import { Sqs } from '../../../../sandbox/services/sqs/sqs.ts';
import type {
  ReceiveMessageRequest,
  SendMessageFields,
  SqsMessage,
} from '../../../../sandbox/services/sqs/sqs.types.ts';
import type { PolicyDocument } from '../../../../sandbox/services/service.ts';
import { call, newHost, type TestHost } from '../host.ts';

export interface QueueStory {
  readonly host: TestHost;
  readonly sqs: Sqs;
  readonly url: (name: string) => string;
  readonly create: (name: string, attributes?: Record<string, string>) => string;
  readonly send: (queue: string, body: string, fields?: Partial<SendMessageFields>) => string;
  readonly receive: (queue: string, fields?: Partial<ReceiveMessageRequest>) => readonly SqsMessage[];
  readonly bodies: (queue: string, fields?: Partial<ReceiveMessageRequest>) => string[];
  readonly delete: (queue: string, message: SqsMessage | undefined) => void;
  /** Visible, in flight, delayed. */
  readonly counts: (queue: string) => string;
  readonly seconds: (count: number) => void;
}

export const arn = (name: string): string => `arn:aws:sqs:us-east-1:123456789012:${name}`;
export const redrive = (name: string, maxReceiveCount: number): string =>
  JSON.stringify({ deadLetterTargetArn: arn(name), maxReceiveCount });

export function begin(seed = 7): QueueStory {
  const host = newHost(seed);
  const sqs = new Sqs(host, (text) => JSON.parse(text) as PolicyDocument);
  const { operations } = sqs;
  const url = (name: string): string => `https://sqs.us-east-1.amazonaws.com/123456789012/${name}`;
  const story: QueueStory = {
    host,
    sqs,
    url,
    create: (name, attributes = {}) => {
      const fifo = name.endsWith('.fifo') ? { FifoQueue: 'true' } : {};
      return call(operations.CreateQueue, { QueueName: name, Attributes: { ...fifo, ...attributes } }).QueueUrl;
    },
    send: (name, body, fields = {}) =>
      call(operations.SendMessage, { QueueUrl: url(name), MessageBody: body, ...fields }).MessageId,
    receive: (name, fields = {}) =>
      call(operations.ReceiveMessage, { QueueUrl: url(name), MaxNumberOfMessages: 10, ...fields }).Messages ?? [],
    bodies: (name, fields) => story.receive(name, fields).map(({ Body }) => Body),
    delete: (name, message) => {
      call(operations.DeleteMessage, { QueueUrl: url(name), ReceiptHandle: message?.ReceiptHandle ?? '' });
    },
    counts: (name) => {
      const { Attributes = {} } = call(operations.GetQueueAttributes, { QueueUrl: url(name), AttributeNames: ['All'] });
      return [
        Attributes.ApproximateNumberOfMessages,
        Attributes.ApproximateNumberOfMessagesNotVisible,
        Attributes.ApproximateNumberOfMessagesDelayed,
      ].join(' ');
    },
    seconds: (count) => host.clock.advance({ seconds: count }),
  };
  return story;
}
