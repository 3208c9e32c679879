/** Requests and answers of the SNS API, in the shapes of the AWS SDK for JavaScript v3. */

export interface MessageAttributeValue {
  /** `String`, `String.Array`, `Number` or `Binary`. */
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

export type MessageAttributes = Readonly<Record<string, MessageAttributeValue>>;

export interface PublishFields {
  readonly Message: string;
  readonly Subject?: string | undefined;
  /** `json`: the message is an object with a text for each protocol. */
  readonly MessageStructure?: string | undefined;
  readonly MessageAttributes?: MessageAttributes | undefined;
}

export interface PublishInput extends PublishFields {
  readonly TopicArn?: string | undefined;
  readonly TargetArn?: string | undefined;
}

export interface SubscribeInput {
  readonly TopicArn: string;
  readonly Protocol: string;
  readonly Endpoint?: string | undefined;
  readonly Attributes?: Readonly<Record<string, string>> | undefined;
}

export interface SubscriptionOutput {
  readonly SubscriptionArn: string;
  readonly Owner: string;
  readonly Protocol: string;
  readonly Endpoint: string;
  readonly TopicArn: string;
}
