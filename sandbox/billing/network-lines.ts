/** Lines of the bill for networks: hours of gateways, endpoints and addresses, and GB through them. */
import type { BillLine } from './bill.ts';
import { decimal } from './numbers.ts';
import type { NetworkPrices } from './prices.ts';
import type { Usage } from './usage.ts';

interface NetworkLine {
  readonly id: Extract<BillLine['id'], `${string}-gateway-${string}` | `interface-${string}` | `public-${string}`>;
  readonly name: string;
  readonly unit: 'hours' | 'GB';
  readonly fact: string;
  readonly usd: (prices: NetworkPrices) => number;
}

const kinds: readonly NetworkLine[] = [
  {
    id: 'nat-gateway-hours',
    name: 'NAT gateway',
    unit: 'hours',
    fact: 'price-nat',
    usd: ({ natGateway }) => natGateway.hour,
  },
  {
    id: 'nat-gateway-gigabytes',
    name: 'through the NAT gateway',
    unit: 'GB',
    fact: 'price-nat',
    usd: ({ natGateway }) => natGateway.gb,
  },
  {
    id: 'interface-endpoint-hours',
    name: 'interface endpoint',
    unit: 'hours',
    fact: 'price-interface-endpoint',
    usd: ({ interfaceEndpoint }) => interfaceEndpoint.hour,
  },
  {
    id: 'interface-endpoint-gigabytes',
    name: 'through the interface endpoint',
    unit: 'GB',
    fact: 'price-interface-endpoint',
    usd: ({ interfaceEndpoint }) => interfaceEndpoint.gb,
  },
  {
    id: 'public-ipv4-hours',
    name: 'public IPv4 address',
    unit: 'hours',
    fact: 'price-public-ipv4',
    usd: ({ publicAddressHour }) => publicAddressHour,
  },
];

/** None for what was not used, or has no price. */
export function networkLines(usage: Usage, prices: NetworkPrices | undefined): readonly BillLine[] {
  if (prices === undefined) return [];
  return kinds.flatMap(({ id, name, unit, fact, usd }) => {
    const quantity = usage.around(id);
    if (quantity === 0) return [];
    const said = `${decimal(quantity, unit === 'GB' ? 6 : 12)} ${quantity === 1 && unit === 'hours' ? 'hour' : unit}`;
    const price = usd(prices);
    const line: BillLine = {
      id,
      label: `${name}, ${said}`,
      formula: `${decimal(quantity)} × $${decimal(price)}`,
      facts: [fact],
      freeQuantity: 0,
      quantity,
      unit,
      amount: quantity * price,
    };
    return [line];
  });
}
