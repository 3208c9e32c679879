import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { sendReceipt } from './mailer.mjs';

const database = DynamoDBDocumentClient.from(new DynamoDBClient());

/** Whether this order is seen for the first time. */
const mark = async (order) => {
  const condition = { ConditionExpression: 'attribute_not_exists(id)' };
  try {
    await database.send(new PutCommand({ TableName: 'orders', Item: { id: `order-${order}` }, ...condition }));
    return true;
  } catch (error) {
    if (error.name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
};

export const handler = async ({ order, customer, points }) => {
  if (await mark(order)) {
    await database.send(
      new UpdateCommand({
        TableName: 'customers',
        Key: { customer },
        UpdateExpression: 'ADD points :points',
        ExpressionAttributeValues: { ':points': points },
      }),
    );
  }
  await sendReceipt(order);
};
