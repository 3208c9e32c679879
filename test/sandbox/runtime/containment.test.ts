/** Whatever a function does, the request ends as Lambda would end it, the host is untouched and the next run works. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAccount, type Account } from '../../../sandbox/account.ts';
import { loadEngine } from '../../../sandbox/runtime/engine.ts';
import { fuzzSeed, hostileEvent, hostileProgram } from './hostile-programs.ts';

const harmless = 'export const handler = async () => "harmless";';

async function accountWith(source: string, timeoutSeconds = 3): Promise<Account> {
  const account = await createAccount({ seed: 7 });
  await account.lambda.createFunction({
    FunctionName: 'hostile',
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: { Files: { 'index.mjs': source } },
    MemorySize: 192,
    Timeout: timeoutSeconds,
  });
  return account;
}

async function runThenRunHarmless(source: string, event: string) {
  const account = await accountWith(source);
  try {
    const result = await account.lambda.invoke({ FunctionName: 'hostile', Payload: event });
    await account.lambda.updateFunctionCode({ FunctionName: 'hostile', Files: { 'index.mjs': harmless } });
    const next = await account.lambda.invoke({ FunctionName: 'hostile', Payload: '{}' });
    return { result, next, trace: account.trace };
  } finally {
    account.dispose();
  }
}

describe('containment', () => {
  test('any generated program and event ends in an answer, and the next run works', { timeout: 120_000 }, async () => {
    const globalsBefore = Object.getOwnPropertyNames(globalThis).sort();
    await fc.assert(
      fc.asyncProperty(hostileProgram, hostileEvent, async (program, event) => {
        const { result, next, trace } = await runThenRunHarmless(program, event);
        expect(result.StatusCode).toBe(200);
        expect(() => void JSON.parse(result.Payload)).not.toThrow();
        expect(next.Payload).toBe('"harmless"');
        const times = trace.map((entry) => entry.time);
        expect(times).toEqual([...times].sort((a, b) => a - b));
      }),
      { numRuns: 60, seed: fuzzSeed, endOnFailure: true },
    );
    expect(Object.getOwnPropertyNames(globalThis).sort()).toEqual(globalsBefore);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('a million log lines end with the run, not with the tab', { timeout: 60_000 }, async () => {
    const source = 'export const handler = async () => { for (let i = 0; i < 1e6; i++) console.log(i); };';
    const { result, next, trace } = await runThenRunHarmless(source, '{}');
    expect(JSON.parse(result.Payload)).toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect(trace.filter((entry) => entry.type === 'logWritten').length).toBeLessThan(100_000);
    expect(next.Payload).toBe('"harmless"');
  });

  test('markup in logs and results stays text', async () => {
    const source = `export const handler = async (event) => { console.log('<img src=x onerror=alert(1)>'); return event.html; };`;
    const { result } = await runThenRunHarmless(source, '{"html":"<script>alert(1)</script>"}');
    expect(result.Payload).toBe('"<script>alert(1)</script>"');
    expect(result.trace.logs.some((line) => line.endsWith('<img src=x onerror=alert(1)>'))).toBe(true);
  });

  test('__proto__ in an event is a key like any other', async () => {
    const source = `export const handler = async (event) => [Object.keys(event), ({}).polluted ?? null, event.polluted ?? null];`;
    const { result } = await runThenRunHarmless(source, '{"__proto__":{"polluted":true}}');
    expect(result.Payload).toBe('[["__proto__"],null,null]');
  });

  test('lone surrogates cross both ways', async () => {
    const source = 'export const handler = async (event) => [event.half, event.half.length];';
    const { result } = await runThenRunHarmless(source, '{"half":"\\ud83d"}');
    expect(result.Payload).toBe('["\\ud83d",1]');
  });

  test('endless code of every kind times out at 15 minutes with the exact outcome', { timeout: 60_000 }, async () => {
    const endless = [
      'for (;;);',
      'for (;;) await null;',
      'const again = () => process.nextTick(again); again(); await new Promise(() => {});',
      'const again = () => setImmediate(again); again(); await new Promise(() => {});',
      'setInterval(() => {}, 1); await new Promise(() => {});',
      'return /(a+)+$/.test("a".repeat(40) + "b");',
      'try { for (;;); } finally { for (;;); }',
    ];
    for (const body of endless) {
      const account = await accountWith(`export const handler = async () => { ${body} };`, 900);
      const result = await account.lambda.invoke({ FunctionName: 'hostile', Payload: '{}' });
      expect(JSON.parse(result.Payload), body).toEqual({
        errorType: 'Sandbox.Timedout',
        errorMessage: `RequestId: ${result.trace.requestId} Error: Task timed out after 900.00 seconds`,
      });
      expect(result.trace.durationMs, body).toBe(900_000);
      expect(account.trace.filter((entry) => entry.type === 'outcomeConcluded').length, body).toBe(1);
      account.dispose();
    }
  });

  test('memory that goes on growing is concluded to run out, not to time out', { timeout: 30_000 }, async () => {
    const account = await accountWith(
      'export const handler = async () => { const all = new Map(); for (let i = 0; ; i++) all.set(i, { i }); };',
      900,
    );
    await account.lambda.updateFunctionConfiguration({ FunctionName: 'hostile', MemorySize: 3008 });
    const result = await account.lambda.invoke({ FunctionName: 'hostile', Payload: '{}' });
    expect(JSON.parse(result.Payload)).toMatchObject({ errorType: 'Runtime.OutOfMemory' });
    expect(result.trace.maxMemoryUsedMB).toBe(3008);
    account.dispose();
  });

  test('a thousand environments come and go, and the memory is there again', { timeout: 120_000 }, async () => {
    const engine = await loadEngine();
    const account = await createAccount({ seed: 7, engine });
    await account.lambda.createFunction({
      FunctionName: 'leak',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: {
        Files: { 'index.mjs': 'const kept = []; export const handler = async () => kept.push(new Array(1000));' },
      },
    });
    const round = async (times: number): Promise<void> => {
      for (let index = 0; index < times; index += 1) {
        await account.lambda.invoke({ FunctionName: 'leak', Payload: '{}' });
        account.clock.advance({ hours: 1 });
      }
    };
    await round(50);
    const before = engine.memoryBytes;
    await round(950);
    expect(engine.memoryBytes).toBe(before);
    expect(engine.retired).toBe(false);
    expect(account.trace.filter((entry) => entry.type === 'environmentGone').length).toBe(1000);
    account.dispose();
  });
});
