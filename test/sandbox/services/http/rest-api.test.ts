/** REST APIs in front of a function: resources, stages, the event, errors, limits. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import { deploy, openAccount } from '../function-story.ts';
import { refused } from '../service-account.ts';
import { beginHttp, functionArn, permit, short, told } from './http-story.ts';

const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`;

interface Made {
  readonly restApiId: string;
  readonly url: string;
}

/** An API with a method on each path, deployed to `prod`. */
async function createApi(
  account: Account,
  routes: readonly string[],
  settings: {
    readonly timeoutInMillis?: number;
    readonly binaryMediaTypes?: readonly string[];
    readonly uri?: string;
    readonly responseTransferMode?: string;
  } = {},
): Promise<Made> {
  const { apiGateway } = account;
  const { binaryMediaTypes = [] } = settings;
  const { id: restApiId, rootResourceId } = await apiGateway.createRestApi({ name: 'shop', binaryMediaTypes });
  const ids = new Map([['/', rootResourceId]]);
  for (const route of routes) {
    const [httpMethod = '', path = ''] = route.split(' ');
    let resourceId = rootResourceId;
    let parent = '';
    for (const pathPart of path.split('/').filter((part) => part !== '')) {
      const whole = `${parent}/${pathPart}`;
      const known = ids.get(whole);
      resourceId = known ?? (await apiGateway.createResource({ restApiId, parentId: resourceId, pathPart })).id;
      ids.set(whole, resourceId);
      parent = whole;
    }
    const on = { restApiId, resourceId, httpMethod };
    await apiGateway.putMethod({ ...on, authorizationType: 'NONE' });
    await apiGateway.putIntegration({
      ...on,
      type: 'AWS_PROXY',
      integrationHttpMethod: 'POST',
      uri: settings.uri ?? uri,
      ...(settings.timeoutInMillis === undefined ? {} : { timeoutInMillis: settings.timeoutInMillis }),
      ...(settings.responseTransferMode === undefined ? {} : { responseTransferMode: settings.responseTransferMode }),
    });
  }
  await apiGateway.createDeployment({ restApiId, stageName: 'prod' });
  return { restApiId, url: `https://${restApiId}.execute-api.us-east-1.amazonaws.com/prod` };
}

const sourceArn = ({ restApiId }: Made, rest = '*'): string =>
  `arn:aws:execute-api:us-east-1:123456789012:${restApiId}/${rest}`;

async function openApi(answer?: unknown, routes: readonly string[] = ['ANY /{proxy+}'], settings = {}) {
  const story = await beginHttp(answer);
  const made = await createApi(story.account, routes, settings);
  await permit(story.account, 'apigateway.amazonaws.com', sourceArn(made));
  return { ...story, ...made };
}

