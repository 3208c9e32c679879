/** Meters → lines → bill: what is free, which tier applies, and each formula in words. One billing period. */
import type { Bill, BillLine } from './bill.ts';
import { billable, decimal } from './numbers.ts';
import type { Prices, PriceTier } from './prices.ts';
import { doorLines } from './door-lines.ts';
import { extraLines } from './extra-lines.ts';
import { networkLines } from './network-lines.ts';
import type { Usage, UsageShare } from './usage.ts';

type Architecture = 'x86_64' | 'arm64';

const architectures: readonly Architecture[] = ['x86_64', 'arm64'];

/**
 * The bill of everything that `usage` holds. Free GB-seconds go to x86_64 before arm64 and to init before the
 * handler; what is left is priced by tier, all of an architecture's on-demand GB-seconds counting.
 */
export function createBill(usage: Usage, prices: Prices, freeTier: boolean): Bill {
  const lines = [requestLine(usage, prices, freeTier)];
  let free = freeTier ? prices.free.gbSeconds : 0;
  for (const architecture of architectures) {
    let billedBefore = 0;
    for (const id of ['init', 'compute'] as const) {
      const line = computeLine(usage, prices, { id, architecture, free, billedBefore, freeTier });
      if (line === undefined) continue;
      free -= line.freeQuantity;
      billedBefore += line.quantity - line.freeQuantity;
      lines.push(line);
    }
  }
  for (const architecture of architectures) {
    for (const id of ['provisioned-capacity', 'provisioned-compute'] as const) {
      const line = provisionedLine(usage, prices, id, architecture);
      if (line !== undefined) lines.push(line);
    }
  }
  const storage = storageLine(usage, prices);
  if (storage !== undefined) lines.push(storage);
  lines.push(...extraLines(usage, prices.extras, freeTier));
  lines.push(...doorLines(usage, prices.doors), ...networkLines(usage, prices.networks));
  return { lines, total: lines.reduce((sum, { amount }) => sum + amount, 0), freeTier, currency: 'USD' };
}

function requestLine(usage: Usage, prices: Prices, freeTier: boolean): BillLine {
  const quantity = usage.requests;
  const freeQuantity = freeTier ? Math.min(quantity, prices.free.requests) : 0;
  return {
    id: 'requests',
    label: `${decimal(quantity)} ${quantity === 1 ? 'request' : 'requests'}`,
    formula: `${billable(quantity, freeQuantity, '')} × $${decimal(prices.millionRequestsUSD / 1_000_000)}`,
    facts: freeTier ? [prices.facts.requests, prices.facts.free] : [prices.facts.requests],
    freeQuantity,
    quantity,
    unit: 'requests',
    amount: ((quantity - freeQuantity) * prices.millionRequestsUSD) / 1_000_000,
  };
}

interface ComputePart {
  readonly id: 'init' | 'compute';
  readonly architecture: Architecture;
  /** GB-seconds that are still free. */
  readonly free: number;
  /** Billable GB-seconds of this architecture in the lines before. */
  readonly billedBefore: number;
  readonly freeTier: boolean;
}

function computeLine(usage: Usage, prices: Prices, part: ComputePart): BillLine | undefined {
  const { id, architecture, free, billedBefore, freeTier } = part;
  const meter = id === 'init' ? 'init-gb-seconds' : 'gb-seconds';
  const quantity = usage.gbSeconds(meter, architecture);
  if (quantity === 0) return undefined;
  const freeQuantity = Math.min(quantity, free);
  const slices = sliceByTier(prices.compute[architecture], billedBefore, quantity - freeQuantity);
  const name = id === 'init' ? 'init' : 'handler';
  const facts = [prices.facts.compute[architecture], ...(freeTier ? [prices.facts.free] : [])];
  return {
    id,
    architecture,
    label: `${name} ${sharesText(usage.shares(meter, architecture))}`,
    formula: slices.length > 1 ? tieredFormula(slices) : simpleFormula(quantity, freeQuantity, slices[0]?.usd ?? 0),
    facts,
    freeQuantity,
    quantity,
    unit: 'GB-seconds',
    amount: slices.reduce((sum, slice) => sum + slice.gbSeconds * slice.usd, 0),
  };
}

/** Provisioned concurrency has one price whatever the quantity, and nothing of it is free. */
function provisionedLine(
  usage: Usage,
  prices: Prices,
  id: 'provisioned-capacity' | 'provisioned-compute',
  architecture: Architecture,
): BillLine | undefined {
  const isCapacity = id === 'provisioned-capacity';
  const meter = isCapacity ? 'provisioned-capacity-gb-seconds' : 'provisioned-gb-seconds';
  const quantity = usage.gbSeconds(meter, architecture);
  if (quantity === 0) return undefined;
  const { capacity, compute } = prices.provisioned[architecture];
  const usd = isCapacity ? capacity : compute;
  const name = isCapacity ? 'provisioned concurrency' : 'handler and init, provisioned,';
  return {
    id,
    architecture,
    label: `${name} ${sharesText(usage.shares(meter, architecture))}`,
    formula: simpleFormula(quantity, 0, usd),
    facts: [prices.facts.provisioned[architecture]],
    freeQuantity: 0,
    quantity,
    unit: 'GB-seconds',
    amount: quantity * usd,
  };
}

function storageLine(usage: Usage, prices: Prices): BillLine | undefined {
  const meter = 'ephemeral-storage-gb-seconds';
  const quantity = usage.gbSeconds(meter);
  if (quantity === 0) return undefined;
  return {
    id: 'ephemeral-storage',
    label: `/tmp beyond the included, ${sharesText(usage.shares(meter))}`,
    formula: simpleFormula(quantity, 0, prices.ephemeralStorageUSD),
    facts: [prices.facts.ephemeralStorage],
    freeQuantity: 0,
    quantity,
    unit: 'GB-seconds',
    amount: quantity * prices.ephemeralStorageUSD,
  };
}

interface Slice {
  readonly gbSeconds: number;
  readonly usd: number;
}

/** Splits `quantity` GB-seconds, of which `before` came earlier in the period, over the tiers. Never empty. */
export function sliceByTier(tiers: readonly PriceTier[], before: number, quantity: number): readonly Slice[] {
  const slices: Slice[] = [];
  let from = before;
  let rest = quantity;
  for (const { upToGBs, usd } of tiers) {
    const room = upToGBs === null ? Infinity : Math.max(0, upToGBs - from);
    const gbSeconds = Math.min(rest, room);
    if (gbSeconds > 0 || (slices.length === 0 && rest === 0 && room > 0)) slices.push({ gbSeconds, usd });
    from += gbSeconds;
    rest -= gbSeconds;
    if (rest === 0 && slices.length > 0) break;
  }
  return slices;
}

const simpleFormula = (quantity: number, free: number, usd: number): string =>
  `${billable(quantity, free, ' GB-s')} × $${decimal(usd)}`;

const tieredFormula = (slices: readonly Slice[]): string =>
  slices.map(({ gbSeconds, usd }) => `${decimal(gbSeconds)} GB-s × $${decimal(usd)}`).join(' + ');

/** `0.790 s × 0.125 GB`, one term for each size. */
function sharesText(shares: readonly UsageShare[]): string {
  return shares
    .map(({ gbSeconds, sizeMB }) => {
      if (sizeMB === undefined) return `${decimal(gbSeconds)} GB-s`;
      const gigabytes = sizeMB / 1024;
      return `${(gbSeconds / gigabytes).toFixed(3)} s × ${decimal(gigabytes)} GB`;
    })
    .join(' + ');
}
