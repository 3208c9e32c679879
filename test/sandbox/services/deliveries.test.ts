/** What services put into each other's hands through the gateway, and what functions reach of them through the SDK. */
import { expect, test } from 'vitest';
import type { Account } from '../../../sandbox/account.ts';
import type { Caller } from '../../../sandbox/services/service.ts';
import { allow, createRole, deploy, invoke, openAccount } from './function-story.ts';
import { serviceAccount } from './service-account.ts';

const queueArn = 'arn:aws:sqs:us-east-1:123456789012:orders';

async function withTargets(): Promise<Account> {
  const account = await serviceAccount();
  await account.sqs.createQueue({ QueueName: 'orders' });
  await account.s3.createBucket({ Bucket: 'failures' });
  return account;
}

const asRole = (roleArn: string): Caller => ({
  kind: 'role',
  roleArn,
  sessionArn: 'arn:aws:sts::123456789012:assumed-role/worker-role/worker',
  environmentId: 'e',
});

const refusal = (action: () => void): string => {
  try {
    action();
    return 'no error';
  } catch (error) {
    return String(error);
  }
};

test('a role delivers what its policies allow: a message to a queue, an object to a bucket', async () => {
  const account = await withTargets();
  const caller = asRole(
    await createRole(account, [
      { Effect: 'Allow', Action: ['sqs:SendMessage', 's3:PutObject'], Resource: [queueArn, 'arn:aws:s3:::failures/*'] },
    ]),
  );
  account.services.deliver(queueArn, 'hello', caller);
  account.services.deliver('arn:aws:s3:::failures/day/1.json', '{}', caller);
  const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/orders';
  const { Messages } = await account.sqs.receiveMessage({ QueueUrl });
  expect(Messages?.map(({ Body }) => Body)).toEqual(['hello']);
  expect((await account.s3.headObject({ Bucket: 'failures', Key: 'day/1.json' })).ContentLength).toBe(2);
});

test('a delivery that nothing allows, or that has no target, is refused', async () => {
  const account = await withTargets();
  const caller = asRole(await createRole(account, []));
  expect(refusal(() => account.services.deliver(queueArn, 'hello', caller))).toBe(
    `AccessDenied: User: arn:aws:sts::123456789012:assumed-role/worker-role/worker is not authorized to perform: sqs:sendmessage on resource: ${queueArn} because no identity-based policy allows the sqs:sendmessage action`,
  );
  const bucket: Caller = { kind: 'service', principal: 's3.amazonaws.com', sourceArn: 'arn:aws:s3:::failures' };
  expect(refusal(() => account.services.deliver(queueArn, 'hello', bucket))).toBe(
    `AccessDenied: User: s3.amazonaws.com is not authorized to perform: sqs:sendmessage on resource: ${queueArn} because no resource-based policy allows the sqs:sendmessage action`,
  );
  expect(refusal(() => account.services.deliver('arn:aws:ec2:us-east-1:123456789012:instance/i-1', '', bucket))).toBe(
    'InvalidParameterException: Nothing can be delivered to arn:aws:ec2:us-east-1:123456789012:instance/i-1 in this simulator.',
  );
});

test('a bucket tells the event bus, whose rule wakes a function', async () => {
  const account = await openAccount();
  await deploy(account, 'export const handler = async (event) => { console.log(JSON.stringify(event)); };');
  await account.s3.createBucket({ Bucket: 'photos' });
  await account.s3.putBucketNotificationConfiguration({
    Bucket: 'photos',
    NotificationConfiguration: { EventBridgeConfiguration: {} },
  });
  const { RuleArn } = await account.eventbridge.putRule({
    Name: 'uploads',
    EventPattern: JSON.stringify({ source: ['aws.s3'], 'detail-type': ['Object Created'] }),
  });
  const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:worker';
  await account.eventbridge.putTargets({ Rule: 'uploads', Targets: [{ Id: 'worker', Arn }] });
  await account.lambda.addPermission({
    FunctionName: 'worker',
    StatementId: 'bus',
    Action: 'lambda:InvokeFunction',
    Principal: 'events.amazonaws.com',
    SourceArn: RuleArn,
  });
  await account.s3.putObject({ Bucket: 'photos', Key: 'a b.jpg', Body: 'x' });
  account.clock.advance({ minutes: 1 });
  const events = account.trace.flatMap((event) =>
    event.type === 'logWritten' ? [JSON.parse(event.message.split('\t').at(-1) ?? '') as unknown] : [],
  );
  expect(events).toMatchObject([
    {
      source: 'aws.s3',
      'detail-type': 'Object Created',
      resources: ['arn:aws:s3:::photos'],
      detail: { bucket: { name: 'photos' }, object: { key: 'a b.jpg', size: 1 }, reason: 'PutObject' },
    },
  ]);
  account.dispose();
});

test('functions publish, put events and put metrics, each refused in its own words', async () => {
  const account = await openAccount();
  const { TopicArn } = await account.sns.createTopic({ Name: 'news' });
  const source = `
    import { SNSClient, PublishCommand } from '@aws-sdk/client-sns';
    import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
    import { CloudWatchClient, PutMetricDataCommand, StandardUnit } from '@aws-sdk/client-cloudwatch';
    const attempt = (call) => call.then(({ $metadata }) => $metadata.httpStatusCode, ({ name, message }) => name + ': ' + message);
    export const handler = async () => [
      await attempt(new SNSClient().send(new PublishCommand({ TopicArn: '${TopicArn}', Message: 'hi' }))),
      await attempt(new EventBridgeClient().send(new PutEventsCommand({ Entries: [{ Source: 'shop', DetailType: 'Order', Detail: '{}' }] }))),
      await attempt(new CloudWatchClient().send(new PutMetricDataCommand({ Namespace: 'Shop', MetricData: [{ MetricName: 'Orders', Value: 3, Unit: StandardUnit.Count }] }))),
    ];`;
  const Role = await createRole(account, []);
  await deploy(account, source, { Role });
  const user = 'User: arn:aws:sts::123456789012:assumed-role/worker-role/worker is not authorized to perform:';
  const because = (action: string): string => `because no identity-based policy allows the ${action} action`;
  expect(await invoke(account)).toEqual([
    `AuthorizationErrorException: ${user} SNS:Publish on resource: ${TopicArn} ${because('SNS:Publish')}`,
    `AccessDeniedException: ${user} events:PutEvents on resource: arn:aws:events:us-east-1:123456789012:event-bus/default ${because('events:PutEvents')}`,
    `AccessDenied: ${user} cloudwatch:PutMetricData ${because('cloudwatch:PutMetricData')}`,
  ]);
  const Statement = [allow('sns', 'events', 'cloudwatch')];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await account.iam.putRolePolicy({ RoleName: 'worker-role', PolicyName: 'all', PolicyDocument });
  expect(await invoke(account)).toEqual([200, 200, 200]);
  account.dispose();
});
