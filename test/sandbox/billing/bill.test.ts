/** From meters to the bill: formulas, tiers, the free tier, and what must hold for any usage. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Bill } from '../../../sandbox/billing/bill.ts';
import { createAccount } from '../../../sandbox/account.ts';
import { createBill, sliceByTier } from '../../../sandbox/billing/create-bill.ts';
import { decimal } from '../../../sandbox/billing/numbers.ts';
import { readPrices } from '../../../sandbox/billing/prices.ts';
import { Usage } from '../../../sandbox/billing/usage.ts';
import { defaultFacts } from '../../../sandbox/default-facts.ts';
import type { UsageMetered } from '../../../sandbox/trace.ts';
import { begin } from '../lambda/story.ts';

const prices = readPrices(defaultFacts, 'us-east-1');

type Metered = Pick<UsageMetered, 'meter' | 'architecture' | 'quantity'> & { readonly sizeMB?: number };

function billOf(metered: readonly Metered[], freeTier = false): Bill {
  const usage = new Usage();
  for (const part of metered) usage.add({ type: 'usageMetered', time: 0, functionName: 'hello', ...part });
  return createBill(usage, prices, freeTier);
}

/** `milliseconds` at `sizeMB` in GB-seconds. */
const gbSeconds = (milliseconds: number, sizeMB: number): number => (milliseconds * sizeMB) / 1_024_000;

test('a cold and a warm invocation at 128 MB on arm64', async () => {
  const { account } = await begin();
  await account.lambda.invoke({ FunctionName: 'hello' });
  await account.lambda.invoke({ FunctionName: 'hello' });
  const bill = account.bill();
  expect(bill.lines).toEqual([
    {
      id: 'requests',
      label: '2 requests',
      formula: '2 × $0.0000002',
      facts: ['price-requests'],
      freeQuantity: 0,
      quantity: 2,
      unit: 'requests',
      amount: 0.4 / 1_000_000,
    },
    {
      id: 'init',
      architecture: 'arm64',
      label: 'init 0.130 s × 0.125 GB',
      formula: '0.01625 GB-s × $0.0000133334',
      facts: ['price-arm64-us-east-1'],
      freeQuantity: 0,
      quantity: 0.01625,
      unit: 'GB-seconds',
      amount: 0.01625 * 0.0000133334,
    },
    {
      id: 'compute',
      architecture: 'arm64',
      label: 'handler 0.020 s × 0.125 GB',
      formula: '0.0025 GB-s × $0.0000133334',
      facts: ['price-arm64-us-east-1'],
      freeQuantity: 0,
      quantity: 0.0025,
      unit: 'GB-seconds',
      amount: 0.0025 * 0.0000133334,
    },
  ]);
  expect(bill.total).toBeCloseTo(0.0000004 + 0.01875 * 0.0000133334, 15);
});

test('storage beyond the included is a line of its own', async () => {
  const { account } = await begin({}, { EphemeralStorage: { Size: 1536 } });
  await account.lambda.invoke({ FunctionName: 'hello' });
  expect(account.bill().lines.at(-1)).toMatchObject({
    id: 'ephemeral-storage',
    label: '/tmp beyond the included, 0.140 s × 1 GB',
    formula: '0.14 GB-s × $0.0000000309',
    quantity: 0.14,
    facts: ['price-ephemeral'],
  });
});

test('two million requests of 400 ms at 128 MB, with and without the free tier', () => {
  const month: Metered[] = [
    { meter: 'requests', architecture: 'x86_64', quantity: 2_000_000 },
    { meter: 'gb-seconds', architecture: 'x86_64', quantity: gbSeconds(400 * 2_000_000, 128), sizeMB: 128 },
  ];
  expect(billOf(month).total).toBeCloseTo(2.07, 2);
  const free = billOf(month, true);
  expect(free.total).toBeCloseTo(0.2, 10);
  expect(free.lines[1]).toMatchObject({ formula: '(100,000 − 100,000 free) GB-s × $0.0000166667', amount: 0 });
  expect(free.lines.map(({ facts }) => facts)).toEqual([
    ['price-requests', 'free-tier'],
    ['price-x86-us-east-1', 'free-tier'],
  ]);
});

test('the free tier is shared by both architectures', () => {
  const { lines } = billOf(
    [
      { meter: 'gb-seconds', architecture: 'arm64', quantity: 300_000 },
      { meter: 'gb-seconds', architecture: 'x86_64', quantity: 300_000 },
    ],
    true,
  );
  expect(lines.map(({ architecture, freeQuantity }) => [architecture, freeQuantity])).toEqual([
    [undefined, 0],
    ['x86_64', 300_000],
    ['arm64', 100_000],
  ]);
});

