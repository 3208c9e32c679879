/** The topics of an account and their subscriptions, by ARN. */
import { newUuid } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import { factError } from '../fact-errors.ts';
import type { PolicyDocument, ServiceHost } from '../service.ts';
import type { SubscribeInput } from './sns.types.ts';
import { changeSettings, defaultSettings, protocols, type Protocol, type Subscription } from './subscription.ts';
import { changeTopicSettings, defaultTopicSettings, type Topic } from './topic.ts';

type Attributes = Readonly<Record<string, string>>;

export class Topics {
  readonly #host: ServiceHost;
  readonly #parsePolicy: (text: string) => PolicyDocument;
  readonly #ids: Random;
  readonly #topics = new Map<string, Topic>();

  constructor(host: ServiceHost, parsePolicy: (text: string) => PolicyDocument) {
    this.#host = host;
    this.#parsePolicy = parsePolicy;
    this.#ids = host.random.stream('sns subscription ids');
  }

  arnOf(name: string): string {
    const { region, accountId } = this.#host.location;
    return `arn:aws:sns:${region}:${accountId}:${name}`;
  }

  /** By name. */
  list(): readonly Topic[] {
    return [...this.#topics.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  get(arn: string): Topic | undefined {
    return this.#topics.get(arn);
  }

  /** @throws {ApiError} InvalidParameterException, NotFoundException */
  find(arn: string | undefined): Topic {
    if (typeof arn !== 'string' || !arn.startsWith(this.arnOf(''))) throw this.#invalid('TopicArn');
    const topic = this.#topics.get(arn);
    if (topic === undefined) throw factError(this.#host.facts, 'err-sns', 'noTopic');
    return topic;
  }

  /** A topic that is there already is given again. @throws {ApiError} */
  create(name: unknown, attributes: Attributes): Topic {
    const { facts, location } = this.#host;
    if (typeof name !== 'string' || !/^[\w-]{1,256}$/.test(name)) {
      const isFifo = typeof name === 'string' && name.endsWith('.fifo');
      throw this.#invalid(isFifo ? 'Topic Name. FIFO topics are not available in this simulator.' : 'Topic Name');
    }
    const arn = this.arnOf(name);
    const existing = this.#topics.get(arn);
    if (existing !== undefined) return existing;
    const defaults = defaultTopicSettings(facts, arn, location.accountId);
    const settings = changeTopicSettings(defaults, attributes, facts, this.#parsePolicy);
    const topic = { name, arn, settings, subscriptions: new Map<string, Subscription>() };
    this.#topics.set(arn, topic);
    return topic;
  }

  change(topic: Topic, attributes: Attributes): void {
    topic.settings = changeTopicSettings(topic.settings, attributes, this.#host.facts, this.#parsePolicy);
  }

  delete(arn: string): void {
    this.#topics.delete(arn);
  }

  /** @throws {ApiError} NotFoundException */
  subscription(arn: string): Subscription {
    for (const { subscriptions } of this.#topics.values()) {
      const found = subscriptions.get(arn);
      if (found !== undefined) return found;
    }
    throw factError(this.#host.facts, 'err-sns', 'noSubscription');
  }

  /** Subscribing again gives the same subscription. @throws {ApiError} */
  subscribe(
    topic: Topic,
    { Protocol: protocol, Endpoint: endpoint, Attributes: attributes = {} }: SubscribeInput,
  ): Subscription {
    if (!(protocols as readonly string[]).includes(protocol)) {
      throw this.#invalid(`Does not support this protocol string: ${protocol}`);
    }
    const known = protocol as Protocol;
    this.#checkEndpoint(known, endpoint);
    const settings = changeSettings(defaultSettings, attributes, known, this.#host.facts);
    const same = [...topic.subscriptions.values()].find(
      (other) => other.protocol === known && other.endpoint === endpoint,
    );
    if (same !== undefined) {
      if (Object.keys(attributes).length > 0 && JSON.stringify(same.settings) !== JSON.stringify(settings)) {
        throw this.#invalid('Attributes Reason: Subscription already exists with different attributes');
      }
      return same;
    }
    const subscription: Subscription = {
      arn: `${topic.arn}:${newUuid(this.#ids)}`,
      topicArn: topic.arn,
      protocol: known,
      endpoint: endpoint ?? '',
      isConfirmed: known === 'sqs' || known === 'lambda',
      settings,
    };
    topic.subscriptions.set(subscription.arn, subscription);
    return subscription;
  }

  #checkEndpoint(protocol: Protocol, endpoint: string | undefined): void {
    const form =
      protocol === 'sqs' || protocol === 'lambda' ? new RegExp(`^arn:aws:${protocol}:[^:]+:\\d{12}:.+$`) : /./;
    if (typeof endpoint === 'string' && form.test(endpoint)) return;
    const names: Readonly<Record<string, string>> = { sqs: 'SQS endpoint ARN', lambda: 'Lambda endpoint ARN' };
    throw this.#invalid(names[protocol] ?? 'Endpoint');
  }

  #invalid(reason: string): Error {
    return factError(this.#host.facts, 'err-sns', 'invalid', { reason });
  }
}
