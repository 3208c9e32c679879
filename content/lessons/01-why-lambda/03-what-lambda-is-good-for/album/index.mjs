import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';

const s3 = new S3Client();

export const handler = async () => {
  const list = new ListObjectsV2Command({ Bucket: 'thumbnails' });
  const { Contents = [] } = await s3.send(list);
  const keys = Contents.map(({ Key }) => Key);
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(keys),
  };
};
