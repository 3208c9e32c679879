import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const sns = new SNSClient({});
const sqs = new SQSClient({});
const TopicArn = 'arn:aws:sns:us-east-1:123456789012:orders';
const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/orders';

const giveTo = {
  topic: (order) => sns.send(new PublishCommand({ TopicArn, Message: order })),
  queue: (order) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: order })),
};

export const handler = async ({ orders, to }) => {
  for (let number = 1; number <= orders; number += 1) await giveTo[to](`order ${number}`);
  return { orders, to };
};
