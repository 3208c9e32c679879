import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';

const database = DynamoDBDocumentClient.from(new DynamoDBClient());

export const handler = async ({ topUp, card, amount }) => {
  const { Item } = await database.send(new GetCommand({ TableName: 'top-ups', Key: { topUp } }));
  if (Item) return { card, repeated: true };
  await database.send(
    new UpdateCommand({
      TableName: 'cards',
      Key: { card },
      UpdateExpression: 'ADD balance :amount',
      ExpressionAttributeValues: { ':amount': amount },
    }),
  );
  console.log(`${card} topped up with ${amount}`);
  await database.send(new PutCommand({ TableName: 'top-ups', Item: { topUp } }));
};
