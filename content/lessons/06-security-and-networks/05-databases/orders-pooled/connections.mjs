import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';

const table = new DynamoDBClient({});
const count = (by, ConditionExpression) =>
  table.send(
    new UpdateItemCommand({
      TableName: 'connections',
      Key: { database: { S: 'shop' } },
      UpdateExpression: 'SET taken = taken + :by',
      ConditionExpression,
      ExpressionAttributeValues: { ':by': { N: String(by) } },
    }),
  );

/** Whether there was room for one more. */
export const take = () =>
  count(1, 'taken < room').then(
    () => true,
    (error) => {
      if (error.name === 'ConditionalCheckFailedException') return false;
      throw error;
    },
  );

export const give = () => count(-1);
