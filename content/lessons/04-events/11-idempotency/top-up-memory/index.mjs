import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';

const database = DynamoDBDocumentClient.from(new DynamoDBClient());
const done = new Set();

export const handler = async ({ topUp, card, amount }) => {
  if (done.has(topUp)) return { card, repeated: true };
  done.add(topUp);
  await database.send(
    new UpdateCommand({
      TableName: 'cards',
      Key: { card },
      UpdateExpression: 'ADD balance :amount',
      ExpressionAttributeValues: { ':amount': amount },
    }),
  );
  console.log(`${card} topped up with ${amount}`);
};
