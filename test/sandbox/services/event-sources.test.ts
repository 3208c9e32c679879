/** Functions that read queues and streams of the account: mapping, permission, events, through the account's own doors. */
import { expect, test } from 'vitest';
import type { Account } from '../../../sandbox/account.ts';
import { people } from './dynamodb/table.ts';
import { allow, createRole, deploy, openAccount } from './function-story.ts';
import { refused } from './service-account.ts';

const handler = 'export const handler = async ({ Records }) => { console.log(JSON.stringify(Records)); };';

const logged = ({ trace }: Account): Record<string, unknown>[] =>
  trace.flatMap((event) =>
    event.type === 'logWritten'
      ? (JSON.parse(event.message.split('\t').at(-1) ?? '[]') as Record<string, unknown>[])
      : [],
  );

async function begin(policy: string): Promise<Account> {
  const account = await openAccount();
  const Role = await createRole(account, []);
  await account.iam.attachRolePolicy({
    RoleName: 'worker-role',
    PolicyArn: `arn:aws:iam::aws:policy/service-role/${policy}`,
  });
  await deploy(account, handler, { Role });
  return account;
}

test('a table’s stream: changes reach the function in order', async () => {
  const account = await begin('AWSLambdaDynamoDBExecutionRole');
  const { TableDescription } = await account.dynamodb.createTable({
    ...people,
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
  });
  await account.eventSourceMappings.createEventSourceMapping({
    FunctionName: 'worker',
    EventSourceArn: TableDescription.LatestStreamArn ?? '',
    StartingPosition: 'LATEST',
  });
  account.clock.advance({ minutes: 1 });
  for (const id of ['a', 'b']) await account.dynamodb.putItem({ TableName: 'people', Item: { id: { S: id } } });
  account.clock.advance({ minutes: 1 });
  expect(logged(account)).toMatchObject([
    { eventName: 'INSERT', eventSource: 'aws:dynamodb', dynamodb: { NewImage: { id: { S: 'a' } } } },
    { eventName: 'INSERT', dynamodb: { NewImage: { id: { S: 'b' } } } },
  ]);
  account.dispose();
});

test('a queue, sent to by another function', async () => {
  const account = await begin('AWSLambdaSQSQueueExecutionRole');
  const { QueueUrl } = await account.sqs.createQueue({ QueueName: 'orders' });
  await account.eventSourceMappings.createEventSourceMapping({
    FunctionName: 'worker',
    EventSourceArn: 'arn:aws:sqs:us-east-1:123456789012:orders',
  });
  account.clock.advance({ minutes: 1 });
  const Role = await createRole(account, [allow('sqs')], 'sender-role');
  await deploy(
    account,
    `import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
     const sqs = new SQSClient({});
     export const handler = async () => (await sqs.send(new SendMessageCommand({ QueueUrl: '${QueueUrl}', MessageBody: 'hello' }))).MD5OfMessageBody;`,
    { FunctionName: 'sender', Role },
  );
  const { Payload } = await account.lambda.invoke({ FunctionName: 'sender' });
  expect(Payload).toBe('"5d41402abc4b2a76b9719d911017c592"');
  account.clock.advance({ minutes: 1 });
  expect(logged(account)).toMatchObject([{ body: 'hello', eventSource: 'aws:sqs' }]);
  account.dispose();
});

test('a Kinesis stream; and a role that may not read it', async () => {
  const account = await begin('AWSLambdaKinesisExecutionRole');
  await account.kinesis.createStream({ StreamName: 'clicks', ShardCount: 1 });
  account.clock.advance({ minutes: 1 });
  const mapping = {
    FunctionName: 'worker',
    EventSourceArn: 'arn:aws:kinesis:us-east-1:123456789012:stream/clicks',
    StartingPosition: 'TRIM_HORIZON',
  } as const;
  await account.eventSourceMappings.createEventSourceMapping(mapping);
  await account.kinesis.putRecord({ StreamName: 'clicks', PartitionKey: 'k', Data: 'hello' });
  account.clock.advance({ minutes: 1 });
  expect(logged(account)).toMatchObject([
    { eventSource: 'aws:kinesis', kinesis: { data: 'aGVsbG8=', partitionKey: 'k' } },
  ]);
  await deploy(account, handler, { FunctionName: 'other' });
  expect(
    await refused(account.eventSourceMappings.createEventSourceMapping({ ...mapping, FunctionName: 'other' })),
  ).toMatch(/^InvalidParameterValueException: .*role/);
  account.dispose();
});
