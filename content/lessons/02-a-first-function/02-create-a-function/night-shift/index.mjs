import { EC2Client, StartInstancesCommand } from '@aws-sdk/client-ec2';

const ec2 = new EC2Client({});

export const handler = async () => {
  await ec2.send(new StartInstancesCommand({ InstanceIds: [process.env.INSTANCE_ID] }));
  return 'started';
};
