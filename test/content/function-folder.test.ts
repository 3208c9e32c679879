/** A function's folder as it is read for lessons and the terminal. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFunctionFolder } from '../../content/function-folder.ts';

let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'coldstart-folder-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

async function write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}

test('a folder of code alone gets the defaults of a lesson', async () => {
  await write({ 'hello/index.mjs': 'export const handler = async () => 1;', 'hello/lib/db.mjs': 'export {};' });
  const { definition, events } = await readFunctionFolder(join(root, 'hello'), root);
  expect(definition).toEqual({
    FunctionName: 'hello',
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    MemorySize: 128,
    Timeout: 3,
    Architectures: ['arm64'],
    Files: { 'index.mjs': 'export const handler = async () => 1;', 'lib/db.mjs': 'export {};' },
  });
  expect(events).toEqual([]);
});

test('configuration and events are not part of the code', async () => {
  await write({
    'check out/index.mjs': 'x',
    'check out/function.yaml': [
      'Runtime: nodejs22.x',
      'MemorySize: 512',
      'Environment: { Variables: { STAGE: dev } }',
      'recorded: [{ invoke: order }, { wait: 15m }]',
    ].join('\n'),
    'check out/events/order.json': '{"order":1}',
    'check out/events/second.json': '{}',
    'check out/.hidden': 'x',
  });
  const { definition, events, configuration } = await readFunctionFolder(join(root, 'check out'), root);
  expect(definition).toMatchObject({
    FunctionName: 'check-out',
    Runtime: 'nodejs22.x',
    MemorySize: 512,
    Environment: { Variables: { STAGE: 'dev' } },
    Files: { 'index.mjs': 'x' },
  });
  expect(Object.keys(definition.Files)).toEqual(['index.mjs']);
  expect('recorded' in definition).toBe(false);
  expect(configuration.recorded).toEqual([{ invoke: 'order' }, { wait: '15m' }]);
  expect(events.map(({ name, file }) => [name, file])).toEqual([
    ['order', 'check out/events/order.json'],
    ['second', 'check out/events/second.json'],
  ]);
});

test('a function behind an API keeps what calls answer, and is sent requests', async () => {
  await write({
    'web/index.mjs': 'x',
    'web/function.yaml': [
      'sends: http-request',
      'account:',
      '  - { service: apigatewayv2, operation: CreateApi, as: api, input: { Name: shop, ProtocolType: HTTP } }',
      'recorded:',
      "  - request: { method: POST, url: '{api.ApiEndpoint}/orders', body: '{}' }",
      '    count: 2',
    ].join('\n'),
  });
  const { definition, configuration } = await readFunctionFolder(join(root, 'web'), root);
  expect(definition.sends).toBe('http-request');
  expect(definition.account).toEqual([
    { service: 'apigatewayv2', operation: 'CreateApi', as: 'api', input: { Name: 'shop', ProtocolType: 'HTTP' } },
  ]);
  expect(configuration.recorded).toEqual([
    { request: { method: 'POST', url: '{api.ApiEndpoint}/orders', body: '{}' }, count: 2 },
  ]);
});

test('a mistake in function.yaml names file and line', async () => {
  await write({ 'hello/index.mjs': 'x', 'hello/function.yaml': 'Handler: index.handler\nMemory: 256\n' });
  await expect(readFunctionFolder(join(root, 'hello'), root)).rejects.toThrow(
    'hello/function.yaml:2: Memory is not a property of this file.',
  );
});

test('a file that is not text is named', async () => {
  await write({ 'hello/index.mjs': 'x', 'hello/logo.png': new Uint8Array([0x89, 0x50, 0xff, 0xfe]) });
  await expect(readFunctionFolder(join(root, 'hello'), root)).rejects.toThrow('hello/logo.png is not a text file.');
});

test('a missing folder and an empty one say what to do', async () => {
  await expect(readFunctionFolder(join(root, 'nothing'), root)).rejects.toThrow('There is no folder nothing.');
  await write({ 'empty/function.yaml': '' });
  await expect(readFunctionFolder(join(root, 'empty'), root)).rejects.toThrow('empty holds no code.');
});

test('another version of a function says only what differs', async () => {
  await write({
    'start/index.mjs': 'a',
    'start/given.mjs': 'g',
    'start/function.yaml': [
      'MemorySize: 512',
      'Timeout: 9',
      'account: [{ service: sqs, operation: CreateQueue, input: { QueueName: orders } }]',
    ].join('\n'),
    'start/events/one.json': '1',
    'better/index.mjs': 'b',
    'better/function.yaml': 'MemorySize: 256',
    'same/function.yaml': '',
  });
  const start = await readFunctionFolder(join(root, 'start'), root);
  const better = await readFunctionFolder(join(root, 'better'), root, start);
  expect(better.definition).toEqual({
    ...start.definition,
    MemorySize: 256,
    Files: { 'index.mjs': 'b', 'given.mjs': 'g' },
  });
  expect(better.definition).toMatchObject({
    FunctionName: 'start',
    Timeout: 9,
    account: [{ operation: 'CreateQueue' }],
  });
  expect(better.events.map(({ name }) => name)).toEqual(['one']);
  expect((await readFunctionFolder(join(root, 'same'), root, start)).definition).toEqual(start.definition);
});
