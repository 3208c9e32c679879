/** Laws of the service that hold for any workload: limits, events, weights, bills, bytes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Account } from '../../../sandbox/account.ts';
import { routeVersion } from '../../../sandbox/lambda/policies/routing.ts';
import { TokenBucket } from '../../../sandbox/lambda/policies/token-bucket.ts';
import type { TraceEvent } from '../../../sandbox/trace.ts';
import { begin, hello } from './story.ts';

interface Step {
  readonly what: 'sync' | 'event' | 'reserve' | 'free' | 'provision' | 'unprovision' | 'update' | 'wait';
  readonly functionName: 'hello' | 'other';
  readonly count: number;
  readonly ms: number;
}

const steps = fc.array(
  fc.record<Step>({
    what: fc.constantFrom<Step['what'][]>(
      'sync',
      'sync',
      'event',
      'event',
      'reserve',
      'free',
      'provision',
      'unprovision',
      'update',
      'wait',
    ),
    functionName: fc.constantFrom('hello' as const, 'other' as const),
    count: fc.integer({ min: 0, max: 12 }),
    ms: fc.integer({ min: 0, max: 200_000 }),
  }),
  { minLength: 5, maxLength: 25 },
);

const limit = 108;

/** Plays the steps in an account of 108 concurrent executions, with functions that fail now and then. */
async function play(plan: readonly Step[], seed = 7): Promise<Account> {
  let calls = 0;
  const { account } = await begin(
    {
      handler: () => {
        calls += 1;
        if (calls % 5 === 0) return { ms: 40, fail: { payload: '{"errorMessage":"x"}', errorType: 'E' } };
        if (calls % 11 === 0) return { ms: 0, hang: true };
        return { ms: (calls % 7) * 900, respond: '1' };
      },
    },
    { Timeout: 8, Publish: true },
    { concurrentExecutions: limit, seed },
  );
  const { lambda, clock } = account;
  await lambda.createFunction({ ...hello, FunctionName: 'other', Publish: true, Timeout: 8 });
  for (const { what, functionName: FunctionName, count, ms } of plan) {
    const provisioned = { FunctionName, Qualifier: '1' };
    const tries: Record<Step['what'], () => Promise<unknown> | undefined> = {
      sync: () => {
        for (let n = 0; n < count; n += 1) {
          lambda.invoker.invokeSync(`${FunctionName}:1`, '{}', { kind: 'account' }, () => undefined);
        }
        return undefined;
      },
      event: () => {
        for (let n = 0; n < count; n += 1) lambda.invoker.invokeAsync(FunctionName, '{}', { kind: 'account' });
        return undefined;
      },
      reserve: () => lambda.putFunctionConcurrency({ FunctionName, ReservedConcurrentExecutions: count % 5 }),
      free: () => lambda.deleteFunctionConcurrency({ FunctionName }),
      provision: () =>
        lambda.putProvisionedConcurrencyConfig({ ...provisioned, ProvisionedConcurrentExecutions: 1 + (count % 4) }),
      unprovision: () => lambda.deleteProvisionedConcurrencyConfig(provisioned),
      update: () => lambda.updateFunctionConfiguration({ FunctionName, Description: String(ms) }),
      wait: () => undefined,
    };
    // A refusal for want of room is part of the play.
    await tries[what]()?.catch(() => undefined);
    clock.advance({ milliseconds: ms });
  }
  for (const qualifier of ['hello', 'other']) {
    await lambda.deleteProvisionedConcurrencyConfig({ FunctionName: qualifier, Qualifier: '1' });
  }
  clock.advance({ hours: 13 });
  return account;
}

/** The most requests that were in environments at once, all together. */
function mostInFlight(trace: readonly TraceEvent[]): number {
  let inFlight = 0;
  let most = 0;
  for (const event of trace) {
    if (event.type === 'requestPlaced') inFlight += 1;
    if (event.type === 'invocationReported') inFlight -= 1;
    most = Math.max(most, inFlight);
  }
  expect(inFlight).toBe(0);
  return most;
}

test('concurrent executions never exceed the account, and an environment serves one request at a time', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (plan) => {
      const { trace } = await play(plan);
      expect(mostInFlight(trace)).toBeLessThanOrEqual(limit);
      const busy = new Set<string>();
      for (const event of trace) {
        if (event.type === 'requestPlaced') {
          expect(busy.has(event.environmentId)).toBe(false);
          busy.add(event.environmentId);
        } else if (event.type === 'invocationReported') busy.delete(event.environmentId);
      }
    }),
    { numRuns: 30 },
  );
});

