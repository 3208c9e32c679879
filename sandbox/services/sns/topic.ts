/** One topic: its name, what it takes, who may use it, and who subscribes to it. */
import { factNumber, type Facts } from '../../facts.ts';
import { factError } from '../fact-errors.ts';
import type { PolicyDocument } from '../service.ts';
import type { Subscription } from './subscription.ts';

export interface TopicSettings {
  readonly displayName: string;
  /** Bytes. */
  readonly maximumMessageSize: number;
  readonly policy: { readonly text: string; readonly document: PolicyDocument };
}

export interface Topic {
  readonly name: string;
  readonly arn: string;
  settings: TopicSettings;
  /** By ARN, in the order in which they came. */
  readonly subscriptions: Map<string, Subscription>;
}

/** A topic whose policy nobody has set may be used by everybody in its account. */
export function defaultTopicSettings(facts: Facts, arn: string, accountId: string): TopicSettings {
  const document: PolicyDocument = {
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['SNS:GetTopicAttributes', 'SNS:SetTopicAttributes', 'SNS:DeleteTopic', 'SNS:Subscribe', 'SNS:Publish'],
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': accountId } },
      },
    ],
  };
  // AWS's condition lets the account's alarms publish too; here they are named.
  const alarms: PolicyDocument['Statement'][number] = {
    Effect: 'Allow',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Action: 'SNS:Publish',
    Resource: arn,
  };
  return {
    displayName: '',
    maximumMessageSize: factNumber(facts, 'sns-message-size', 'default'),
    policy: { text: JSON.stringify(document), document: { ...document, Statement: [...document.Statement, alarms] } },
  };
}

/** The settings with the attributes changed. @throws {ApiError} InvalidParameterException */
export function changeTopicSettings(
  settings: TopicSettings,
  attributes: Readonly<Record<string, string>>,
  facts: Facts,
  parsePolicy: (text: string) => PolicyDocument,
): TopicSettings {
  const refuse = (reason: string): Error => factError(facts, 'err-sns', 'invalid', { reason });
  let changed = settings;
  for (const [name, value] of Object.entries(attributes)) {
    switch (name) {
      case 'DisplayName':
        changed = { ...changed, displayName: value };
        break;
      case 'MaximumMessageSize': {
        const size = /^\d+$/.test(value) ? Number(value) : NaN;
        const [min, max] = [factNumber(facts, 'sns-message-size', 'min'), factNumber(facts, 'sns-message-size', 'max')];
        if (!(size >= min && size <= max)) throw refuse(`MaximumMessageSize must be from ${min} to ${max} bytes.`);
        changed = { ...changed, maximumMessageSize: size };
        break;
      }
      case 'Policy':
        try {
          changed = { ...changed, policy: { text: value, document: parsePolicy(value) } };
        } catch (error) {
          throw refuse(`Policy Error: ${error instanceof Error ? error.message : String(error)}`);
        }
        break;
      default:
        throw refuse(`AttributeName: ${name}. It must be DisplayName, MaximumMessageSize or Policy.`);
    }
  }
  return changed;
}

/** As GetTopicAttributes tells it. */
export function describeTopic(
  { arn, settings, subscriptions }: Topic,
  owner: string,
): Readonly<Record<string, string>> {
  const confirmed = [...subscriptions.values()].filter(({ isConfirmed }) => isConfirmed).length;
  return {
    TopicArn: arn,
    Owner: owner,
    DisplayName: settings.displayName,
    Policy: settings.policy.text,
    MaximumMessageSize: String(settings.maximumMessageSize),
    SubscriptionsConfirmed: String(confirmed),
    SubscriptionsPending: String(subscriptions.size - confirmed),
    SubscriptionsDeleted: '0',
  };
}
