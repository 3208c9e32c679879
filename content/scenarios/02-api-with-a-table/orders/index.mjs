import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';

const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const answer = (statusCode, body) => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

export const handler = async ({ requestContext, body }) => {
  const { method, path } = requestContext.http;
  try {
    if (method === 'POST') return await place(JSON.parse(body));
    return await find(path.split('/').at(-1));
  } catch (error) {
    console.error(error.name, error.message);
    return answer(500, { message: 'Try again later.' });
  }
};

async function place(order) {
  try {
    await table.send(
      new PutCommand({ TableName: 'orders', Item: order, ConditionExpression: 'attribute_not_exists(id)' }),
    );
    return answer(201, order);
  } catch (error) {
    if (error.name !== 'ConditionalCheckFailedException') throw error;
    return answer(409, { message: `Order ${order.id} is there already.` });
  }
}

async function find(id) {
  const { Item } = await table.send(new GetCommand({ TableName: 'orders', Key: { id } }));
  return Item ? answer(200, Item) : answer(404, { message: `There is no order ${id}.` });
}
