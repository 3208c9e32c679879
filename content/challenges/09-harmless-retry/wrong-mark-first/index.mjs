import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { sendReceipt } from './mailer.mjs';

const database = DynamoDBDocumentClient.from(new DynamoDBClient());

export const handler = async ({ order, customer, points }) => {
  try {
    await database.send(
      new PutCommand({
        TableName: 'orders',
        Item: { id: `order-${order}` },
        ConditionExpression: 'attribute_not_exists(id)',
      }),
    );
  } catch (error) {
    // Seen before: nothing to do.
    if (error.name === 'ConditionalCheckFailedException') return;
    throw error;
  }
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
