/** A bucket's notification rules: what may be configured, and which rules an event meets. */
import { factTexts, type Facts } from '../../facts.ts';
import { factError } from '../fact-errors.ts';
import type { NotificationConfiguration, NotificationRule } from './s3.types.ts';

/** A rule with its destination. */
export interface Rule {
  readonly id: string;
  readonly targetArn: string;
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

/** All rules of a configuration, in the order in which it lists them. */
export function rulesOf(configuration: NotificationConfiguration): readonly Rule[] {
  const { LambdaFunctionConfigurations, QueueConfigurations, TopicConfigurations } = configuration;
  return [
    ...(LambdaFunctionConfigurations ?? []).map((rule) => ruleOf(rule, rule.LambdaFunctionArn)),
    ...(QueueConfigurations ?? []).map((rule) => ruleOf(rule, rule.QueueArn)),
    ...(TopicConfigurations ?? []).map((rule) => ruleOf(rule, rule.TopicArn)),
  ];
}

function ruleOf({ Id = '', Events, Filter }: NotificationRule, targetArn: string): Rule {
  const rules = Filter?.Key?.FilterRules ?? [];
  const valueOf = (name: string): string => rules.find((rule) => rule.Name.toLowerCase() === name)?.Value ?? '';
  return { id: Id, targetArn, events: Events, prefix: valueOf('prefix'), suffix: valueOf('suffix') };
}

/** @throws {ApiError} InvalidArgument: an unknown event, another filter than prefix and suffix, rules that overlap */
export function checkRules(configuration: NotificationConfiguration, facts: Facts): void {
  const known = factTexts(facts, 's3-notification-events');
  const { LambdaFunctionConfigurations, QueueConfigurations, TopicConfigurations } = configuration;
  const given: readonly NotificationRule[] = [
    ...(LambdaFunctionConfigurations ?? []),
    ...(QueueConfigurations ?? []),
    ...(TopicConfigurations ?? []),
  ];
  for (const { Events, Filter } of given) {
    if (!Array.isArray(Events) || Events.length === 0) throw factError(facts, 'err-s3', 'malformed');
    const unknown = Events.find((event: string) => !known.includes(event)) as string | undefined;
    if (unknown !== undefined) throw factError(facts, 'err-s3', 'invalidEvent', { event: unknown });
    const names = (Filter?.Key?.FilterRules ?? []).map(({ Name }) => Name.toLowerCase());
    if (!names.every((name) => name === 'prefix' || name === 'suffix') || new Set(names).size < names.length) {
      throw factError(facts, 'err-s3', 'filterName');
    }
  }
  const rules = rulesOf(configuration);
  rules.forEach((rule, index) => {
    if (rules.slice(index + 1).some((other) => overlap(rule, other))) throw factError(facts, 'err-s3', 'overlap');
  });
}

/** Whether some key with some event would meet both rules. */
function overlap(one: Rule, other: Rule): boolean {
  return (
    one.events.some((event) => other.events.some((another) => sameKind(event, another))) &&
    (one.prefix.startsWith(other.prefix) || other.prefix.startsWith(one.prefix)) &&
    (one.suffix.endsWith(other.suffix) || other.suffix.endsWith(one.suffix))
  );
}

const sameKind = (one: string, other: string): boolean => meets(one, other) || meets(other, one);

/** Whether the event `s3:ObjectCreated:Put` is one of the kind `s3:ObjectCreated:*`. */
function meets(event: string, kind: string): boolean {
  return kind.endsWith(':*') ? event.startsWith(kind.slice(0, -1)) : event === kind;
}

/** The rules that an event of a key meets: one for each event type at most, since rules do not overlap. */
export function rulesMet(configuration: NotificationConfiguration, event: string, key: string): readonly Rule[] {
  return rulesOf(configuration).filter(
    ({ events, prefix, suffix }) =>
      events.some((kind) => meets(event, kind)) && key.startsWith(prefix) && key.endsWith(suffix),
  );
}
