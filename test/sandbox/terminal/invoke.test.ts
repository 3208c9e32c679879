/** `npm run invoke` as a person types it: what it prints, and how it ends. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const command = join(import.meta.dirname, '../../../sandbox/terminal/invoke.ts');
let root = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'coldstart-invoke-'));
  const files = {
    'hello/index.mjs':
      'let served = 0;\nexport const handler = async (event) => ({ order: event.order, served: ++served });\n',
    'hello/events/order.json': '{ "order": 1042 }',
    'hello/events/wrong.json': '{\n  "order": 1042,\n}',
    'throws/index.mjs': 'export const handler = async () => { throw new RangeError("too big"); };',
    'bad-yaml/index.mjs': 'export const handler = async () => 1;',
    'bad-yaml/function.yaml': 'Timeout: 3\nMemorySize: lots\n',
    'empty/readme/.keep': '',
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
});

afterAll(() => rm(root, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function invoke(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, ...args], { cwd: root });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

test('runs a folder: logs, results in words, bill', async () => {
  const { code, out, err } = await invoke('hello', '--times', '2', '--gap', '5m');
  expect(err).toBe('');
  expect(code).toBe(0);
  expect(out).toMatch(/^── 2026\/01\/05\/\[\$LATEST\][0-9a-f]{32}\nINIT_START Runtime Version: nodejs:24/);
  expect(out).toContain('1. result\n   {"order":1042,"served":1}\n   cold start: ');
  expect(out).toContain('2. result\n   {"order":1042,"served":2}\n   warm start: ');
  expect(out).toMatch(/\n2 requests +2 × \$0\.0000002 +\$0\.0000004\n/);
});

test('prints JSON, the same every time', async () => {
  const [one, two] = await Promise.all([
    invoke('hello', '--json', '--burst', '2'),
    invoke('hello', '--json', '--burst', '2'),
  ]);
  const result = JSON.parse(one.out) as { name: string; invocations: unknown[]; trace: { type: string }[] };
  expect(result.name).toBe('hello');
  expect(result.invocations).toHaveLength(2);
  expect(result.trace.filter(({ type }) => type === 'environmentCreated')).toHaveLength(2);
  expect(two.out).toBe(one.out);
});

test('a function error is printed, and the command fails with 1', async () => {
  const { code, out } = await invoke('throws');
  expect(code).toBe(1);
  expect(out).toContain('1. function error (Unhandled)\n   {"errorType":"RangeError","errorMessage":"too big"');
});

test.each([
  [['nowhere'], 'There is no folder nowhere.'],
  [['hello/index.mjs'], 'hello/index.mjs is a file. Give the folder that it is in.'],
  [['empty'], 'empty holds no code.'],
  [['bad-yaml'], 'bad-yaml/function.yaml:2: MemorySize must be'],
  [['hello', '--event', 'wrong'], 'hello/events/wrong.json:3:1: is not JSON: unexpected "}".'],
  [['hello', '--payload', '{a:1}'], '--payload:1:2: is not JSON: unexpected "a".'],
  [['hello', '--event', 'nothing'], 'There is no event nothing. The folder has order, wrong.'],
  [
    ['hello', '--memory', '64', '--event', 'order'],
    "ValidationException: 1 validation error detected: Value '64' at 'memorySize'",
  ],
])('%j ends with 2 and says why', async (args, message) => {
  const { code, out, err } = await invoke(...args);
  expect(err).toContain(message);
  expect(err).not.toContain('    at ');
  expect(out).toBe('');
  expect(code).toBe(2);
});
