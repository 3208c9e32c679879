import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';

const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export const handler = async (event, context) => {
  try {
    const { body = '{}' } = event;
    const item = JSON.parse(body);
    const Item = { id: item.id, name: item.name, timestamp: context.awsRequestId };
    await table.send(new PutCommand({ TableName: process.env.TABLE_NAME, Item }));
    return { statusCode: 200, body: JSON.stringify({ message: 'Item created', id: item.id }) };
  } catch (error) {
    console.log(`Error: ${error.message}`);
    return { statusCode: 500, body: JSON.stringify({ error: error.message }) };
  }
};
