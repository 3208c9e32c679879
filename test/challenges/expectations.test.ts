/** Each kind of expectation: when it is met, when it is not, and the words in which it says so. */
import { describe, expect, it } from 'vitest';
import { tryCheck, words } from './try-check.ts';

const counter = `let served = 0;
export const handler = async (event) => {
  served += 1;
  console.log('served', served);
  return { served, order: event.order };
};`;
const inARow = { run: [{ invoke: 'event', times: 3 }] };

describe('how invocations end', () => {
  it('is met by requests that end so', async () => {
    expect(words(await tryCheck(counter, [{ ends: 'success' }], inARow))).toEqual([
      'met: Every request succeeds. / Requests 1 to 3: succeeded.',
    ]);
  });

  it('tells how those ended that did not', async () => {
    const code = `export const handler = async ({ order }) => {
      if (order === 2) throw new TypeError('no such order');
      if (order === 3) await new Promise((resolve) => setTimeout(resolve, 9000));
      return order;
    };`;
    const outcome = await tryCheck(
      code,
      [{ ends: 'success' }, { ends: 'timeout', of: 3 }, { ends: 'error', of: '2-3' }],
      {
        event: '{"order":1}',
        run: [{ invoke: 'event', times: 3, vary: 'order' }],
      },
    );
    expect(outcome.passed).toBe(false);
    expect(words(outcome)).toEqual([
      'unmet: Every request succeeds. / Request 2: failed with `TypeError: no such order`. Request 3: timed out after 3 s.',
      'met: Request 3 times out. / Request 3: timed out after 3 s.',
      'unmet: Requests 2 and 3 fail. / Request 3: timed out after 3 s.',
    ]);
  });

  it('does not take part of the requests for all of them', async () => {
    expect(words(await tryCheck(counter, [{ ends: 'success', of: [1, 2] }]))).toEqual([
      'unmet: Requests 1 and 2 succeed. / There was only 1 request.',
    ]);
  });
});

describe('the result', () => {
  it('is compared whole or at a place, whatever the order of keys', async () => {
    const outcome = await tryCheck(
      counter,
      [
        { result: { equals: { order: 7, served: 1 } } },
        { result: { at: 'served', equals: 2 } },
        { result: { at: 'order', event: 'order' } },
        { result: { at: 'order', event: 'id' } },
      ],
      { event: '{"order":7,"id":8}' },
    );
    expect(words(outcome)).toEqual([
      'met: In the request, the result is `{"order":7,"served":1}`. / `{"served":1,"order":7}`.',
      'unmet: In the request, `served` of the result is `2`. / `1`.',
      'met: In the request, `order` of the result is the `order` of its own event. / `7`.',
      'unmet: In the request, `order` of the result is the `id` of its own event. / `7`.',
    ]);
  });

  it('shows the whole when a place is missing, and the failure when there is no result', async () => {
    expect(words(await tryCheck(counter, [{ result: { at: 'done.0', equals: 1 } }]))).toEqual([
      'unmet: In the request, `done.0` of the result is `1`. / Nothing in `{"served":1}`.',
    ]);
    const failing = `export const handler = async () => { throw new Error('down'); };`;
    expect(words(await tryCheck(failing, [{ result: { equals: null } }]))).toEqual([
      'unmet: In the request, the result is `null`. / Failed with `Error: down`.',
    ]);
  });

  it('compares numbers with limits, lists by their length and by their members in any order', async () => {
    const code = `export const handler = async () => ({ done: ['a', 'b', 'b'], took: 12.5 });`;
    const outcome = await tryCheck(code, [
      { result: { at: 'took', amount: { most: 12 } } },
      { result: { at: 'took', amount: { least: 10, most: 20 } } },
      { result: { at: 'done', items: { least: 4 } } },
      { result: { at: 'done', items: 3 } },
      { result: { at: 'done', members: ['b', 'a', 'b'] } },
      { result: { at: 'done', members: ['b', 'a', 'a'] } },
      { result: { at: 'done', amount: 3 } },
    ]);
    expect(words(outcome)).toEqual([
      'unmet: In the request, `took` of the result is at most 12. / `12.5`.',
      'met: In the request, `took` of the result is 10 to 20. / `12.5`.',
      'unmet: In the request, `done` of the result is a list of at least 4 items. / 3 items, `["a","b","b"]`.',
      'met: In the request, `done` of the result is a list of 3 items. / 3 items, `["a","b","b"]`.',
      'met: In the request, `done` of the result is a list of `["b","a","b"]`, in any order. / `["a","b","b"]`.',
      'unmet: In the request, `done` of the result is a list of `["b","a","a"]`, in any order. / `["a","b","b"]`.',
      'unmet: In the request, `done` of the result is 3. / `["a","b","b"]`.',
    ]);
  });
});

