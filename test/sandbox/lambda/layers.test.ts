/** Layers: published, merged under /opt, counted and refused. */
import { expect, test } from 'vitest';
import { createAccount } from '../../../sandbox/account.ts';
import { defaultFacts } from '../../../sandbox/default-facts.ts';
import type { Fact } from '../../../sandbox/facts.ts';
import { begin, hello } from './story.ts';

const arn = 'arn:aws:lambda:us-east-1:123456789012:layer';

function factOf(id: string): Fact {
  const fact = defaultFacts.get(id);
  if (fact === undefined) throw new Error(`There is no fact ${id}.`);
  return fact;
}

test('a layer has numbered versions that never change', async () => {
  const { lambda } = (await begin()).account;
  const one = await lambda.publishLayerVersion({
    LayerName: 'greetings',
    Content: { Files: { 'nodejs/node_modules/greet/index.js': 'x' } },
    CompatibleRuntimes: ['nodejs24.x'],
  });
  expect(one).toMatchObject({
    LayerArn: `${arn}:greetings`,
    LayerVersionArn: `${arn}:greetings:1`,
    Version: 1,
    Description: '',
    CreatedDate: '2026-01-05T09:00:00.000+0000',
    CompatibleRuntimes: ['nodejs24.x'],
    Content: { CodeSize: 1 },
  });
  await lambda.publishLayerVersion({ LayerName: 'greetings', Content: { Files: { a: '22' } } });
  expect(await lambda.getLayerVersion({ LayerName: 'greetings', VersionNumber: 1 })).toEqual(one);
  const versions = await lambda.listLayerVersions({ LayerName: 'greetings' });
  expect(versions.LayerVersions.map(({ Version }) => Version)).toEqual([2, 1]);
  const { Layers } = await lambda.listLayers();
  expect(Layers).toMatchObject([{ LayerName: 'greetings', LatestMatchingVersion: { Version: 2 } }]);
  const { Layers: fitting } = await lambda.listLayers({ CompatibleRuntime: 'nodejs24.x' });
  expect(fitting).toMatchObject([{ LayerName: 'greetings', LatestMatchingVersion: { Version: 1 } }]);
  expect((await lambda.listLayers({ CompatibleRuntime: 'python3.14' })).Layers).toEqual([]);
});

test('a function finds the files of its layers under /opt, those of later layers first', async () => {
  const account = await createAccount();
  const { lambda } = account;
  await lambda.publishLayerVersion({
    LayerName: 'first',
    Content: {
      Files: {
        'nodejs/node_modules/greet/index.js': 'module.exports = (name) => `Hello ${name}`;',
        'shared.txt': 'first',
        'only.txt': 'one',
      },
    },
  });
  await lambda.publishLayerVersion({ LayerName: 'second', Content: { Files: { 'shared.txt': 'second' } } });
  const source = `import { readFileSync } from 'node:fs';
    import { createRequire } from 'node:module';
    const greet = createRequire(import.meta.url)('greet');
    export const handler = async () =>
      [greet('Ada'), readFileSync('/opt/shared.txt', 'utf8'), readFileSync('/opt/only.txt', 'utf8')];`;
  await lambda.createFunction({
    ...hello,
    Code: { Files: { 'index.mjs': source } },
    Layers: [`${arn}:first:1`, `${arn}:second:1`],
  });
  expect((await lambda.invoke({ FunctionName: 'hello' })).Payload).toBe('["Hello Ada","second","one"]');
  account.dispose();
});

