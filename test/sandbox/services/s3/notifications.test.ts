/** Notifications: who is told what about which object, and how a configuration is refused. */
import { expect, test } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import { encodeKey } from '../../../../sandbox/services/s3/notifications.ts';
import type { NotificationConfiguration } from '../../../../sandbox/services/s3/s3.types.ts';
import { deploy, openAccount } from '../function-story.ts';
import { refused } from '../service-account.ts';

const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:worker';
const queueArn = 'arn:aws:sqs:us-east-1:123456789012:changes';
const handler = 'export const handler = async (event) => { console.log(JSON.stringify(event)); };';

async function begin(): Promise<Account> {
  const account = await openAccount();
  await deploy(account, handler);
  await account.s3.createBucket({ Bucket: 'photos' });
  return account;
}

const letS3In = (account: Account) =>
  account.lambda.addPermission({
    FunctionName: 'worker',
    StatementId: 's3',
    Action: 'lambda:InvokeFunction',
    Principal: 's3.amazonaws.com',
    SourceArn: 'arn:aws:s3:::photos',
  });

const configure = ({ s3 }: Account, NotificationConfiguration: NotificationConfiguration) =>
  s3.putBucketNotificationConfiguration({ Bucket: 'photos', NotificationConfiguration });

const toFunction = (Events: string[], prefix = '', suffix = ''): NotificationConfiguration => ({
  LambdaFunctionConfigurations: [
    {
      Id: 'thumbnails',
      LambdaFunctionArn: functionArn,
      Events,
      Filter: {
        Key: {
          FilterRules: [
            { Name: 'prefix', Value: prefix },
            { Name: 'Suffix', Value: suffix },
          ],
        },
      },
    },
  ],
});

/** The events that the function logged. */
const received = ({ trace }: Account): { Records: { eventName: string; s3: { object: { key: string } } }[] }[] =>
  trace.flatMap((event) =>
    event.type === 'logWritten' ? [JSON.parse(event.message.split('\t').at(-1) ?? '') as never] : [],
  );

test('a function is told about a new object, with its key encoded', async () => {
  const account = await begin();
  await letS3In(account);
  await configure(account, toFunction(['s3:ObjectCreated:*'], 'cats/', '.jpg'));
  await account.s3.putObject({ Bucket: 'photos', Key: 'cats/tom & jerry (1).jpg', Body: 'hello' });
  await account.s3.putObject({ Bucket: 'photos', Key: 'cats/tom.png', Body: 'other suffix' });
  await account.s3.putObject({ Bucket: 'photos', Key: 'dogs/rex.jpg', Body: 'other prefix' });
  account.clock.advance({ seconds: 30 });
  expect(received(account)).toEqual([
    {
      Records: [
        {
          eventVersion: '2.1',
          eventSource: 'aws:s3',
          awsRegion: 'us-east-1',
          eventTime: '2026-01-05T09:00:00.000Z',
          eventName: 'ObjectCreated:Put',
          userIdentity: { principalId: '123456789012' },
          requestParameters: { sourceIPAddress: '10.0.0.1' },
          responseElements: {
            'x-amz-request-id': expect.stringMatching(/^[0-9A-F]{16}$/) as string,
            'x-amz-id-2': expect.stringMatching(/^[0-9A-F]{64}$/) as string,
          },
          s3: {
            s3SchemaVersion: '1.0',
            configurationId: 'thumbnails',
            bucket: {
              name: 'photos',
              ownerIdentity: { principalId: '123456789012' },
              arn: 'arn:aws:s3:::photos',
            },
            object: {
              key: 'cats/tom+%26+jerry+%281%29.jpg',
              size: 5,
              eTag: '5d41402abc4b2a76b9719d911017c592',
              sequencer: expect.stringMatching(/^[0-9A-F]{18}$/) as string,
            },
          },
        },
      ],
    },
  ]);
  account.dispose();
});

test('a removal has no size, and deleting nothing is no event', async () => {
  const account = await begin();
  await letS3In(account);
  await account.s3.putObject({ Bucket: 'photos', Key: 'a', Body: 'x' });
  await configure(account, toFunction(['s3:ObjectRemoved:*']));
  await account.s3.deleteObject({ Bucket: 'photos', Key: 'none' });
  await account.s3.deleteObject({ Bucket: 'photos', Key: 'a' });
  account.clock.advance({ seconds: 30 });
  const names = received(account).map(({ Records: [record] }) => [
    record?.eventName,
    Object.keys(record?.s3.object ?? {}),
  ]);
  expect(names).toEqual([['ObjectRemoved:Delete', ['key', 'sequencer']]]);
  account.dispose();
});

