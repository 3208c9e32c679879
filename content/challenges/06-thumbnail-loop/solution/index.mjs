import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { shrink } from './shrink.mjs';

const s3 = new S3Client({});

export const handler = async (event) => {
  for (const { s3: about } of event.Records) {
    const Bucket = about.bucket.name;
    const Key = decodeURIComponent(about.object.key.replaceAll('+', ' '));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    const small = shrink(await Body.transformToByteArray());
    // The bucket of the photos would report the copy, and this function would get it.
    await s3.send(new PutObjectCommand({ Bucket: `${Bucket}-small`, Key: `small-${Key}`, Body: small }));
    console.log(`made small-${Key}`);
  }
};
