/** Amazon EventBridge: event buses, rules with patterns and schedules, targets, and the operations on them. */
import { factNumber } from '../../facts.ts';
import { newUuid } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import { factError } from '../fact-errors.ts';
import type { ApiError } from '../service.ts';
import {
  type Caller,
  type Deliveries,
  type DeliveryTarget,
  type Operation,
  type PolicyDocument,
  type PolicyStatement,
  type Service,
  type ServiceHost,
} from '../service.ts';
import { EventBuses } from './event-buses.ts';
import type * as api from './eventbridge.types.ts';
import { checkEntry, entryBytes, makeEvent, parseDetail } from './put-events.ts';
import { describeRule, readPattern, type Rule } from './rule.ts';
import { RuleChanges } from './rule-changes.ts';
import { RuleRunner } from './rule-runner.ts';

export interface EventBridgeNeighbours {
  readonly deliveries: Deliveries;
  /** Reads a bus's policy. @throws {Error} that says what is wrong with it */
  readonly parsePolicy: (text: string) => PolicyDocument;
}

interface OnRule extends api.OnBus {
  readonly Name: string;
}
interface OnTargets extends api.OnBus {
  readonly Rule: string;
}

export class EventBridge implements Service {
  readonly name = 'eventbridge';
  readonly #host: ServiceHost;
  readonly #parsePolicy: EventBridgeNeighbours['parsePolicy'];
  readonly #buses: EventBuses;
  readonly #rules: RuleRunner;
  readonly #changes: RuleChanges;
  readonly #ids: Random;

  constructor(host: ServiceHost, neighbours: EventBridgeNeighbours) {
    this.#host = host;
    this.#parsePolicy = neighbours.parsePolicy;
    this.#buses = new EventBuses(host);
    this.#ids = host.random.stream('eventbridge ids');
    this.#rules = new RuleRunner(host, this.#buses, neighbours.deliveries, this.#ids);
    this.#changes = new RuleChanges(host, this.#buses, this.#rules);
  }

  // --- what other parts of the account ask