test('the function gets the request as an event of format 1.0', async () => {
  const { account, restApiId, url, events } = await openApi(undefined, ['POST /orders/{id}']);
  await account.apiGateway.updateStage({
    restApiId,
    stageName: 'prod',
    patchOperations: [{ op: 'replace', path: '/variables/table', value: 'orders' }],
  });
  await account.http.request({
    method: 'POST',
    url: `${url}/orders/7?size=L&size=M`,
    headers: { 'x-tag': ['one', 'two'], 'user-agent': 'curl/8' },
    body: 'hello',
  });
  const traceId = expect.stringMatching(/^Root=1-/) as string;
  const { items: resources } = await account.apiGateway.getResources({ restApiId });
  const extendedRequestId = expect.stringMatching(/^[\w]{15}=$/) as string;
  const domainName = `${restApiId}.execute-api.us-east-1.amazonaws.com`;
  expect(events()).toEqual([
    {
      resource: '/orders/{id}',
      path: '/orders/7',
      httpMethod: 'POST',
      headers: {
        Host: domainName,
        'X-Amzn-Trace-Id': traceId,
        'X-Forwarded-For': '203.0.113.10',
        'X-Forwarded-Port': '443',
        'X-Forwarded-Proto': 'https',
        'user-agent': 'curl/8',
        'x-tag': 'two',
      },
      multiValueHeaders: {
        Host: [domainName],
        'X-Amzn-Trace-Id': [traceId],
        'X-Forwarded-For': ['203.0.113.10'],
        'X-Forwarded-Port': ['443'],
        'X-Forwarded-Proto': ['https'],
        'user-agent': ['curl/8'],
        'x-tag': ['one', 'two'],
      },
      queryStringParameters: { size: 'M' },
      multiValueQueryStringParameters: { size: ['L', 'M'] },
      pathParameters: { id: '7' },
      stageVariables: { table: 'orders' },
      requestContext: {
        resourceId: resources.find(({ path }) => path === '/orders/{id}')?.id,
        resourcePath: '/orders/{id}',
        httpMethod: 'POST',
        extendedRequestId,
        requestTime: '05/Jan/2026:09:00:00 +0000',
        path: '/prod/orders/7',
        accountId: '123456789012',
        protocol: 'HTTP/1.1',
        stage: 'prod',
        domainPrefix: restApiId,
        requestTimeEpoch: 1767603600000,
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        identity: {
          cognitoIdentityPoolId: null,
          accountId: null,
          cognitoIdentityId: null,
          caller: null,
          sourceIp: '203.0.113.10',
          principalOrgId: null,
          accessKey: null,
          cognitoAuthenticationType: null,
          cognitoAuthenticationProvider: null,
          userArn: null,
          userAgent: 'curl/8',
          user: null,
        },
        domainName,
        apiId: restApiId,
      },
      body: 'hello',
      isBase64Encoded: false,
    },
  ]);
});

test('what a request does not have is null', async () => {
  const { account, url, events } = await openApi(undefined, ['GET /orders']);
  await account.http.request({ url: `${url}/orders` });
  expect(events()).toMatchObject([
    {
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      stageVariables: null,
      body: null,
      isBase64Encoded: false,
    },
  ]);
});

test.each([
  ['GET /orders/open', 'GET /orders/open', {}],
  ['GET /orders/7', 'GET /orders/{id}', { id: '7' }],
  ['GET /orders/7/lines/a/b', 'ANY /{proxy+}', { proxy: 'orders/7/lines/a/b' }],
  ['POST /orders/7', 'ANY /{proxy+}', undefined],
  ['GET /', 'GET /', {}],
  ['DELETE /x/y', 'ANY /{proxy+}', { proxy: 'x/y' }],
])('%s goes to %s', async (request, route, pathParameters) => {
  const { account, url, events } = await openApi(undefined, [
    'GET /',
    'ANY /{proxy+}',
    'GET /orders/open',
    'GET /orders/{id}',
  ]);
  const [method = '', path = ''] = request.split(' ');
  const answer = await account.http.request({ method, url: `${url}${path}` });
  if (pathParameters === undefined) {
    // The resource is there and has no such method: nothing else is tried.
    expect(answer).toMatchObject({ status: 403, body: '{"message":"Missing Authentication Token"}' });
    return;
  }
  const expected = Object.keys(pathParameters).length === 0 ? null : pathParameters;
  expect(events()).toMatchObject([{ resource: route.split(' ')[1], pathParameters: expected }]);
});

test.each([
  ['{}', 502, '{"message": "Internal server error"}'],
  ['"hi"', 502, '{"message": "Internal server error"}'],
  ['null', 502, '{"message": "Internal server error"}'],
  ['{"statusCode":200,"body":{"a":1}}', 502, '{"message": "Internal server error"}'],
  ['{"statusCode":200,"body":"","cookies":[]}', 502, '{"message": "Internal server error"}'],
  ['{"statusCode":"204"}', 204, ''],
  ['{"statusCode":200,"body":"aGk=","isBase64Encoded":true}', 200, 'aGk='],
])('the result %s is answered with %i', async (respond, status, body) => {
  const { account, url } = await openApi(() => ({ respond }));
  expect(await account.http.request({ url: `${url}/x` })).toMatchObject({ status, body });
});

