/** One subscription: who gets a topic's messages, which of them, and how. */
import type { Facts } from '../../facts.ts';
import { factError } from '../fact-errors.ts';
import { parseFilterPolicy, type FilterPolicy, type FilterPolicyScope } from './filter-policy.ts';

export const protocols = [
  'sqs',
  'lambda',
  'http',
  'https',
  'email',
  'email-json',
  'sms',
  'firehose',
  'application',
] as const;
export type Protocol = (typeof protocols)[number];

export interface SubscriptionSettings {
  readonly filterPolicy: FilterPolicy | undefined;
  readonly scope: FilterPolicyScope;
  readonly isRaw: boolean;
  /** The ARN of its dead-letter queue. */
  readonly deadLetterTargetArn: string | undefined;
}

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: Protocol;
  readonly endpoint: string;
  /** Only queues and functions are delivered to; others never confirm. */
  readonly isConfirmed: boolean;
  settings: SubscriptionSettings;
}

export const defaultSettings: SubscriptionSettings = {
  filterPolicy: undefined,
  scope: 'MessageAttributes',
  isRaw: false,
  deadLetterTargetArn: undefined,
};

/** The settings with the attributes changed. @throws {ApiError} InvalidParameterException */
export function changeSettings(
  settings: SubscriptionSettings,
  attributes: Readonly<Record<string, string>>,
  protocol: Protocol,
  facts: Facts,
): SubscriptionSettings {
  const refuse = (reason: string): Error => factError(facts, 'err-sns', 'invalid', { reason });
  const known = ['FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery', 'RedrivePolicy'];
  const unknown = Object.keys(attributes).find((name) => !known.includes(name));
  if (unknown !== undefined) throw refuse(`AttributeName: ${unknown}. It must be one of ${known.join(', ')}.`);
  const scope = attributes.FilterPolicyScope ?? settings.scope;
  if (scope !== 'MessageAttributes' && scope !== 'MessageBody') {
    throw refuse('FilterPolicyScope: Invalid value. It must be MessageAttributes or MessageBody.');
  }
  const { RawMessageDelivery: raw, RedrivePolicy: redrive } = attributes;
  if (raw !== undefined && raw !== 'true' && raw !== 'false')
    throw refuse('RawMessageDelivery: Invalid value. It must be true or false.');
  if (raw === 'true' && protocol === 'lambda')
    throw refuse('RawMessageDelivery: Delivery protocol [lambda] does not support raw message delivery.');
  const policyText = attributes.FilterPolicy ?? settings.filterPolicy?.text;
  return {
    scope,
    filterPolicy:
      policyText === undefined || isEmpty(policyText) ? undefined : parseFilterPolicy(facts, policyText, scope),
    isRaw: raw === undefined ? settings.isRaw : raw === 'true',
    deadLetterTargetArn: redrive === undefined ? settings.deadLetterTargetArn : readRedrive(redrive, refuse),
  };
}

/** An empty policy takes the filter away. */
const isEmpty = (text: string): boolean => /^\s*(\{\s*\})?\s*$/.test(text);

function readRedrive(text: string, refuse: (reason: string) => Error): string | undefined {
  if (text === '') return undefined;
  let arn: unknown;
  try {
    arn = (JSON.parse(text) as { readonly deadLetterTargetArn?: unknown }).deadLetterTargetArn;
  } catch {
    throw refuse('RedrivePolicy: failed to parse JSON.');
  }
  if (typeof arn !== 'string' || !arn.startsWith('arn:aws:sqs:')) {
    throw refuse('RedrivePolicy: deadLetterTargetArn must be the ARN of an SQS queue.');
  }
  return arn;
}

/** As GetSubscriptionAttributes tells it. */
export function describeSubscription(subscription: Subscription, owner: string): Readonly<Record<string, string>> {
  const { arn, topicArn, protocol, endpoint, isConfirmed, settings } = subscription;
  const { filterPolicy, scope, isRaw, deadLetterTargetArn } = settings;
  return {
    SubscriptionArn: arn,
    TopicArn: topicArn,
    Protocol: protocol,
    Endpoint: endpoint,
    Owner: owner,
    PendingConfirmation: String(!isConfirmed),
    ConfirmationWasAuthenticated: String(isConfirmed),
    RawMessageDelivery: String(isRaw),
    ...(filterPolicy === undefined ? {} : { FilterPolicy: filterPolicy.text, FilterPolicyScope: scope }),
    ...(deadLetterTargetArn === undefined ? {} : { RedrivePolicy: JSON.stringify({ deadLetterTargetArn }) }),
  };
}
