/** Function URLs as clients meet them: permissions, the event, the response, errors, CORS, streams. */
import { expect, test } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import type { CreateFunctionUrlConfigRequest } from '../../../../sandbox/lambda/api/function-url.types.ts';
import { allow, createRole, deploy, invoke, openAccount } from '../function-story.ts';
import { beginHttp, functionArn, short, told } from './http-story.ts';

/** Both statements that a public URL needs. */
async function letEverybodyIn(account: Account, FunctionName = 'hello'): Promise<void> {
  await account.lambda.addPermission({
    FunctionName,
    StatementId: 'url',
    Action: 'lambda:InvokeFunctionUrl',
    Principal: '*',
    FunctionUrlAuthType: 'NONE',
  });
  await account.lambda.addPermission({
    FunctionName,
    StatementId: 'invoke',
    Action: 'lambda:InvokeFunction',
    Principal: '*',
    InvokedViaFunctionUrl: true,
  });
}

async function createUrl(account: Account, settings: Partial<CreateFunctionUrlConfigRequest> = {}): Promise<string> {
  const { FunctionUrl } = await account.lambda.createFunctionUrlConfig({
    FunctionName: 'hello',
    AuthType: 'NONE',
    ...settings,
  });
  return FunctionUrl;
}

async function openUrl(answer?: unknown, settings: Partial<CreateFunctionUrlConfigRequest> = {}) {
  const story = await beginHttp(answer);
  await letEverybodyIn(story.account);
  return { ...story, url: await createUrl(story.account, settings) };
}

const forbidden =
  '403 {"Message":"Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"}';

test('the function gets the request as an event of format 2.0', async () => {
  const { account, url, events } = await openUrl();
  const host = new URL(url).hostname;
  const answer = account.http.request({
    method: 'post',
    url: `${url}orders/a%20b?size=L&size=M&note=a+b%21`,
    headers: {
      'Content-Type': 'application/json',
      Cookie: 'a=1; b=2',
      'X-Tag': ['one', 'two'],
      'User-Agent': 'curl/8',
    },
    body: '{"id":1}',
  });
  expect(await short(answer)).toBe('200 hello');
  expect(events()).toEqual([
    {
      version: '2.0',
      routeKey: '$default',
      rawPath: '/orders/a%20b',
      rawQueryString: 'size=L&size=M&note=a+b%21',
      cookies: ['a=1', 'b=2'],
      headers: {
        'content-length': '8',
        'content-type': 'application/json',
        host,
        'user-agent': 'curl/8',
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/) as string,
        'x-forwarded-for': '203.0.113.10',
        'x-forwarded-port': '443',
        'x-forwarded-proto': 'https',
        'x-tag': 'one,two',
      },
      queryStringParameters: { size: 'L,M', note: 'a b!' },
      requestContext: {
        accountId: '123456789012',
        apiId: host.split('.')[0],
        authentication: null,
        domainName: host,
        domainPrefix: host.split('.')[0],
        http: {
          method: 'POST',
          path: '/orders/a%20b',
          protocol: 'HTTP/1.1',
          sourceIp: '203.0.113.10',
          userAgent: 'curl/8',
        },
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        routeKey: '$default',
        stage: '$default',
        time: '05/Jan/2026:09:00:00 +0000',
        timeEpoch: 1767603600000,
      },
      body: '{"id":1}',
      isBase64Encoded: false,
    },
  ]);
});

test('what has no value is left out of the event, and a form comes as Base64', async () => {
  const { account, url, events } = await openUrl();
  await account.http.request({ url });
  await account.http.request({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'a=1',
  });
  const [plain, form] = events();
  expect(Object.keys(plain ?? {})).toEqual([
    'version',
    'routeKey',
    'rawPath',
    'rawQueryString',
    'headers',
    'requestContext',
    'isBase64Encoded',
  ]);
  expect(form).toMatchObject({ body: 'YT0x', isBase64Encoded: true });
});

test.each([
  ['an object without a status code', { message: 'hi' }, 200, '{"message":"hi"}', 'application/json'],
  ['a text', 'hi', 200, 'hi', 'application/json'],
  ['a list', [1, 2], 200, '[1,2]', 'application/json'],
  ['a response', { statusCode: 201, headers: { 'Content-Type': 'text/html' }, body: '<p>' }, 201, '<p>', 'text/html'],
  ['a response without a type', { statusCode: 404, body: 'no' }, 404, 'no', 'application/json'],
  ['a body in Base64', { statusCode: 200, body: 'aGk=', isBase64Encoded: true }, 200, 'hi', 'application/json'],
  ['a body that is no text', { statusCode: 200, body: { a: 1 } }, 502, 'Internal Server Error', 'text/plain'],
  ['an impossible status', { statusCode: 'fine', body: '' }, 502, 'Internal Server Error', 'text/plain'],
])('%s becomes the response', async (_what, result, status, body, type) => {
  const { account, url } = await openUrl(result);
  const response = await account.http.request({ url });
  expect(response).toMatchObject({ status, body, headers: { 'content-type': type } });
});

