/** Calls of services on the virtual clock: what they take, and what becomes of them when the function stops waiting. */
import { expect, test } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import { ApiError, Later, type Service } from '../../../../sandbox/services/service.ts';
import type { ServiceCalled } from '../../../../sandbox/trace.ts';
import { allow, createRole, deploy, invoke, openAccount, type Deployment } from '../function-story.ts';

/** Answers after so many ms, and counts what reached it. */
function slowStream(account: Account, answerMs: number): { puts: number } {
  const record = { puts: 0 };
  const service: Service = {
    name: 'kinesis',
    operations: {
      PutRecord: {
        action: 'kinesis:PutRecord',
        resources: () => ['*'],
        run: () => {
          record.puts += 1;
          return new Later((done) => {
            account.clock.schedule(account.clock.now + answerMs, () =>
              done({ ok: true, output: { ShardId: 'shard-0' } }),
            );
          });
        },
      },
    },
  };
  account.services.register(service);
  return record;
}

async function begin(source: string, settings: Deployment = {}): Promise<Account> {
  const account = await openAccount();
  const Role = await createRole(account, [allow('s3', 'sts', 'kinesis')]);
  await account.s3.createBucket({ Bucket: 'photos' });
  await account.s3.putObject({ Bucket: 'photos', Key: 'a', Body: 'hello' });
  await deploy(account, source, { Role, ...settings });
  return account;
}

const calls = ({ trace }: Account): ServiceCalled[] =>
  trace.filter((event) => event.type === 'serviceCalled').filter(({ caller }) => caller !== 'account');

const putRecord = `
  import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
  const kinesis = new KinesisClient({});
  const put = (options) => kinesis.send(new PutRecordCommand({ StreamName: 's', Data: Buffer.from('x'), PartitionKey: 'k' }), options);
`;

test('a call takes virtual time, and stands in the trace', async () => {
  const account = await begin(`
    import { S3Client, HeadObjectCommand } from '@aws-sdk/client-s3';
    const s3 = new S3Client({});
    export const handler = async () => {
      const begin = performance.now();
      await s3.send(new HeadObjectCommand({ Bucket: 'photos', Key: 'a' }));
      return performance.now() - begin;
    };`);
  const waited = (await invoke(account)) as number;
  const [call] = calls(account);
  const arrived = account.trace.find((event) => event.type === 'requestArrived');
  expect(call).toMatchObject({
    service: 's3',
    operation: 'HeadObject',
    resource: 'arn:aws:s3:::photos/a',
    statusCode: 200,
    requestId: arrived?.requestId,
    caller: 'arn:aws:iam::123456789012:role/worker-role',
  });
  expect(call?.durationMs).toBeGreaterThan(12);
  expect(waited).toBeGreaterThan(call?.durationMs ?? Infinity);
  expect(call?.start).toBeCloseTo((call?.time ?? 0) - (call?.durationMs ?? 0), 3);
  account.dispose();
});

test('a client outside of the handler keeps its connection, one inside opens another each time', async () => {
  const durations = async (inside: boolean): Promise<number> => {
    const account = await begin(`
      import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
      ${inside ? '' : 'const sts = new STSClient({});'}
      export const handler = async () => {
        ${inside ? 'const sts = new STSClient({});' : ''}
        await sts.send(new GetCallerIdentityCommand({}));
      };`);
    for (let count = 0; count < 4; count += 1) await invoke(account);
    const [, ...later] = calls(account).map(({ durationMs }) => durationMs);
    account.dispose();
    return later.reduce((sum, ms) => sum + ms, 0);
  };
  // The same seed gives the same times but for the three handshakes of 12 ms.
  expect((await durations(true)) - (await durations(false))).toBeCloseTo(36, 1);
});

test('calls made together wait together', async () => {
  const account = await begin(`${putRecord}
    export const handler = async () => {
      const begin = Date.now();
      await Promise.all([put(), put(), put()]);
      return Date.now() - begin;
    };`);
  slowStream(account, 1000);
  const waited = (await invoke(account)) as number;
  expect(waited).toBeGreaterThan(1000);
  expect(waited).toBeLessThan(1100);
  account.dispose();
});

