import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { shrink } from './shrink.mjs';

const s3 = new S3Client({});

export const handler = async ({ Records }) => {
  for (const { s3: event } of Records) {
    const key = decodeURIComponent(event.object.key.replaceAll('+', ' '));
    const photo = await s3.send(new GetObjectCommand({ Bucket: event.bucket.name, Key: key }));
    const small = shrink(await photo.Body.transformToString());
    const to = process.env.TO_PREFIX + key.split('/').at(-1);
    await s3.send(new PutObjectCommand({ Bucket: process.env.TO_BUCKET, Key: to, Body: small }));
    console.log(`${key} -> ${to}`);
  }
};
