/** The AWS SDK's clients inside functions, used as at work. */
import { describe, expect, test } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import { allow, createRole, deploy, invoke, openAccount, type Deployment } from '../function-story.ts';

async function run(source: string, settings: Deployment = {}, prepare?: (account: Account) => Promise<unknown>) {
  const account = await openAccount();
  const Role = await createRole(account, [allow('s3', 'sts', 'lambda', 'sqs')]);
  await account.s3.createBucket({ Bucket: 'photos' });
  await account.s3.putObject({ Bucket: 'photos', Key: 'a', Body: 'hello' });
  await prepare?.(account);
  await deploy(account, source, { Role, ...settings });
  const answer = await invoke(account);
  account.dispose();
  return answer;
}

describe('commands', () => {
  test.each(['nodejs22.x', 'nodejs24.x'])('an ES module on %s', async (Runtime) => {
    const source = `
      import { S3Client, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
      const s3 = new S3Client({});
      export const handler = async () => {
        await s3.send(new PutObjectCommand({ Bucket: 'photos', Key: 'b', Body: Buffer.from([0, 255, 10]) }));
        const { Body, ...rest } = await s3.send(new GetObjectCommand({ Bucket: 'photos', Key: 'b' }));
        return [[...(await Body.transformToByteArray())], Object.keys(rest), rest.LastModified instanceof Date];
      };`;
    expect(await run(source, { Runtime })).toEqual([
      [0, 255, 10],
      [
        'AcceptRanges',
        'LastModified',
        'ContentLength',
        'ETag',
        'ContentType',
        'ServerSideEncryption',
        'Metadata',
        '$metadata',
      ],
      true,
    ]);
  });

  test.each(['nodejs22.x', 'nodejs24.x'])('CommonJS and the aggregated client on %s', async (Runtime) => {
    const files = {
      'index.js': `
        const { S3 } = require('@aws-sdk/client-s3');
        const s3 = new S3({ region: process.env.AWS_REGION });
        exports.handler = async () => {
          const { Body } = await s3.getObject({ Bucket: 'photos', Key: 'a' });
          return Body.transformToString();
        };`,
    };
    expect(await run('', { Runtime, files })).toBe('hello');
  });

  test('callbacks', async () => {
    const source = `
      import { S3Client, HeadObjectCommand } from '@aws-sdk/client-s3';
      const s3 = new S3Client();
      const head = (Key) => new Promise((resolve) => {
        s3.send(new HeadObjectCommand({ Bucket: 'photos', Key }), (error, output) => resolve([error?.name, output?.ContentLength]));
      });
      export const handler = async () => [await head('a'), await head('none')];`;
    expect(await run(source)).toEqual([
      [null, 5],
      ['NotFound', null],
    ]);
  });

  test('metadata of an answer', async () => {
    const source = `
      import { S3Client, DeleteObjectCommand } from '@aws-sdk/client-s3';
      export const handler = () => new S3Client({}).send(new DeleteObjectCommand({ Bucket: 'photos', Key: 'a' }));`;
    expect(await run(source)).toEqual({
      $metadata: {
        httpStatusCode: 204,
        requestId: expect.stringMatching(/^[0-9A-F]{16}$/) as string,
        extendedRequestId: expect.stringMatching(/^[A-Za-z0-9+/]{75}=$/) as string,
        attempts: 1,
        totalRetryDelay: 0,
      },
    });
  });

  test('a function invokes another one', async () => {
    const source = `
      import { LambdaClient, InvokeCommand, InvocationType } from '@aws-sdk/client-lambda';
      const lambda = new LambdaClient({});
      export const handler = async () => {
        const { Payload, StatusCode, FunctionError, $metadata } = await lambda.send(
          new InvokeCommand({ FunctionName: 'other', Payload: JSON.stringify({ name: 'Ada' }), InvocationType: InvocationType.RequestResponse }));
        const event = await lambda.send(new InvokeCommand({ FunctionName: 'other', InvocationType: 'Event', Payload: Buffer.from('{}') }));
        return [Buffer.from(Payload).toString(), Payload.transformToString(), StatusCode, FunctionError, $metadata.httpStatusCode, event.StatusCode, event.$metadata.httpStatusCode];
      };`;
    const answer = await run(source, {}, (account) =>
      deploy(account, 'export const handler = async ({ name }) => `Hello, ${name}`;', { FunctionName: 'other' }),
    );
    expect(answer).toEqual(['"Hello, Ada"', '"Hello, Ada"', 200, null, 200, 202, 202]);
  });
});

