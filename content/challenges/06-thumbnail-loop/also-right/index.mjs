import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { shrink } from './shrink.mjs';

const s3 = new S3Client({});
const nameOf = (key) => decodeURIComponent(key.replace(/\+/g, '%20'));

async function copy({ bucket, object }) {
  const name = nameOf(object.key);
  const photo = await s3.send(new GetObjectCommand({ Bucket: bucket.name, Key: name }));
  const Body = shrink(await photo.Body.transformToByteArray());
  await s3.send(new PutObjectCommand({ Bucket: 'photos-123-small', Key: `small-${name}`, Body }));
}

export const handler = async ({ Records }) => {
  await Promise.all(Records.map(({ s3: about }) => copy(about)));
};
