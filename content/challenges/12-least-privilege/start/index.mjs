import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const s3 = new S3Client();
const sqs = new SQSClient();
const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/bookkeeping';

export const handler = async ({ key }) => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'invoices-in', Key: key }));
  const lines = (await Body.transformToString()).trim().split('\n');
  const total = lines.reduce((sum, line) => sum + Number(line.split(';')[1]), 0);
  await s3.send(new PutObjectCommand({ Bucket: 'invoices-out', Key: `${key}.total`, Body: String(total) }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ key, total }) }));
  return { key, total };
};