describe('bodies', () => {
  const readers: [string, string, unknown][] = [
    ['as text', 'Body.transformToString()', 'hello'],
    ['as base64', "Body.transformToString('base64')", 'aGVsbG8='],
    [
      'chunk by chunk',
      '(async () => { let text = ""; for await (const chunk of Body) text += chunk; return text; })()',
      'hello',
    ],
    [
      'by events',
      'new Promise((resolve) => { let size = 0; Body.on("data", (chunk) => { size += chunk.length; }).on("end", () => resolve(size)); })',
      5,
    ],
    ['as a web stream', 'new Response(Body.transformToWebStream()).text()', 'hello'],
    [
      'twice',
      'Body.transformToString().then(() => Body.transformToString()).catch((error) => error.message)',
      'The stream has already been transformed.',
    ],
    ['is a Node.js stream', 'Body instanceof (await import("node:stream")).Readable', true],
  ];
  test.each(readers)('read %s', async (_name, expression, expected) => {
    const source = `
      import { S3Client, GetObjectCommand } from '@aws-sdk/client-s3';
      export const handler = async () => {
        const { Body } = await new S3Client({}).send(new GetObjectCommand({ Bucket: 'photos', Key: 'a' }));
        return ${expression};
      };`;
    expect(await run(source)).toEqual(expected);
  });

  const written: [string, string, string][] = [
    ['text', '"é"', 'é'],
    ['bytes', 'new Uint8Array([104, 105])', 'hi'],
    ['a Blob', 'new Blob(["hi"])', 'hi'],
    ['a stream', 'Readable.from(["h", "i"])', 'hi'],
    ['a file', 'createReadStream("/tmp/x")', 'from tmp'],
    ['nothing', 'undefined', ''],
  ];
  test.each(written)('put %s', async (_name, expression, expected) => {
    const source = `
      import { S3 } from '@aws-sdk/client-s3';
      import { Readable } from 'node:stream';
      import { createReadStream, writeFileSync } from 'node:fs';
      const s3 = new S3({});
      export const handler = async () => {
        writeFileSync('/tmp/x', 'from tmp');
        await s3.putObject({ Bucket: 'photos', Key: 'b', Body: ${expression} });
        return (await s3.getObject({ Bucket: 'photos', Key: 'b' })).Body.transformToString();
      };`;
    expect(await run(source)).toBe(expected);
  });
});

describe('errors', () => {
  const failing = (call: string) => `
    import { S3Client, S3ServiceException, NoSuchKey, GetObjectCommand, HeadObjectCommand, RestoreObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
    import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
    const s3 = new S3Client({});
    export const handler = async () => {
      try { return await ${call}; } catch (error) {
        return { ...JSON.parse(JSON.stringify(error)), message: error.message, name: error.name, text: String(error), head: error.stack.split('\\n')[0],
          is: [error instanceof NoSuchKey, error instanceof S3ServiceException, error instanceof Error, error.constructor.name] };
      }
    };`;

  test('a modelled exception', async () => {
    expect(await run(failing("s3.send(new GetObjectCommand({ Bucket: 'photos', Key: 'none' }))"))).toEqual({
      $fault: 'client',
      $metadata: {
        httpStatusCode: 404,
        requestId: expect.any(String) as string,
        extendedRequestId: expect.any(String) as string,
        attempts: 1,
        totalRetryDelay: 0,
      },
      name: 'NoSuchKey',
      Key: 'none',
      message: 'The specified key does not exist.',
      Code: 'NoSuchKey',
      RequestId: expect.any(String) as string,
      HostId: expect.any(String) as string,
      text: 'NoSuchKey: The specified key does not exist.',
      head: 'NoSuchKey: The specified key does not exist.',
      is: [true, true, true, 'NoSuchKey'],
    });
  });

  test('HEAD knows only the status', async () => {
    expect(await run(failing("s3.send(new HeadObjectCommand({ Bucket: 'photos', Key: 'none' }))"))).toMatchObject({
      name: 'NotFound',
      message: 'UnknownError',
      is: [false, true, true, 'NotFound'],
    });
  });

  test('uncaught it is the error of the invocation', async () => {
    const source = `
      import { S3 } from '@aws-sdk/client-s3';
      export const handler = () => new S3({}).getObject({ Bucket: 'none', Key: 'a' });`;
    expect(await run(source)).toMatchObject({
      errorType: 'NoSuchBucket',
      errorMessage: 'The specified bucket does not exist',
    });
  });

  test.each<[string, string, string]>([
    [
      'an input without its key',
      "s3.send(new GetObjectCommand({ Bucket: 'photos' }))",
      'Error: No value provided for input HTTP label: Key.',
    ],
    [
      'an empty key',
      "s3.send(new GetObjectCommand({ Bucket: 'photos', Key: '' }))",
      'Error: Empty value provided for input HTTP label: Key.',
    ],
    [
      'a plain object',
      "s3.send({ Bucket: 'photos', Key: 'a' })",
      'TypeError: command.resolveMiddleware is not a function',
    ],
    [
      'a command of another client',
      's3.send(new GetCallerIdentityCommand({}))',
      'TypeError: GetCallerIdentityCommand belongs to @aws-sdk/client-sts: send it with an STSClient, not an S3Client.',
    ],
    [
      'a command that is not simulated',
      "s3.send(new RestoreObjectCommand({ Bucket: 'photos', Key: 'a' }))",
      'NotSimulatedError: RestoreObjectCommand of @aws-sdk/client-s3 is not available in this simulator. It has CopyObjectCommand, ',
    ],
    [
      'another Region',
      "new S3Client({ region: 'eu-west-1' }).send(new GetObjectCommand({ Bucket: 'photos', Key: 'a' }))",
      'NotSimulatedError: This simulator has one Region, us-east-1. The client asks for eu-west-1.',
    ],
    [
      'an endpoint of one’s own',
      "new STSClient({ endpoint: 'http://localhost:4566' }).send(new GetCallerIdentityCommand({}))",
      'Error: connect ECONNREFUSED 127.0.0.1:4566',
    ],
    [
      'an object as body',
      "s3.send(new PutObjectCommand({ Bucket: 'photos', Key: 'a', Body: { x: 1 } }))",
      'TypeError: Body must be text, bytes, a Blob or a stream, not an object: write JSON.stringify(…).',
    ],
  ])('%s', async (_name, call, message) => {
    const { text } = (await run(failing(call))) as { text: string };
    expect(text.slice(0, message.length)).toBe(message);
  });
});