test('headers of a result come back, lists as several', async () => {
  const { account, url } = await openApi({
    statusCode: 200,
    headers: { 'X-One': 1, 'Content-Type': 'text/plain' },
    multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
    body: '',
  });
  expect((await account.http.request({ url: `${url}/x` })).headers).toMatchObject({
    'x-one': '1',
    'content-type': 'text/plain',
    'set-cookie': ['a=1', 'b=2'],
  });
});

test('binary types of the API come and go as Base64 in JSON and as bytes on the wire', async () => {
  const { account, url, events } = await openApi({ statusCode: 200, body: 'AAH/', isBase64Encoded: true }, undefined, {
    binaryMediaTypes: ['image/png'],
  });
  const { bytes } = await account.http.request({
    method: 'POST',
    url: `${url}/x`,
    headers: { 'content-type': 'image/png', accept: 'image/png' },
    body: new Uint8Array([137, 80]),
  });
  expect([...bytes]).toEqual([0, 1, 255]);
  expect(events()).toMatchObject([{ body: 'iVA=', isBase64Encoded: true }]);
});

test('the client stops waiting after the timeout, and the function goes on', async () => {
  const { account, url } = await openApi(() => ({ ms: 40_000, respond: '{"statusCode":200}' }));
  const before = account.clock.now;
  expect(await short(account.http.request({ url: `${url}/x` }))).toBe('504 {"message": "Endpoint request timed out"}');
  const waited = account.clock.now - before;
  expect(waited).toBeGreaterThan(29_000);
  expect(waited).toBeLessThan(29_100);
  expect(told(account, 'invocationReported')).toHaveLength(0);
  account.clock.advance({ seconds: 20 });
  expect(told(account, 'invocationReported')).toMatchObject([{ durationMs: 40_000 }]);
});

test('an integration may wait for less, never for more', async () => {
  const { account, restApiId, url } = await openApi(() => ({ ms: 500, respond: '{"statusCode":200}' }), ['GET /slow'], {
    timeoutInMillis: 300,
  });
  expect(await short(account.http.request({ url: `${url}/slow` }))).toContain('504');
  const resource = (await account.apiGateway.getResources({ restApiId })).items.find(({ path }) => path === '/slow');
  const on = { restApiId, resourceId: resource?.id ?? '', httpMethod: 'GET' };
  const integration = { ...on, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri };
  expect(await refused(account.apiGateway.putIntegration({ ...integration, timeoutInMillis: 30_000 }))).toBe(
    'BadRequestException: Timeout should be between 50 ms and 29000 ms',
  );
});

test('without the permission the answer is 500; it holds for what its source ARN says', async () => {
  const { account } = await beginHttp();
  const made = await createApi(account, ['GET /orders', 'GET /secret']);
  const get = (path: string) => short(account.http.request({ url: `${made.url}${path}` }));
  expect(await get('/orders')).toBe('500 {"message": "Internal server error"}');
  await permit(account, 'apigateway.amazonaws.com', sourceArn(made, '*/GET/orders'));
  expect(await get('/orders')).toBe('200 hello');
  expect(await get('/secret')).toBe('500 {"message": "Internal server error"}');
});

test('a function error is a 502, a throttled function a 500', async () => {
  const { account, url } = await openApi(() => ({ fail: { payload: '{}', errorType: 'Error' } }));
  expect(await short(account.http.request({ url: `${url}/x` }))).toBe('502 {"message": "Internal server error"}');
  await account.lambda.putFunctionConcurrency({ FunctionName: 'hello', ReservedConcurrentExecutions: 0 });
  expect(await short(account.http.request({ url: `${url}/x` }))).toBe('500 {"message": "Internal server error"}');
});

test('a stage takes as many requests as its limits say', async () => {
  const { account, restApiId, url } = await openApi();
  await account.apiGateway.updateStage({
    restApiId,
    stageName: 'prod',
    patchOperations: [
      { op: 'replace', path: '/*/*/throttling/rateLimit', value: '1' },
      { op: 'replace', path: '/*/*/throttling/burstLimit', value: '2' },
    ],
  });
  const get = () => short(account.http.request({ url: `${url}/x` }));
  expect((await Promise.all([get(), get(), get()])).sort()).toEqual([
    '200 hello',
    '200 hello',
    '429 {"message":"Too Many Requests"}',
  ]);
  account.clock.advance({ seconds: 1 });
  expect(await get()).toBe('200 hello');
});

