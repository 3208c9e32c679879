/** What makes rules act: events that match them, and times at which they are due. */
import { newUuid } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import type { Caller, Deliveries, ServiceHost } from '../service.ts';
import type { EventBus, EventBuses } from './event-buses.ts';
import type { BusEventContent } from './eventbridge.types.ts';
import { makeEvent } from './put-events.ts';
import type { Rule, RuleTarget } from './rule.ts';
import { TargetDelivery } from './target-delivery.ts';

/** Where an event comes from. */
export interface EventOrigin {
  /** It came from another bus. */
  readonly cameFromBus?: boolean;
  /** X-Ray's header of whoever put it. */
  readonly traceHeader?: string | undefined;
}

export class RuleRunner {
  readonly #host: ServiceHost;
  readonly #buses: EventBuses;
  readonly #delivery: TargetDelivery;
  readonly #ids: Random;

  constructor(host: ServiceHost, buses: EventBuses, deliveries: Deliveries, ids: Random) {
    this.#host = host;
    this.#buses = buses;
    this.#delivery = new TargetDelivery(host, deliveries);
    this.#ids = ids;
  }

  /**
   * Gives the event to the targets of all rules that it matches. One that came from another bus is not passed on to a
   * third.
   */
  match(bus: EventBus, event: BusEventContent, origin: EventOrigin): void {
    const { clock, trace } = this.#host;
    const rules = [...bus.rules.values()].filter(
      ({ isEnabled, pattern }) => isEnabled && pattern?.compiled.matches(event),
    );
    trace.emit({
      type: 'busEventPut',
      time: clock.now,
      busName: bus.name,
      eventId: event.id,
      source: event.source,
      detailType: event['detail-type'],
      rules: rules.map(({ name }) => name),
    });
    for (const rule of rules) {
      for (const target of rule.targets.values()) this.#send(rule, target, event, origin);
    }
  }

  /** Nobody gets the event: there is no bus of that name. */
  lose(busName: string, event: BusEventContent): void {
    const { clock, trace } = this.#host;
    const { id: eventId, source, 'detail-type': detailType } = event;
    trace.emit({
      type: 'busEventPut',
      time: clock.now,
      busName,
      eventId,
      source,
      detailType,
      rules: [],
      noSuchBus: true,
    });
  }

  /** Sets the rule's next time, if it has one, is enabled and somebody would get it. */
  plan(rule: Rule): void {
    rule.cancel();
    rule.cancel = () => undefined;
    if (rule.schedule === undefined || !rule.isEnabled || rule.targets.size === 0) return;
    const { clock } = this.#host;
    const at = rule.schedule.compiled.next(clock.now, rule.countsFrom);
    if (at !== undefined) rule.cancel = clock.schedule(at, () => this.#fire(rule));
  }

  #fire(rule: Rule): void {
    const { clock, trace, location } = this.#host;
    const { name, schedule } = rule;
    trace.emit({ type: 'scheduleFired', time: clock.now, kind: 'rule', name, expression: schedule?.text ?? '' });
    const event = makeEvent(
      {
        id: newUuid(this.#ids),
        source: 'aws.events',
        detailType: 'Scheduled Event',
        detail: {},
        resources: [rule.arn],
        time: clock.now,
      },
      location,
    );
    for (const target of rule.targets.values()) this.#send(rule, target, event, {});
    this.plan(rule);
  }

  #send(rule: Rule, { target, input }: RuleTarget, event: BusEventContent, origin: EventOrigin): void {
    const { clock } = this.#host;
    if (target.Arn.startsWith('arn:aws:events:')) {
      const bus = this.#buses.get(target.Arn);
      if (bus === undefined || origin.cameFromBus === true) return;
      clock.schedule(clock.now, () => this.match(bus, event, { ...origin, cameFromBus: true }));
      return;
    }
    const facts = { ruleArn: rule.arn, ruleName: rule.name, ingestionTime: new Date(clock.now).toISOString() };
    const body = input(event, facts);
    const trace = origin.traceHeader === undefined ? {} : { traceId: origin.traceHeader };
    const caller: Caller = { kind: 'service', principal: 'events.amazonaws.com', sourceArn: rule.arn, ...trace };
    const groupId = target.SqsParameters?.MessageGroupId;
    this.#delivery.start({
      name: rule.name,
      sourceArn: rule.arn,
      eventId: event.id,
      targetArn: target.Arn,
      caller,
      bodyOf: () => body,
      order: groupId === undefined ? undefined : { messageGroupId: groupId },
      retryPolicy: target.RetryPolicy,
      deadLetterArn: target.DeadLetterConfig?.Arn,
    });
  }
}
