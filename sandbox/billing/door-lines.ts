/** Lines of the bill for HTTP front doors: APIs by requests, load balancers by hours. Nothing of them is always free. */
import type { BillLine } from './bill.ts';
import { decimal } from './numbers.ts';
import type { DoorPrices, RequestTier } from './prices.ts';
import type { Usage } from './usage.ts';

/** None for doors that were not used, or have no price. */
export function doorLines(usage: Usage, prices: DoorPrices | undefined): readonly BillLine[] {
  if (prices === undefined) return [];
  const lines = [
    requestLine(usage.around('rest-api-requests'), 'rest-api-requests', 'REST API', prices.restApi),
    requestLine(usage.around('http-api-requests'), 'http-api-requests', 'HTTP API', prices.httpApi),
    hourLine(usage.around('load-balancer-hours'), {
      id: 'load-balancer-hours',
      unit: 'hours',
      label: 'load balancer',
      usd: prices.loadBalancerHourUSD,
    }),
    hourLine(usage.around('load-balancer-capacity-unit-hours'), {
      id: 'load-balancer-capacity-unit-hours',
      unit: 'LCU-hours',
      label: 'load balancer capacity units',
      usd: prices.loadBalancerCapacityUnitHourUSD,
    }),
  ];
  return lines.filter((line) => line !== undefined);
}

function requestLine(
  quantity: number,
  id: BillLine['id'],
  name: string,
  tiers: readonly RequestTier[],
): BillLine | undefined {
  if (quantity === 0) return undefined;
  const slices = slicesOf(quantity, tiers);
  const parts = slices.map(({ requests, usd }) => `${decimal(requests)} × $${decimal(usd / 1_000_000)}`);
  return {
    id,
    label: `${decimal(quantity)} ${quantity === 1 ? 'request' : 'requests'} to the ${name}`,
    formula: parts.join(' + '),
    facts: ['price-apigw'],
    freeQuantity: 0,
    quantity,
    unit: 'requests',
    amount: slices.reduce((sum, { requests, usd }) => sum + (requests * usd) / 1_000_000, 0),
  };
}

function slicesOf(quantity: number, tiers: readonly RequestTier[]) {
  const slices: { readonly requests: number; readonly usd: number }[] = [];
  let from = 0;
  for (const { upTo, usd } of tiers) {
    const requests = Math.min(quantity, upTo ?? Infinity) - from;
    if (requests <= 0) break;
    slices.push({ requests, usd });
    from += requests;
  }
  return slices;
}

function hourLine(
  quantity: number,
  {
    id,
    unit,
    label,
    usd,
  }: { readonly id: BillLine['id']; readonly unit: BillLine['unit']; readonly label: string; readonly usd: number },
): BillLine | undefined {
  if (quantity === 0) return undefined;
  const said = `${decimal(quantity)} ${quantity === 1 && unit === 'hours' ? 'hour' : unit}`;
  return {
    id,
    label: `${label}, ${said}`,
    formula: `${decimal(quantity)} × $${decimal(usd)}`,
    facts: ['price-alb'],
    freeQuantity: 0,
    quantity,
    unit,
    amount: quantity * usd,
  };
}
