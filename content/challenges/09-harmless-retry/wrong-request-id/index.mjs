import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { sendReceipt } from './mailer.mjs';

const database = DynamoDBDocumentClient.from(new DynamoDBClient());

export const handler = async ({ order, customer, points }, { awsRequestId }) => {
  try {
    // Both or neither: the order is marked in the same write that adds its points.
    await database.send(
      new TransactWriteCommand({
        TransactItems: [
          {
            Put: {
              TableName: 'orders',
              Item: { id: awsRequestId },
              ConditionExpression: 'attribute_not_exists(id)',
            },
          },
          {
            Update: {
              TableName: 'customers',
              Key: { customer },
              UpdateExpression: 'ADD points :points',
              ExpressionAttributeValues: { ':points': points },
            },
          },
        ],
      }),
    );
  } catch (error) {
    const codes = error.CancellationReasons?.map(({ Code }) => Code) ?? [];
    if (!codes.includes('ConditionalCheckFailed')) throw error;
  }
  await sendReceipt(order);
};