test('a deployment is what was there when it was made', async () => {
  const { account, restApiId, url } = await openApi(undefined, ['GET /one']);
  const { rootResourceId } = await account.apiGateway.getRestApi({ restApiId });
  const { id: resourceId } = await account.apiGateway.createResource({
    restApiId,
    parentId: rootResourceId,
    pathPart: 'two',
  });
  const on = { restApiId, resourceId, httpMethod: 'GET' };
  await account.apiGateway.putMethod({ ...on, authorizationType: 'NONE' });
  await account.apiGateway.putIntegration({ ...on, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri });
  const missing = '403 {"message":"Missing Authentication Token"}';
  expect(await short(account.http.request({ url: `${url}/two` }))).toBe(missing);
  await account.apiGateway.createDeployment({ restApiId, stageName: 'prod' });
  expect(await short(account.http.request({ url: `${url}/two` }))).toBe('200 hello');
});

test('a stage variable chooses the alias', async () => {
  const aliased = uri.replace(functionArn, `${functionArn}:\${stageVariables.alias}`);
  const story = await beginHttp(undefined, { Publish: true });
  const { account } = story;
  await account.lambda.createAlias({ FunctionName: 'hello', Name: 'live', FunctionVersion: '1' });
  const made = await createApi(account, ['GET /x'], { uri: aliased });
  await account.lambda.addPermission({
    FunctionName: 'hello',
    Qualifier: 'live',
    StatementId: 'api',
    Action: 'lambda:InvokeFunction',
    Principal: 'apigateway.amazonaws.com',
  });
  const { restApiId } = made;
  const patchOperations = [{ op: 'replace', path: '/variables/alias', value: 'live' }];
  await account.apiGateway.updateStage({ restApiId, stageName: 'prod', patchOperations });
  expect(await short(account.http.request({ url: `${made.url}/x` }))).toBe('200 hello');
  expect(told(account, 'httpRequestForwarded')).toMatchObject([{ functionArn: `${functionArn}:live` }]);
});

test('a method with IAM authorisation asks for a signature', async () => {
  const { account, restApiId, url } = await openApi(undefined, ['GET /x']);
  const resource = (await account.apiGateway.getResources({ restApiId })).items.find(({ path }) => path === '/x');
  const on = { restApiId, resourceId: resource?.id ?? '', httpMethod: 'POST' };
  await account.apiGateway.putMethod({ ...on, authorizationType: 'AWS_IAM' });
  await account.apiGateway.putIntegration({ ...on, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri });
  await account.apiGateway.createDeployment({ restApiId, stageName: 'prod' });
  const post = (signed: boolean) => short(account.http.request({ method: 'POST', url: `${url}/x`, signed }));
  expect(await post(false)).toBe('403 {"message":"Missing Authentication Token"}');
  expect(await post(true)).toBe('200 hello');
});

test('an integration that streams sends the first bytes on at once, and may take minutes', async () => {
  const account = await openAccount();
  const source = `export const handler = awslambda.streamifyResponse(async (event, stream) => {
    const out = event.path === '/raw' ? stream : awslambda.HttpResponseStream.from(stream, { statusCode: 206, headers: { 'x-a': '1' } });
    out.write('first');
    await new Promise((done) => setTimeout(done, 60_000));
    out.end(' last');
  });`;
  await deploy(account, source, { FunctionName: 'hello', Timeout: 120 });
  const streaming = uri.replace('2015-03-31', '2021-11-15').replace('/invocations', '/response-streaming-invocations');
  const made = await createApi(account, ['ANY /{proxy+}'], {
    uri: streaming,
    timeoutInMillis: 120_000,
    responseTransferMode: 'STREAM',
  });
  await permit(account, 'apigateway.amazonaws.com');
  expect(await account.http.request({ url: `${made.url}/x` })).toMatchObject({
    status: 206,
    body: 'first last',
    headers: { 'x-a': '1' },
  });
  expect(told(account, 'httpRequestAnswered')[0]?.firstByteMs).toBeLessThan(1000);
  expect(await short(account.http.request({ url: `${made.url}/raw` }))).toBe(
    '502 {"message": "Internal server error"}',
  );
  expect(await refused(createApi(account, ['GET /y'], { responseTransferMode: 'STREAM' }))).toContain(
    'needs the URI of response-streaming-invocations',
  );
  account.dispose();
});

