import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

const table = new DynamoDBClient({});

export const handler = async ({ id }) => {
  const { Item } = await table.send(new GetItemCommand({ TableName: 'profiles', Key: { id: { S: id } } }));
  return Item?.name.S ?? null;
};