test('a function says which layers it has, and keeps one that is deleted', async () => {
  const { account, processes } = await begin();
  const { lambda } = account;
  await lambda.publishLayerVersion({ LayerName: 'data', Content: { Files: { 'a.txt': 'abc' } } });
  const configuration = await lambda.updateFunctionConfiguration({ FunctionName: 'hello', Layers: [`${arn}:data:1`] });
  expect(configuration.Layers).toEqual([{ Arn: `${arn}:data:1`, CodeSize: 3 }]);
  await lambda.deleteLayerVersion({ LayerName: 'data', VersionNumber: 1 });
  await lambda.updateFunctionConfiguration({ FunctionName: 'hello', Timeout: 9 });
  await lambda.invoke({ FunctionName: 'hello' });
  expect(processes[0]?.configuration.layers).toEqual({ 'a.txt': 'abc' });
  await expect(lambda.getLayerVersion({ LayerName: 'data', VersionNumber: 1 })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'The resource you requested does not exist.',
  });
  await lambda.createFunction({ ...hello, FunctionName: 'other' });
  await expect(
    lambda.updateFunctionConfiguration({ FunctionName: 'other', Layers: [`${arn}:data:1`] }),
  ).rejects.toThrow(`Layer version ${arn}:data:1 does not exist.`);
  expect((await lambda.updateFunctionConfiguration({ FunctionName: 'hello', Layers: [] })).Layers).toBeUndefined();
  // The number of a deleted version is not used again.
  const next = await lambda.publishLayerVersion({ LayerName: 'data', Content: { Files: { 'a.txt': 'abc' } } });
  expect(next.Version).toBe(2);
});

test('layers make a package larger: it takes longer to fetch, and the limit counts both', async () => {
  // A limit of 5 MB and a slow network keep the test small.
  const facts = new Map(defaultFacts);
  const change = (id: string, value: unknown): unknown => facts.set(id, { ...factOf(id), value });
  change('unzipped-250', 5);
  change('timing-fetch-zip', { baseMs: 0, perMB: 1000 });
  const { lambda } = (await begin({}, {}, { facts })).account;
  const megabytes = (count: number) => ({ Files: { 'big.bin': new Uint8Array(count * 1024 * 1024) } });
  await lambda.publishLayerVersion({ LayerName: 'big', Content: megabytes(3) });
  await lambda.publishLayerVersion({ LayerName: 'small', Content: megabytes(1) });
  const bare = await lambda.invoke({ FunctionName: 'hello' });
  await lambda.updateFunctionConfiguration({ FunctionName: 'hello', Layers: [`${arn}:big:1`] });
  const layered = await lambda.invoke({ FunctionName: 'hello' });
  const created = ({ trace }: typeof bare): number => (trace.phases[0]?.end ?? 0) - (trace.phases[0]?.start ?? 0);
  expect(created(bare)).toBeLessThan(500);
  expect(created(layered)).toBeGreaterThan(3000);

  const both = [`${arn}:big:1`, `${arn}:small:1`];
  expect((await lambda.updateFunctionConfiguration({ FunctionName: 'hello', Layers: both })).Layers).toHaveLength(2);
  await expect(lambda.updateFunctionCode({ FunctionName: 'hello', ...megabytes(2) })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message:
      'Function code combined with layers exceeds the maximum allowed size of 5242880 bytes. The actual size is 6291456 bytes.',
  });
});

test.each([
  [
    'six layers',
    ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${arn}:${name}:1`),
    'Cannot reference more than 5 layers.',
  ],
  [
    'two versions of a layer',
    [`${arn}:a:1`, `${arn}:a:2`],
    'Two different versions of the same layer are not allowed to be referenced in the same function.',
  ],
  ['a layer of another account', ['arn:aws:lambda:us-east-1:999999999999:layer:a:1'], 'does not exist'],
  ['a layer without a version', [`${arn}:a`], "at 'layers' failed to satisfy constraint"],
])('refuses %s', async (_what, Layers, message) => {
  const { lambda } = (await begin()).account;
  for (const LayerName of ['a', 'a', 'b', 'c', 'd', 'e', 'f']) {
    await lambda.publishLayerVersion({ LayerName, Content: { Files: { x: LayerName } } });
  }
  await expect(lambda.createFunction({ ...hello, FunctionName: 'other', Layers })).rejects.toThrow(message);
});

test('SnapStart is refused: Node.js does not have it', async () => {
  const { lambda } = (await begin()).account;
  await expect(
    lambda.updateFunctionConfiguration({ FunctionName: 'hello', SnapStart: { ApplyOn: 'PublishedVersions' } }),
  ).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: 'nodejs24.x is not supported for SnapStart enabled functions.',
  });
  const same = await lambda.updateFunctionConfiguration({ FunctionName: 'hello', SnapStart: { ApplyOn: 'None' } });
  expect(same.SnapStart).toEqual({ ApplyOn: 'None', OptimizationStatus: 'Off' });
});
