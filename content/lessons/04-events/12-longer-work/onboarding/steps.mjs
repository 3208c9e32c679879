// Durable functions in small: the result of each step is kept in a table, and a later attempt takes it from there.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';

const database = DynamoDBDocumentClient.from(new DynamoDBClient());

export const execution = (id) => ({
  step: async (name, work) => {
    const Key = { execution: id, step: name };
    const { Item } = await database.send(new GetCommand({ TableName: 'checkpoints', Key }));
    if (Item) {
      console.log(`${name}: known`);
      return Item.result;
    }
    const result = await work();
    await database.send(new PutCommand({ TableName: 'checkpoints', Item: { ...Key, result } }));
    console.log(`${name}: done`);
    return result;
  },
});
