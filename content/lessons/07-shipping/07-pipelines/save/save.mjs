import { PutItemCommand } from '@aws-sdk/client-dynamodb';

export const save = (client, { id, total }) =>
  client.send(new PutItemCommand({ TableName: 'orders', Item: { id: { S: id }, total: { N: String(total) } } }));
