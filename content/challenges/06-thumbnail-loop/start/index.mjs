import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { shrink } from './shrink.mjs';

const s3 = new S3Client({});

export const handler = async (event) => {
  const [{ s3: about }] = event.Records;
  const Bucket = about.bucket.name;
  const Key = about.object.key;
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  const small = shrink(await Body.transformToByteArray());
  await s3.send(new PutObjectCommand({ Bucket, Key: `small-${Key}`, Body: small }));
  console.log(`made small-${Key}`);
};