test('what a function has reserved it never exceeds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 8 }),
      fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 20 }),
      async (reserved, bursts) => {
        const { account } = await begin({ handler: () => ({ ms: 700, respond: '1' }) });
        await account.lambda.putFunctionConcurrency({ FunctionName: 'hello', ReservedConcurrentExecutions: reserved });
        for (const burst of bursts) {
          for (let n = 0; n < burst; n += 1) {
            account.lambda.invoker.invokeSync('hello', '{}', { kind: 'account' }, () => undefined);
          }
          account.clock.advance({ milliseconds: 300 });
        }
        account.clock.advance({ minutes: 1 });
        expect(mostInFlight(account.trace)).toBeLessThanOrEqual(reserved);
      },
    ),
    { numRuns: 30 },
  );
});

test('every request is served or throttled; every event ends once, and its rest goes to one place', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (plan) => {
      const { trace, lambda } = await play(plan);
      expect(lambda.queuedEvents).toBe(0);
      const fates = new Map<string, string[]>();
      for (const event of trace) {
        if (event.type === 'requestArrived') fates.set(event.requestId, [event.invocationType]);
        else if ('requestId' in event) fates.get(event.requestId ?? '')?.push(event.type);
      }
      for (const [kind, ...fate] of fates.values()) {
        const times = (type: TraceEvent['type']): number => fate.filter((name) => name === type).length;
        if (kind === 'Event') expect(times('eventEnded')).toBe(1);
        else expect(times('responseSent') + times('requestThrottled')).toBe(1);
      }
      const ended = trace.filter((event) => event.type === 'eventEnded');
      const failed = ended.filter(({ condition }) => condition !== 'Success');
      expect(trace.filter(({ type }) => type === 'eventDropped')).toHaveLength(failed.length);
    }),
    { numRuns: 30 },
  );
});

test('the bill is the sum of its lines, and its lines hold all that was metered', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (plan) => {
      const account = await play(plan);
      const { lines, total } = account.bill();
      expect(total).toBeCloseTo(
        lines.reduce((sum, { amount }) => sum + amount, 0),
        15,
      );
      const metered = new Map<string, number>();
      for (const event of account.trace) {
        if (event.type !== 'usageMetered') continue;
        metered.set(event.meter, (metered.get(event.meter) ?? 0) + event.quantity);
      }
      const billed = (id: string): number =>
        lines.filter((line) => line.id === id).reduce((sum, { quantity }) => sum + quantity, 0);
      expect(billed('requests')).toBe(metered.get('requests') ?? 0);
      expect(billed('provisioned-capacity')).toBeCloseTo(metered.get('provisioned-capacity-gb-seconds') ?? 0, 6);
      expect(billed('provisioned-compute')).toBeCloseTo(metered.get('provisioned-gb-seconds') ?? 0, 6);
      expect(billed('compute')).toBeCloseTo(metered.get('gb-seconds') ?? 0, 6);
    }),
    { numRuns: 15 },
  );
});

test('the same seed and steps give the same bytes', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.integer({ min: 0, max: 1000 }), async (plan, seed) => {
      const [one, two] = [await play(plan, seed), await play(plan, seed)];
      expect(JSON.stringify(one.trace)).toBe(JSON.stringify(two.trace));
    }),
    { numRuns: 10 },
  );
});

test('a weighted alias gives each version its share, whatever the weight', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100 }), (percent) => {
      const weight = percent / 100;
      const draws = 10_000;
      let other = 0;
      for (let draw = 0; draw < draws; draw += 1) {
        if (routeVersion('1', { 2: weight }, (draw + 0.5) / draws) === '2') other += 1;
      }
      expect(Math.abs(other - weight * draws)).toBeLessThanOrEqual(1);
    }),
  );
});

test('a bucket gives out at most its capacity and what has flowed in since', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 100 }),
      fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 200 }),
      (capacity, perSecond, gaps) => {
        const rule = { capacity, tokensPerMs: perSecond / 1000 };
        const bucket = new TokenBucket(rule, 0);
        let now = 0;
        let taken = 0;
        for (const gap of gaps) {
          now += gap;
          if (bucket.take(now, rule)) taken += 1;
        }
        expect(taken).toBeLessThanOrEqual(capacity + (now * perSecond) / 1000 + 1e-3);
        if (gaps.length <= capacity) expect(taken).toBe(gaps.length);
      },
    ),
  );
});