test.each([
  ['x86_64', 6_000_000_000, '6,000,000,000 GB-s × $0.0000166667'],
  ['x86_64', 6_000_000_001, '6,000,000,000 GB-s × $0.0000166667 + 1 GB-s × $0.000015'],
  [
    'x86_64',
    15_000_000_001,
    '6,000,000,000 GB-s × $0.0000166667 + 9,000,000,000 GB-s × $0.000015 + 1 GB-s × $0.0000133334',
  ],
  ['arm64', 7_500_000_001, '7,500,000,000 GB-s × $0.0000133334 + 1 GB-s × $0.0000120001'],
] as const)('tiers of %s at %i GB-seconds', (architecture, quantity, formula) => {
  const [, line] = billOf([{ meter: 'gb-seconds', architecture, quantity }]).lines;
  expect(line?.formula).toBe(formula);
});

test('init and handler share the tiers', () => {
  const { lines } = billOf([
    { meter: 'init-gb-seconds', architecture: 'x86_64', quantity: 5_999_999_999 },
    { meter: 'gb-seconds', architecture: 'x86_64', quantity: 3 },
  ]);
  expect(lines[2]?.formula).toBe('1 GB-s × $0.0000166667 + 2 GB-s × $0.000015');
});

test('several sizes are several terms', () => {
  const { lines } = billOf([
    { meter: 'gb-seconds', architecture: 'arm64', quantity: gbSeconds(2000, 1024), sizeMB: 1024 },
    { meter: 'gb-seconds', architecture: 'arm64', quantity: gbSeconds(500, 128), sizeMB: 128 },
  ]);
  expect(lines[1]?.label).toBe('handler 0.500 s × 0.125 GB + 2.000 s × 1 GB');
});

test('nothing used costs nothing', () => {
  expect(billOf([])).toEqual({
    lines: [
      {
        id: 'requests',
        label: '0 requests',
        formula: '0 × $0.0000002',
        facts: ['price-requests'],
        freeQuantity: 0,
        quantity: 0,
        unit: 'requests',
        amount: 0,
      },
    ],
    total: 0,
    freeTier: false,
    currency: 'USD',
  });
});

test('a Region without prices is refused by name', () => {
  expect(() => readPrices(defaultFacts, 'mars-north-1')).toThrow('There are no prices for the Region mars-north-1');
});

test('numbers in formulas', () => {
  expect([0, 1234567.5, 0.0000000309, 1000, 999.9, 0.09875].map((value) => decimal(value))).toEqual([
    '0',
    '1,234,567.5',
    '0.0000000309',
    '1,000',
    '999.9',
    '0.09875',
  ]);
});

const architecture = fc.constantFrom<'x86_64' | 'arm64'>('x86_64', 'arm64');
const metered: fc.Arbitrary<Metered> = fc.oneof(
  fc.record({
    meter: fc.constant<'requests'>('requests'),
    architecture,
    quantity: fc.integer({ min: 1, max: 3_000_000 }),
  }),
  fc
    .record({
      meter: fc.constantFrom<'init-gb-seconds' | 'gb-seconds' | 'ephemeral-storage-gb-seconds'>(
        'init-gb-seconds',
        'gb-seconds',
        'ephemeral-storage-gb-seconds',
      ),
      architecture,
      sizeMB: fc.integer({ min: 128, max: 10_240 }),
      milliseconds: fc.integer({ min: 1, max: 2_000_000_000 }),
    })
    .map(({ milliseconds, ...rest }) => ({ ...rest, quantity: gbSeconds(milliseconds, rest.sizeMB) })),
);
const month = fc.array(metered, { maxLength: 20 });

test('the total is the sum of the lines, and free quantities are part of the quantities', () => {
  fc.assert(
    fc.property(month, fc.boolean(), (parts, freeTier) => {
      const { lines, total } = billOf(parts, freeTier);
      expect(total).toBe(lines.reduce((sum, { amount }) => sum + amount, 0));
      for (const { amount, quantity, freeQuantity } of lines) {
        expect(amount).toBeGreaterThanOrEqual(0);
        expect(freeQuantity).toBeLessThanOrEqual(quantity);
        if (!freeTier) expect(freeQuantity).toBe(0);
      }
    }),
  );
});