test('addresses without an API or a stage are forbidden; a body of more than 10 MB is too large', async () => {
  const { account, url } = await openApi();
  const forbidden = '403 {"message":"Forbidden"}';
  expect(await short(account.http.request({ url: url.replace('/prod', '/test/x') }))).toBe(forbidden);
  expect(await short(account.http.request({ url: 'https://abc.execute-api.us-east-1.amazonaws.com/prod' }))).toBe(
    forbidden,
  );
  const post = (bytes: number) =>
    short(account.http.request({ method: 'POST', url: `${url}/x`, body: new Uint8Array(bytes).fill(97) }));
  expect(await post(10 * 1024 * 1024 + 1)).toBe('413 {"message":"Request Too Long"}');
  // The function behind it takes 6 MB.
  expect(await post(7 * 1024 * 1024)).toBe('413 {"message":"Request Too Long"}');
});

test('requests that reach a method are on the bill', async () => {
  const { account, url } = await openApi(undefined, ['GET /x']);
  await account.http.request({ url: `${url}/x` });
  await account.http.request({ url: `${url}/x` });
  await account.http.request({ url: `${url}/nothing` });
  expect(account.bill().lines.find(({ id }) => id === 'rest-api-requests')).toMatchObject({
    label: '2 requests to the REST API',
    formula: '2 × $0.0000035',
    amount: 0.000007,
    facts: ['price-apigw'],
  });
});

describe('control operations', () => {
  let account: Account;
  let restApiId: string;
  let root: string;
  beforeEach(async () => {
    ({ account } = await beginHttp());
    const api = await account.apiGateway.createRestApi({ name: 'shop' });
    restApiId = api.id;
    root = api.rootResourceId;
  });

  test('what makes no sense is refused, and says why', async () => {
    const { apiGateway } = account;
    const create = (pathPart: string, parentId = root) => apiGateway.createResource({ restApiId, parentId, pathPart });
    await create('{id}');
    expect(await refused(create('{name}'))).toContain('only one is allowed');
    expect(await refused(create('{id}'))).toContain('ConflictException');
    expect(await refused(create('a/b'))).toContain('BadRequestException');
    expect(await refused(create('x', 'nobody'))).toBe('NotFoundException: Invalid Resource identifier specified');
    const greedy = await create('{proxy+}');
    expect(await refused(create('x', greedy.id))).toContain('greedy path variable');
    expect(await refused(apiGateway.createDeployment({ restApiId, stageName: 'prod' }))).toBe(
      "BadRequestException: The REST API doesn't contain any methods",
    );
    const on = { restApiId, resourceId: root, httpMethod: 'GET' };
    await apiGateway.putMethod({ ...on, authorizationType: 'NONE' });
    expect(await refused(apiGateway.createDeployment({ restApiId, stageName: 'prod' }))).toBe(
      'BadRequestException: No integration defined for method',
    );
    expect(await refused(apiGateway.putMethod({ ...on, authorizationType: 'CUSTOM' }))).toContain('ConflictException');
    expect(await refused(apiGateway.putIntegration({ ...on, type: 'MOCK' }))).toBe(
      'NotSimulatedError: Integrations of type MOCK are not available in this simulator. It has AWS_PROXY.',
    );
    expect(await refused(apiGateway.getIntegration(on))).toBe(
      'NotFoundException: Invalid Integration identifier specified',
    );
    expect(await refused(apiGateway.getRestApi({ restApiId: 'nobody' }))).toBe(
      'NotFoundException: Invalid API identifier specified',
    );
  });
});
