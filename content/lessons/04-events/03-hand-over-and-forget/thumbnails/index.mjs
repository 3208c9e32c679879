import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const s3 = new S3Client({});

export const handler = async (event) => {
  for (const { s3: about } of event.Records) {
    const Bucket = about.bucket.name;
    const Key = decodeURIComponent(about.object.key.replaceAll('+', ' '));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    const small = shrink(await Body.transformToByteArray());
    await s3.send(new PutObjectCommand({ Bucket: process.env.TARGET, Key: `small-${Key}`, Body: small }));
    console.log(`shrunk ${Key}`);
  }
};

// Stands in for a library that shrinks photos.
const shrink = (photo) => photo.slice(0, photo.length / 2);
