/** Amazon SNS: topics, their subscriptions, and the operations on them. */
import { newToken, newUuid } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import { factError } from '../fact-errors.ts';
import type {
  Caller,
  Deliveries,
  DeliveryTarget,
  Operation,
  PolicyDocument,
  Service,
  ServiceHost,
} from '../service.ts';
import { FanOut } from './fan-out.ts';
import { publishBatch, type PublishEntry } from './publish-batch.ts';
import { checkMessage, type PublishedMessage } from './published-message.ts';
import type * as api from './sns.types.ts';
import { changeSettings, describeSubscription } from './subscription.ts';
import { describeTopic, type Topic } from './topic.ts';
import { Topics } from './topics.ts';

export interface SnsNeighbours {
  readonly deliveries: Deliveries;
  /** Reads a topic's policy. @throws {Error} that says what is wrong with it */
  readonly parsePolicy: (text: string) => PolicyDocument;
}

interface OnTopic {
  readonly TopicArn: string;
}
interface OnSubscription {
  readonly SubscriptionArn: string;
}
interface OneAttribute {
  readonly AttributeName: string;
  readonly AttributeValue?: string | undefined;
}

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export class Sns implements Service {
  readonly name = 'sns';
  readonly #host: ServiceHost;
  readonly #fanOut: FanOut;
  readonly #topics: Topics;
  readonly #ids: Random;
  readonly #signatures: Random;

  constructor(host: ServiceHost, { deliveries, parsePolicy }: SnsNeighbours) {
    this.#host = host;
    this.#topics = new Topics(host, parsePolicy);
    this.#fanOut = new FanOut(host, deliveries);
    this.#ids = host.random.stream('sns ids');
    this.#signatures = host.random.stream('sns signatures');
  }

  // --- what other parts of the account ask

  resourcePolicy(arn: string): PolicyDocument | undefined {
    return this.#topics.get(arn)?.settings.policy.document;
  }

  readonly delivery: DeliveryTarget = {
    action: 'sns:Publish',
    receive: (arn, body, caller, attributes) => {
      const MessageAttributes = Object.fromEntries(
        Object.entries(attributes).map(([name, { dataType, value }]) => [
          name,
          { DataType: dataType, StringValue: value },
        ]),
      );
      this.#publish(
        this.#topics.find(arn),
        checkMessage({ Message: body, MessageAttributes }, this.#host.facts),
        caller,
      );
    },
  };

  // --- the API

  readonly operations = {
    CreateTopic: this.#operation(
      'CreateTopic',
      ({ Name: name }: { readonly Name: string; readonly Attributes?: Readonly<Record<string, string>> }) => [
        this.#topics.arnOf(name),
      ],
      ({ Name: name, Attributes: attributes = {} }) => ({ TopicArn: this.#topics.create(name, attributes).arn }),
    ),
    DeleteTopic: this.#operation(
      'DeleteTopic',
      ({ TopicArn: arn }: OnTopic) => [arn],
      ({ TopicArn: arn }) => {
        this.#topics.delete(arn);
        return {};
      },
    ),
    ListTopics: this.#operation(
      'ListTopics',
      () => ['*'],
      (_input: object) => ({
        Topics: this.#topics.list().map(({ arn }) => ({ TopicArn: arn })),
      }),
    ),
    GetTopicAttributes: this.#onTopic('GetTopicAttributes', (topic) => ({
      Attributes: describeTopic(topic, this.#host.location.accountId),
    })),
    SetTopicAttributes: this.#onTopic('SetTopicAttributes', (topic, input: OnTopic & OneAttribute) => {
      this.#topics.change(topic, { [input.AttributeName]: input.AttributeValue ?? '' });
      return {};
    }),
    Subscribe: this.#onTopic('Subscribe', (topic, input: api.SubscribeInput) => {
      const { arn, isConfirmed } = this.#topics.subscribe(topic, input);
      return { SubscriptionArn: isConfirmed ? arn : 'pending confirmation' };
    }),
    Unsubscribe: this.#operation('Unsubscribe', topicOf, ({ SubscriptionArn: arn }: OnSubscription) => {
      const { topicArn } = this.#topics.subscription(arn);
      this.#topics.get(topicArn)?.subscriptions.delete(arn);
      return {};
    }),
    ListSubscriptions: this.#operation(
      'ListSubscriptions',
      () => ['*'],
      (_input: object) => ({
        Subscriptions: this.#topics.list().flatMap((topic) => this.#list(topic)),
      }),
    ),
    ListSubscriptionsByTopic: this.#onTopic('ListSubscriptionsByTopic', (topic) => ({
      Subscriptions: this.#list(topic),
    })),
    GetSubscriptionAttributes: this.#operation(
      'GetSubscriptionAttributes',
      topicOf,
      ({ SubscriptionArn: arn }: OnSubscription) => ({
        Attributes: describeSubscription(this.#topics.subscription(arn), this.#host.location.accountId),
      }),
    ),
    SetSubscriptionAttributes: this.#operation(
      'SetSubscriptionAttributes',
      topicOf,
      ({ SubscriptionArn: arn, AttributeName: name, AttributeValue: value = '' }: OnSubscription & OneAttribute) => {
        const subscription = this.#topics.subscription(arn);
        const { settings, protocol } = subscription;
        subscription.settings = changeSettings(settings, { [name]: value }, protocol, this.#host.facts);
        return {};
      },
    ),
    Publish: this.#operation(
      'Publish',
      ({ TopicArn: topicArn, TargetArn: targetArn }: api.PublishInput) => [topicArn ?? targetArn ?? '*'],
      (input, caller) => {
        const topic = this.#topics.find(input.TopicArn ?? input.TargetArn);
        const message = checkMessage(input, this.#host.facts);
        if (message.bytes > topic.settings.maximumMessageSize) throw this.#invalid('Message too long');
        return { MessageId: this.#publish(topic, message, caller) };
      },
    ),
    PublishBatch: this.#onTopic(
      'Publish',
      (
        topic,
        input: OnTopic & {
          readonly PublishBatchRequestEntries: readonly PublishEntry[];
        },
        caller,
      ) =>
        publishBatch(input.PublishBatchRequestEntries, topic.settings.maximumMessageSize, this.#host.facts, (message) =>
          this.#publish(topic, message, caller),
        ),
    ),
  };

  #operation<Input, Output>(
    action: string,
    resources: (input: Input) => readonly string[],
    run: (input: Input, caller: Caller) => Output,
  ): Operation<Input, Output> {
    return { action: `sns:${action}`, resources, run };
  }

  #onTopic<Output, Input extends OnTopic = OnTopic>(
    action: string,
    run: (topic: Topic, input: Input, caller: Caller) => Output,
  ): Operation<Input, Output> {
    return this.#operation(
      action,
      ({ TopicArn: arn }: Input) => [arn],
      (input, caller) => run(this.#topics.find(input.TopicArn), input, caller),
    );
  }

  #list(topic: Topic): readonly api.SubscriptionOutput[] {
    return [...topic.subscriptions.values()].map(({ arn, protocol, endpoint, isConfirmed }) => ({
      SubscriptionArn: isConfirmed ? arn : 'PendingConfirmation',
      Owner: this.#host.location.accountId,
      Protocol: protocol,
      Endpoint: endpoint,
      TopicArn: topic.arn,
    }));
  }

  #publish(topic: Topic, { textOf, subject, attributes, bytes }: PublishedMessage, caller: Caller): string {
    const { clock, location } = this.#host;
    const messageId = newUuid(this.#ids);
    const notification = {
      messageId,
      topicArn: topic.arn,
      subject,
      textOf,
      attributes,
      publishedAt: clock.now,
      signature: `${newToken(this.#signatures, 342, base64)}==`,
      region: location.region,
    };
    const traceId = caller.kind === 'account' ? undefined : caller.traceId;
    this.#fanOut.start(notification, [...topic.subscriptions.values()], bytes, traceId);
    return messageId;
  }

  #invalid(reason: string): Error {
    return factError(this.#host.facts, 'err-sns', 'invalid', { reason });
  }
}

/** The topic's ARN is the start of its subscriptions'. */
const topicOf = ({ SubscriptionArn: arn }: OnSubscription): readonly string[] => [arn.slice(0, arn.lastIndexOf(':'))];
