import { DescribeInstancesCommand, EC2Client, StopInstancesCommand } from '@aws-sdk/client-ec2';

const ec2 = new EC2Client({});
const running = [
  { Name: 'tag:team', Values: ['dev'] },
  { Name: 'instance-state-name', Values: ['running'] },
];

export const handler = async (event) => {
  console.log(`${event.resources[0].split('/').at(-1)} is due: ${event.time}`);
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ Filters: running }));
  const InstanceIds = Reservations.flatMap(({ Instances }) => Instances.map(({ InstanceId }) => InstanceId));
  if (InstanceIds.length > 0) await ec2.send(new StopInstancesCommand({ InstanceIds }));
  return { stopped: InstanceIds.length };
};
