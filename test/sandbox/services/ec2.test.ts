/** Instances that a nightly function stops and a morning function starts. */
import { expect, test } from 'vitest';
import type { Account } from '../../../sandbox/account.ts';
import type { PolicyStatement } from '../../../sandbox/services/service.ts';
import { createRole, deploy, invoke, openAccount } from './function-story.ts';
import { refused, serviceAccount } from './service-account.ts';

const run = async ({ ec2 }: Account, stage: string): Promise<string> => {
  const { Instances } = await ec2.runInstances({
    ImageId: 'ami-1',
    MinCount: 1,
    MaxCount: 1,
    TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'stage', Value: stage }] }],
  });
  return Instances[0]?.InstanceId ?? '';
};

const state = async ({ ec2 }: Account, id: string) =>
  (await ec2.describeInstances({ InstanceIds: [id] })).Reservations[0]?.Instances[0]?.State;

test('an instance takes its time to start and to stop', async () => {
  const account = await serviceAccount();
  const id = await run(account, 'dev');
  expect(id).toMatch(/^i-[0-9a-f]{17}$/);
  expect(await state(account, id)).toEqual({ Code: 0, Name: 'pending' });
  expect(await refused(account.ec2.stopInstances({ InstanceIds: [id] }))).toBe(
    `IncorrectInstanceState: This instance '${id}' is not in a state from which it can be stopped.`,
  );
  account.clock.advance({ minutes: 5 });
  expect(await state(account, id)).toEqual({ Code: 16, Name: 'running' });
  expect(await account.ec2.stopInstances({ InstanceIds: [id] })).toEqual({
    StoppingInstances: [
      { InstanceId: id, CurrentState: { Code: 64, Name: 'stopping' }, PreviousState: { Code: 16, Name: 'running' } },
    ],
  });
  account.clock.advance({ minutes: 5 });
  expect(await state(account, id)).toEqual({ Code: 80, Name: 'stopped' });
  await account.ec2.startInstances({ InstanceIds: [id] });
  expect(await state(account, id)).toEqual({ Code: 0, Name: 'pending' });
  await account.ec2.terminateInstances({ InstanceIds: [id] });
  account.clock.advance({ minutes: 5 });
  expect(await state(account, id)).toEqual({ Code: 48, Name: 'terminated' });
});

test.each<[string, string, string]>([
  [
    'an id that is not there',
    'i-00000000000000000',
    "InvalidInstanceID.NotFound: The instance ID 'i-00000000000000000' does not exist",
  ],
  ['no id', 'server', 'InvalidInstanceID.Malformed: Invalid id: "server"'],
])('refused: %s', async (_name, id, message) => {
  const { ec2 } = await serviceAccount();
  expect(await refused(ec2.startInstances({ InstanceIds: [id] }))).toBe(message);
});

const scheduler = `
  import { EC2Client, DescribeInstancesCommand, StopInstancesCommand, waitUntilInstanceStopped } from '@aws-sdk/client-ec2';
  const client = new EC2Client({});
  export const handler = async ({ stage }) => {
    const Filters = [{ Name: 'tag:stage', Values: [stage] }, { Name: 'instance-state-name', Values: ['running'] }];
    const { Reservations } = await client.send(new DescribeInstancesCommand({ Filters }));
    const InstanceIds = Reservations.flatMap(({ Instances }) => Instances.map(({ InstanceId }) => InstanceId));
    if (InstanceIds.length === 0) return 'nothing to stop';
    try { await client.send(new StopInstancesCommand({ InstanceIds })); } catch (error) { return String(error); }
    await waitUntilInstanceStopped({ client, maxWaitTime: 240 }, { InstanceIds });
    return 'stopped ' + InstanceIds.length;
  };`;

const mayDescribe: PolicyStatement = { Effect: 'Allow', Action: 'ec2:DescribeInstances', Resource: '*' };
const mayStop = (stage: string): PolicyStatement => ({
  Effect: 'Allow',
  Action: 'ec2:StopInstances',
  Resource: 'arn:aws:ec2:*:*:instance/*',
  Condition: { StringEquals: { 'aws:ResourceTag/stage': stage } },
});

test('a function stops what carries the tag that its role allows', async () => {
  const account = await openAccount();
  await run(account, 'dev');
  await run(account, 'dev');
  const prod = await run(account, 'prod');
  account.clock.advance({ minutes: 5 });
  const Role = await createRole(account, [mayDescribe, mayStop('dev')]);
  await deploy(account, scheduler, { Role, Timeout: 300 });
  expect(await invoke(account, { stage: 'dev' })).toBe('stopped 2');
  expect(await invoke(account, { stage: 'dev' })).toBe('nothing to stop');
  expect(await invoke(account, { stage: 'prod' })).toBe(
    `UnauthorizedOperation: You are not authorized to perform this operation. User: arn:aws:sts::123456789012:assumed-role/worker-role/worker is not authorized to perform: ec2:StopInstances on resource: arn:aws:ec2:us-east-1:123456789012:instance/${prod} because no identity-based policy allows the ec2:StopInstances action`,
  );
  expect(await state(account, prod)).toEqual({ Code: 16, Name: 'running' });
  account.dispose();
});
