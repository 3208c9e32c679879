import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { sendReceipt } from './mailer.mjs';

const database = DynamoDBDocumentClient.from(new DynamoDBClient());

export const handler = async ({ order, customer, points }) => {
  await database.send(
    new UpdateCommand({
      TableName: 'customers',
      Key: { customer },
      UpdateExpression: 'ADD points :points',
      ExpressionAttributeValues: { ':points': points },
    }),
  );
  await sendReceipt(order);
};
