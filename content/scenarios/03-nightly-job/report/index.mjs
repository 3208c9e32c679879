import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const table = new DynamoDBClient({});
const s3 = new S3Client({});

export const handler = async ({ time }) => {
  const { Items } = await table.send(new ScanCommand({ TableName: 'sales' }));
  const cents = Items.reduce((sum, item) => sum + Number(item.cents.N), 0);
  const Key = `${time.slice(0, 10)}.txt`;
  await s3.send(new PutObjectCommand({ Bucket: 'reports', Key, Body: `sales: ${(cents / 100).toFixed(2)}` }));
  console.log(`wrote ${Key}`);
};
