/** Setting a bucket's notifications: every destination must exist and let the bucket in, and is sent a test event. */
import type { Caller, Permissions, ServiceHost } from '../service.ts';
import type { Bucket } from './bucket.ts';
import type { Buckets } from './buckets.ts';
import { checkRules, rulesOf } from './notification-rules.ts';
import type { Notifications } from './notifications.ts';
import type { NotificationConfiguration, NotificationRule, PutNotificationRequest } from './s3.types.ts';

export interface NotificationSettingsHost extends Pick<ServiceHost, 'facts'> {
  readonly permissions: Permissions;
  readonly buckets: Buckets;
  readonly notifications: Notifications;
}

const denied =
  'Permissions on the destination do not allow S3 to publish notifications from this bucket, or it does not exist';

/** Replaces the whole configuration. @throws {ApiError} InvalidArgument */
export function configureNotifications(
  bucket: Bucket,
  { NotificationConfiguration: configuration, SkipDestinationValidation: isUnchecked }: PutNotificationRequest,
  { facts, permissions, buckets, notifications }: NotificationSettingsHost,
): void {
  checkRules(configuration, facts);
  const caller: Caller = { kind: 'service', principal: 's3.amazonaws.com', sourceArn: bucket.arn };
  const before = new Set(rulesOf(bucket.notifications).map(({ targetArn }) => targetArn));
  const targets = new Set(rulesOf(configuration).map(({ targetArn }) => targetArn));
  for (const resource of isUnchecked === true ? [] : targets) {
    const action = actionOf(resource);
    if (action !== undefined && permissions.allows({ caller, action, resource })) continue;
    throw buckets.error('destination', { ArgumentName: resource, ArgumentValue: denied });
  }
  bucket.notifications = named(configuration);
  for (const targetArn of targets) {
    // Functions are not sent a test event.
    if (!before.has(targetArn) && !targetArn.includes(':lambda:')) notifications.test(bucket, targetArn);
  }
}

/** Rules without an id get one. */
function named(configuration: NotificationConfiguration): NotificationConfiguration {
  const name = <Rule extends NotificationRule>(rules: readonly Rule[] | undefined, kind: string) =>
    rules?.map((rule, index) => ({ ...rule, Id: rule.Id ?? `${kind}-${index + 1}` }));
  const functions = name(configuration.LambdaFunctionConfigurations, 'function');
  const queues = name(configuration.QueueConfigurations, 'queue');
  const topics = name(configuration.TopicConfigurations, 'topic');
  const { EventBridgeConfiguration: bus } = configuration;
  return {
    ...(functions === undefined ? {} : { LambdaFunctionConfigurations: functions }),
    ...(queues === undefined ? {} : { QueueConfigurations: queues }),
    ...(topics === undefined ? {} : { TopicConfigurations: topics }),
    ...(bus === undefined ? {} : { EventBridgeConfiguration: bus }),
  };
}

/** What notifying a destination needs. */
function actionOf(arn: string): string | undefined {
  if (arn.startsWith('arn:aws:lambda:')) return 'lambda:InvokeFunction';
  if (arn.startsWith('arn:aws:sqs:')) return 'sqs:SendMessage';
  return arn.startsWith('arn:aws:sns:') ? 'sns:Publish' : undefined;
}
