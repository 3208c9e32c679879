/** Rules as they are put, switched on and off, given targets and deleted. */
import { factNumber } from '../../facts.ts';
import { factError } from '../fact-errors.ts';
import type { ServiceHost } from '../service.ts';
import type { EventBuses } from './event-buses.ts';
import type { OnBus, PutRuleInput, Target } from './eventbridge.types.ts';
import { readRule, readTarget, type Rule } from './rule.ts';
import type { RuleRunner } from './rule-runner.ts';

interface FailedTarget {
  readonly TargetId: string;
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

export class RuleChanges {
  readonly #host: ServiceHost;
  readonly #buses: EventBuses;
  readonly #runner: RuleRunner;

  constructor(host: ServiceHost, buses: EventBuses, runner: RuleRunner) {
    this.#host = host;
    this.#buses = buses;
    this.#runner = runner;
  }

  /** A rule of that name is replaced, and keeps its targets. @throws {ApiError} */
  put(input: PutRuleInput): Rule {
    const { facts, clock } = this.#host;
    const { Name: name, EventBusName: busName } = input;
    if (typeof name !== 'string' || !/^[\w.-]{1,64}$/.test(name))
      throw this.#invalid(`Parameter Name is not valid: ${name}`);
    const bus = this.#buses.find(busName);
    const read = readRule(input, bus.name === 'default', facts);
    const existing = bus.rules.get(name);
    const rule: Rule = existing ?? {
      name,
      arn: this.#buses.ruleArn(name, bus.name),
      busName: bus.name,
      targets: new Map(),
      countsFrom: clock.now,
      cancel: () => undefined,
      ...read,
    };
    const isSameSchedule = rule.schedule?.text === read.schedule?.text && rule.isEnabled === read.isEnabled;
    Object.assign(rule, read, isSameSchedule ? {} : { countsFrom: clock.now });
    bus.rules.set(name, rule);
    this.#runner.plan(rule);
    return rule;
  }

  enable(rule: Rule, isEnabled: boolean): object {
    if (isEnabled && !rule.isEnabled) rule.countsFrom = this.#host.clock.now;
    rule.isEnabled = isEnabled;
    this.#runner.plan(rule);
    return {};
  }

  /** Deleting a rule that is not there succeeds. @throws {ApiError} */
  delete(name: string, busName: OnBus['EventBusName']): void {
    const bus = this.#buses.find(busName);
    const rule = bus.rules.get(name);
    if (rule === undefined) return;
    if (rule.targets.size > 0) throw factError(this.#host.facts, 'err-eventbridge', 'hasTargets');
    rule.cancel();
    bus.rules.delete(name);
  }

  /** A target with the id of another one takes its place. @throws {ApiError} */
  putTargets(
    rule: Rule,
    targets: readonly Target[],
  ): { FailedEntryCount: number; FailedEntries: readonly FailedTarget[] } {
    const { facts } = this.#host;
    if (!Array.isArray(targets) || targets.length === 0)
      throw this.#invalid('Parameter Targets is not valid. Reason: it needs at least one target.');
    const list = targets as readonly Target[];
    const ids = new Set([...rule.targets.keys(), ...list.map(({ Id }) => Id)]);
    if (ids.size > factNumber(facts, 'eventbridge-targets-per-rule'))
      throw factError(facts, 'err-eventbridge', 'targetsTooMany');
    const read = list.map((target) => readTarget(target, facts));
    for (const target of read) rule.targets.set(target.target.Id, target);
    this.#runner.plan(rule);
    return { FailedEntryCount: 0, FailedEntries: [] };
  }

  removeTargets(
    rule: Rule,
    ids: readonly string[],
  ): { FailedEntryCount: number; FailedEntries: readonly FailedTarget[] } {
    for (const id of ids) rule.targets.delete(id);
    this.#runner.plan(rule);
    return { FailedEntryCount: 0, FailedEntries: [] };
  }

  #invalid(reason: string): Error {
    return factError(this.#host.facts, 'err-eventbridge', 'validation', { reason });
  }
}