test('each cookie of a response is a header of its own', async () => {
  const { account, url } = await openUrl({ statusCode: 200, cookies: ['a=1; Path=/', 'b=2'], body: '' });
  const { headers } = await account.http.request({ url });
  expect(headers['set-cookie']).toEqual(['a=1; Path=/', 'b=2']);
});

test('without both permissions nobody may call a public URL', async () => {
  const { account, events } = await beginHttp();
  const url = await createUrl(account);
  expect(await short(account.http.request({ url }))).toBe(forbidden);
  await account.lambda.addPermission({
    FunctionName: 'hello',
    StatementId: 'url',
    Action: 'lambda:InvokeFunctionUrl',
    Principal: '*',
    FunctionUrlAuthType: 'NONE',
  });
  expect(await short(account.http.request({ url }))).toBe(forbidden);
  await account.lambda.addPermission({
    FunctionName: 'hello',
    StatementId: 'invoke',
    Action: 'lambda:InvokeFunction',
    Principal: '*',
    InvokedViaFunctionUrl: true,
  });
  expect(await short(account.http.request({ url }))).toBe('200 hello');
  expect(events()).toHaveLength(1);
});

test('with AWS_IAM a request must be signed, and who signed it is in the event', async () => {
  const { account, events } = await beginHttp();
  const url = await createUrl(account, { AuthType: 'AWS_IAM' });
  expect(await short(account.http.request({ url }))).toBe(forbidden);
  expect(await short(account.http.request({ url, signed: true }))).toBe('200 hello');
  expect(events()).toMatchObject([
    { requestContext: { authorizer: { iam: { userArn: 'arn:aws:iam::123456789012:root' } } } },
  ]);
});

test('a role may call a signed URL when its policies allow both actions', async () => {
  const account = await openAccount();
  await deploy(account, 'export const handler = async () => "secret";', { FunctionName: 'hello' });
  const url = await createUrl(account, { AuthType: 'AWS_IAM' });
  const caller = `export const handler = async () => {
    const answer = await fetch('${url}', { headers: { authorization: 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID } });
    return answer.status + ' ' + (await answer.text()).slice(0, 21);
  };`;
  await deploy(account, caller, { Role: await createRole(account, []) });
  expect(await invoke(account)).toBe('403 {"Message":"Forbidden');
  const Statement = [allow('lambda')];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await account.iam.putRolePolicy({ RoleName: 'worker-role', PolicyName: 'work', PolicyDocument });
  expect(await invoke(account)).toBe('200 secret');
  account.dispose();
});

test('a failing function is a 502, and one without room a 429 with the reason', async () => {
  const { account, url } = await openUrl(() => ({
    fail: { payload: '{"errorType":"Error","errorMessage":"no"}', errorType: 'Error' },
  }));
  expect(await short(account.http.request({ url }))).toBe('502 Internal Server Error');
  await account.lambda.putFunctionConcurrency({ FunctionName: 'hello', ReservedConcurrentExecutions: 0 });
  const throttled = await account.http.request({ url });
  expect(throttled.status).toBe(429);
  expect(JSON.parse(throttled.body)).toEqual({
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    Type: 'User',
    message: 'Rate Exceeded.',
  });
  expect(told(account, 'httpRequestAnswered').map(({ reason }) => reason)).toEqual([
    'function-error',
    'function-throttled',
  ]);
});

test('an address that no function has is forbidden, and one outside of the account does not answer', async () => {
  const { account, url } = await openUrl();
  await account.lambda.deleteFunctionUrlConfig({ FunctionName: 'hello' });
  expect(await short(account.http.request({ url }))).toBe(forbidden);
  await expect(account.http.request({ url: 'https://example.com/' })).rejects.toThrow(
    'Nothing in this account answers at https://example.com/. Check the address.',
  );
  await expect(account.http.request({ url: url.replace('https', 'http') })).rejects.toThrow('Nothing in this account');
});

