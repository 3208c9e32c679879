/** A function in a VPC: what it reaches from which subnet, what it waits for, and what the ways out cost. */
import { expect, test } from 'vitest';
import type { Account } from '../../../sandbox/account.ts';
import { allow, createRole, deploy, invoke, openAccount } from './function-story.ts';
import { refused } from './service-account.ts';

/** One VPC with a private and a public subnet, an internet gateway, and groups of the function and the orders service. */
async function openNetwork(account: Account) {
  const { ec2 } = account;
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
  const VpcId = Vpc.VpcId;
  const subnet = async (CidrBlock: string) => (await ec2.createSubnet({ VpcId, CidrBlock })).Subnet.SubnetId;
  const table = async (SubnetId: string) => {
    const { RouteTable } = await ec2.createRouteTable({ VpcId });
    await ec2.associateRouteTable({ RouteTableId: RouteTable.RouteTableId, SubnetId });
    return RouteTable.RouteTableId;
  };
  const group = async (GroupName: string) =>
    (await ec2.createSecurityGroup({ GroupName, Description: GroupName, VpcId })).GroupId;
  const privateSubnet = await subnet('10.0.1.0/24');
  const publicSubnet = await subnet('10.0.101.0/24');
  const privateTable = await table(privateSubnet);
  const publicTable = await table(publicSubnet);
  const { InternetGateway } = await ec2.createInternetGateway({});
  const { InternetGatewayId: GatewayId } = InternetGateway;
  await ec2.attachInternetGateway({ InternetGatewayId: GatewayId, VpcId });
  await ec2.createRoute({ RouteTableId: publicTable, DestinationCidrBlock: '0.0.0.0/0', GatewayId });
  return {
    VpcId,
    privateSubnet,
    publicSubnet,
    privateTable,
    functionGroup: await group('function'),
    ordersGroup: await group('orders'),
  };
}

type Network = Awaited<ReturnType<typeof openNetwork>>;

async function addNat({ ec2 }: Account, { publicSubnet, privateTable }: Network): Promise<string> {
  const { AllocationId } = await ec2.allocateAddress({ Domain: 'vpc' });
  const { NatGateway } = await ec2.createNatGateway({ SubnetId: publicSubnet, AllocationId });
  const { NatGatewayId } = NatGateway;
  await ec2.createRoute({ RouteTableId: privateTable, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId });
  return NatGatewayId;
}

/** A load balancer inside of the VPC that answers with an order; returns its address. */
async function addOrders(account: Account, { privateSubnet, ordersGroup }: Network): Promise<string> {
  const { elasticLoadBalancingV2: balancing } = account;
  const { LoadBalancers } = await balancing.createLoadBalancer({
    Name: 'orders',
    Scheme: 'internal',
    Subnets: [privateSubnet],
    SecurityGroups: [ordersGroup],
  });
  const [made] = LoadBalancers;
  await balancing.createListener({
    LoadBalancerArn: made?.LoadBalancerArn ?? '',
    Protocol: 'HTTP',
    Port: 80,
    DefaultActions: [
      {
        Type: 'fixed-response',
        FixedResponseConfig: { StatusCode: '200', MessageBody: 'order 7', ContentType: 'text/plain' },
      },
    ],
  });
  return `http://${made?.DNSName ?? ''}/`;
}

const letIn = (account: Account, { ordersGroup, functionGroup }: Network, port = 80) =>
  account.ec2.authorizeSecurityGroupIngress({
    GroupId: ordersGroup,
    IpPermissions: [
      { IpProtocol: 'tcp', FromPort: port, ToPort: port, UserIdGroupPairs: [{ GroupId: functionGroup }] },
    ],
  });

