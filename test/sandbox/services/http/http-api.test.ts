/** HTTP APIs in front of a function: routes, stages, both payload formats, errors, CORS. */
import { expect, test } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import { refused } from '../service-account.ts';
import { beginHttp, functionArn, permit, short, told } from './http-story.ts';

interface Settings {
  readonly version?: string;
  readonly timeout?: number;
}

/** An API with those routes and an automatically deployed default stage. */
async function createApi(account: Account, routes: readonly string[], { version = '2.0', timeout }: Settings = {}) {
  const { ApiId, ApiEndpoint: url } = await account.apiGatewayV2.createApi({ Name: 'shop', ProtocolType: 'HTTP' });
  const { IntegrationId } = await account.apiGatewayV2.createIntegration({
    ApiId,
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: functionArn,
    PayloadFormatVersion: version,
    ...(timeout === undefined ? {} : { TimeoutInMillis: timeout }),
  });
  for (const RouteKey of routes) {
    await account.apiGatewayV2.createRoute({ ApiId, RouteKey, Target: `integrations/${IntegrationId}` });
  }
  await account.apiGatewayV2.createStage({ ApiId, StageName: '$default', AutoDeploy: true });
  return { ApiId, url };
}

async function openApi(answer?: unknown, routes: readonly string[] = ['$default'], settings: Settings = {}) {
  const story = await beginHttp(answer);
  const made = await createApi(story.account, routes, settings);
  await permit(story.account, 'apigateway.amazonaws.com', `arn:aws:execute-api:us-east-1:123456789012:${made.ApiId}/*`);
  return { ...story, ...made };
}

test('quick create makes an API that sends everything to one function', async () => {
  const { account, events } = await beginHttp({ hello: 'world' });
  const { ApiId, ApiEndpoint } = await account.apiGatewayV2.createApi({
    Name: 'quick',
    ProtocolType: 'HTTP',
    Target: functionArn,
  });
  expect(ApiEndpoint).toBe(`https://${ApiId}.execute-api.us-east-1.amazonaws.com`);
  expect((await account.apiGatewayV2.getRoutes({ ApiId })).Items).toMatchObject([{ RouteKey: '$default' }]);
  await permit(account, 'apigateway.amazonaws.com');
  const response = await account.http.request({ url: `${ApiEndpoint}/a/b?c=1` });
  expect(response).toMatchObject({
    status: 200,
    body: '{"hello":"world"}',
    headers: { 'content-type': 'application/json', 'apigw-requestid': expect.stringMatching(/^\w{15}=$/) as string },
  });
  expect(events()).toMatchObject([
    {
      version: '2.0',
      routeKey: '$default',
      rawPath: '/a/b',
      rawQueryString: 'c=1',
      requestContext: { apiId: ApiId, stage: '$default', routeKey: '$default', domainPrefix: ApiId },
    },
  ]);
});

test.each([
  ['GET /pets/7', 'GET /pets/7', undefined],
  ['GET /pets/8', 'GET /pets/{id}', { id: '8' }],
  ['GET /pets/a%20b', 'GET /pets/{id}', { id: 'a b' }],
  ['POST /pets/8', 'ANY /pets/{proxy+}', { proxy: '8' }],
  ['GET /pets/8/toys', 'ANY /pets/{proxy+}', { proxy: '8/toys' }],
  ['GET /people/1/2', 'GET /{all+}', { all: 'people/1/2' }],
  ['PUT /people', '$default', undefined],
])('%s goes to the route %s', async (request, routeKey, pathParameters) => {
  const { account, url, events } = await openApi(undefined, [
    '$default',
    'GET /{all+}',
    'ANY /pets/{proxy+}',
    'GET /pets/{id}',
    'GET /pets/7',
  ]);
  const [method = '', path = ''] = request.split(' ');
  await account.http.request({ method, url: `${url}${path}` });
  expect(events().map((event) => [event['routeKey'], event['pathParameters']])).toEqual([[routeKey, pathParameters]]);
});

