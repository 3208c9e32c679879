/** Application Load Balancers with a function as target: both forms of events, limits, rules, hours on the bill. */
import { expect, test } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import { refused } from '../service-account.ts';
import { beginHttp, functionArn, permit, short, told } from './http-story.ts';

const principal = 'elasticloadbalancing.amazonaws.com';

/** A load balancer on port 80 with the function behind it. */
async function createBalancer(account: Account) {
  const { elasticLoadBalancingV2: elb } = account;
  const [group] = (await elb.createTargetGroup({ Name: 'hello', TargetType: 'lambda' })).TargetGroups;
  const [balancer] = (await elb.createLoadBalancer({ Name: 'shop' })).LoadBalancers;
  const TargetGroupArn = group?.TargetGroupArn ?? '';
  const LoadBalancerArn = balancer?.LoadBalancerArn ?? '';
  await permit(account, principal, TargetGroupArn);
  await elb.registerTargets({ TargetGroupArn, Targets: [{ Id: functionArn }] });
  const { Listeners } = await elb.createListener({
    LoadBalancerArn,
    Protocol: 'HTTP',
    Port: 80,
    DefaultActions: [{ Type: 'forward', TargetGroupArn }],
  });
  return {
    elb,
    TargetGroupArn,
    LoadBalancerArn,
    ListenerArn: Listeners[0]?.ListenerArn ?? '',
    host: balancer?.DNSName ?? '',
    url: `http://${balancer?.DNSName ?? ''}`,
  };
}

async function openBalancer(answer?: unknown) {
  const story = await beginHttp(answer);
  return { ...story, ...(await createBalancer(story.account)) };
}

const badGateway =
  '502 <html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n';

test('the function gets the last value of what is repeated, undecoded', async () => {
  const { account, url, host, TargetGroupArn, events } = await openBalancer();
  expect(host).toMatch(/^shop-\d{10}\.us-east-1\.elb\.amazonaws\.com$/);
  await account.http.request({ url: `${url}/a?k=1&k=a%20b`, headers: { 'x-tag': ['one', 'two'] } });
  expect(events()).toEqual([
    {
      requestContext: { elb: { targetGroupArn: TargetGroupArn } },
      httpMethod: 'GET',
      path: '/a',
      queryStringParameters: { k: 'a%20b' },
      headers: {
        host,
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-/) as string,
        'x-forwarded-for': '203.0.113.10',
        'x-forwarded-port': '80',
        'x-forwarded-proto': 'http',
        'x-tag': 'two',
      },
      body: '',
      isBase64Encoded: false,
    },
  ]);
});

test('with multi-value headers it gets all values, and answers with lists', async () => {
  const answer = {
    statusCode: 200,
    headers: { 'x-lost': '1' },
    multiValueHeaders: { 'set-cookie': ['a=1', 'b=2'] },
    body: 'ok',
  };
  const { account, url, elb, TargetGroupArn, events } = await openBalancer(answer);
  const Attributes = [{ Key: 'lambda.multi_value_headers.enabled', Value: 'true' }];
  await elb.modifyTargetGroupAttributes({ TargetGroupArn, Attributes });
  const response = await account.http.request({ url: `${url}/a?k=1&k=2`, headers: { 'x-tag': ['one', 'two'] } });
  expect(response).toMatchObject({ status: 200, body: 'ok', headers: { 'set-cookie': ['a=1', 'b=2'] } });
  expect(response.headers['x-lost']).toBeUndefined();
  const [event = {}] = events();
  expect(event).toMatchObject({
    multiValueQueryStringParameters: { k: ['1', '2'] },
    multiValueHeaders: { 'x-tag': ['one', 'two'], 'x-forwarded-proto': ['http'] },
  });
  expect(Object.keys(event)).not.toContain('headers');
  expect(Object.keys(event)).not.toContain('queryStringParameters');
});

