/** What happens when an asynchronous event has ended: destinations and dead-letter queues are told, or nobody is. */
import type { Clock } from '../../kernel/clock.ts';
import { newUuid } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import { factText, type Facts } from '../../facts.ts';
import type { Caller, Deliveries, DeliveryAttributes } from '../../services/service.ts';
import type { EventDelivered } from '../../trace.ts';
import type { FunctionConfiguration } from '../api.types.ts';
import { fillTemplate } from '../errors.ts';
import type { FunctionDirectory } from '../function-directory.ts';
import { functionArn, type Location } from '../names.ts';
import type { TraceWriter } from '../trace-writer.ts';
import type { EventInvokeConfigs } from './event-invoke-configs.ts';
import type { EndedEvent } from './event-queue.ts';
import { deadLetterAttributes, eventBusEntry, invocationRecord } from './invocation-record.ts';

export interface AftermathHost {
  readonly clock: Clock;
  readonly facts: Facts;
  readonly location: Location;
  /** Of the names of objects in buckets. */
  readonly random: Random;
  readonly trace: TraceWriter;
  readonly directory: FunctionDirectory;
  readonly configs: EventInvokeConfigs;
  readonly deliveries: () => Deliveries;
}

export class Aftermath {
  readonly #host: AftermathHost;

  constructor(host: AftermathHost) {
    this.#host = host;
  }

  /** Both a destination and a dead-letter queue are told when both are configured. */
  of(ended: EndedEvent): void {
    const { directory, configs } = this.#host;
    const { event, condition } = ended;
    const record = directory.get(event.request.functionName);
    if (record === undefined || condition === 'FunctionDeleted') return;
    const { targets } = configs.of(record, event.qualifier);
    const configuration = this.#executed(ended);
    if (condition === 'Success') {
      const destination = targets.OnSuccess?.Destination;
      if (destination) this.#sendRecord(ended, 'on-success', destination, configuration);
      return;
    }
    const destination = targets.OnFailure?.Destination;
    const deadLetters = configuration?.DeadLetterConfig?.TargetArn;
    if (destination) this.#sendRecord(ended, 'on-failure', destination, configuration);
    if (deadLetters) this.#sendEvent(ended, deadLetters, configuration);
    if (!destination && !deadLetters) this.#dropped(ended);
  }

  /** The version that ran last, or else the one that the event was sent to. */
  #executed({ event, last }: EndedEvent): FunctionConfiguration | undefined {
    const { directory } = this.#host;
    const record = directory.get(event.request.functionName);
    if (record === undefined) return undefined;
    for (const qualifier of [last?.executedVersion, event.qualifier]) {
      try {
        return directory.version({ record, qualifier }).configuration;
      } catch {
        // That version was deleted in the meantime.
      }
    }
    return record.latest.configuration;
  }

  #sendRecord(
    ended: EndedEvent,
    to: 'on-success' | 'on-failure',
    targetArn: string,
    configuration: FunctionConfiguration | undefined,
  ): void {
    const { clock, facts, location } = this.#host;
    const record = invocationRecord(ended, location, clock.now);
    const { qualifier = '$LATEST', request } = ended.event;
    const arn = functionArn(location, { name: request.functionName, qualifier });
    const [, , service] = targetArn.split(':');
    if (service === 'events') {
      this.#deliver(
        ended,
        to,
        targetArn,
        eventBusEntry(record, ended.condition, [targetArn, arn], facts),
        configuration,
      );
    } else if (service === 's3') {
      this.#deliver(ended, to, `${targetArn}/${this.#objectKey(request.functionName)}`, record, configuration);
    } else {
      this.#deliver(ended, to, targetArn, record, configuration);
    }
  }

  #sendEvent(ended: EndedEvent, targetArn: string, configuration: FunctionConfiguration | undefined): void {
    const { payload = '' } = ended.event.request;
    const attributes = deadLetterAttributes(ended, this.#host.facts);
    this.#deliver(ended, 'dead-letter-queue', targetArn, payload, configuration, attributes);
  }

  #deliver(
    ended: EndedEvent,
    to: EventDelivered['to'],
    targetArn: string,
    body: string,
    configuration: FunctionConfiguration | undefined,
    attributes?: DeliveryAttributes,
  ): void {
    const { clock, trace, deliveries } = this.#host;
    const { requestId, functionName } = ended.event.request;
    const what = { time: clock.now, requestId, functionName, to, targetArn };
    try {
      deliveries().deliver(targetArn, body, this.#caller(ended, configuration), attributes);
      trace.emit({ type: 'eventDelivered', ...what });
    } catch (error) {
      const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      trace.emit({ type: 'eventDeliveryFailed', ...what, error: text });
    }
  }

  #dropped({ event, condition }: EndedEvent): void {
    const { clock, trace } = this.#host;
    const { requestId, functionName } = event.request;
    trace.emit({ type: 'eventDropped', time: clock.now, requestId, functionName, condition });
  }

  /** Lambda delivers with the function's execution role. */
  #caller({ event }: EndedEvent, configuration: FunctionConfiguration | undefined): Caller {
    const { accountId } = this.#host.location;
    const { requestId, traceId, functionName } = event.request;
    const roleArn = configuration?.Role ?? '';
    const roleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
    return {
      kind: 'role',
      roleArn,
      sessionArn: `arn:aws:sts::${accountId}:assumed-role/${roleName}/${functionName}`,
      environmentId: '',
      requestId,
      traceId,
    };
  }

  #objectKey(functionName: string): string {
    const { clock, facts, random } = this.#host;
    const time = new Date(clock.now).toISOString();
    return fillTemplate(factText(facts, 'destination-bucket-key'), {
      functionName,
      day: time.slice(0, 10).replaceAll('-', '/'),
      time: time.slice(0, 19).replaceAll(':', '.'),
      id: newUuid(random),
    });
  }
}
