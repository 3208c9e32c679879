import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { sendMail } from './mail.mjs';

const table = new DynamoDBClient({});
const sns = new SNSClient({});

export const handler = async ({ order, mailServer, handOver }) => {
  await table.send(new PutItemCommand({ TableName: 'orders', Item: { id: { S: order } } }));

  const mail = { order, mailServer };
  if (handOver) await sns.send(new PublishCommand({ TopicArn: process.env.ORDERS, Message: JSON.stringify(mail) }));
  else await sendMail(mail);

  return { statusCode: 201, body: JSON.stringify({ order }) };
};
