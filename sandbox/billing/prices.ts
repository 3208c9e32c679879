/** What the bill multiplies by, read from the facts of one Region. */
import { FactError, factNumber, factValue, type Facts } from '../facts.ts';

export interface PriceTier {
  /** GB-seconds a month up to which the price holds; null for the last tier. */
  readonly upToGBs: number | null;
  /** US dollars per GB-second. */
  readonly usd: number;
}

export interface Prices {
  /** US dollars for a million requests. */
  readonly millionRequestsUSD: number;
  readonly compute: Readonly<Record<'x86_64' | 'arm64', readonly PriceTier[]>>;
  readonly ephemeralStorageUSD: number;
  /** US dollars per GB-second of provisioned concurrency: while it is configured, and while it runs. */
  readonly provisioned: Readonly<Record<'x86_64' | 'arm64', { readonly capacity: number; readonly compute: number }>>;
  readonly free: { readonly requests: number; readonly gbSeconds: number };
  /** Of streamed responses and of traces; absent when the facts have no prices for them. */
  readonly extras?: ExtraPrices;
  /** Of front doors; absent when the facts have no prices for them. */
  readonly doors?: DoorPrices;
  /** Of networks; absent likewise. */
  readonly networks?: NetworkPrices;
  /** The facts behind the numbers. */
  readonly facts: {
    readonly requests: string;
    readonly compute: Readonly<Record<'x86_64' | 'arm64', string>>;
    readonly ephemeralStorage: string;
    readonly provisioned: Readonly<Record<'x86_64' | 'arm64', string>>;
    readonly free: string;
  };
}

export interface ExtraPrices {
  readonly streamedGigabyteUSD: number;
  /** GB a month; with the free tier only. */
  readonly freeStreamedGB: number;
  readonly millionTracesUSD: number;
  /** A month; with the free tier only. */
  readonly freeTraces: number;
}

export interface DoorPrices {
  /** US dollars for a million requests, by tiers of a month's requests. */
  readonly restApi: readonly RequestTier[];
  readonly httpApi: readonly RequestTier[];
  readonly loadBalancerHourUSD: number;
  readonly loadBalancerCapacityUnitHourUSD: number;
}

/** US dollars for each hour and GB. */
export interface NetworkPrices {
  readonly natGateway: { readonly hour: number; readonly gb: number };
  readonly interfaceEndpoint: { readonly hour: number; readonly gb: number };
  readonly publicAddressHour: number;
}

export interface RequestTier {
  /** Requests a month up to which the price holds; null for the last tier. */
  readonly upTo: number | null;
  readonly usd: number;
}

/** @throws {FactError} when there are no prices for the Region */
export function readPrices(facts: Facts, region: string): Prices {
  const x86 = `price-x86-${region}`;
  const arm = `price-arm64-${region}`;
  if (!facts.has(x86) || !facts.has(arm)) {
    throw new FactError(`There are no prices for the Region ${region}: the facts ${x86} and ${arm} are needed.`);
  }
  return {
    millionRequestsUSD: factNumber(facts, 'price-requests'),
    compute: { x86_64: readTiers(facts, x86), arm64: readTiers(facts, arm) },
    ephemeralStorageUSD: factNumber(facts, 'price-ephemeral'),
    provisioned: { x86_64: readProvisioned(facts, 'price-pc-x86'), arm64: readProvisioned(facts, 'price-pc-arm') },
    free: {
      requests: factNumber(facts, 'free-tier', 'requests'),
      gbSeconds: factNumber(facts, 'free-tier', 'gbSeconds'),
    },
    ...(facts.has('price-streaming') && facts.has('price-xray') ? { extras: readExtras(facts) } : {}),
    ...(facts.has('price-apigw') && facts.has('price-alb') ? { doors: readDoors(facts) } : {}),
    ...(networkPriceFacts.every((id) => facts.has(id)) ? { networks: readNetworks(facts) } : {}),
    facts: {
      requests: 'price-requests',
      compute: { x86_64: x86, arm64: arm },
      ephemeralStorage: 'price-ephemeral',
      provisioned: { x86_64: 'price-pc-x86', arm64: 'price-pc-arm' },
      free: 'free-tier',
    },
  };
}

const networkPriceFacts = ['price-nat', 'price-interface-endpoint', 'price-public-ipv4'];

function readNetworks(facts: Facts): NetworkPrices {
  const both = (id: string) => ({ hour: factNumber(facts, id, 'hour'), gb: factNumber(facts, id, 'gb') });
  return {
    natGateway: both('price-nat'),
    interfaceEndpoint: both('price-interface-endpoint'),
    publicAddressHour: factNumber(facts, 'price-public-ipv4'),
  };
}

function readTiers(facts: Facts, id: string): readonly PriceTier[] {
  const tiers = factValue(facts, id, 'tiers');
  if (!Array.isArray(tiers) || tiers.length === 0) throw new FactError(`The fact ${id} must have a list of tiers.`);
  return tiers.map((_, index) => {
    const upTo = factValue(facts, id, `tiers.${index}.upToGBs`);
    if (upTo !== null && typeof upTo !== 'number')
      throw new FactError(`The fact ${id} must say upToGBs for each tier.`);
    return { upToGBs: upTo, usd: factNumber(facts, id, `tiers.${index}.usd`) };
  });
}

function readProvisioned(facts: Facts, id: string): { readonly capacity: number; readonly compute: number } {
  return { capacity: factNumber(facts, id, 'capacity'), compute: factNumber(facts, id, 'duration') };
}

function readExtras(facts: Facts): ExtraPrices {
  return {
    streamedGigabyteUSD: factNumber(facts, 'price-streaming'),
    freeStreamedGB: factNumber(facts, 'free-tier', 'streamingGiB'),
    millionTracesUSD: factNumber(facts, 'price-xray'),
    freeTraces: factNumber(facts, 'xray-free'),
  };
}

function readDoors(facts: Facts): DoorPrices {
  return {
    restApi: factValue(facts, 'price-apigw', 'restTiers') as readonly RequestTier[],
    httpApi: factValue(facts, 'price-apigw', 'httpTiers') as readonly RequestTier[],
    loadBalancerHourUSD: factNumber(facts, 'price-alb', 'hour'),
    loadBalancerCapacityUnitHourUSD: factNumber(facts, 'price-alb', 'lcuHour'),
  };
}