test('a named stage is the first part of the path, and has variables of its own', async () => {
  const { account, ApiId, url, events } = await openApi(undefined, ['GET /orders']);
  await account.apiGatewayV2.createStage({
    ApiId,
    StageName: 'dev',
    AutoDeploy: true,
    StageVariables: { table: 'test' },
  });
  expect(await short(account.http.request({ url: `${url}/dev/orders` }))).toBe('200 hello');
  expect(events()).toMatchObject([
    { rawPath: '/dev/orders', stageVariables: { table: 'test' }, requestContext: { stage: 'dev' } },
  ]);
  expect(await short(account.http.request({ url: `${url}/dev/nothing` }))).toBe('404 {"message":"Not Found"}');
});

test('a stage without automatic deployment serves what was deployed', async () => {
  const { account, ApiId, url } = await openApi(undefined, ['GET /one']);
  const { apiGatewayV2 } = account;
  await apiGatewayV2.createStage({ ApiId, StageName: 'prod' });
  const get = (path: string) => short(account.http.request({ url: `${url}/prod${path}` }));
  expect(await get('/one')).toBe('404 {"message":"Not Found"}');
  await apiGatewayV2.createDeployment({ ApiId, StageName: 'prod' });
  expect(await get('/one')).toBe('200 hello');
  const [integration] = (await apiGatewayV2.getIntegrations({ ApiId })).Items;
  const Target = `integrations/${integration?.IntegrationId ?? ''}`;
  await apiGatewayV2.createRoute({ ApiId, RouteKey: 'GET /two', Target });
  expect(await get('/two')).toBe('404 {"message":"Not Found"}');
  await apiGatewayV2.createDeployment({ ApiId, StageName: 'prod' });
  expect(await get('/two')).toBe('200 hello');
});

test('format 1.0 sends the event of REST APIs with its version, and asks for a whole response', async () => {
  const answers = ['{"statusCode":201,"multiValueHeaders":{"x-a":["1","2"]},"body":"made"}', '{"message":"hi"}'];
  const { account, url, events } = await openApi(() => ({ respond: answers.shift() }), ['GET /pets/{id}'], {
    version: '1.0',
  });
  expect(await account.http.request({ url: `${url}/pets/7?a=1` })).toMatchObject({
    status: 201,
    body: 'made',
    headers: { 'x-a': ['1', '2'] },
  });
  expect(events()).toMatchObject([
    {
      version: '1.0',
      resource: '/pets/{id}',
      path: '/pets/7',
      httpMethod: 'GET',
      multiValueQueryStringParameters: { a: ['1'] },
      pathParameters: { id: '7' },
      stageVariables: null,
      headers: { 'x-forwarded-proto': 'https' },
    },
  ]);
  expect(await short(account.http.request({ url: `${url}/pets/7` }))).toBe('500 {"message":"Internal Server Error"}');
});

test('a response without a type is plain text', async () => {
  const { account, url } = await openApi();
  expect((await account.http.request({ url })).headers['content-type']).toBe('text/plain; charset=utf-8');
});

test('the client stops waiting after 30 seconds, and the function goes on', async () => {
  const { account, url } = await openApi(() => ({ ms: 40_000, respond: '{}' }));
  const before = account.clock.now;
  expect(await short(account.http.request({ url }))).toBe('503 {"message":"Service Unavailable"}');
  expect(Math.floor((account.clock.now - before) / 1000)).toBe(30);
  account.clock.advance({ seconds: 20 });
  expect(told(account, 'invocationReported')).toMatchObject([{ durationMs: 40_000 }]);
});

test('errors of the function and of its permission are 500, a throttled function is 503', async () => {
  const { account, url } = await openApi(() => ({ fail: { payload: '{}', errorType: 'Error' } }));
  expect(await short(account.http.request({ url }))).toBe('500 {"message":"Internal Server Error"}');
  await account.lambda.putFunctionConcurrency({ FunctionName: 'hello', ReservedConcurrentExecutions: 0 });
  expect(await short(account.http.request({ url }))).toBe('503 {"message":"Service Unavailable"}');
  await account.lambda.removePermission({ FunctionName: 'hello', StatementId: 'apigateway-amazonaws-com' });
  expect(await short(account.http.request({ url }))).toBe('500 {"message":"Internal Server Error"}');
});

