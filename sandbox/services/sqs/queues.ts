/** The queues of an account by name, ARN and URL; which of them is whose dead-letter queue. */
import { factNumber } from '../../facts.ts';
import { factError } from '../fact-errors.ts';
import type { PolicyDocument, ServiceHost } from '../service.ts';
import { Queue, type QueueIdentity } from './queue.ts';
import { allows, changeSettings, defaultSettings, settingTexts, type AttributeContext } from './queue-attributes.ts';
import type { CreateQueueRequest } from './sqs.types.ts';

export class Queues {
  readonly #host: ServiceHost;
  readonly #parsePolicy: (text: string) => PolicyDocument;
  readonly #queues = new Map<string, Queue>();
  /** When queues were deleted, by name. */
  readonly #deleted = new Map<string, number>();

  constructor(host: ServiceHost, parsePolicy: (text: string) => PolicyDocument) {
    this.#host = host;
    this.#parsePolicy = parsePolicy;
  }

  /** By name. */
  list(): readonly Queue[] {
    return [...this.#queues.values()].sort((a, b) => (a.identity.name < b.identity.name ? -1 : 1));
  }

  byName(name: string): Queue | undefined {
    return this.#queues.get(name);
  }

  byArn(arn: string): Queue | undefined {
    const name = arn.slice(arn.lastIndexOf(':') + 1);
    return this.identify(name).arn === arn ? this.#queues.get(name) : undefined;
  }

  /** @throws {ApiError} QueueDoesNotExist, or that the URL is none */
  byUrl(url: string | undefined): Queue {
    const { facts } = this.#host;
    if (typeof url !== 'string' || url === '') throw factError(facts, 'err-sqs', 'missing', { parameter: 'QueueUrl' });
    const name = url.slice(url.lastIndexOf('/') + 1);
    const queue = this.#queues.get(name);
    if (queue?.identity.url !== url) throw factError(facts, 'err-sqs', 'noQueue');
    return queue;
  }

  /** The ARN that a URL means, whether there is such a queue or not. */
  arnOfUrl(url: string | undefined): string {
    if (typeof url !== 'string' || url === '') return '*';
    return this.identify(url.slice(url.lastIndexOf('/') + 1)).arn;
  }

  identify(name: string): QueueIdentity {
    const { region, accountId } = this.#host.location;
    return {
      name,
      arn: `arn:aws:sqs:${region}:${accountId}:${name}`,
      url: `https://sqs.${region}.amazonaws.com/${accountId}/${name}`,
      isFifo: name.endsWith('.fifo'),
    };
  }

  /** Creating a queue that is there, with the same attributes, gives that one. @throws {ApiError} */
  create({ QueueName: name, Attributes: attributes = {} }: CreateQueueRequest): Queue {
    const { facts, clock } = this.#host;
    const { FifoQueue: fifo, ...others } = attributes;
    this.#checkName(name, fifo);
    const identity = this.identify(name);
    const settings = changeSettings(defaultSettings(facts, identity.isFifo), others, this.#context(identity.arn));
    const existing = this.#queues.get(name);
    if (existing !== undefined) {
      const [before, now] = [settingTexts(existing.settings), settingTexts(settings)];
      const different = Object.keys(others).find((attribute) => before[attribute] !== now[attribute]);
      if (different !== undefined) throw factError(facts, 'err-sqs', 'nameExists', { attribute: different });
      return existing;
    }
    const deletedAt = this.#deleted.get(name);
    if (deletedAt !== undefined && clock.now < deletedAt + factNumber(facts, 'sqs-name-reuse') * 1000) {
      throw factError(facts, 'err-sqs', 'deletedRecently');
    }
    const queue = new Queue(identity, settings, {
      clock,
      trace: this.#host.trace,
      inFlightLimit: factNumber(facts, 'sqs-in-flight'),
      deduplicationMs: factNumber(facts, 'sqs-deduplication') * 1000,
      deadLetterQueue: (arn, source) => {
        const target = this.byArn(arn);
        return target !== undefined && allows(target.settings.redriveAllow, source.identity.arn) ? target : undefined;
      },
    });
    this.#queues.set(name, queue);
    return queue;
  }

  change(queue: Queue, attributes: Readonly<Record<string, string>>): void {
    queue.change(changeSettings(queue.settings, attributes, this.#context(queue.identity.arn)));
  }

  delete(queue: Queue): void {
    const { name } = queue.identity;
    this.#queues.delete(name);
    this.#deleted.set(name, this.#host.clock.now);
    queue.dispose();
  }

  /** Queues whose dead-letter queue this one is, by name. */
  sourcesOf({ identity: { arn } }: Queue): readonly Queue[] {
    return this.list().filter(({ settings }) => settings.redrive?.deadLetterTargetArn === arn);
  }

  #context(queueArn: string): AttributeContext {
    return {
      facts: this.#host.facts,
      queueArn,
      parsePolicy: this.#parsePolicy,
      findQueue: (arn) => {
        const queue = this.byArn(arn);
        return queue && { isFifo: queue.identity.isFifo, allow: queue.settings.redriveAllow };
      },
    };
  }

  #checkName(name: unknown, fifo: string | undefined): void {
    const { facts } = this.#host;
    if (typeof name !== 'string' || name === '')
      throw factError(facts, 'err-sqs', 'missing', { parameter: 'QueueName' });
    const refuse = (reason: string) =>
      factError(facts, 'err-sqs', 'invalidValue', { value: name, parameter: 'QueueName', reason });
    if (fifo === 'true') {
      if (/^[\w-]{1,75}\.fifo$/.test(name)) return;
      throw refuse(
        'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.',
      );
    }
    if (fifo !== undefined) {
      // The API knows no FifoQueue=false.
      throw factError(facts, 'err-sqs', 'invalidAttributeName', { attribute: 'FifoQueue' });
    }
    if (!/^[\w-]{1,80}$/.test(name))
      throw refuse('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.');
  }
}