test('a URL answers cross-origin questions by itself', async () => {
  const { account, url, events } = await openUrl(undefined, {
    Cors: { AllowOrigins: ['https://shop.example'], AllowMethods: ['PUT'], AllowHeaders: ['x-tag'], MaxAge: 60 },
  });
  const ask = (origin: string, method: string) =>
    account.http.request({
      method: 'OPTIONS',
      url,
      headers: { origin, 'access-control-request-method': method },
    });
  expect(await ask('https://shop.example', 'PUT')).toMatchObject({
    status: 200,
    headers: {
      'access-control-allow-origin': 'https://shop.example',
      'access-control-allow-methods': 'PUT',
      'access-control-allow-headers': 'x-tag',
      'access-control-max-age': '60',
    },
  });
  const other = await ask('https://other.example', 'PUT');
  expect(other.headers['access-control-allow-origin']).toBeUndefined();
  expect(events()).toHaveLength(0);
  const put = await account.http.request({ method: 'PUT', url, headers: { origin: 'https://shop.example' } });
  expect(put.headers['access-control-allow-origin']).toBe('https://shop.example');
});

test('a streamed response is the body as it was written, with the status and headers of its prelude', async () => {
  const account = await openAccount();
  const source = `export const handler = awslambda.streamifyResponse(async (event, stream) => {
    if (event.rawPath === '/slow') {
      stream.setContentType('text/plain');
      stream.write('first');
      await new Promise((done) => setTimeout(done, 2000));
      stream.end(' last');
      return;
    }
    if (event.rawPath === '/plain') { stream.write('one '); stream.write('two'); stream.end(); return; }
    const out = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { 'Content-Type': 'text/html' }, cookies: ['a=1'] });
    out.write('<p>');
    out.end();
  });`;
  await deploy(account, source, { FunctionName: 'hello' });
  await letEverybodyIn(account);
  const url = await createUrl(account, { InvokeMode: 'RESPONSE_STREAM' });
  expect(await account.http.request({ url: `${url}plain` })).toMatchObject({
    status: 200,
    headers: { 'content-type': 'application/octet-stream' },
    body: 'one two',
  });
  expect(await account.http.request({ url })).toMatchObject({
    status: 201,
    headers: { 'content-type': 'text/html', 'set-cookie': 'a=1' },
    body: '<p>',
  });
  const slow = await account.http.request({ url: `${url}slow` });
  expect(slow).toMatchObject({ headers: { 'content-type': 'text/plain' }, body: 'first last' });
  const { firstByteMs = NaN, durationMs = NaN } = told(account, 'httpRequestAnswered').at(-1) ?? {};
  expect(firstByteMs).toBeLessThan(100);
  expect(durationMs).toBeGreaterThan(2000);
  account.dispose();
});

test('a function calls the URL of another one with fetch, and gets every cookie', async () => {
  const account = await openAccount();
  const source = `export const handler = async (event) => ({
    statusCode: 200, headers: { 'x-method': event.requestContext.http.method }, cookies: ['a=1', 'b=2'], body: event.body });`;
  await deploy(account, source, { FunctionName: 'hello' });
  await letEverybodyIn(account);
  const url = await createUrl(account);
  const caller = `export const handler = async () => {
    const answer = await fetch('${url}x', { method: 'POST', body: 'text' });
    return [answer.status, answer.headers.get('x-method'), answer.headers.getSetCookie(), await answer.text()];
  };`;
  await deploy(account, caller);
  expect(await invoke(account)).toEqual([200, 'POST', ['a=1', 'b=2'], 'text']);
  const [received] = told(account, 'httpRequestReceived');
  const outer = told(account, 'requestArrived').find(({ functionName }) => functionName === 'worker');
  expect(received?.requestId).toBe(outer?.requestId);
  account.dispose();
});

test('the trace tells the way of a request: sent, forwarded, answered', async () => {
  const { account, url } = await openUrl();
  await account.http.request({ method: 'PUT', url: `${url}a?b=1`, body: '12345' });
  const [received] = told(account, 'httpRequestReceived');
  const [forwarded] = told(account, 'httpRequestForwarded');
  const [answered] = told(account, 'httpRequestAnswered');
  const [arrived] = told(account, 'requestArrived');
  expect(received).toMatchObject({ door: 'function-url', method: 'PUT', path: '/a', bodyBytes: 5 });
  expect(forwarded).toMatchObject({
    functionArn,
    requestId: arrived?.requestId,
    httpRequestId: received?.httpRequestId,
  });
  expect(answered).toMatchObject({ resource: 'hello', statusCode: 200, bodyBytes: 5, start: received?.time });
  expect(answered?.durationMs).toBeGreaterThan(answered?.integrationMs ?? Infinity);
  // Placing, an init of 130 ms and a handler of 10 ms.
  expect(answered?.integrationMs).toBeGreaterThan(140);
});