test('a permission may be for one route', async () => {
  const { account } = await beginHttp();
  const { ApiId, url } = await createApi(account, ['GET /open', 'ANY /other']);
  await permit(account, 'apigateway.amazonaws.com', `arn:aws:execute-api:us-east-1:123456789012:${ApiId}/*/GET/open`);
  expect(await short(account.http.request({ url: `${url}/open` }))).toBe('200 hello');
  expect(await short(account.http.request({ url: `${url}/other` }))).toBe('500 {"message":"Internal Server Error"}');
});

test('a stage takes as many requests as its limits say', async () => {
  const { account, ApiId, url } = await openApi();
  await account.apiGatewayV2.updateStage({
    ApiId,
    StageName: '$default',
    DefaultRouteSettings: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 },
  });
  const get = () => short(account.http.request({ url }));
  expect((await Promise.all([get(), get()])).sort()).toEqual(['200 hello', '429 {"message":"Too Many Requests"}']);
});

test('CORS is answered by the API, whose headers stand instead of the function’s', async () => {
  const { account, ApiId, url, events } = await openApi({
    statusCode: 200,
    headers: { 'Access-Control-Allow-Origin': 'https://wrong.example' },
    body: '',
  });
  await account.apiGatewayV2.updateApi({ ApiId, CorsConfiguration: { AllowOrigins: ['*'], AllowMethods: ['*'] } });
  const origin = 'https://shop.example';
  const headers = { origin, 'access-control-request-method': 'PATCH' };
  expect(await account.http.request({ method: 'OPTIONS', url, headers })).toMatchObject({
    status: 204,
    headers: { 'access-control-allow-origin': '*', 'access-control-allow-methods': '*' },
  });
  expect(events()).toHaveLength(0);
  const { headers: answered } = await account.http.request({ url, headers: { origin } });
  expect(answered['access-control-allow-origin']).toBe('*');
});

test('every 512 KB of a request count once on the bill', async () => {
  const { account, url } = await openApi();
  await account.http.request({ url });
  await account.http.request({ method: 'POST', url, body: 'x'.repeat(1024 * 1024) });
  expect(account.bill().lines.find(({ id }) => id === 'http-api-requests')).toMatchObject({
    quantity: 4,
    formula: '4 × $0.000001',
    amount: 0.000004,
  });
});

test('what makes no sense is refused, and says why', async () => {
  const { account, ApiId } = await openApi();
  const { apiGatewayV2 } = account;
  const route = (RouteKey: string) => refused(apiGatewayV2.createRoute({ ApiId, RouteKey }));
  expect(await route('$default')).toBe('ConflictException: Route with key $default already exists for this API');
  expect(await route('GET pets')).toContain('The provided route key is not formatted properly');
  const integrate = (more: object) =>
    refused(
      apiGatewayV2.createIntegration({ ApiId, IntegrationType: 'AWS_PROXY', IntegrationUri: functionArn, ...more }),
    );
  expect(await integrate({})).toContain('PayloadFormatVersion is a required parameter');
  expect(await integrate({ PayloadFormatVersion: '3.0' })).toBe(
    'BadRequestException: PayloadFormatVersion should be 1.0 or 2.0',
  );
  expect(await integrate({ PayloadFormatVersion: '2.0', TimeoutInMillis: 30_001 })).toContain('30000 ms');
  expect(await refused(apiGatewayV2.createApi({ Name: 'chat', ProtocolType: 'WEBSOCKET' }))).toBe(
    'NotSimulatedError: APIs of type WEBSOCKET are not available in this simulator. It has HTTP.',
  );
  const [integration] = (await apiGatewayV2.getIntegrations({ ApiId })).Items;
  expect(
    await refused(apiGatewayV2.deleteIntegration({ ApiId, IntegrationId: integration?.IntegrationId ?? '' })),
  ).toContain('ConflictException');
});