  /** The default bus takes the events of AWS services without a policy that says so. */
  resourcePolicy(arn: string): PolicyDocument | undefined {
    const bus = this.#buses.get(arn);
    const document = bus?.policy?.document;
    if (bus?.name !== 'default') return document;
    return { Version: '2012-10-17', Statement: [...(document?.Statement ?? []), this.#ofServices(bus.arn)] };
  }

  /** The body is JSON: one entry of PutEvents, whose source may be an AWS service. */
  readonly delivery: DeliveryTarget = {
    action: 'events:PutEvents',
    receive: (arn, body, caller) => {
      const bus = this.#buses.find(arn);
      const entry = parseDetail(body) as api.PutEventsEntry | undefined;
      const detail = parseDetail(entry?.Detail);
      if (entry === undefined || detail === undefined)
        throw this.#invalid('The event is not the JSON of an entry of PutEvents.');
      this.#put(bus.name, entry, detail, caller);
    },
  };

  // --- the API

  readonly operations = {
    PutEvents: this.#operation(
      'PutEvents',
      ({ Entries: entries }: { readonly Entries: readonly api.PutEventsEntry[] }) => [
        ...new Set(
          (entries as readonly api.PutEventsEntry[] | undefined)?.map(({ EventBusName }) =>
            this.#buses.arnOf(EventBusName),
          ),
        ),
      ],
      ({ Entries: entries }, caller) => this.#putEvents(entries, caller),
    ),
    PutRule: this.#operation(
      'PutRule',
      (input: api.PutRuleInput) => [this.#buses.ruleArn(input.Name, input.EventBusName)],
      (input) => ({ RuleArn: this.#changes.put(input).arn }),
    ),
    DescribeRule: this.#onRule('DescribeRule', (rule) => describeRule(rule)),
    EnableRule: this.#onRule('EnableRule', (rule) => this.#changes.enable(rule, true)),
    DisableRule: this.#onRule('DisableRule', (rule) => this.#changes.enable(rule, false)),
    DeleteRule: this.#operation(
      'DeleteRule',
      (input: OnRule) => [this.#buses.ruleArn(input.Name, input.EventBusName)],
      ({ Name: name, EventBusName: busName }) => {
        this.#changes.delete(name, busName);
        return {};
      },
    ),
    ListRules: this.#operation(
      'ListRules',
      () => ['*'],
      (input: api.OnBus & { readonly NamePrefix?: string }) => ({
        Rules: [...this.#buses.find(input.EventBusName).rules.values()]
          .filter(({ name }) => name.startsWith(input.NamePrefix ?? ''))
          .sort((a, b) => (a.name < b.name ? -1 : 1))
          .map(describeRule),
      }),
    ),
    ListRuleNamesByTarget: this.#operation(
      'ListRuleNamesByTarget',
      () => ['*'],
      ({ TargetArn: arn, EventBusName: busName }: api.OnBus & { readonly TargetArn: string }) => ({
        RuleNames: [...this.#buses.find(busName).rules.values()]
          .filter(({ targets }) => [...targets.values()].some(({ target }) => target.Arn === arn))
          .map(({ name }) => name),
      }),
    ),
    PutTargets: this.#onTargets('PutTargets', (rule, input: OnTargets & { readonly Targets: readonly api.Target[] }) =>
      this.#changes.putTargets(rule, input.Targets),
    ),
    RemoveTargets: this.#onTargets('RemoveTargets', (rule, input: OnTargets & { readonly Ids: readonly string[] }) => {
      return this.#changes.removeTargets(rule, input.Ids);
    }),
    ListTargetsByRule: this.#onTargets('ListTargetsByRule', (rule) => ({
      Targets: [...rule.targets.values()].map(({ target }) => target),
    })),
    TestEventPattern: this.#operation(
      'TestEventPattern',
      () => ['*'],
      ({ EventPattern: pattern, Event: event }: { readonly EventPattern: string; readonly Event: string }) => {
        const parsed = parseDetail(event);
        if (parsed === undefined) throw this.#invalid('Parameter Event is not valid. Reason: it is not a JSON object.');
        return { Result: readPattern(pattern, this.#host.facts).matches(parsed) };
      },
    ),
    CreateEventBus: this.#operation(
      'CreateEventBus',
      ({ Name: name }: { readonly Name: string }) => [this.#buses.arnOf(name)],
      ({ Name: name }) => {
        if (typeof name !== 'string' || !/^[\w.-]{1,256}$/.test(name))
          throw this.#invalid(`Parameter Name is not valid: ${name}`);
        return { EventBusArn: this.#buses.create(name).arn };
      },
    ),
    DeleteEventBus: this.#operation(
      'DeleteEventBus',
      ({ Name: name }: { readonly Name: string }) => [this.#buses.arnOf(name)],
      ({ Name: name }) => {
        if (name === 'default') throw this.#invalid('Cannot delete event bus default.');
        const bus = this.#buses.get(name);
        if (bus !== undefined && bus.rules.size > 0)
          throw this.#invalid("Event bus can't be deleted since it has rules.");
        if (bus !== undefined) this.#buses.delete(bus);
        return {};
      },
    ),
    DescribeEventBus: this.#operation(
      'DescribeEventBus',
      ({ Name: name }: { readonly Name?: string }) => [this.#buses.arnOf(name)],
      ({ Name: name }) => {
        const bus = this.#buses.find(name);
        return { Name: bus.name, Arn: bus.arn, ...(bus.policy === undefined ? {} : { Policy: bus.policy.text }) };
      },
    ),
    ListEventBuses: this.#operation(
      'ListEventBuses',
      () => ['*'],
      (_input: object) => ({
        EventBuses: this.#buses.list().map(({ name, arn }) => ({ Name: name, Arn: arn })),
      }),
    ),
    PutPermission: this.#operation(
      'PutPermission',
      ({ EventBusName: name }: api.OnBus & { readonly Policy: string }) => [this.#buses.arnOf(name)],
      ({ EventBusName: name, Policy: text }) => {
        const bus = this.#buses.find(name);
        try {
          bus.policy = { text, document: this.#parsePolicy(text) };
        } catch (error) {
          throw this.#invalid(
            `Parameter Policy is not valid. ${error instanceof Error ? error.message : String(error)}`,
          );
        }
        return {};
      },
    ),
  };

  #operation<Input, Output>(
    action: string,
    resources: (input: Input) => readonly string[],
    run: (input: Input, caller: Caller) => Output,
  ): Operation<Input, Output> {
    return { action: `events:${action}`, resources, run };
  }

  #onRule<Output>(action: string, run: (rule: Rule) => Output): Operation<OnRule, Output> {
    return this.#operation(
      action,
      ({ Name: name, EventBusName: bus }: OnRule) => [this.#buses.ruleArn(name, bus)],
      ({ Name: name, EventBusName: bus }) => run(this.#buses.findRule(name, bus)),
    );
  }

  #onTargets<Output, Input extends OnTargets = OnTargets>(
    action: string,
    run: (rule: Rule, input: Input) => Output,
  ): Operation<Input, Output> {
    return this.#operation(
      action,
      ({ Rule: name, EventBusName: bus }: Input) => [this.#buses.ruleArn(name, bus)],
      (input) => run(this.#buses.findRule(input.Rule, input.EventBusName), input),
    );
  }

  #putEvents(
    entries: readonly api.PutEventsEntry[],
    caller: Caller,
  ): {
    FailedEntryCount: number;
    Entries: readonly api.PutEventsResultEntry[];
  } {
    const { facts } = this.#host;
    const error = (key: string): Error =>
      factError(facts, 'err-eventbridge', key, { limit: factNumber(facts, 'eventbridge-put-events', 'entries') });
    if (
      !Array.isArray(entries) ||
      entries.length === 0 ||
      entries.length > factNumber(facts, 'eventbridge-put-events', 'entries')
    ) {
      throw error('entriesTooMany');
    }
    const list = entries as readonly api.PutEventsEntry[];
    const bytes = list.reduce((sum, entry) => sum + entryBytes(entry, facts), 0);
    if (bytes >= factNumber(facts, 'eventbridge-put-events', 'bytes')) throw error('entriesTooLarge');
    const results = list.map((entry): api.PutEventsResultEntry => {
      const mistake = checkEntry(entry);
      if (mistake !== undefined) return mistake;
      return { EventId: this.#put(entry.EventBusName, entry, parseDetail(entry.Detail), caller) };
    });
    return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
  }

  /** An event for a bus that is not there is lost, and nobody is told. */
  #put(busName: string | undefined, entry: api.PutEventsEntry, detail: object | undefined, caller: Caller): string {
    const { clock, location } = this.#host;
    const { Source: source = '', DetailType: detailType = '', Resources: resources = [], Time: time } = entry;
    const at = time === undefined ? clock.now : new Date(time).getTime();
    const event = makeEvent({ id: newUuid(this.#ids), source, detailType, resources, detail, time: at }, location);
    clock.schedule(clock.now, () => {
      const bus = this.#buses.get(busName);
      if (bus === undefined) this.#rules.lose(busName ?? 'default', event);
      else this.#rules.match(bus, event, { traceHeader: traceHeaderOf(entry, caller) });
    });
    return event.id;
  }

  #ofServices(busArn: string): PolicyStatement {
    return {
      Effect: 'Allow',
      Principal: '*',
      Action: 'events:PutEvents',
      Resource: busArn,
      // Only calls of AWS services have this key.
      Condition: { StringEquals: { 'aws:SourceAccount': this.#host.location.accountId } },
    };
  }

  #invalid(reason: string): ApiError {
    return factError(this.#host.facts, 'err-eventbridge', 'validation', { reason });
  }
}

/** X-Ray's header of whoever put the event. What counts recursion stays behind: Lambda does not follow it over a bus. */
function traceHeaderOf({ TraceHeader: given }: api.PutEventsEntry, caller: Caller): string | undefined {
  const header = given ?? (caller.kind === 'account' ? undefined : caller.traceId);
  return header?.replace(/;Lineage=[^;]*/, '');
}
