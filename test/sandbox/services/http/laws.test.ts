/** Laws of the front doors, over any mixture of requests. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import { beginHttp, functionArn, permit, told } from './http-story.ts';

const doors = ['url', 'rest', 'http', 'balancer'] as const;

interface Sent {
  readonly door: (typeof doors)[number];
  readonly path: string;
  readonly bytes: number;
  /** In the same moment as the one before, or so many ms later. */
  readonly afterMs: number;
}

const sent: fc.Arbitrary<Sent> = fc.record({
  door: fc.constantFrom(...doors),
  path: fc.constantFrom('/', '/orders', '/fail', '/slow', '/malformed'),
  bytes: fc.constantFrom(0, 10, 600_000),
  afterMs: fc.constantFrom(0, 0, 50, 60_000),
});

/** What the function does by the path that it is asked for. */
function answer(event: Record<string, unknown>) {
  const path = String(event['rawPath'] ?? event['path']);
  if (path.endsWith('fail')) return { fail: { payload: '{}', errorType: 'Error' } };
  if (path.endsWith('slow')) return { ms: 35_000, respond: '{"statusCode":200}' };
  return { respond: path.endsWith('malformed') ? '{"statusCode":true}' : '{"statusCode":200,"body":"ok"}' };
}

/** One function behind all four doors. */
async function openDoors(seed: number): Promise<{ account: Account; urls: Readonly<Record<Sent['door'], string>> }> {
  const { account } = await beginHttp(answer, {}, { seed, concurrentExecutions: 10 });
  const { lambda, apiGateway, apiGatewayV2, elasticLoadBalancingV2: elb } = account;
  const { FunctionUrl } = await lambda.createFunctionUrlConfig({ FunctionName: 'hello', AuthType: 'AWS_IAM' });
  const { id: restApiId, rootResourceId } = await apiGateway.createRestApi({ name: 'rest' });
  const { id } = await apiGateway.createResource({ restApiId, parentId: rootResourceId, pathPart: '{proxy+}' });
  for (const resourceId of [rootResourceId, id]) {
    const on = { restApiId, resourceId, httpMethod: 'ANY' };
    await apiGateway.putMethod({ ...on, authorizationType: 'NONE' });
    await apiGateway.putIntegration({ ...on, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: functionArn });
  }
  await apiGateway.createDeployment({ restApiId, stageName: 'prod' });
  const api = await apiGatewayV2.createApi({ Name: 'http', ProtocolType: 'HTTP', Target: functionArn });
  await permit(account, 'apigateway.amazonaws.com');
  await permit(account, 'elasticloadbalancing.amazonaws.com');
  const [group] = (await elb.createTargetGroup({ Name: 'group', TargetType: 'lambda' })).TargetGroups;
  const [balancer] = (await elb.createLoadBalancer({ Name: 'balancer' })).LoadBalancers;
  const TargetGroupArn = group?.TargetGroupArn ?? '';
  await elb.registerTargets({ TargetGroupArn, Targets: [{ Id: functionArn }] });
  await elb.createListener({
    LoadBalancerArn: balancer?.LoadBalancerArn ?? '',
    Protocol: 'HTTP',
    Port: 80,
    DefaultActions: [{ Type: 'forward', TargetGroupArn }],
  });
  return {
    account,
    urls: {
      url: FunctionUrl.slice(0, -1),
      rest: `https://${restApiId}.execute-api.us-east-1.amazonaws.com/prod`,
      http: api.ApiEndpoint,
      balancer: `http://${balancer?.DNSName ?? ''}`,
    },
  };
}

/** Sends all, and waits for every answer. */
async function send(requests: readonly Sent[], seed: number) {
  const { account, urls } = await openDoors(seed);
  const answers: Promise<{ readonly status: number; readonly body: string }>[] = [];
  for (const { door, path, bytes, afterMs } of requests) {
    if (afterMs > 0) account.clock.advance({ milliseconds: afterMs });
    const body = bytes === 0 ? {} : { method: 'POST', body: 'x'.repeat(bytes) };
    answers.push(account.http.request({ url: `${urls[door]}${path}`, ...body, signed: true }));
  }
  const received = await Promise.all(answers);
  account.clock.advance({ minutes: 2 });
  return { account, received: received.map(({ status, body }) => `${status} ${body}`) };
}

test('the same seed and requests give the same trace, byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(sent, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 50 }),
      async (all, seed) => {
        const one = await send(all, seed);
        const other = await send(all, seed);
        expect(JSON.stringify(other.account.trace)).toBe(JSON.stringify(one.account.trace));
        expect(other.received).toEqual(one.received);
      },
    ),
    { numRuns: 15 },
  );
});

test('every request is answered once; what was forwarded was invoked once, and is on the bill', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(sent, { minLength: 1, maxLength: 25 }), async (all) => {
      const { account, received } = await send(all, 7);
      const asked = told(account, 'httpRequestReceived');
      const answered = told(account, 'httpRequestAnswered');
      const ids = (events: readonly { readonly httpRequestId: string }[]) =>
        events.map(({ httpRequestId }) => httpRequestId).sort();
      expect(asked).toHaveLength(all.length);
      expect(ids(answered)).toEqual(ids(asked));
      expect(new Set(ids(asked)).size).toBe(all.length);
      expect(answered.map(({ statusCode }) => statusCode).sort()).toEqual(
        received.map((text) => Number(text.slice(0, 3))).sort(),
      );
      const forwarded = told(account, 'httpRequestForwarded').map(({ requestId }) => requestId);
      const arrived = told(account, 'requestArrived').map(({ requestId }) => requestId);
      expect([...forwarded].sort()).toEqual([...arrived].sort());
      const { lines, total } = account.bill();
      expect(total).toBeCloseTo(
        lines.reduce((sum, { amount }) => sum + amount, 0),
        15,
      );
      const rest = all.filter(({ door }) => door === 'rest').length;
      expect(lines.find(({ id }) => id === 'rest-api-requests')?.quantity ?? 0).toBe(rest);
    }),
    { numRuns: 30 },
  );
});
