import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { sendReceipt } from './mailer.mjs';

const database = DynamoDBDocumentClient.from(new DynamoDBClient());

// The customer's own item remembers which orders it has counted.
const addPoints = ({ order, customer, points }) =>
  database.send(
    new UpdateCommand({
      TableName: 'customers',
      Key: { customer },
      UpdateExpression: 'SET counted.#order = :points ADD points :points',
      ConditionExpression: 'attribute_not_exists(counted.#order)',
      ExpressionAttributeNames: { '#order': `o${order}` },
      ExpressionAttributeValues: { ':points': points },
    }),
  );

const makeRoom = ({ customer }) =>
  database.send(
    new UpdateCommand({
      TableName: 'customers',
      Key: { customer },
      UpdateExpression: 'SET counted = if_not_exists(counted, :none)',
      ExpressionAttributeValues: { ':none': {} },
    }),
  );

export const handler = async (event) => {
  await makeRoom(event);
  await addPoints(event).catch((error) => {
    if (error.name !== 'ConditionalCheckFailedException') throw error;
  });
  await sendReceipt(event.order);
};
