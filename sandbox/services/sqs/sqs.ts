/** Amazon SQS: queues, and the operations by which messages come and go. */
import { factNumber } from '../../facts.ts';
import { factError } from '../fact-errors.ts';
import { firstOf } from '../contents.ts';
import type {
  Caller,
  Contents,
  DeliveryAttributes,
  DeliveryTarget,
  Later,
  Operation,
  PolicyDocument,
  Service,
  ServiceHost,
} from '../service.ts';
import { bytesFromBase64 } from '../../lambda/text-bytes.ts';
import { runBatch } from './batches.ts';
import type { StoredMessage } from './message.ts';
import { MoveTasks, type StartMoveRequest } from './move-tasks.ts';
import { MessageOperations } from './message-operations.ts';
import { checkBatchSize } from './new-message.ts';
import type { Queue } from './queue.ts';
import { settingTexts } from './queue-attributes.ts';
import { Queues } from './queues.ts';
import type * as api from './sqs.types.ts';

export class Sqs implements Service {
  readonly name = 'sqs';
  readonly #host: ServiceHost;
  readonly #queues: Queues;
  readonly #tasks: MoveTasks;
  readonly #messages: MessageOperations;
  readonly #purgedAt = new Map<string, number>();

  /** `parsePolicy` reads a queue's policy, and throws an error that says what is wrong with it. */
  constructor(host: ServiceHost, parsePolicy: (text: string) => PolicyDocument) {
    this.#host = host;
    this.#queues = new Queues(host, parsePolicy);
    this.#tasks = new MoveTasks(host, this.#queues);
    this.#messages = new MessageOperations(host);
  }

  // --- what other parts of the account ask

  /** The queue with that ARN. */
  queue(arn: string): Queue | undefined {
    return this.#queues.byArn(arn);
  }

  /** A handle for the message's last receive. */
  newHandle(message: StoredMessage): string {
    return this.#messages.newHandle(message);
  }

  contents(name: string, most: number): Contents | undefined {
    const queue = this.#queues.byName(name);
    if (queue === undefined) return undefined;
    const { visible, inFlight, delayed } = queue.counts;
    const items = firstOf(queue.allMessages(), most).map(({ content, state, receiveCount }) => ({
      MessageId: content.messageId,
      Body: content.body,
      State: state,
      ApproximateReceiveCount: receiveCount,
      SentTimestamp: content.sentAt,
      ...(content.groupId === undefined ? {} : { MessageGroupId: content.groupId }),
    }));
    return { count: visible + inFlight + delayed, items };
  }

  resourcePolicy(arn: string): PolicyDocument | undefined {
    return this.#queues.byArn(arn)?.settings.policy?.document;
  }

  readonly delivery: DeliveryTarget = {
    action: 'sqs:SendMessage',
    receive: (arn, body, caller, attributes, order) => {
      const queue = this.#queues.byArn(arn);
      if (queue === undefined) throw factError(this.#host.facts, 'err-sqs', 'noQueue');
      const { messageGroupId: MessageGroupId, messageDeduplicationId: MessageDeduplicationId } = order ?? {};
      const MessageAttributes = asMessageAttributes(attributes);
      this.#messages.send(
        queue,
        { MessageBody: body, MessageAttributes, MessageGroupId, MessageDeduplicationId },
        caller,
      );
    },
  };

  // --- the API

