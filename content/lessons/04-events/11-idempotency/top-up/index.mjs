import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';

const database = DynamoDBDocumentClient.from(new DynamoDBClient());

export const handler = async ({ card, amount }) => {
  const { Attributes } = await database.send(
    new UpdateCommand({
      TableName: 'cards',
      Key: { card },
      UpdateExpression: 'ADD balance :amount',
      ExpressionAttributeValues: { ':amount': amount },
      ReturnValues: 'ALL_NEW',
    }),
  );
  console.log(`${card} topped up with ${amount}`);
  return { card, balance: Attributes.balance };
};
