// The numbers that the practice keeps in DynamoDB, in the table `numbers`, one item for each name.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';

const database = DynamoDBDocumentClient.from(new DynamoDBClient());
const TableName = 'numbers';

/** The number with this name; 0 when there is none yet. */
export const read = async (name) => {
  const { Item } = await database.send(new GetCommand({ TableName, Key: { name } }));
  return Item?.value ?? 0;
};

/** Makes the number what you say, whatever it was. */
export const write = async (name, value) => {
  await database.send(new PutCommand({ TableName, Item: { name, value } }));
};

/** Makes the number what you say if it is still `expected`. Says whether it was. */
export const replace = async (name, expected, value) => {
  const condition =
    expected === 0
      ? { ConditionExpression: 'attribute_not_exists(#n)', ExpressionAttributeNames: { '#n': 'name' } }
      : {
          ConditionExpression: '#v = :expected',
          ExpressionAttributeNames: { '#v': 'value' },
          ExpressionAttributeValues: { ':expected': expected },
        };
  try {
    await database.send(new PutCommand({ TableName, Item: { name, value }, ...condition }));
    return true;
  } catch (error) {
    if (error.name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
};

/** Adds 1 to the number, in the database itself, and answers with the result. */
export const increase = async (name) => {
  const { Attributes } = await database.send(
    new UpdateCommand({
      TableName,
      Key: { name },
      UpdateExpression: 'ADD #v :one',
      ExpressionAttributeNames: { '#v': 'value' },
      ExpressionAttributeValues: { ':one': 1 },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  return Attributes.value;
};
