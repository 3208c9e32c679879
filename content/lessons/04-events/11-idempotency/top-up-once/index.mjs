import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';

const database = DynamoDBDocumentClient.from(new DynamoDBClient());

export const handler = async ({ topUp, card, amount }) => {
  try {
    const { Attributes } = await database.send(
      new UpdateCommand({
        TableName: 'cards',
        Key: { card },
        UpdateExpression: 'ADD balance :amount, done :ids',
        ConditionExpression: 'NOT contains(done, :id)',
        ExpressionAttributeValues: { ':amount': amount, ':id': topUp, ':ids': new Set([topUp]) },
        ReturnValues: 'ALL_NEW',
      }),
    );
    console.log(`${card} topped up with ${amount}`);
    return { card, balance: Attributes.balance };
  } catch (error) {
    if (error.name !== 'ConditionalCheckFailedException') throw error;
    console.log(`${topUp} was done before`);
    return { card, repeated: true };
  }
};