describe('the log', () => {
  it('is counted over the run, and says in which requests a line stood', async () => {
    const outcome = await tryCheck(
      counter,
      [
        { log: 'served', times: 1 },
        { log: 'served 3', times: 1 },
        { log: 'gone', times: 1 },
      ],
      inARow,
    );
    expect(words(outcome)).toEqual([
      'unmet: `served` is logged once. / 3 lines: in request 1, a cold start, and in requests 2 and 3, warm starts. The last says `served 3`.',
      'met: `served 3` is logged once. / 1 line: in request 3, a warm start. The last says `served 3`.',
      'unmet: `gone` is logged once. / No such line.',
    ]);
  });

  it('is counted in some requests only, or outside the handler', async () => {
    const code = `console.log('ready');\n${counter}`;
    const outcome = await tryCheck(
      code,
      [
        { log: 'served', times: { least: 1, most: 2 }, of: '2-3' },
        { log: 'ready', times: 1 },
        { log: 'ready', times: 0, of: 'all' },
      ],
      inARow,
    );
    expect(words(outcome)).toEqual([
      'met: `served` is logged 1 to 2 times in requests 2 and 3. / 2 lines: in requests 2 and 3, warm starts. The last says `served 3`.',
      'met: `ready` is logged once. / 1 line: outside the handler. The last says `ready`.',
      'met: `ready` is never logged in the requests. / No such line.',
    ]);
  });

  it('is counted for each item of a list, whose name may begin another one', async () => {
    const code = `export const handler = async ({ items }) => {
      for (const item of items) if (item !== 'p2') console.log('stored ' + item);
      console.log('stored p11');
    };`;
    const event = '{"items":["p1","p2","p11"]}';
    expect(words(await tryCheck(code, [{ log: 'stored {each}', each: 'items', times: 1 }], { event }))).toEqual([
      'unmet: For each of the 3 `items` of the event, a line like `stored p1` is logged once. / `stored p2` never and `stored p11` twice.',
    ]);
    const all = [{ log: 'stored {each}', each: 'items', times: { least: 1 } }];
    expect(words(await tryCheck(code, all, { event: '{"items":["p1","p11"]}' }))).toEqual([
      'met: For each of the 2 `items` of the event, a line like `stored p1` is logged at least once. / So it is for all.',
    ]);
    expect(words(await tryCheck(code, all, { event: '{"items":{}}' }))).toEqual([
      'unmet: For each of the 0 `items` of the event, a line like `stored` is logged at least once. / The event has no such list.',
    ]);
  });
});

describe('starts, reports and counts', () => {
  it('tell cold from warm', async () => {
    expect(
      words(
        await tryCheck(counter, [{ start: 'warm' }, { start: 'cold', of: 1 }, { start: 'warm', of: '2-3' }], inARow),
      ),
    ).toEqual([
      'unmet: Every request starts warm. / Request 1: cold start.',
      'met: Request 1 starts cold. / Request 1: cold start.',
      'met: Requests 2 and 3 start warm. / Requests 2 and 3: warm start.',
    ]);
  });

  it('read a number of the REPORT line', async () => {
    const code = `export const handler = () => new Promise((resolve) => setTimeout(resolve, 100));`;
    const outcome = await tryCheck(
      code,
      [
        { report: 'durationMs', is: { most: 50 }, of: 'last' },
        { report: 'billedDurationMs', is: { least: 100, most: 120 }, of: 2 },
        { report: 'initDurationMs', is: { most: 1000 }, of: 2 },
      ],
      { run: [{ invoke: 'event', times: 2 }] },
    );
    expect(outcome.findings.map(({ met, expected }) => `${met}: ${expected}`)).toEqual([
      'false: In the last request, `Duration` is at most 50 ms.',
      'true: In request 2, `Billed Duration` is 100 to 120 ms.',
      'false: In request 2, `Init Duration` is at most 1,000 ms.',
    ]);
    expect(outcome.findings[0]?.saw).toMatch(/^Request 2: 10\d(\.\d+)? ms\.$/);
    expect(outcome.findings[2]?.saw).toBe('Request 2: no `Init Duration`.');
  });

  it('count requests and environments', async () => {
    const outcome = await tryCheck(
      counter,
      [{ environments: 1 }, { environments: { most: 4 } }, { requests: 4 }, { requests: { most: 3 } }],
      {
        run: [{ invoke: 'event', count: 4 }],
      },
    );
    expect(words(outcome)).toEqual([
      'unmet: Lambda creates 1 environment. / 4 environments.',
      'met: Lambda creates at most 4 environments. / 4 environments.',
      'met: It takes 4 requests. / 4 requests.',
      'unmet: It takes at most 3 requests. / 4 requests.',
    ]);
  });
});

