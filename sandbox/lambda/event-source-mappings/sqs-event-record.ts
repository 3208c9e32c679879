/** A message as it stands in the `Records` of Lambda's event. Source: Lambda developer guide, example SQS events. */
import type { StoredMessage } from '../../services/sqs/message.ts';
import { systemAttributes } from '../../services/sqs/receiving.ts';
import { toBase64 } from '../text-bytes.ts';

export interface SqsEventRecord extends Readonly<Record<string, unknown>> {
  readonly messageId: string;
  readonly body: string;
}

/** `handle` is the receipt handle of the message's last receive. */
export function sqsEventRecord(
  message: StoredMessage,
  handle: string,
  queueArn: string,
  region: string,
): SqsEventRecord {
  const { messageId, body, attributes, md5OfBody, md5OfAttributes } = message.content;
  return {
    messageId,
    receiptHandle: handle,
    body,
    attributes: systemAttributes(message),
    messageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, { DataType: dataType, StringValue: text, BinaryValue: bytes }]) => [
        name,
        {
          ...(text === undefined ? {} : { stringValue: text }),
          ...(bytes === undefined ? {} : { binaryValue: toBase64(bytes) }),
          stringListValues: [],
          binaryListValues: [],
          dataType,
        },
      ]),
    ),
    ...(md5OfAttributes === undefined ? {} : { md5OfMessageAttributes: md5OfAttributes }),
    md5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  };
}
