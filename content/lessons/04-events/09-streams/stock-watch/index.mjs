import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';

const database = DynamoDBDocumentClient.from(new DynamoDBClient());

export const handler = async (event) => {
  for (const { eventName, dynamodb } of event.Records) {
    const before = Number(dynamodb.OldImage?.quantity.N ?? 0);
    const after = Number(dynamodb.NewImage?.quantity.N ?? 0);
    console.log(`${eventName} ${dynamodb.Keys.item.S}: ${before} -> ${after}`);
    await database.send(
      new UpdateCommand({
        TableName: 'totals',
        Key: { what: 'pieces' },
        UpdateExpression: 'ADD amount :change',
        ExpressionAttributeValues: { ':change': after - before },
      }),
    );
  }
};