test('a function that does not let the bucket in cannot be a destination', async () => {
  const account = await begin();
  const refusal = 'InvalidArgument: Unable to validate the following destination configurations';
  expect(await refused(configure(account, toFunction(['s3:ObjectCreated:*'])))).toBe(refusal);
  await letS3In(account);
  expect(await refused(configure(account, toFunction(['s3:ObjectCreated:*'])))).toBe('no error');
  account.dispose();
});

test('a queue gets a test event first, and must have a policy', async () => {
  const account = await begin();
  const { QueueUrl } = await account.sqs.createQueue({ QueueName: 'changes' });
  const rule = { QueueConfigurations: [{ QueueArn: queueArn, Events: ['s3:ObjectCreated:Put'] }] };
  expect(await refused(configure(account, rule))).toBe(
    'InvalidArgument: Unable to validate the following destination configurations',
  );
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: queueArn },
    ],
  });
  await account.sqs.setQueueAttributes({ QueueUrl, Attributes: { Policy } });
  await configure(account, rule);
  account.clock.advance({ seconds: 30 });
  await account.s3.putObject({ Bucket: 'photos', Key: 'a b', Body: 'x' });
  account.clock.advance({ seconds: 30 });
  const { Messages = [] } = await account.sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
  const bodies = Messages.map(({ Body }) => JSON.parse(Body) as Record<string, unknown>);
  expect(bodies).toContainEqual(
    expect.objectContaining({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'photos' }),
  );
  expect(bodies).toContainEqual({ Records: [expect.objectContaining({ eventName: 'ObjectCreated:Put' })] });
  account.dispose();
});

test.each<[string, NotificationConfiguration, string]>([
  [
    'an event that does not exist',
    toFunction(['s3:ObjectMade:*']),
    "InvalidArgument: The event 's3:ObjectMade:*' is not supported for notifications",
  ],
  [
    'rules that overlap',
    {
      LambdaFunctionConfigurations: [
        ...(toFunction(['s3:ObjectCreated:*'], 'cats/').LambdaFunctionConfigurations ?? []),
        ...(toFunction(['s3:ObjectCreated:Put'], 'cats/big/', '.jpg').LambdaFunctionConfigurations ?? []),
      ],
    },
    'InvalidArgument: Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.',
  ],
  [
    'a filter for something else',
    {
      LambdaFunctionConfigurations: [
        {
          LambdaFunctionArn: functionArn,
          Events: ['s3:ObjectCreated:*'],
          Filter: { Key: { FilterRules: [{ Name: 'infix', Value: 'a' }] } },
        },
      ],
    },
    'InvalidArgument: filter rule name must be either prefix or suffix',
  ],
])('refused: %s', async (_name, configuration, message) => {
  const account = await begin();
  await letS3In(account);
  expect(await refused(configure(account, configuration))).toBe(message);
  account.dispose();
});

test('rules for other suffixes or other events do not overlap', async () => {
  const account = await begin();
  await letS3In(account);
  const rules = [
    ...(toFunction(['s3:ObjectCreated:*'], 'cats/', '.jpg').LambdaFunctionConfigurations ?? []),
    ...(toFunction(['s3:ObjectCreated:*'], 'cats/', '.png').LambdaFunctionConfigurations ?? []),
    ...(toFunction(['s3:ObjectRemoved:*'], 'cats/', '.jpg').LambdaFunctionConfigurations ?? []),
  ];
  expect(await refused(configure(account, { LambdaFunctionConfigurations: rules }))).toBe('no error');
  account.dispose();
});

test.each([
  ['plain-key_1.txt', 'plain-key_1.txt'],
  ['a b', 'a+b'],
  ['a+b', 'a%2Bb'],
  ['dir/é.txt', 'dir/%C3%A9.txt'],
  ["it's (1)!", 'it%27s+%281%29%21'],
])('the key %s stands in an event as %s', (key, encoded) => {
  expect(encodeKey(key)).toBe(encoded);
  expect(decodeURIComponent(encoded.replace(/\+/g, ' '))).toBe(key);
});
