import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { sendReceipt } from './mailer.mjs';

const database = DynamoDBDocumentClient.from(new DynamoDBClient());
const counted = new Set();

export const handler = async ({ order, customer, points }) => {
  if (!counted.has(order)) {
    await database.send(
      new UpdateCommand({
        TableName: 'customers',
        Key: { customer },
        UpdateExpression: 'ADD points :points',
        ExpressionAttributeValues: { ':points': points },
      }),
    );
    counted.add(order);
  }
  await sendReceipt(order);
};
