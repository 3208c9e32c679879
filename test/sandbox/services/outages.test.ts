/** Failures of services that were asked for, as the SDK in a function meets them. */
import { expect, test } from 'vitest';
import { allow, createRole, deploy, invoke, openAccount } from './function-story.ts';

const source = `
  import { S3Client, GetObjectCommand } from '@aws-sdk/client-s3';
  const s3 = new S3Client();
  export const handler = async () => {
    try {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'photos', Key: 'a' }));
      return await Body.transformToString();
    } catch ({ name, $metadata }) {
      return [name, $metadata.httpStatusCode, $metadata.attempts];
    }
  };`;

async function photos() {
  const account = await openAccount();
  await account.s3.createBucket({ Bucket: 'photos' });
  await account.s3.putObject({ Bucket: 'photos', Key: 'a', Body: 'here' });
  await deploy(account, source, { Role: await createRole(account, [allow('s3')]) });
  const outage = (times: number) => account.services.outages.begin({ service: 's3', operation: 'GetObject', times });
  return { account, outage };
}

test('a client tries again, and a short one is not noticed', async () => {
  const { account, outage } = await photos();
  outage(2);
  expect(await invoke(account)).toBe('here');
});

test('a long one is what the last attempt says, and ends after so many calls', async () => {
  const { account, outage } = await photos();
  outage(3);
  expect(await invoke(account)).toEqual(['InternalError', 500, 3]);
  expect(await invoke(account)).toBe('here');
});

test('the owner of the account and other operations are not touched', async () => {
  const { account, outage } = await photos();
  outage(1);
  expect(await account.s3.getObject({ Bucket: 'photos', Key: 'a' })).toMatchObject({ ContentLength: 4 });
  account.services.outages.begin({ service: 's3', operation: 'PutObject', times: 9 });
  expect(await invoke(account)).toBe('here');
});

test('the client of DynamoDB tries once more than the others, after shorter pauses', async () => {
  const account = await openAccount();
  await account.dynamodb.createTable({
    TableName: 'orders',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  });
  await deploy(
    account,
    `import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
     const dynamodb = new DynamoDBClient();
     export const handler = async () => {
       try {
         const { $metadata } = await dynamodb.send(new GetItemCommand({ TableName: 'orders', Key: { id: { S: '1' } } }));
         return [$metadata.attempts, $metadata.totalRetryDelay < 25 + 50 + 100];
       } catch ({ name, $metadata }) {
         return [name, $metadata.attempts];
       }
     };`,
    { Role: await createRole(account, [allow('dynamodb')]) },
  );
  account.services.outages.begin({ service: 'dynamodb', operation: 'GetItem', times: 3 });
  expect(await invoke(account)).toEqual([4, true]);
  account.services.outages.begin({ service: 'dynamodb', operation: 'GetItem', times: 4 });
  expect(await invoke(account)).toEqual(['InternalServerError', 4]);
});