const code = `
  import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
  import { SQSClient, ListQueuesCommand } from '@aws-sdk/client-sqs';
  const table = new DynamoDBClient({});
  export const handler = async ({ to, url, connectionTimeout }) => {
    if (to === 'table' || connectionTimeout) {
      const client = connectionTimeout
        ? new DynamoDBClient({ maxAttempts: 1, requestHandler: { connectionTimeout } })
        : table;
      const { Item } = await client.send(new GetItemCommand({ TableName: 'rates', Key: { currency: { S: 'EUR' } } }));
      return Item.rate.N;
    }
    if (to === 'queue') return (await new SQSClient({}).send(new ListQueuesCommand({}))).QueueUrls?.length ?? 0;
    const response = await fetch(url).catch((error) => {
      console.log(error.cause.message);
      throw error;
    });
    return response.text();
  };`;

/** The story's account, its network, and the function in that subnet, ready. */
async function story(subnet: 'privateSubnet' | 'publicSubnet' | undefined, timeout = 6) {
  const account = await openAccount();
  await account.dynamodb.createTable({
    TableName: 'rates',
    AttributeDefinitions: [{ AttributeName: 'currency', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'currency', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  });
  account.clock.advance({ minutes: 1 });
  await account.dynamodb.putItem({ TableName: 'rates', Item: { currency: { S: 'EUR' }, rate: { N: '1.08' } } });
  const network = await openNetwork(account);
  const Role = await createRole(account, [allow('dynamodb', 'sqs', 'ec2', 'logs')]);
  const VpcConfig =
    subnet === undefined
      ? {}
      : { VpcConfig: { SubnetIds: [network[subnet]], SecurityGroupIds: [network.functionGroup] } };
  await deploy(account, code, { Role, Timeout: timeout, ...VpcConfig });
  account.clock.advance({ minutes: 10 });
  return { account, network };
}

const timedOut = expect.objectContaining({ errorType: 'Sandbox.Timedout' }) as unknown;

test('in a private subnet without a way out a call of an AWS service waits until the timeout', async () => {
  const { account } = await story('privateSubnet');
  const answer = await account.lambda.invoke({ FunctionName: 'worker', Payload: '{"to":"table"}' });
  expect(JSON.parse(answer.Payload)).toEqual(timedOut);
  expect(answer.trace.durationMs).toBe(6000);
  expect(account.trace.filter(({ type }) => type === 'connectionUnanswered')).toMatchObject([
    { address: 'dynamodb.us-east-1.amazonaws.com:443', reason: 'no-route' },
  ]);
});

test('a gateway endpoint leads to its service and to no other', async () => {
  const { account, network } = await story('privateSubnet');
  const { VpcId, privateTable } = network;
  const ServiceName = 'com.amazonaws.us-east-1.dynamodb';
  const { VpcEndpoint } = await account.ec2.createVpcEndpoint({ VpcId, ServiceName });
  expect(await invoke(account, { to: 'table' })).toEqual(timedOut);
  const { VpcEndpointId } = VpcEndpoint;
  await account.ec2.modifyVpcEndpoint({ VpcEndpointId, AddRouteTableIds: [privateTable] });
  expect(await invoke(account, { to: 'table' })).toBe('1.08');
  expect(await invoke(account, { to: 'queue' })).toEqual(timedOut);
  account.clock.advance({ hours: 5 });
  expect(account.bill().lines.map(({ id }) => id)).not.toContain('interface-endpoint-hours');
});

test('an interface endpoint leads to its service when its security group lets the function in at port 443', async () => {
  const { account, network } = await story('privateSubnet');
  const { VpcId, privateSubnet, ordersGroup } = network;
  await account.ec2.createVpcEndpoint({
    VpcId,
    VpcEndpointType: 'Interface',
    ServiceName: 'com.amazonaws.us-east-1.sqs',
    SubnetIds: [privateSubnet],
    SecurityGroupIds: [ordersGroup],
  });
  expect(await invoke(account, { to: 'queue' })).toEqual(timedOut);
  await letIn(account, network, 443);
  expect(await invoke(account, { to: 'queue' })).toBe(0);
});

test('a closed interface endpoint takes the name of the service even where a NAT gateway would lead to it', async () => {
  const { account, network } = await story('privateSubnet');
  await addNat(account, network);
  expect(await invoke(account, { to: 'queue' })).toBe(0);
  const { VpcId, privateSubnet, ordersGroup } = network;
  await account.ec2.createVpcEndpoint({
    VpcId,
    VpcEndpointType: 'Interface',
    ServiceName: 'com.amazonaws.us-east-1.sqs',
    SubnetIds: [privateSubnet],
    SecurityGroupIds: [ordersGroup],
  });
  expect(await invoke(account, { to: 'queue' })).toEqual(timedOut);
});

test('a NAT gateway in the public subnet leads everywhere', async () => {
  const { account, network } = await story('privateSubnet');
  await addNat(account, network);
  expect(await invoke(account, { to: 'table' })).toBe('1.08');
});

test('a NAT gateway in a private subnet leads nowhere', async () => {
  const { account, network } = await story('privateSubnet');
  await addNat(account, { ...network, publicSubnet: network.privateSubnet });
  expect(await invoke(account, { to: 'table' })).toEqual(timedOut);
});

test('a public subnet leads nowhere: the interface has no public address', async () => {
  const { account } = await story('publicSubnet');
  expect(await invoke(account, { to: 'table' })).toEqual(timedOut);
  expect(account.trace.filter(({ type }) => type === 'connectionUnanswered')).toMatchObject([
    { reason: 'no-public-address' },
  ]);
});

test('outgoing rules that name another port or only the VPC let nothing out to a service', async () => {
  const { account, network } = await story('privateSubnet');
  await addNat(account, network);
  const { functionGroup: GroupId } = network;
  await account.ec2.revokeSecurityGroupEgress({
    GroupId,
    IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
  });
  await account.ec2.authorizeSecurityGroupEgress({
    GroupId,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.0.0.0/16' }] }],
  });
  expect(await invoke(account, { to: 'table' })).toEqual(timedOut);
  await account.ec2.authorizeSecurityGroupEgress({
    GroupId,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
  });
  expect(await invoke(account, { to: 'table' })).toBe('1.08');
});

test('something private answers inside of its VPC, to whom its security group lets in', async () => {
  const { account, network } = await story('privateSubnet');
  const url = await addOrders(account, network);
  expect(await invoke(account, { url })).toEqual(timedOut);
  await letIn(account, network);
  expect(await invoke(account, { url })).toBe('order 7');
});

test('from outside of the VPC nothing private answers, to functions or to anybody', async () => {
  const { account, network } = await story(undefined);
  const url = await addOrders(account, network);
  await letIn(account, network);
  expect(await invoke(account, { to: 'table' })).toBe('1.08');
  expect(await invoke(account, { url })).toEqual(timedOut);
  expect(await refused(account.http.request({ url }))).toBe(
    `UnknownAddressError: ${url} has a private address. Only what is in its VPC reaches it.`,
  );
});

test('fetch gives up after 10 seconds, a client of the SDK when it is told to, or when Linux does', async () => {
  const { account, network } = await story('privateSubnet', 900);
  const url = await addOrders(account, network);
  const { host } = new URL(url);
  expect(await invoke(account, { url })).toMatchObject({ errorType: 'TypeError', errorMessage: 'fetch failed' });
  const { trace } = await account.lambda.invoke({ FunctionName: 'worker', Payload: JSON.stringify({ url }) });
  expect(trace.durationMs).toBeGreaterThan(10_000);
  expect(trace.durationMs).toBeLessThan(10_100);
  expect(trace.logs.join('')).toContain(`Connect Timeout Error (attempted address: ${host}:80, timeout: 10000ms)`);
  expect(await invoke(account, { connectionTimeout: 1500 })).toMatchObject({
    errorType: 'TimeoutError',
    errorMessage: 'Socket timed out without establishing a connection within 1500 ms',
  });
  const patient = await account.lambda.invoke({ FunctionName: 'worker', Payload: '{"to":"table"}' });
  expect(JSON.parse(patient.Payload)).toMatchObject({
    errorType: 'Error',
    errorMessage: 'connect ETIMEDOUT dynamodb.us-east-1.amazonaws.com:443',
  });
  // Four attempts of the DynamoDB client, 127 seconds each.
  expect(Math.round(patient.trace.durationMs / 1000)).toBe(508);
});

test('the role has to be allowed to make network interfaces', async () => {
  const account = await openAccount();
  const { privateSubnet, functionGroup } = await openNetwork(account);
  const VpcConfig = { SubnetIds: [privateSubnet], SecurityGroupIds: [functionGroup] };
  const Role = await createRole(account, []);
  expect(await refused(deploy(account, code, { Role, VpcConfig }))).toBe(
    'InvalidParameterValueException: The provided execution role does not have permissions to call CreateNetworkInterface on EC2',
  );
  await account.iam.attachRolePolicy({
    RoleName: 'worker-role',
    PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole',
  });
  await deploy(account, code, { Role, VpcConfig });
});

test('a new function is Pending until its interface is there, which the next one shares', async () => {
  const account = await openAccount();
  const { VpcId, privateSubnet, functionGroup } = await openNetwork(account);
  const VpcConfig = { SubnetIds: [privateSubnet], SecurityGroupIds: [functionGroup] };
  const Role = await createRole(account, [allow('ec2')]);
  await deploy(account, code, { Role, VpcConfig });
  expect(await account.lambda.getFunctionConfiguration({ FunctionName: 'worker' })).toMatchObject({
    State: 'Pending',
    StateReasonCode: 'Creating',
    VpcConfig: { ...VpcConfig, VpcId },
  });
  expect(await refused(account.lambda.invoke({ FunctionName: 'worker' }))).toBe(
    'ResourceConflictException: The operation cannot be performed at this time. The function is currently in the following state: Pending',
  );
  account.clock.advance({ minutes: 10 });
  expect(await account.lambda.getFunctionConfiguration({ FunctionName: 'worker' })).toMatchObject({ State: 'Active' });
  await deploy(account, code, { FunctionName: 'second', Role, VpcConfig });
  expect(await account.lambda.getFunctionConfiguration({ FunctionName: 'second' })).toMatchObject({ State: 'Active' });
  expect((await account.ec2.describeNetworkInterfaces({})).NetworkInterfaces).toMatchObject([
    {
      SubnetId: privateSubnet,
      InterfaceType: 'lambda',
      PrivateIpAddress: expect.stringMatching(/^10\.0\.1\.\d+$/) as unknown,
    },
  ]);
});

test('while a function moves into a VPC it goes on as it was, and cannot be changed', async () => {
  const { account, network } = await story(undefined);
  const VpcConfig = { SubnetIds: [network.privateSubnet], SecurityGroupIds: [network.functionGroup] };
  const FunctionName = 'worker';
  const { lambda } = account;
  expect(await lambda.updateFunctionConfiguration({ FunctionName, VpcConfig })).toMatchObject({
    LastUpdateStatus: 'InProgress',
    VpcConfig: { VpcId: network.VpcId },
  });
  expect(await invoke(account, { to: 'table' })).toBe('1.08');
  expect(await refused(lambda.publishVersion({ FunctionName }))).toBe(
    'ResourceConflictException: The operation cannot be performed at this time. An update is in progress for resource: arn:aws:lambda:us-east-1:123456789012:function:worker',
  );
  account.clock.advance({ minutes: 10 });
  expect(await lambda.getFunctionConfiguration({ FunctionName })).toMatchObject({ LastUpdateStatus: 'Successful' });
  expect(await invoke(account, { to: 'table' })).toEqual(timedOut);
  await lambda.updateFunctionConfiguration({ FunctionName, VpcConfig: { SubnetIds: [], SecurityGroupIds: [] } });
  expect(await invoke(account, { to: 'table' })).toBe('1.08');
});

test.each<[string, object, string]>([
  [
    'only one of the two lists',
    { SubnetIds: ['subnet-1'] },
    'InvalidParameterValueException: SubnetIds and SecurityIds must coexist or be both empty list.',
  ],
  [
    'a subnet that is not there',
    { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
    "InvalidParameterValueException: Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound. EC2 Error Message: The subnet ID 'subnet-1' does not exist",
  ],
])('refused: %s', async (_name, VpcConfig, message) => {
  const { account } = await story(undefined);
  expect(await refused(account.lambda.updateFunctionConfiguration({ FunctionName: 'worker', VpcConfig }))).toBe(
    message,
  );
});

test('a NAT gateway and its address are paid by the hour that begins, and by the bytes that go through', async () => {
  const { account, network } = await story('privateSubnet');
  const NatGatewayId = await addNat(account, network);
  await invoke(account, { to: 'table' });
  account.clock.advance({ minutes: 150 });
  await account.ec2.deleteNatGateway({ NatGatewayId });
  account.clock.advance({ hours: 3 });
  const lines = account.bill().lines.filter(({ id }) => id.startsWith('nat') || id.startsWith('public'));
  expect(lines.map(({ id, quantity }) => [id, quantity > 0.1 ? quantity : 'a little'])).toEqual([
    ['nat-gateway-hours', 3],
    ['nat-gateway-gigabytes', 'a little'],
    // The address is still there.
    ['public-ipv4-hours', 6],
  ]);
  expect(lines[0]).toMatchObject({ label: 'NAT gateway, 3 hours', formula: '3 × $0.045', amount: 3 * 0.045 });
});

test('an interface endpoint is paid for each of its subnets', async () => {
  const { account, network } = await story('privateSubnet');
  const { VpcId, privateSubnet, publicSubnet } = network;
  await account.ec2.createVpcEndpoint({
    VpcId,
    VpcEndpointType: 'Interface',
    ServiceName: 'com.amazonaws.us-east-1.secretsmanager',
    SubnetIds: [privateSubnet, publicSubnet],
  });
  expect(account.bill().lines.find(({ id }) => id === 'interface-endpoint-hours')).toMatchObject({
    label: 'interface endpoint, 2 hours',
    formula: '2 × $0.01',
  });
});

test('EC2 says what is wrong with a network', async () => {
  const { ec2 } = await openAccount();
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
  const { VpcId } = Vpc;
  expect(await refused(ec2.createSubnet({ VpcId, CidrBlock: '10.1.0.0/24' }))).toBe(
    "InvalidSubnet.Range: The CIDR '10.1.0.0/24' is invalid.",
  );
  expect(await refused(ec2.createVpcEndpoint({ VpcId, ServiceName: 'com.amazonaws.us-east-1.sqs' }))).toBe(
    "InvalidServiceName: The Vpc Endpoint Service 'com.amazonaws.us-east-1.sqs' does not exist",
  );
  expect(await refused(ec2.describeSubnets({ Filters: [{ Name: 'vpc', Values: [VpcId] }] }))).toBe(
    "InvalidParameterValue: The filter 'vpc' is invalid",
  );
  const { SecurityGroups } = await ec2.describeSecurityGroups({
    Filters: [
      { Name: 'vpc-id', Values: [VpcId] },
      { Name: 'group-name', Values: ['def*'] },
    ],
  });
  expect(SecurityGroups).toHaveLength(1);
  expect(await refused(ec2.createRouteTable({ VpcId: 'vpc-1' }))).toBe(
    "InvalidVpcID.NotFound: The vpc ID 'vpc-1' does not exist",
  );
});
