import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';

const dynamodb = new DynamoDBClient({});

export const handler = async ({ number, pieces }) => {
  const response = await fetch(process.env.STOCK);
  const { price } = await response.json();
  console.log(`the stock service says ${price}`);

  const id = `Q-${number}`;
  const total = price * pieces;
  console.log('keeps the quote');
  await dynamodb.send(
    new PutItemCommand({ TableName: 'quotes', Item: { id: { S: id }, total: { N: String(total) } } }),
  );
  return { id, total };
};