test('the order in which usage is metered changes nothing', () => {
  fc.assert(
    fc.property(
      month.chain((parts) => fc.tuple(fc.constant(parts), fc.shuffledSubarray(parts, { minLength: parts.length }))),
      fc.boolean(),
      ([parts, shuffled], freeTier) => {
        expect(billOf(shuffled, freeTier)).toEqual(billOf(parts, freeTier));
      },
    ),
  );
});

test('more usage is never cheaper, and the free tier never dearer', () => {
  fc.assert(
    fc.property(month, metered, fc.boolean(), (parts, more, freeTier) => {
      const before = billOf(parts, freeTier).total;
      expect(billOf([...parts, more], freeTier).total).toBeGreaterThanOrEqual(before - 1e-9);
      expect(billOf(parts, true).total).toBeLessThanOrEqual(billOf(parts, false).total);
    }),
  );
});

test('tiers cover a quantity completely, wherever it begins', () => {
  const tiers = prices.compute.x86_64;
  const quantity = fc.integer({ min: 0, max: 20_000_000_000 });
  fc.assert(
    fc.property(quantity, quantity, (before, amount) => {
      const slices = sliceByTier(tiers, before, amount);
      expect(slices.reduce((sum, { gbSeconds: part }) => sum + part, 0)).toBe(amount);
      expect(slices.length).toBeGreaterThan(0);
      const whole = sliceByTier(tiers, 0, before + amount).reduce((sum, slice) => sum + slice.gbSeconds * slice.usd, 0);
      const split = [...sliceByTier(tiers, 0, before), ...slices].reduce(
        (sum, slice) => sum + slice.gbSeconds * slice.usd,
        0,
      );
      expect(split).toBeCloseTo(whole, 4);
    }),
  );
});

test('what a response streams past the first 6 MB, and the traces that are recorded', () => {
  const metered: readonly Metered[] = [
    { meter: 'requests', architecture: 'arm64', quantity: 2 },
    { meter: 'streamed-bytes', architecture: 'arm64', quantity: 536_870_912 },
    { meter: 'streamed-bytes', architecture: 'x86_64', quantity: 536_870_912 },
    { meter: 'traces', architecture: 'arm64', quantity: 1500 },
  ];
  expect(billOf(metered).lines.slice(1)).toEqual([
    {
      id: 'streamed',
      label: '1,073,741,824 bytes streamed past the first 6 MB',
      formula: '1 GB × $0.008',
      facts: ['price-streaming'],
      freeQuantity: 0,
      quantity: 1,
      unit: 'GB',
      amount: 0.008,
    },
    {
      id: 'traces',
      label: '1,500 traces recorded by X-Ray',
      formula: '1,500 × $0.000005',
      facts: ['price-xray'],
      freeQuantity: 0,
      quantity: 1500,
      unit: 'traces',
      amount: expect.closeTo(0.0075, 12) as number,
    },
  ]);
  const free = billOf(metered, true).lines.slice(1);
  expect(free.map(({ formula, amount }) => [formula, amount])).toEqual([
    ['(1 − 1 free) GB × $0.008', 0],
    ['(1,500 − 1,500 free) × $0.000005', 0],
  ]);
});

test('a function with active tracing pays for each trace that it begins, and one that streams for what is long', async () => {
  const account = await createAccount();
  const begins = { Runtime: 'nodejs24.x', Handler: 'index.handler', MemorySize: 512, Timeout: 60 };
  await account.lambda.createFunction({
    ...begins,
    FunctionName: 'traced',
    TracingConfig: { Mode: 'Active' },
    Code: { Files: { 'index.mjs': 'export const handler = async () => 1;' } },
  });
  const streams = (megabytes: number) => ({
    'index.mjs': `export const handler = awslambda.streamifyResponse(async (event, stream) => {
      for (let count = 0; count < ${megabytes}; count += 1) stream.write('x'.repeat(1024 * 1024));
      stream.end();
    });`,
  });
  await account.lambda.createFunction({ ...begins, FunctionName: 'long', Code: { Files: streams(8) } });
  await account.lambda.createFunction({ ...begins, FunctionName: 'short', Code: { Files: streams(6) } });
  for (const FunctionName of ['traced', 'short', 'long']) await account.lambda.invoke({ FunctionName });
  account.clock.advance({ minutes: 1 });
  const extra = account.bill().lines.filter(({ id }) => id === 'traces' || id === 'streamed');
  expect(extra.map(({ label }) => label)).toEqual([
    '2,097,152 bytes streamed past the first 6 MB',
    '1 trace recorded by X-Ray',
  ]);
  account.dispose();
});
