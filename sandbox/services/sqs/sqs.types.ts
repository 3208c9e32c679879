/** Requests and answers of the SQS API, in the shapes of the AWS SDK for JavaScript v3. */

export interface MessageAttributeValue {
  /** `String`, `Number` or `Binary`, with a label of your own after a dot if you like. */
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

export type MessageAttributes = Readonly<Record<string, MessageAttributeValue>>;

export interface OnQueue {
  readonly QueueUrl: string;
}

export interface CreateQueueRequest {
  readonly QueueName: string;
  readonly Attributes?: Readonly<Record<string, string>> | undefined;
}

export interface SendMessageFields {
  readonly MessageBody: string;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: MessageAttributes | undefined;
  readonly MessageSystemAttributes?: MessageAttributes | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageGroupId?: string | undefined;
}

export type SendMessageRequest = OnQueue & SendMessageFields;

export interface SendMessageResult {
  readonly MD5OfMessageBody: string;
  readonly MD5OfMessageAttributes?: string;
  readonly MessageId: string;
  /** Only of FIFO queues. */
  readonly SequenceNumber?: string;
}

export interface BatchEntry {
  readonly Id: string;
}

export interface BatchResultErrorEntry {
  readonly Id: string;
  readonly SenderFault: boolean;
  readonly Code: string;
  readonly Message?: string;
}

/** As the SDK answers: a list that would be empty is not there. */
export interface BatchResult<Success> {
  readonly Successful?: readonly Success[];
  readonly Failed?: readonly BatchResultErrorEntry[];
}

export interface ReceiveMessageRequest extends OnQueue {
  readonly MaxNumberOfMessages?: number | undefined;
  readonly VisibilityTimeout?: number | undefined;
  readonly WaitTimeSeconds?: number | undefined;
  readonly AttributeNames?: readonly string[] | undefined;
  readonly MessageSystemAttributeNames?: readonly string[] | undefined;
  readonly MessageAttributeNames?: readonly string[] | undefined;
  readonly ReceiveRequestAttemptId?: string | undefined;
}

export interface SqsMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly MD5OfBody: string;
  readonly Body: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MD5OfMessageAttributes?: string;
  readonly MessageAttributes?: MessageAttributes;
}

export interface ReceiveMessageResult {
  /** Absent when there is none. */
  readonly Messages?: readonly SqsMessage[];
}

export interface DeleteMessageFields {
  readonly ReceiptHandle: string;
}

export interface ChangeVisibilityFields {
  readonly ReceiptHandle: string;
  /** Seconds from now. */
  readonly VisibilityTimeout: number;
}
