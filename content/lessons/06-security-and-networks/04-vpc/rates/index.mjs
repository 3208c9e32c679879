import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

const dynamodb = new DynamoDBClient({});
const ask = {
  // Has a private address, in the VPC.
  orders: async () => (await fetch(process.env.ORDERS)).text(),
  // Is on the internet.
  bank: async () => (await fetch(process.env.BANK)).text(),
  // DynamoDB, at its public endpoint.
  table: async () => {
    const command = new GetItemCommand({ TableName: 'rates', Key: { currency: { S: 'EUR' } } });
    const { Item } = await dynamodb.send(command);
    return Item.rate.N;
  },
};

export const handler = async ({ to }) => {
  console.log(`asks the ${to}`);
  const answer = await ask[to]();
  console.log(`the ${to} answers ${answer}`);
  return answer;
};
