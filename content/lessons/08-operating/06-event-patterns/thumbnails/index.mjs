import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const s3 = new S3Client({});

export const handler = async ({ Records }) => {
  for (const { s3: event } of Records) {
    const Key = decodeURIComponent(event.object.key.replaceAll('+', ' '));
    console.log(`reading ${Key}`);
    const photo = await s3.send(new GetObjectCommand({ Bucket: event.bucket.name, Key }));
    const picture = await photo.Body.transformToString();
    const small = picture.slice(0, picture.length / 2);
    await s3.send(new PutObjectCommand({ Bucket: 'thumbnails', Key, Body: small }));
    console.log(`thumbnail of ${Key} written`);
  }
};