describe('around the commands', () => {
  test('paginators go through all pages', async () => {
    const source = `
      import { S3Client, paginateListObjectsV2 } from '@aws-sdk/client-s3';
      export const handler = async () => {
        const pages = [];
        for await (const page of paginateListObjectsV2({ client: new S3Client({}), pageSize: 2 }, { Bucket: 'photos' }))
          pages.push(page.Contents.map(({ Key }) => Key));
        return pages;
      };`;
    const prepare = async ({ s3 }: Account) => {
      for (const Key of ['b', 'c', 'd', 'e']) await s3.putObject({ Bucket: 'photos', Key, Body: Key });
    };
    expect(await run(source, {}, prepare)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  test('waiters wait in virtual time', async () => {
    const source = `
      import { S3, waitUntilObjectExists } from '@aws-sdk/client-s3';
      const client = new S3({});
      export const handler = async () => {
        setTimeout(() => client.putObject({ Bucket: 'photos', Key: 'late', Body: 'x' }), 7000);
        const begin = Date.now();
        const { state } = await waitUntilObjectExists({ client, maxWaitTime: 25 }, { Bucket: 'photos', Key: 'late' });
        const waited = Date.now() - begin;
        return [state, waited > 7000 && waited < 25000, await waitUntilObjectExists({ client, maxWaitTime: 1 }, { Bucket: 'photos', Key: 'never' }).catch((error) => error.name)];
      };`;
    expect(await run(source)).toEqual(['SUCCESS', true, 'TimeoutError']);
  });

  test('middlewares see inputs and outputs, in the order of their steps', async () => {
    const source = `
      import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
      const sts = new STSClient({});
      const seen = [];
      sts.middlewareStack.add((next, context) => async (args) => { seen.push('build ' + context.commandName); return next(args); }, { step: 'build', name: 'late' });
      sts.middlewareStack.add((next) => async (args) => { seen.push('before'); const result = await next(args); seen.push(result.output.Account); return result; }, { step: 'initialize', name: 'early' });
      export const handler = async () => { await sts.send(new GetCallerIdentityCommand({})); return seen; };`;
    expect(await run(source)).toEqual(['before', 'build GetCallerIdentityCommand', '123456789012']);
  });

  test('an aborted call', async () => {
    const source = `
      import { S3, GetObjectCommand } from '@aws-sdk/client-s3';
      const s3 = new S3({});
      export const handler = async () => {
        const get = () => new GetObjectCommand({ Bucket: 'photos', Key: 'a' });
        const later = new AbortController();
        setTimeout(() => later.abort(), 1);
        const name = (signal) => s3.send(get(), { abortSignal: signal }).catch((error) => error.name);
        return [await name(AbortSignal.abort()), await name(later.signal), (await s3.send(get())).ContentLength];
      };`;
    expect(await run(source)).toEqual(['AbortError', 'AbortError', 5]);
  });

  test('configuration as clients show it', async () => {
    const source = `
      import { S3Client } from '@aws-sdk/client-s3';
      const { config } = new S3Client({ maxAttempts: 5 });
      export const handler = async () => [await config.region(), await config.maxAttempts(), (await config.credentials()).accessKeyId === process.env.AWS_ACCESS_KEY_ID, config.serviceId];`;
    expect(await run(source)).toEqual(['us-east-1', 5, true, 'S3']);
  });
});