test.each([
  ['a text', '"hi"'],
  ['no status code', '{"body":"hi"}'],
  ['a status code as text', '{"statusCode":"200","body":"hi"}'],
  ['a header that is no text', '{"statusCode":200,"headers":{"x-a":true},"body":"hi"}'],
  ['a member that is null', '{"statusCode":200,"headers":null,"body":"hi"}'],
  ['a body that is no text', '{"statusCode":200,"body":{"a":1}}'],
  ['more than 1 MB', JSON.stringify({ statusCode: 200, body: 'x'.repeat(1024 * 1024) })],
])('%s is a bad gateway', async (_what, respond) => {
  const { account, url } = await openBalancer(() => ({ respond }));
  expect(await short(account.http.request({ url }))).toBe(badGateway);
});

test('a failing, throttled or forbidden function is a bad gateway', async () => {
  const { account, url } = await openBalancer(() => ({ fail: { payload: '{}', errorType: 'Error' } }));
  expect(await short(account.http.request({ url }))).toBe(badGateway);
  await account.lambda.putFunctionConcurrency({ FunctionName: 'hello', ReservedConcurrentExecutions: 0 });
  expect(await short(account.http.request({ url }))).toBe(badGateway);
  await account.lambda.removePermission({ FunctionName: 'hello', StatementId: principal.replaceAll('.', '-') });
  expect(await short(account.http.request({ url }))).toBe(badGateway);
  expect(told(account, 'httpRequestAnswered').map(({ reason }) => reason)).toEqual([
    'function-error',
    'function-throttled',
    'function-not-permitted',
  ]);
});

test('a body of more than 1 MB does not reach the function, nor does a change to WebSocket', async () => {
  const { account, url, events } = await openBalancer();
  const post = (bytes: number) => account.http.request({ method: 'POST', url, body: 'x'.repeat(bytes) });
  expect(await post(1024 * 1024 + 1)).toMatchObject({ status: 413 });
  expect(await account.http.request({ url, headers: { upgrade: 'websocket' } })).toMatchObject({ status: 400 });
  expect(events()).toHaveLength(0);
  expect(await post(1024 * 1024)).toMatchObject({ status: 200 });
});

test('it waits for as long as the function may take', async () => {
  const { account, url } = await openBalancer(() => ({ ms: 55_000, respond: '{"statusCode":200,"body":"late"}' }));
  expect(await short(account.http.request({ url }))).toBe('200 late');
});

test('rules choose by priority, and may answer by themselves', async () => {
  const { account, url, elb, ListenerArn, TargetGroupArn, events } = await openBalancer();
  const fixed = (StatusCode: string, MessageBody: string) => [
    { Type: 'fixed-response', FixedResponseConfig: { StatusCode, MessageBody, ContentType: 'text/plain' } },
  ];
  await elb.createRule({
    ListenerArn,
    Priority: 20,
    Conditions: [{ Field: 'path-pattern', Values: ['/old/*'] }],
    Actions: fixed('404', 'gone'),
  });
  await elb.createRule({
    ListenerArn,
    Priority: 10,
    Conditions: [
      { Field: 'path-pattern', Values: ['/old/*'] },
      { Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'keep', Value: '*' }] } },
    ],
    Actions: [{ Type: 'forward', TargetGroupArn }],
  });
  expect(await short(account.http.request({ url: `${url}/old/a` }))).toBe('404 gone');
  expect(await short(account.http.request({ url: `${url}/old/a?keep=1` }))).toBe('200 hello');
  expect(await short(account.http.request({ url: `${url}/new` }))).toBe('200 hello');
  expect(events()).toHaveLength(2);
  expect((await elb.describeRules({ ListenerArn })).Rules.map(({ Priority }) => Priority)).toEqual([
    '10',
    '20',
    'default',
  ]);
});