test('a function that times out during a call has made it all the same', async () => {
  const account = await begin(`${putRecord} export const handler = () => put();`, { Timeout: 1 });
  const stream = slowStream(account, 5000);
  expect(await invoke(account)).toMatchObject({ errorType: 'Sandbox.Timedout' });
  expect(stream.puts).toBe(1);
  account.clock.advance({ seconds: 10 });
  expect(calls(account)).toHaveLength(1);
  // The next process knows nothing of it.
  expect(await invoke(account)).toMatchObject({ errorType: 'Sandbox.Timedout' });
  expect(stream.puts).toBe(2);
  account.dispose();
});

test('an answer that comes while the environment is frozen is taken when it thaws', async () => {
  const account = await begin(`${putRecord}
    let state = 'nothing';
    export const handler = async ({ begin }) => {
      if (begin) put().then(({ ShardId }) => { state = ShardId; });
      else await new Promise((resolve) => setTimeout(resolve, 1));
      return state;
    };`);
  slowStream(account, 500);
  expect(await invoke(account, { begin: true })).toBe('nothing');
  account.clock.advance({ minutes: 5 });
  expect(await invoke(account, {})).toBe('shard-0');
  account.dispose();
});

test('an answer that does not come in time is given up by a timer that nobody waits for', async () => {
  const account = await begin(`${putRecord}
    export const handler = async () => {
      const begin = Date.now();
      const name = await put({ abortSignal: AbortSignal.timeout(200) }).catch((error) => error.name);
      return [name, Date.now() - begin];
    };`);
  slowStream(account, 60_000);
  const [name, waited] = (await invoke(account)) as [string, number];
  expect(name).toBe('AbortError');
  expect(waited).toBeGreaterThanOrEqual(200);
  expect(waited).toBeLessThan(220);
  account.dispose();
});

test('a request time-out that throws is tried again, then thrown', async () => {
  const account = await begin(`
    import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
    const kinesis = new KinesisClient({ maxAttempts: 2, requestHandler: { requestTimeout: 100, throwOnRequestTimeout: true } });
    export const handler = async () => {
      try { await kinesis.send(new PutRecordCommand({})); }
      catch ({ name, $metadata }) { return [name, $metadata.attempts]; }
    };`);
  const stream = slowStream(account, 60_000);
  expect(await invoke(account)).toEqual(['TimeoutError', 2]);
  expect(stream.puts).toBe(2);
  account.dispose();
});

test('AsyncLocalStorage holds across calls', async () => {
  const account = await begin(`${putRecord}
    import { AsyncLocalStorage } from 'node:async_hooks';
    const storage = new AsyncLocalStorage();
    const work = async (name) => { await put(); const first = storage.getStore(); await put().then(() => undefined); return [name, first, storage.getStore()]; };
    export const handler = () => Promise.all(['a', 'b'].map((name) => storage.run(name, work, name)));`);
  slowStream(account, 20);
  expect(await invoke(account)).toEqual([
    ['a', 'a', 'a'],
    ['b', 'b', 'b'],
  ]);
  account.dispose();
});

test('a call at the top level of a module is part of init', async () => {
  const account = await begin(
    `${putRecord} const { ShardId } = await put(); export const handler = async () => ShardId;`,
  );
  slowStream(account, 2000);
  const { trace, Payload } = await account.lambda.invoke({ FunctionName: 'worker', Payload: '{}' });
  expect(Payload).toBe('"shard-0"');
  expect(trace.initDurationMs).toBeGreaterThan(2000);
  expect(calls(account)[0]).not.toHaveProperty('requestId');
  account.dispose();
});

test('a callback handler waits for a call that is under way', async () => {
  const account = await begin(
    `${putRecord} let done = 0; export const handler = (event, context, callback) => { put().then(() => { done += 1; }); callback(null, done); };`,
    { Runtime: 'nodejs22.x' },
  );
  slowStream(account, 700);
  const { trace, Payload } = await account.lambda.invoke({ FunctionName: 'worker', Payload: '{}' });
  expect(Payload).toBe('0');
  expect(trace.durationMs).toBeGreaterThan(700);
  account.dispose();
});

test('loading the SDK takes its part of init, and only of functions that import it', async () => {
  const init = async (source: string): Promise<number> => {
    const account = await begin(source);
    const { trace } = await account.lambda.invoke({ FunctionName: 'worker', Payload: '{}' });
    account.dispose();
    return trace.initDurationMs ?? 0;
  };
  const plain = await init('export const handler = async () => 1;');
  const one = await init("import '@aws-sdk/client-sts'; export const handler = async () => 1;");
  const two = await init(
    "import '@aws-sdk/client-sts'; import '@aws-sdk/client-sqs'; export const handler = async () => 1;",
  );
  expect(one - plain).toBeGreaterThan(60);
  expect(one - plain).toBeLessThan(75);
  expect(two - one).toBeGreaterThan(15);
  expect(two - one).toBeLessThan(25);
});

