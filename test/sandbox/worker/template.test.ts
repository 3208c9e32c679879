/** A function with a template.yaml: what the session deploys of it, and what it says when the template is wrong. */
import { expect, test } from 'vitest';
import { createAccount, type Account } from '../../../sandbox/account.ts';
import { defaultFacts } from '../../../sandbox/default-facts.ts';
import { sessionOf } from '../../../sandbox/worker/session.ts';
import type { FunctionDefinition, Session } from '../../../sandbox/worker/session.types.ts';
import { scriptedProcesses } from '../scripted-process.ts';

const networkOf = (vpcConfig: string): string => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Checkout:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: .
      Handler: index.handler
      VpcConfig: ${vpcConfig}
      Environment: { Variables: { GROUP: !Ref Group } }
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24 } }
  Other: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24 } }
  Group: { Type: AWS::EC2::SecurityGroup, Properties: { VpcId: !Ref Vpc, GroupDescription: checkout } }
`;

const definitionWith = (template: string | undefined): FunctionDefinition => ({
  FunctionName: 'checkout',
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  MemorySize: 128,
  Timeout: 3,
  Architectures: ['arm64'],
  Environment: { Variables: { STAGE: 'test' } },
  Files: {
    'index.mjs': 'export const handler = async () => 1;',
    ...(template === undefined ? {} : { 'template.yaml': template }),
  },
});

async function open(): Promise<{ session: Session; account: Account }> {
  const account = await createAccount({ createProcess: scriptedProcesses({}).create });
  return { session: sessionOf(account, defaultFacts), account };
}

const inSubnet = networkOf('{ SubnetIds: [!Ref Subnet], SecurityGroupIds: [!Ref Group] }');

const subnetsOf = async ({ lambda, ec2 }: Account) => {
  const { VpcConfig } = await lambda.getFunctionConfiguration({ FunctionName: 'checkout' });
  const { Subnets } = await ec2.describeSubnets({});
  return VpcConfig?.SubnetIds.map((id) => Subnets.find(({ SubnetId }) => SubnetId === id)?.CidrBlock);
};

test('the template puts the function into the VPC, and the session waits for the interfaces', async () => {
  const { session, account } = await open();
  await session.deploy(definitionWith(inSubnet));
  const { Configuration, Code } = await account.lambda.getFunction({ FunctionName: 'checkout' });
  expect(Configuration).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful' });
  expect(await subnetsOf(account)).toEqual(['10.0.1.0/24']);
  expect(Configuration.Environment?.Variables).toEqual({
    STAGE: 'test',
    GROUP: expect.stringMatching(/^sg-[0-9a-f]{17}$/) as unknown,
  });
  expect(Object.keys(Code.Files)).toEqual(['index.mjs']);
  const { invocations } = await session.run({ kind: 'invoke', payload: '{}' });
  expect(invocations).toMatchObject([{ statusCode: 200 }]);
});

test('a change of the template moves the function, and the same template changes nothing', async () => {
  const { session, account } = await open();
  await session.deploy(definitionWith(inSubnet));
  const before = account.traceEnd;
  await session.deploy(definitionWith(inSubnet));
  expect(account.traceEnd).toBe(before);
  await session.deploy(definitionWith(inSubnet.replace('[!Ref Subnet]', '[!Ref Other]')));
  expect(await subnetsOf(account)).toEqual(['10.0.2.0/24']);
  await session.deploy(definitionWith(undefined));
  expect(await subnetsOf(account)).toBeUndefined();
  expect((await account.ec2.describeVpcs({})).Vpcs).toEqual([]);
});

test('without a template the role needs the permission, and ids are answers of calls', async () => {
  const { session, account } = await open();
  const policy = (action: string): string =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
  const definition = (action: string): FunctionDefinition => ({
    ...definitionWith(undefined),
    Files: { 'index.mjs': 'export const handler = async () => 1;', 'policy.json': policy(action) },
    VpcConfig: { SubnetIds: ['{subnet.Subnet.SubnetId}'], SecurityGroupIds: ['{group.GroupId}'] },
    account: [
      { service: 'ec2', operation: 'CreateVpc', input: { CidrBlock: '10.0.0.0/16' }, as: 'vpc' },
      {
        service: 'ec2',
        operation: 'CreateSubnet',
        input: { VpcId: '{vpc.Vpc.VpcId}', CidrBlock: '10.0.1.0/24' },
        as: 'subnet',
      },
      {
        service: 'ec2',
        operation: 'CreateSecurityGroup',
        input: { GroupName: 'checkout', Description: 'checkout', VpcId: '{vpc.Vpc.VpcId}' },
        as: 'group',
      },
    ],
  });
  await session.deploy(definition('ec2:*'));
  expect(await subnetsOf(account)).toEqual(['10.0.1.0/24']);
  const other = await open();
  await expect(other.session.deploy(definition('s3:*'))).rejects.toThrow(
    'The provided execution role does not have permissions to call CreateNetworkInterface on EC2',
  );
});

test.each<[string, string, string]>([
  [
    'another handler than is set',
    inSubnet.replace('index.handler', 'app.handler'),
    'Checkout: Handler is "index.handler" here, and set beside the template. Take it out, or write "index.handler".',
  ],
  [
    'what is not read from a template',
    inSubnet.replace('CodeUri: .', 'Policies: AmazonS3FullAccess'),
    'Checkout: Policies is not read from the template in this simulator.',
  ],
  [
    'ids that are no list',
    networkOf('{ SubnetIds: !Ref Subnet, SecurityGroupIds: [!Ref Group] }'),
    'Checkout: SubnetIds and SecurityGroupIds of VpcConfig must be lists of ids.',
  ],
])('refused: %s', async (_name, template, message) => {
  const { session } = await open();
  await expect(session.deploy(definitionWith(template))).rejects.toThrow(message);
});
