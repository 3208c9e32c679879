/** Stacks: a network out of a template, changed by another one, or left alone by one that is wrong. */
import { expect, test } from 'vitest';
import type { Account } from '../../../sandbox/account.ts';
import { refused, serviceAccount } from './service-account.ts';

const base = `
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: { CidrBlock: 10.0.0.0/16 }
  # Before the subnet that it refers to.
  Association:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: { SubnetId: !Ref Subnet, RouteTableId: !Ref Routes }
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24 }
  Routes:
    Type: AWS::EC2::RouteTable
    Properties: { VpcId: !Ref Vpc }
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: orders
      VpcId: !GetAtt Vpc.VpcId
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 10.0.0.0/16 }
`;

const endpoint = `
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Vpc
      ServiceName: !Sub com.amazonaws.\${AWS::Region}.s3
      RouteTableIds: [!Ref Routes]
`;

const said = async ({ ec2 }: Account) => ({
  vpcs: (await ec2.describeVpcs({})).Vpcs.length,
  subnets: (await ec2.describeSubnets({})).Subnets.map(({ SubnetId }) => SubnetId),
  endpoints: (await ec2.describeVpcEndpoints({})).VpcEndpoints.map(({ ServiceName }) => ServiceName),
});

test('a template makes a network in the order of its references', async () => {
  const account = await serviceAccount();
  account.stacks.deploy('network', base + endpoint);
  const { ec2 } = account;
  const { RouteTables } = await ec2.describeRouteTables({});
  expect(RouteTables.find(({ Associations }) => Associations.some(({ Main }) => !Main))).toMatchObject({
    Routes: [{ GatewayId: 'local' }, { DestinationPrefixListId: 'pl-63a5400a' }],
    Associations: [{ SubnetId: (await said(account)).subnets[0] }],
  });
  expect((await ec2.describeSecurityGroups({})).SecurityGroups).toMatchObject([
    { GroupName: 'default' },
    {
      GroupName: 'network-Group',
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 80, IpRanges: [{ CidrIp: '10.0.0.0/16' }] }],
      IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    },
  ]);
});

test('another template changes what differs, takes away what is missing, and leaves the rest', async () => {
  const account = await serviceAccount();
  account.stacks.deploy('network', base);
  const before = await said(account);
  account.stacks.deploy('network', base + endpoint);
  expect(await said(account)).toEqual({ ...before, endpoints: ['com.amazonaws.us-east-1.s3'] });
  account.stacks.deploy('network', base + endpoint.replace('.s3', '.dynamodb'));
  expect(await said(account)).toEqual({ ...before, endpoints: ['com.amazonaws.us-east-1.dynamodb'] });
  account.stacks.deploy('network', base.replace('FromPort: 80, ToPort: 80', 'FromPort: 443, ToPort: 443'));
  expect(await said(account)).toEqual(before);
  expect((await account.ec2.describeSecurityGroups({})).SecurityGroups[1]?.IpPermissions).toMatchObject([
    { FromPort: 443, ToPort: 443 },
  ]);
  account.stacks.remove('network');
  expect(await said(account)).toEqual({ vpcs: 0, subnets: [], endpoints: [] });
});

test('a template that fails leaves everything as it was', async () => {
  const account = await serviceAccount();
  account.stacks.deploy('network', base);
  const before = await said(account);
  const wrong =
    base.replace('10.0.1.0/24', '10.0.2.0/24') +
    endpoint.replace('VpcId: !Ref Vpc', 'VpcId: vpc-1').replace('.s3', '.s3');
  expect(() => account.stacks.deploy('network', wrong)).toThrow(
    "Endpoint (AWS::EC2::VPCEndpoint): The vpc ID 'vpc-1' does not exist",
  );
  expect(await said(account)).toEqual(before);
});

test('what one stack exports another imports', async () => {
  const account = await serviceAccount();
  await account.call({
    service: 'cloudformation',
    operation: 'CreateStack',
    input: {
      StackName: 'network',
      TemplateBody: `${base}
Outputs:
  Routes: { Value: !Ref Routes, Export: { Name: PrivateRoutes } }
  Vpc: { Value: !Ref Vpc, Export: { Name: Vpc } }
`,
    },
  });
  const own = `Resources:${endpoint}`
    .replace('!Ref Routes', '!ImportValue PrivateRoutes')
    .replace('!Ref Vpc', '!ImportValue Vpc');
  account.stacks.deploy('own', own);
  expect((await said(account)).endpoints).toEqual(['com.amazonaws.us-east-1.s3']);
});

test.each<[string, string, string]>([
  ['no YAML', 'Resources: {', 'Template format error: YAML not well-formed. (line 1, column'],
  [
    'a tag that there is none of',
    'Resources:\n  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: !Reff Cidr } }',
    'Template format error: YAML not well-formed. (line 2, column 56): Unresolved tag: !Reff',
  ],
  ['nothing', 'Resources: {}', 'Template format error: At least one Resources member must be defined.'],
  [
    'a reference to nothing',
    `${base}${endpoint.replace('!Ref Routes', '!Ref Route')}`,
    'Template format error: Unresolved resource dependencies [Route] in the Resources block of the template',
  ],
  [
    'a property that there is none of',
    `${base}${endpoint.replace('RouteTableIds', 'RouteTables')}`,
    'Properties validation failed for resource Endpoint with message: #: extraneous key [RouteTables] is not permitted',
  ],
  [
    'a property that is missing',
    base.replace('{ CidrBlock: 10.0.0.0/16 }', '{}'),
    'Properties validation failed for resource Vpc with message: #: required key [CidrBlock] not found',
  ],
  [
    'a type that there is none of here',
    'Resources:\n  Db: { Type: AWS::RDS::DBInstance }',
    'Template format error: Unrecognized resource types: [AWS::RDS::DBInstance]. This simulator has AWS::EC2::VPC,',
  ],
  [
    'a circle',
    'Resources:\n  A: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref B } }\n  B: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref A } }',
    'Circular dependency between resources: [A, B]',
  ],
  [
    'an export that nobody makes',
    'Resources:\n  T: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !ImportValue Vpc } }',
    'No export named Vpc found',
  ],
])('refused: %s', async (_name, TemplateBody, message) => {
  const account = await serviceAccount();
  const call = { service: 'cloudformation', operation: 'CreateStack', input: { StackName: 'network', TemplateBody } };
  expect(await refused(account.call(call))).toContain(`ValidationError: ${message}`);
  expect(await said(account)).toEqual({ vpcs: 0, subnets: [], endpoints: [] });
});

test('a stack says whether it was created or updated', async () => {
  const account = await serviceAccount();
  const stack = async (operation: string, more: object = {}) =>
    account.call({ service: 'cloudformation', operation, input: { StackName: 'network', ...more } });
  await stack('CreateStack', { TemplateBody: base });
  expect(await stack('DescribeStacks')).toMatchObject({ Stacks: [{ StackStatus: 'CREATE_COMPLETE' }] });
  await stack('UpdateStack', { TemplateBody: base + endpoint });
  expect(await stack('DescribeStacks')).toMatchObject({ Stacks: [{ StackStatus: 'UPDATE_COMPLETE' }] });
});