test('without a target there is no service, and without a listener no connection', async () => {
  const { account, url, elb, TargetGroupArn, ListenerArn } = await openBalancer();
  await elb.deregisterTargets({ TargetGroupArn, Targets: [{ Id: functionArn }] });
  expect(await account.http.request({ url })).toMatchObject({ status: 503 });
  await expect(account.http.request({ url: url.replace('http', 'https') })).rejects.toThrow('Nothing in this account');
  await elb.deleteListener({ ListenerArn });
  await expect(account.http.request({ url })).rejects.toThrow('Nothing in this account');
});

test('a function is registered once it lets the load balancer in', async () => {
  const { account } = await beginHttp();
  const { elasticLoadBalancingV2: elb } = account;
  const [group] = (await elb.createTargetGroup({ Name: 'hello', TargetType: 'lambda' })).TargetGroups;
  const TargetGroupArn = group?.TargetGroupArn ?? '';
  const register = () => elb.registerTargets({ TargetGroupArn, Targets: [{ Id: functionArn }] });
  expect(await refused(register())).toBe(
    `AccessDeniedException: elasticloadbalancing principal does not have permission to invoke ${functionArn} from target group ${TargetGroupArn}`,
  );
  await permit(account, principal);
  await register();
  const other = { TargetGroupArn, Targets: [{ Id: `${functionArn}-2` }] };
  expect(await refused(elb.registerTargets(other))).toContain('TooManyTargetsException');
  expect((await elb.describeTargetHealth({ TargetGroupArn })).TargetHealthDescriptions).toMatchObject([
    { Target: { Id: functionArn }, TargetHealth: { State: 'unavailable' } },
  ]);
});

test('hours count whether there are requests or not, and requests as capacity units', async () => {
  const { account, url, elb, LoadBalancerArn } = await openBalancer();
  const line = (id: string) => account.bill().lines.find((each) => each.id === id);
  expect(line('load-balancer-hours')).toMatchObject({ quantity: 1, amount: 0.0225 });
  await account.http.request({ url });
  account.clock.advance({ hours: 2, minutes: 30 });
  expect(line('load-balancer-hours')).toMatchObject({ label: 'load balancer, 3 hours', amount: 0.0675 });
  // One connection in an hour, where a unit takes 25 in every second.
  expect(line('load-balancer-capacity-unit-hours')?.quantity).toBeCloseTo(1 / 90_000, 12);
  await elb.deleteLoadBalancer({ LoadBalancerArn });
  account.clock.advance({ hours: 10 });
  expect(line('load-balancer-hours')).toMatchObject({ quantity: 3 });
  await expect(account.http.request({ url })).rejects.toThrow('Nothing in this account');
});

test('what makes no sense is refused, and says why', async () => {
  const { elb, LoadBalancerArn, ListenerArn, TargetGroupArn } = await openBalancer();
  expect(await refused(elb.createLoadBalancer({ Name: 'shop' }))).toContain('DuplicateLoadBalancerNameException');
  expect(await refused(elb.createLoadBalancer({ Name: '-shop' }))).toContain('ValidationError');
  expect(await refused(elb.createTargetGroup({ Name: 'web' }))).toBe(
    'NotSimulatedError: Target groups of type instance are not available in this simulator. It has lambda.',
  );
  const listener = {
    LoadBalancerArn,
    Protocol: 'HTTP',
    Port: 80,
    DefaultActions: [{ Type: 'forward', TargetGroupArn }],
  };
  expect(await refused(elb.createListener(listener))).toContain('DuplicateListenerException');
  const unknown = { ...listener, Port: 81, DefaultActions: [{ Type: 'forward', TargetGroupArn: 'arn:x' }] };
  expect(await refused(elb.createListener(unknown))).toContain('TargetGroupNotFoundException');
  const Actions = [{ Type: 'redirect' }];
  expect(await refused(elb.createRule({ ListenerArn, Priority: 1, Conditions: [], Actions }))).toContain(
    'Actions of type redirect are not available',
  );
  expect(await refused(elb.deleteTargetGroup({ TargetGroupArn }))).toContain('ResourceInUseException');
});
