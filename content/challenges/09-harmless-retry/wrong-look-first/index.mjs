import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { sendReceipt } from './mailer.mjs';

const database = DynamoDBDocumentClient.from(new DynamoDBClient());

export const handler = async ({ order, customer, points }) => {
  const id = `order-${order}`;
  const { Item } = await database.send(new GetCommand({ TableName: 'orders', Key: { id } }));
  if (Item === undefined) {
    await database.send(
      new UpdateCommand({
        TableName: 'customers',
        Key: { customer },
        UpdateExpression: 'ADD points :points',
        ExpressionAttributeValues: { ':points': points },
      }),
    );
    await database.send(new PutCommand({ TableName: 'orders', Item: { id } }));
  }
  await sendReceipt(order);
};