  readonly operations = {
    CreateQueue: this.#operation(
      'CreateQueue',
      (input: api.CreateQueueRequest) => [this.#queues.identify(input.QueueName).arn],
      (input) => ({ QueueUrl: this.#queues.create(input).identity.url }),
    ),
    DeleteQueue: this.#onQueue('DeleteQueue', (queue) => {
      this.#queues.delete(queue);
      return {};
    }),
    GetQueueUrl: this.#operation(
      'GetQueueUrl',
      (input: { readonly QueueName: string }) => [this.#queues.identify(input.QueueName).arn],
      ({ QueueName: name }) => {
        const queue = this.#queues.byName(name);
        if (queue === undefined) throw factError(this.#host.facts, 'err-sqs', 'noQueue');
        return { QueueUrl: queue.identity.url };
      },
    ),
    ListQueues: this.#operation(
      'ListQueues',
      () => ['*'],
      ({ QueueNamePrefix: prefix = '' }: { readonly QueueNamePrefix?: string }) => {
        const urls = this.#queues.list().filter(({ identity }) => identity.name.startsWith(prefix));
        return urls.length === 0 ? {} : { QueueUrls: urls.map(({ identity }) => identity.url) };
      },
    ),
    GetQueueAttributes: this.#onQueue(
      'GetQueueAttributes',
      (queue, { AttributeNames: names = [] }: api.OnQueue & { readonly AttributeNames?: readonly string[] }) =>
        this.#attributes(queue, names),
    ),
    SetQueueAttributes: this.#onQueue(
      'SetQueueAttributes',
      (queue, { Attributes: attributes }: api.OnQueue & { readonly Attributes?: Readonly<Record<string, string>> }) => {
        if (attributes === undefined)
          throw factError(this.#host.facts, 'err-sqs', 'missing', { parameter: 'Attributes' });
        this.#queues.change(queue, attributes);
        return {};
      },
    ),
    PurgeQueue: this.#onQueue('PurgeQueue', (queue) => this.#purge(queue)),
    ListDeadLetterSourceQueues: this.#onQueue('ListDeadLetterSourceQueues', (queue) => ({
      queueUrls: this.#queues.sourcesOf(queue).map(({ identity }) => identity.url),
    })),
    SendMessage: this.#onQueue('SendMessage', (queue, input: api.SendMessageRequest, caller) =>
      this.#messages.send(queue, input, caller),
    ),
    SendMessageBatch: this.#onQueue(
      'SendMessage',
      (
        queue,
        { Entries: entries }: api.OnQueue & { readonly Entries: readonly (api.BatchEntry & api.SendMessageFields)[] },
        caller,
      ) => {
        if (Array.isArray(entries))
          checkBatchSize(
            this.#host.facts,
            entries.filter(({ MessageBody }) => typeof MessageBody === 'string'),
          );
        return runBatch(this.#host.facts, entries, 'SendMessageBatchRequestEntry', (entry) => ({
          Id: entry.Id,
          ...this.#messages.send(queue, entry, caller),
        }));
      },
    ),
    ReceiveMessage: this.#onQueue('ReceiveMessage', (queue, input: api.ReceiveMessageRequest) =>
      this.#messages.receive(queue, input),
    ),
    DeleteMessage: this.#onQueue('DeleteMessage', (queue, input: api.OnQueue & api.DeleteMessageFields) => {
      this.#messages.delete(queue, input.ReceiptHandle);
      return {};
    }),
    DeleteMessageBatch: this.#onQueue(
      'DeleteMessage',
      (
        queue,
        { Entries: entries }: api.OnQueue & { readonly Entries: readonly (api.BatchEntry & api.DeleteMessageFields)[] },
      ) =>
        runBatch(this.#host.facts, entries, 'DeleteMessageBatchRequestEntry', ({ Id, ReceiptHandle: handle }) => {
          this.#messages.delete(queue, handle);
          return { Id };
        }),
    ),
    ChangeMessageVisibility: this.#onQueue(
      'ChangeMessageVisibility',
      (queue, input: api.OnQueue & api.ChangeVisibilityFields) => {
        this.#messages.changeVisibility(queue, input);
        return {};
      },
    ),
    ChangeMessageVisibilityBatch: this.#onQueue(
      'ChangeMessageVisibility',
      (
        queue,
        {
          Entries: entries,
        }: api.OnQueue & { readonly Entries: readonly (api.BatchEntry & api.ChangeVisibilityFields)[] },
      ) =>
        runBatch(this.#host.facts, entries, 'ChangeMessageVisibilityBatchRequestEntry', (entry) => {
          this.#messages.changeVisibility(queue, entry);
          return { Id: entry.Id };
        }),
    ),
    StartMessageMoveTask: this.#operation(
      'StartMessageMoveTask',
      (input: StartMoveRequest) => [input.SourceArn],
      (input) => this.#tasks.start(input),
    ),
    ListMessageMoveTasks: this.#operation(
      'ListMessageMoveTasks',
      (input: { readonly SourceArn: string; readonly MaxResults?: number }) => [input.SourceArn],
      ({ SourceArn: arn, MaxResults: limit }) => ({ Results: this.#tasks.list(arn, limit) }),
    ),
    CancelMessageMoveTask: this.#operation(
      'CancelMessageMoveTask',
      (_input: { readonly TaskHandle: string }) => ['*'],
      ({ TaskHandle: handle }) => this.#tasks.cancel(handle),
    ),
  };

  #operation<Input, Output>(
    action: string,
    resources: (input: Input) => readonly string[],
    run: (input: Input, caller: Caller) => Output | Later<Output>,
  ): Operation<Input, Output> {
    return { action: `sqs:${action}`, resources, run };
  }

  /** An operation on the queue of its QueueUrl. Batches need the action for one. */
  #onQueue<Output, Input extends api.OnQueue = api.OnQueue>(
    action: string,
    run: (queue: Queue, input: Input, caller: Caller) => Output | Later<Output>,
  ): Operation<Input, Output> {
    return this.#operation(
      action,
      (input: Input) => [this.#queues.arnOfUrl(input.QueueUrl)],
      (input, caller) => run(this.#queues.byUrl(input.QueueUrl), input, caller),
    );
  }

  #purge(queue: Queue): object {
    const { facts, clock } = this.#host;
    const { name } = queue.identity;
    const last = this.#purgedAt.get(name);
    if (last !== undefined && clock.now < last + factNumber(facts, 'sqs-name-reuse') * 1000) {
      throw factError(facts, 'err-sqs', 'purging', { queue: name });
    }
    this.#purgedAt.set(name, clock.now);
    queue.purge();
    return {};
  }

  #attributes(queue: Queue, names: readonly string[]): { readonly Attributes?: Readonly<Record<string, string>> } {
    const { visible, inFlight, delayed } = queue.counts;
    const all: Readonly<Record<string, string | undefined>> = {
      QueueArn: queue.identity.arn,
      ApproximateNumberOfMessages: String(visible),
      ApproximateNumberOfMessagesNotVisible: String(inFlight),
      ApproximateNumberOfMessagesDelayed: String(delayed),
      CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
      LastModifiedTimestamp: String(Math.floor(queue.modifiedAt / 1000)),
      ...settingTexts(queue.settings),
    };
    const known = [...Object.keys(all), 'All', ...Object.keys(settingTexts({ ...queue.settings, FifoQueue: true }))];
    const unknown = names.find((name) => !known.includes(name));
    if (unknown !== undefined)
      throw factError(this.#host.facts, 'err-sqs', 'invalidAttributeName', { attribute: unknown });
    const wanted = Object.entries(all).flatMap(([name, value]) =>
      value !== undefined && (names.includes('All') || names.includes(name)) ? [[name, value] as const] : [],
    );
    return wanted.length === 0 ? {} : { Attributes: Object.fromEntries(wanted) };
  }
}

function asMessageAttributes(attributes: DeliveryAttributes): api.MessageAttributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { dataType: DataType, value }]) => [
      name,
      DataType === 'Binary' ? { DataType, BinaryValue: bytesFromBase64(value) } : { DataType, StringValue: value },
    ]),
  );
}
