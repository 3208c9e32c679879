/** Lines of the bill for what some functions do besides running: streaming long responses, being traced. */
import type { BillLine } from './bill.ts';
import { billable, decimal } from './numbers.ts';
import type { ExtraPrices } from './prices.ts';
import type { Usage } from './usage.ts';

const bytesPerGB = 1024 ** 3;

/** None for what was not used, or has no price. */
export function extraLines(usage: Usage, prices: ExtraPrices | undefined, freeTier: boolean): readonly BillLine[] {
  if (prices === undefined) return [];
  const { streamedGigabyteUSD, freeStreamedGB, millionTracesUSD, freeTraces } = prices;
  const gigabytes = usage.streamedBytes / bytesPerGB;
  const { traces } = usage;
  const lines = [
    line({
      id: 'streamed',
      unit: 'GB',
      label: `${decimal(usage.streamedBytes)} bytes streamed past the first 6 MB`,
      quantity: gigabytes,
      free: freeTier ? freeStreamedGB : 0,
      usd: streamedGigabyteUSD,
      facts: ['price-streaming', ...(freeTier ? ['free-tier'] : [])],
    }),
    line({
      id: 'traces',
      unit: 'traces',
      label: `${decimal(traces)} ${traces === 1 ? 'trace' : 'traces'} recorded by X-Ray`,
      quantity: traces,
      free: freeTier ? freeTraces : 0,
      usd: millionTracesUSD / 1_000_000,
      facts: ['price-xray', ...(freeTier ? ['xray-free'] : [])],
    }),
  ];
  return lines.filter((each) => each !== undefined);
}

function line({
  quantity,
  free,
  usd,
  ...rest
}: Pick<BillLine, 'id' | 'unit' | 'label' | 'quantity' | 'facts'> & {
  readonly free: number;
  readonly usd: number;
}): BillLine | undefined {
  if (quantity === 0) return undefined;
  const freeQuantity = Math.min(quantity, free);
  return {
    ...rest,
    quantity,
    freeQuantity,
    formula: `${billable(quantity, freeQuantity, rest.unit === 'GB' ? ' GB' : '')} × $${decimal(usd)}`,
    amount: (quantity - freeQuantity) * usd,
  };
}
