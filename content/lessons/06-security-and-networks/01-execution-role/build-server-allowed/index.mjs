import { EC2Client, StartInstancesCommand } from '@aws-sdk/client-ec2';

const ec2 = new EC2Client({});
const InstanceIds = [process.env.INSTANCE_ID];

export const handler = async () => {
  const { StartingInstances } = await ec2.send(new StartInstancesCommand({ InstanceIds }));
  const [{ PreviousState, CurrentState }] = StartingInstances;
  return { was: PreviousState.Name, is: CurrentState.Name };
};
