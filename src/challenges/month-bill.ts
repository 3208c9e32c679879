/**
 * What a month costs in which the requests of a run repeat until there were so many: Lambda's own lines, and what
 * CloudWatch Logs charges for taking in the log. No free tier, one Region, storage of logs left out.
 */
import type { BillLine } from '../../sandbox/billing/bill.ts';
import { createBill } from '../../sandbox/billing/create-bill.ts';
import { readPrices } from '../../sandbox/billing/prices.ts';
import { Usage } from '../../sandbox/billing/usage.ts';
import { factNumber, indexFacts, type Fact } from '../../sandbox/facts.ts';
import type { TraceEvent } from '../../sandbox/trace.ts';
import { priceFacts, readLogLines } from '../components/runner/trace-readers.ts';

export interface MonthLine {
  readonly label: string;
  /** US dollars. */
  readonly amount: number;
}

export interface MonthBill {
  readonly lines: readonly MonthLine[];
  /** US dollars. */
  readonly total: number;
}

/** The ids of the facts that `monthBill` needs. */
export const billFacts: readonly string[] = [...priceFacts, 'logs-ingest-standard'];

/** What each line of the bill is called in a sentence. */
const names: Readonly<Record<BillLine['id'], string>> = {
  requests: 'requests',
  init: 'init',
  compute: 'handler',
  'ephemeral-storage': '/tmp',
  streamed: 'streamed past the first 6 MB',
  traces: 'X-Ray traces',
  'provisioned-capacity': 'provisioned concurrency',
  'provisioned-compute': 'handler on provisioned concurrency',
  'rest-api-requests': 'requests to the REST API',
  'http-api-requests': 'requests to the HTTP API',
  'load-balancer-hours': 'hours of the load balancer',
  'load-balancer-capacity-unit-hours': 'capacity units of the load balancer',
  'nat-gateway-hours': 'hours of NAT gateways',
  'nat-gateway-gigabytes': 'GB through NAT gateways',
  'interface-endpoint-hours': 'hours of interface endpoints',
  'interface-endpoint-gigabytes': 'GB through interface endpoints',
  'public-ipv4-hours': 'hours of public IPv4 addresses',
};

const bytesPerGB = 1024 ** 3;

/** The bill when the requests of `trace` repeat until there were `requests` of them. Zero when there are none to repeat. */
export function monthBill(trace: readonly TraceEvent[], requests: number, facts: readonly Fact[]): MonthBill {
  const run = trace.filter(({ type }) => type === 'requestArrived').length;
  const factor = run === 0 ? 0 : requests / run;
  const prices = indexFacts(facts);
  const usage = new Usage();
  for (const event of trace) {
    if (event.type === 'usageMetered') usage.add({ ...event, quantity: event.quantity * factor });
    // Hours do not repeat with the requests.
    else if (event.type === 'httpUsageMetered' && event.meter.endsWith('-requests')) {
      usage.add({ ...event, quantity: event.quantity * factor });
    } else if (event.type === 'networkUsageMetered' && event.meter.endsWith('-gigabytes')) {
      usage.add({ ...event, quantity: event.quantity * factor });
    }
  }
  const { lines } = createBill(usage, readPrices(prices, 'us-east-1'), false);
  const gigabytes = (logBytes(trace) * factor) / bytesPerGB;
  const all = [
    ...lines.map(({ id, amount }) => ({ label: names[id], amount })),
    {
      label: `${gigabytes.toFixed(1)} GB of logs`,
      amount: gigabytes * factNumber(prices, 'logs-ingest-standard', 'tiers.0.usd'),
    },
  ];
  return { lines: all, total: all.reduce((sum, { amount }) => sum + amount, 0) };
}

/** Bytes of all log events in UTF-8, platform lines included. */
function logBytes(trace: readonly TraceEvent[]): number {
  const encoder = new TextEncoder();
  return readLogLines(trace).reduce((sum, { text }) => sum + encoder.encode(text).length, 0);
}

/** `$12.34` */
export const sayDollars = (amount: number): string => `$${amount.toFixed(2)}`;
