import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';

const database = DynamoDBDocumentClient.from(new DynamoDBClient());

export const handler = async ({ name }) => {
  const { Attributes } = await database.send(
    new UpdateCommand({
      TableName: 'rooms',
      Key: { room: 'lobby' },
      UpdateExpression: 'ADD members :name',
      ExpressionAttributeValues: { ':name': new Set([name]) },
      ReturnValues: 'ALL_NEW',
    }),
  );
  const members = [...Attributes.members];
  console.log(`${name} sees ${members.join(' and ')}`);
  return { members, count: members.length };
};
