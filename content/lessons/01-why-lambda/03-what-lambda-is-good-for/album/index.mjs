import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';

const s3 = new S3Client();

export const handler = async () => {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'thumbnails' }));
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(Contents.map(({ Key }) => Key)),
  };
};
