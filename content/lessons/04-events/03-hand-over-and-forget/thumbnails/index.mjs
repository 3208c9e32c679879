import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const s3 = new S3Client({});

export const handler = async (event) => {
  for (const record of event.Records) {
    const bucket = record.s3.bucket.name;
    const key = decodeURIComponent(record.s3.object.key.replaceAll('+', ' '));
    const photo = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const bytes = await photo.Body.transformToByteArray();
    console.log(`${key}: ${bytes.length} bytes`);

    // Stands in for shrinking the photo.
    const small = bytes.slice(0, 1000);
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: `small-${key}`, Body: small }));
  }
};
