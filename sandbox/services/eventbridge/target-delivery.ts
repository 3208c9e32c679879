/**
 * Brings what a rule or schedule has for a target to it: now, again later while the target cannot take it, and to a
 * dead-letter queue in the end. Source: EventBridge user guide, retrying event delivery and dead-letter queues.
 */
import { factNumber } from '../../facts.ts';
import { roundToMicroseconds } from '../../kernel/clock.ts';
import {
  ApiError,
  type Caller,
  type Deliveries,
  type DeliveryAttributes,
  type DeliveryOrder,
  type ServiceHost,
} from '../service.ts';
import type { RetryPolicy } from './eventbridge.types.ts';

/** One event for one target. */
export interface Delivery {
  /** The rule's or the schedule's name. */
  readonly name: string;
  /** Its ARN. */
  readonly sourceArn: string;
  readonly eventId: string;
  readonly targetArn: string;
  readonly caller: Caller;
  /** The text for an attempt, from 1. */
  readonly bodyOf: (attempt: number) => string;
  /** For FIFO queues. */
  readonly order: DeliveryOrder | undefined;
  readonly retryPolicy: RetryPolicy | undefined;
  readonly deadLetterArn: string | undefined;
}

export class TargetDelivery {
  readonly #host: ServiceHost;
  readonly #deliveries: Deliveries;

  constructor(host: ServiceHost, deliveries: Deliveries) {
    this.#host = host;
    this.#deliveries = deliveries;
  }

  /** The first attempt is made in this virtual moment. */
  start(delivery: Delivery): void {
    const { clock } = this.#host;
    const startedAt = clock.now;
    clock.schedule(startedAt, () => this.#attempt(delivery, 1, startedAt));
  }

  #attempt(delivery: Delivery, attempt: number, startedAt: number): void {
    const { clock, trace } = this.#host;
    const { name, targetArn, eventId } = delivery;
    try {
      this.#deliveries.deliver(targetArn, delivery.bodyOf(attempt), delivery.caller, {}, delivery.order);
    } catch (error) {
      this.#failed(delivery, attempt, startedAt, error);
      return;
    }
    trace.emit({ type: 'targetReached', time: clock.now, name, targetArn, eventId, attempt });
  }

  /** Only what may pass is tried again: not a missing permission, nor a missing target. */
  #failed(delivery: Delivery, attempt: number, startedAt: number, error: unknown): void {
    const { clock, trace } = this.#host;
    const { name, targetArn, eventId, deadLetterArn } = delivery;
    const told = { time: clock.now, name, targetArn, eventId, attempt, error: textOf(error) };
    const isTemporary = error instanceof ApiError && (error.fault === 'server' || error.code === 429);
    const exhausted = isTemporary ? this.#exhausted(delivery, attempt, startedAt) : undefined;
    if (isTemporary && exhausted === undefined) {
      const retryAt = roundToMicroseconds(clock.now + this.#waitMs(attempt));
      trace.emit({ type: 'targetFailed', ...told, then: 'retry', retryAt });
      clock.schedule(retryAt, () => this.#attempt(delivery, attempt + 1, startedAt));
      return;
    }
    trace.emit({ type: 'targetFailed', ...told, then: deadLetterArn === undefined ? 'lost' : 'dead-letter-queue' });
    if (deadLetterArn !== undefined) this.#giveUp(delivery, deadLetterArn, attempt, error, exhausted);
  }

  #waitMs(attempt: number): number {
    const first = factNumber(this.#host.facts, 'eventbridge-retry-wait', 'firstSeconds');
    const last = factNumber(this.#host.facts, 'eventbridge-retry-wait', 'lastSeconds');
    return Math.min(first * 2 ** Math.min(attempt - 1, 30), last) * 1000;
  }

  /** Which limit of the retry policy is reached. */
  #exhausted({ retryPolicy }: Delivery, attempt: number, startedAt: number): string | undefined {
    const { facts, clock } = this.#host;
    const attempts = retryPolicy?.MaximumRetryAttempts ?? factNumber(facts, 'eventbridge-retries', 'attempts');
    const seconds = retryPolicy?.MaximumEventAgeInSeconds ?? factNumber(facts, 'eventbridge-retries', 'ageSeconds');
    if (attempt > attempts) return 'MaximumRetryAttempts';
    return clock.now + this.#waitMs(attempt) > startedAt + seconds * 1000 ? 'MaximumEventAgeInSeconds' : undefined;
  }

  #giveUp(
    delivery: Delivery,
    deadLetterArn: string,
    attempt: number,
    error: unknown,
    exhausted: string | undefined,
  ): void {
    const { clock, trace } = this.#host;
    const { name, sourceArn, targetArn, eventId, caller, bodyOf } = delivery;
    const attributes: DeliveryAttributes = {
      RULE_ARN: { dataType: 'String', value: sourceArn },
      TARGET_ARN: { dataType: 'String', value: targetArn },
      ERROR_CODE: { dataType: 'String', value: errorCode(error) },
      ERROR_MESSAGE: { dataType: 'String', value: textOf(error) },
      ...(exhausted === undefined
        ? {}
        : {
            EXHAUSTED_RETRY_CONDITION: { dataType: 'String', value: exhausted },
            RETRY_ATTEMPTS: { dataType: 'Number', value: String(attempt - 1) },
          }),
    };
    try {
      this.#deliveries.deliver(deadLetterArn, bodyOf(attempt), caller, attributes);
    } catch (failure) {
      const told = { time: clock.now, name, targetArn: deadLetterArn, eventId, attempt, error: textOf(failure) };
      trace.emit({ type: 'targetFailed', ...told, then: 'lost' });
    }
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** As EventBridge puts it into the dead-letter queue. */
function errorCode(error: unknown): string {
  if (!(error instanceof ApiError)) return 'SDK_CLIENT_ERROR';
  if (error.code === 403) return 'NO_PERMISSIONS';
  if (error.code === 404 || /NotFound|DoesNotExist/.test(error.name)) return 'NO_RESOURCE';
  return error.code === 429 ? 'THROTTLING' : error.name;
}
