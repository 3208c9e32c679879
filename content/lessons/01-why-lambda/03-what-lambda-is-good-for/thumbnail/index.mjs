import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { shrink } from './shrink.mjs';

const s3 = new S3Client();

export const handler = async (event) => {
  const { bucket, object } = event.Records[0].s3;
  const photo = { Bucket: bucket.name, Key: object.key };
  const { Body } = await s3.send(new GetObjectCommand(photo));
  const small = await shrink(await Body.transformToString());
  const result = { Bucket: 'thumbnails', Key: object.key, Body: small };
  await s3.send(new PutObjectCommand(result));
  return { made: `thumbnails/${object.key}` };
};
