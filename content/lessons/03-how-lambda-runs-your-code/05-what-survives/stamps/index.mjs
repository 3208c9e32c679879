import { readFile, writeFile } from 'node:fs/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';

const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));
let inMemory = 0;

export const handler = async (event) => {
  inMemory += 1;
  const inTmp = Number(await readFile('/tmp/stamps', 'utf8').catch(() => 0)) + 1;
  await writeFile('/tmp/stamps', String(inTmp));
  const { Attributes } = await table.send(
    new UpdateCommand({
      TableName: 'stamps',
      Key: { card: event.card },
      UpdateExpression: 'ADD stamps :one',
      ExpressionAttributeValues: { ':one': 1 },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  return { inMemory, inTmp, inTable: Attributes.stamps };
};
