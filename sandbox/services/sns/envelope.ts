/** How subscribers get a message: the event of a function, the envelope in a queue, or the message as it is. */
import { toBase64 } from '../../lambda/text-bytes.ts';
import type { DeliveryAttributes } from '../service.ts';
import type { MessageAttributes } from './sns.types.ts';
import type { Subscription } from './subscription.ts';

/** A message that a topic took. */
export interface Notification {
  readonly messageId: string;
  readonly topicArn: string;
  readonly subject: string | undefined;
  /** The text for each protocol, if the publisher gave several. */
  readonly textOf: (protocol: string) => string;
  readonly attributes: MessageAttributes;
  /** Virtual ms since the epoch. */
  readonly publishedAt: number;
  readonly signature: string;
  readonly region: string;
}

/** The event of a function. Source: Lambda developer guide, using Lambda with SNS. */
export function lambdaEvent(notification: Notification, { arn: subscriptionArn }: Subscription): string {
  const { messageId, topicArn, subject = null, publishedAt, signature, region } = notification;
  const Sns = {
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: topicArn,
    Subject: subject,
    Message: notification.textOf('lambda'),
    Timestamp: new Date(publishedAt).toISOString(),
    SignatureVersion: '1',
    Signature: signature,
    SigningCertUrl: certificateUrl(region),
    UnsubscribeUrl: unsubscribeUrl(region, subscriptionArn),
    MessageAttributes: typedAttributes(notification.attributes),
  };
  return JSON.stringify({
    Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: subscriptionArn, Sns }],
  });
}

/** The body of a message in a queue: laid out over several lines, as SNS does. */
export function queueEnvelope(notification: Notification, { arn: subscriptionArn, protocol }: Subscription): string {
  const { messageId, topicArn, subject, attributes, publishedAt, signature, region } = notification;
  const fields: readonly (readonly [string, unknown])[] = [
    ['Type', 'Notification'],
    ['MessageId', messageId],
    ['TopicArn', topicArn],
    ...(subject === undefined ? [] : [['Subject', subject] as const]),
    ['Message', notification.textOf(protocol)],
    ['Timestamp', new Date(publishedAt).toISOString()],
    ['SignatureVersion', '1'],
    ['Signature', signature],
    ['SigningCertURL', certificateUrl(region)],
    ['UnsubscribeURL', unsubscribeUrl(region, subscriptionArn)],
    ...(Object.keys(attributes).length === 0 ? [] : [['MessageAttributes', typedAttributes(attributes)] as const]),
  ];
  return `{\n${fields.map(([name, value]) => `  "${name}" : ${JSON.stringify(value)}`).join(',\n')}\n}`;
}

/** Attributes of a message that is delivered as it is. */
export function rawAttributes(attributes: MessageAttributes): DeliveryAttributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType: type, StringValue: text, BinaryValue: bytes }]) => [
      name,
      {
        dataType: type as DeliveryAttributes[string]['dataType'],
        value: bytes === undefined ? (text ?? '') : toBase64(bytes),
      },
    ]),
  );
}

function typedAttributes(attributes: MessageAttributes): Readonly<Record<string, { Type: string; Value: string }>> {
  return Object.fromEntries(
    Object.entries(rawAttributes(attributes)).map(([name, { dataType, value }]) => [
      name,
      { Type: dataType, Value: value },
    ]),
  );
}

const certificateUrl = (region: string): string =>
  `https://sns.${region}.amazonaws.com/SimpleNotificationService-9c6465fa7f48f5cacd23014631ec1136.pem`;
const unsubscribeUrl = (region: string, subscriptionArn: string): string =>
  `https://sns.${region}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`;
