/** The sandbox's own readers of a trace, as the page uses them: the log, the bill, the money curve. Nothing runs here. */
import { createBill } from '../../../sandbox/billing/create-bill.ts';
import type { Bill } from '../../../sandbox/billing/bill.ts';
import { readPrices } from '../../../sandbox/billing/prices.ts';
import { isUsage, Usage } from '../../../sandbox/billing/usage.ts';
import { indexFacts, type Fact } from '../../../sandbox/facts.ts';
import type { TraceEvent } from '../../../sandbox/trace.ts';
import { logLines, type LogLine } from '../../../sandbox/worker/client.ts';
import type { MoneyPoint } from '../timeline/money.ts';

/** The Region whose prices the course uses. */
const region = 'us-east-1';

/** What was logged, platform lines included. */
export function readLogLines(trace: readonly TraceEvent[]): readonly LogLine[] {
  return logLines(trace);
}

/** The bill of what a trace used. */
export function readBill(trace: readonly TraceEvent[], prices: readonly Fact[], freeTier: boolean): Bill {
  const usage = new Usage();
  for (const event of trace) if (isUsage(event)) usage.add(event);
  return createBill(usage, readPrices(indexFacts(prices), region), freeTier);
}

/** What had been spent at each moment at which something was metered. */
export function readMoney(
  trace: readonly TraceEvent[],
  facts: readonly Fact[],
  freeTier: boolean,
): readonly MoneyPoint[] {
  const usage = new Usage();
  const prices = readPrices(indexFacts(facts), region);
  const points: MoneyPoint[] = [];
  const environments = new Map<string, string>();
  /** Since when each environment has been at work. */
  const working = new Map<string, number>();
  for (const event of trace) {
    if (event.type === 'requestPlaced') environments.set(event.requestId, event.environmentId);
    else if (event.type === 'environmentFrozen') working.delete(event.environmentId);
    else if (event.type === 'phaseStarted' && event.phase !== 'create' && !working.has(event.environmentId)) {
      working.set(event.environmentId, event.time);
    }
    if (!isUsage(event)) continue;
    usage.add(event);
    const same = points.at(-1)?.time === event.time ? points.pop() : undefined;
    const requestId = event.type === 'usageMetered' ? event.requestId : undefined;
    const since = same?.since ?? working.get(environments.get(requestId ?? '') ?? '') ?? event.time;
    points.push({ time: event.time, since, amount: createBill(usage, prices, freeTier).total });
  }
  return points;
}

/** The ids of the facts that `readBill` needs. */
export const priceFacts: readonly string[] = [
  'price-requests',
  `price-x86-${region}`,
  `price-arm64-${region}`,
  'price-ephemeral',
  'price-pc-x86',
  'price-pc-arm',
  'free-tier',
  'price-streaming',
  'price-xray',
  'xray-free',
  'price-apigw',
  'price-alb',
  'price-nat',
  'price-interface-endpoint',
  'price-public-ipv4',
];