/** Refuses as often as told, then answers. */
function throttled(account: Account, times: number): void {
  let left = times;
  account.services.register({
    name: 'kinesis',
    operations: {
      PutRecord: {
        action: 'kinesis:PutRecord',
        resources: () => ['*'],
        run: () => {
          if (left-- > 0) throw new ApiError('ProvisionedThroughputExceededException', 400, 'Rate exceeded for shard.');
          return { ShardId: 'shard-0' };
        },
      },
    },
  });
}

test('a throttled call is tried again, with pauses', async () => {
  const account = await begin(`${putRecord}
    export const handler = async () => {
      const begin = Date.now();
      const { ShardId, $metadata } = await put();
      return [ShardId, $metadata.attempts, $metadata.totalRetryDelay > 0, Date.now() - begin >= $metadata.totalRetryDelay];
    };`);
  throttled(account, 2);
  expect(await invoke(account)).toEqual(['shard-0', 3, true, true]);
  expect(calls(account).map(({ statusCode }) => statusCode)).toEqual([400, 400, 200]);
  account.dispose();
});

test('after three attempts the error is thrown, with maxAttempts 1 after the first', async () => {
  for (const [maxAttempts, attempts] of [
    ['undefined', 3],
    ['1', 1],
  ] as const) {
    const account = await begin(`
      import { KinesisClient, PutRecordCommand, ProvisionedThroughputExceededException } from '@aws-sdk/client-kinesis';
      const kinesis = new KinesisClient({ maxAttempts: ${maxAttempts} });
      export const handler = async () => {
        try { await kinesis.send(new PutRecordCommand({})); }
        catch (error) { return [error instanceof ProvisionedThroughputExceededException, error.$metadata.attempts]; }
      };`);
    throttled(account, 9);
    expect(await invoke(account)).toEqual([true, attempts]);
    account.dispose();
  }
});

test('the same seed gives the same bytes, another seed other times', async () => {
  const story = async (seed: number): Promise<string> => {
    const account = await openAccount({ seed });
    const Role = await createRole(account, [allow('s3')]);
    await account.s3.createBucket({ Bucket: 'photos' });
    await deploy(
      account,
      `import { S3 } from '@aws-sdk/client-s3';
       const s3 = new S3({});
       export const handler = async ({ key }) => {
         await s3.putObject({ Bucket: 'photos', Key: key, Body: 'x'.repeat(1000) });
         const { Contents, $metadata } = await s3.listObjectsV2({ Bucket: 'photos' });
         return [Contents, $metadata];
       };`,
      { Role },
    );
    await Promise.all(['a', 'b', 'c'].map((key) => invoke(account, { key })));
    const bytes = JSON.stringify(account.trace);
    account.dispose();
    return bytes;
  };
  const first = await story(7);
  expect(await story(7)).toBe(first);
  expect(await story(8)).not.toBe(first);
});

test('fetch reaches an address that the account has, and no other', async () => {
  const account = await begin(`
    export const handler = async () => {
      const response = await fetch('https://api.example.test/orders?x=1', { method: 'POST', body: 'order', headers: { 'X-Key': 'k' } });
      const other = await fetch('https://other.example.test/').catch((error) => error.cause.code);
      return [response.status, response.ok, response.headers.get('content-type'), await response.json(), other];
    };`);
  account.services.serve('api.example.test', {
    answer: ({ method, url, headers, body }, caller, done) => {
      const told = { method, url, key: headers['x-key'], body: new TextDecoder().decode(body), kind: caller.kind };
      account.clock.schedule(account.clock.now + 50, () =>
        done({
          status: 201,
          headers: { 'content-type': 'application/json' },
          body: new TextEncoder().encode(JSON.stringify(told)),
        }),
      );
    },
  });
  expect(await invoke(account)).toEqual([
    201,
    true,
    'application/json',
    { method: 'POST', url: 'https://api.example.test/orders?x=1', key: 'k', body: 'order', kind: 'role' },
    'ENOTFOUND',
  ]);
  account.dispose();
});
