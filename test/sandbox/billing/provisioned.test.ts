/** The bill of provisioned concurrency and of large events, with the worked examples of AWS's pricing page. */
import { expect, test } from 'vitest';
import type { Bill } from '../../../sandbox/billing/bill.ts';
import { createBill } from '../../../sandbox/billing/create-bill.ts';
import { readPrices } from '../../../sandbox/billing/prices.ts';
import { Usage } from '../../../sandbox/billing/usage.ts';
import { defaultFacts } from '../../../sandbox/default-facts.ts';
import type { UsageMetered } from '../../../sandbox/trace.ts';

type Metered = Pick<UsageMetered, 'meter' | 'quantity'> & Partial<Pick<UsageMetered, 'architecture' | 'sizeMB'>>;

function billOf(metered: readonly Metered[], freeTier = false): Bill {
  const usage = new Usage();
  for (const part of metered) {
    usage.add({ type: 'usageMetered', time: 0, functionName: 'hello', architecture: 'x86_64', ...part });
  }
  return createBill(usage, readPrices(defaultFacts, 'us-east-1'), freeTier);
}

const capacity = (concurrency: number, hours: number): Metered => ({
  meter: 'provisioned-capacity-gb-seconds',
  quantity: concurrency * hours * 3600,
  sizeMB: 1024,
});

test('a thousand at 1,024 MB for two hours, 1.2 million requests of one second', () => {
  const month: Metered[] = [
    { meter: 'requests', quantity: 1_200_000 },
    capacity(1000, 2),
    { meter: 'provisioned-gb-seconds', quantity: 1_200_000, sizeMB: 1024 },
  ];
  const { lines, total } = billOf(month);
  expect(lines.map(({ id, amount }) => [id, amount.toFixed(2)])).toEqual([
    ['requests', '0.24'],
    ['provisioned-capacity', '30.00'],
    ['provisioned-compute', '11.67'],
  ]);
  expect(total.toFixed(2)).toBe('41.91');
  expect(lines[1]).toMatchObject({
    label: 'provisioned concurrency 7200000.000 s × 1 GB',
    formula: '7,200,000 GB-s × $0.0000041667',
    facts: ['price-pc-x86'],
    unit: 'GB-seconds',
  });
});

test('ten kept ready for a month of 730 hours, without a request', () => {
  expect(billOf([capacity(10, 730)]).total.toFixed(2)).toBe('109.50');
  expect(billOf([{ ...capacity(10, 730), architecture: 'arm64' }]).total.toFixed(2)).toBe('87.60');
});

test('the free tier covers requests, but no second of provisioned concurrency', () => {
  const month: Metered[] = [
    { meter: 'requests', quantity: 1000 },
    capacity(1, 1),
    { meter: 'provisioned-gb-seconds', quantity: 100, sizeMB: 1024 },
    { meter: 'gb-seconds', quantity: 100, sizeMB: 1024 },
  ];
  const { lines } = billOf(month, true);
  expect(lines.map(({ id, freeQuantity, amount }) => [id, freeQuantity, amount > 0])).toEqual([
    ['requests', 1000, false],
    ['compute', 100, false],
    ['provisioned-capacity', 0, true],
    ['provisioned-compute', 0, true],
  ]);
});

test('both architectures have lines of their own', () => {
  const both: Metered[] = [
    { ...capacity(1, 1), architecture: 'arm64' },
    { ...capacity(1, 1), architecture: 'x86_64' },
  ];
  expect(billOf(both).lines.map(({ id, architecture }) => [id, architecture])).toEqual([
    ['requests', undefined],
    ['provisioned-capacity', 'x86_64'],
    ['provisioned-capacity', 'arm64'],
  ]);
});