describe('the bill of a month', () => {
  const million = (most: number) => [{ month: { requests: 1_000_000, most } }];

  it('is what the run used, as often as the month needs', async () => {
    // 100 ms of waiting at 1,024 MB: about 0.101 GB-seconds a request, so 101,000 for a million, at $0.0000133334.
    const code = `export const handler = () => new Promise((resolve) => setTimeout(resolve, 100));`;
    const definition = { MemorySize: 1024 };
    const run = [{ invoke: 'event', times: 100, every: '1s' }];
    const outcome = await tryCheck(code, million(1), { definition, run });
    const [finding] = outcome.findings;
    expect(finding?.met).toBe(false);
    expect(finding?.expected).toBe('A month of 1,000,000 requests costs at most $1.00.');
    expect(finding?.saw).toMatch(
      /^\$1\.[67]\d: requests \$0\.20, init \$0\.02, handler \$1\.3\d, 0\.\d GB of logs \$0\.1\d, from 100 requests run\.$/,
    );
    expect((await tryCheck(code, million(2), { definition, run })).passed).toBe(true);
  });

  it('grows with every line that is logged', async () => {
    // 10,000 letters a request are 10 GB a million times, and take $0.50 each to get in.
    const code = `export const handler = async () => { console.log('x'.repeat(10_000)); };`;
    const run = [{ invoke: 'event', times: 20, every: '1s' }];
    expect((await tryCheck(code, million(5), { run })).findings[0]?.saw).toMatch(/9\.\d GB of logs \$4\.\d\d/);
  });
});

describe('what other services know', () => {
  const policy = (...actions: readonly string[]) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: actions.map((Action) => ({ Effect: 'Allow', Action, Resource: 'arn:aws:s3:::photos/*' })),
    });
  const object = { action: 's3:GetObject', resource: 'arn:aws:s3:::photos/a.png' };
  const other = { action: 's3:GetObject', resource: 'arn:aws:s3:::salaries/a.csv' };

  it('tells what the role may do', async () => {
    const definition = { Files: { 'index.mjs': counter, 'policy.json': policy('s3:Get*', 's3:PutObject') } };
    const outcome = await tryCheck(
      counter,
      [
        { role: 'may', do: [object] },
        { role: 'may', do: [object, other] },
        { role: 'may-not', do: [other, { action: 's3:PutObject', resource: 'arn:aws:s3:::photos/b.png' }] },
      ],
      { definition },
    );
    expect(words(outcome)).toEqual([
      'met: The role may do `s3:GetObject` on `arn:aws:s3:::photos/a.png`. / So IAM decides.',
      'unmet: The role may do `s3:GetObject` on `arn:aws:s3:::photos/a.png` and `s3:GetObject` on `arn:aws:s3:::salaries/a.csv`. / It may not do `s3:GetObject` on `arn:aws:s3:::salaries/a.csv`.',
      'unmet: The role may not do `s3:GetObject` on `arn:aws:s3:::salaries/a.csv` and `s3:PutObject` on `arn:aws:s3:::photos/b.png`. / It may do `s3:PutObject` on `arn:aws:s3:::photos/b.png`.',
    ]);
  });

  it('says where a policy is none, before anything runs', async () => {
    const definition = { Files: { 'index.mjs': counter, 'policy.json': '{ "Statement": [] }' } };
    const outcome = await tryCheck(counter, [{ ends: 'success' }], { definition });
    expect(outcome.problem).toMatch(/^MalformedPolicyDocumentException: .*Statement/);
  });

  it('reads what an API answers after the run, and what it refuses', async () => {
    const getRole = (RoleName: string) => ({
      service: 'iam',
      operation: 'GetRole',
      input: { RoleName },
      says: 'the role',
    });
    const outcome = await tryCheck(counter, [
      { answer: { ...getRole('tried-role'), at: 'Role.RoleName', equals: 'tried-role' } },
      { answer: { ...getRole('tried-role'), at: 'Role.Nothing', equals: 1 } },
      { answer: { ...getRole('nobody'), at: 'Role.RoleName', equals: 'nobody' } },
    ]);
    expect(words(outcome).map((text) => text.replace(/Nothing in .*/, 'Nothing in …'))).toEqual([
      'met: After the run, `Role.RoleName` of the role is `"tried-role"`, as `GetRole` answers. / `"tried-role"`.',
      'unmet: After the run, `Role.Nothing` of the role is `1`, as `GetRole` answers. / Nothing in …',
      'unmet: After the run, `Role.RoleName` of the role is `"nobody"`, as `GetRole` answers. / It answered with an error: `NoSuchEntityException: The role with name nobody cannot be found.`.',
    ]);
  });

  it('counts the calls of the function, and those that failed', async () => {
    const code = `import { S3Client, GetObjectCommand } from '@aws-sdk/client-s3';
    import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
    const [sts, s3] = [new STSClient(), new S3Client({ maxAttempts: 1 })];
    export const handler = async () => {
      await sts.send(new GetCallerIdentityCommand({}));
      await s3.send(new GetObjectCommand({ Bucket: 'photos', Key: 'a.png' })).catch(() => undefined);
    };`;
    const outcome = await tryCheck(
      code,
      [
        { calls: 'sts GetCallerIdentity', times: 2 },
        { calls: 'sts GetCallerIdentity', times: 1, of: 2 },
        { calls: 'sts GetCallerIdentity', times: 1, failed: true },
        { calls: 's3 GetObject', times: { most: 0 }, failed: true },
        { calls: 's3 PutObject', times: { least: 1 } },
      ],
      { run: [{ invoke: 'event', times: 2 }] },
    );
    expect(words(outcome)).toEqual([
      'met: `GetCallerIdentity` of sts is called twice. / 2 calls.',
      'met: `GetCallerIdentity` of sts is called once in request 2. / 1 call.',
      'unmet: `GetCallerIdentity` of sts fails once. / 2 calls.',
      expect.stringMatching(/^unmet: `GetObject` of s3 never fails\. \/ 2 calls; 2 failed with `\w+`\.$/),
      'unmet: `PutObject` of s3 is called at least once. / No such call.',
    ]);
  });
});

