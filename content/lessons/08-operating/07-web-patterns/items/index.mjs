import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';

const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const answer = (statusCode, body) => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

export const handler = async (event) => {
  const { id, name } = read(event.body);
  if (!id || !name) return answer(400, { message: 'An item needs an id and a name.' });
  try {
    const Item = { id, name, createdAt: new Date().toISOString() };
    await table.send(
      new PutCommand({ TableName: process.env.TABLE_NAME, Item, ConditionExpression: 'attribute_not_exists(id)' }),
    );
    return answer(201, Item);
  } catch (error) {
    if (error.name === 'ConditionalCheckFailedException') return answer(409, { message: `Item ${id} exists.` });
    console.error('item not written', { id, reason: error.message });
    return answer(500, { message: 'Try again later.' });
  }
};

function read(body) {
  try {
    return JSON.parse(body) ?? {};
  } catch {
    return {};
  }
}