describe('events that nobody waits for', () => {
  it('are tried again while time passes; the end is that of the last try', async () => {
    const code = `let tries = 0;
    export const handler = async () => {
      console.log('try', ++tries);
      if (tries < 3) throw new Error('not yet');
    };`;
    const run = (wait: string) => ({ run: [{ invoke: 'event', asynchronous: true as const }, { wait }] });
    const outcome = await tryCheck(code, [{ ends: 'success' }, { log: 'try', times: 3 }, { requests: 1 }], run('10m'));
    expect(words(outcome)).toEqual([
      'met: The request succeeds. / Succeeded.',
      'met: `try` is logged 3 times. / 3 lines: in request 1, a warm start. The last says `try 3`.',
      'met: It takes 1 request. / 1 request.',
    ]);
    expect(outcome.did).toBe('Sent `event`, asynchronously, then waited 10 min.');
    expect(words(await tryCheck(code, [{ ends: 'success' }], run('10s')))).toEqual([
      'unmet: The request succeeds. / Failed with `Error: not yet`.',
    ]);
  });
});

describe('HTTP responses', () => {
  const api = [
    {
      service: 'apigatewayv2',
      operation: 'CreateApi',
      as: 'api',
      input: { Name: 'shop', ProtocolType: 'HTTP', Target: 'arn:aws:lambda:us-east-1:123456789012:function:tried' },
    },
    {
      service: 'lambda',
      operation: 'AddPermission',
      input: {
        FunctionName: 'tried',
        StatementId: 'api',
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
      },
    },
  ];
  const behindApi = {
    event: '{"method":"POST","url":"{api.ApiEndpoint}/orders","body":{"id":7}}',
    definition: { sends: 'http-request' as const, account: api },
  };

  it('are looked at by status and body', async () => {
    const code = 'export const handler = async ({ body }) => ({ statusCode: 201, body });';
    const outcome = await tryCheck(
      code,
      [
        { response: { status: 201, at: 'id', equals: 7 } },
        { response: { status: 200 } },
        { response: { at: 'total', equals: 1 }, of: 'last' },
        { response: { status: 201 }, of: 2 },
      ],
      behindApi,
    );
    expect(words(outcome)).toEqual([
      'met: In every response, the status is `201` and `id` of the body is `7`. / `201` with `7`.',
      'unmet: In every response, the status is `200`. / `201` with `{"id":7}`.',
      'unmet: In the last response, `total` of the body is `1`. / `201` with nothing in `{"id":7}`.',
      'unmet: In response 2, the status is `201`. / There was only 1 response.',
    ]);
  });

  it('tell what the API itself answered', async () => {
    const code = 'export const handler = async () => { throw new Error("no"); };';
    expect(words(await tryCheck(code, [{ response: { status: 500 } }, { ends: 'error' }], behindApi))).toEqual([
      'met: In every response, the status is `500`. / `500` with `{"message":"Internal Server Error"}`.',
      'met: The request fails. / Failed with `Error: no`.',
    ]);
  });

  it('are missing when nothing was sent by HTTP', async () => {
    const code = 'export const handler = async () => 1;';
    expect(words(await tryCheck(code, [{ response: { status: 200 } }]))).toEqual([
      'unmet: In every response, the status is `200`. / There was no HTTP response.',
    ]);
  });
});
