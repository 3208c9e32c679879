/** Which shard a record goes to: the MD5 of its partition key, a number of 128 bits, and the shards' shares of these. */
import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** Both ends belong to it. */
export interface HashKeyRange {
  readonly start: bigint;
  readonly end: bigint;
}

const hashKeys = 2n ** 128n;
export const lastHashKey = hashKeys - 1n;

export function hashOfPartitionKey(partitionKey: string): bigint {
  return BigInt(`0x${bytesToHex(md5(new TextEncoder().encode(partitionKey)))}`);
}

/** Equal shares, as a new stream's shards have. */
export function evenRanges(count: number): readonly HashKeyRange[] {
  const total = BigInt(count);
  return Array.from({ length: count }, (_, index) => ({
    start: (BigInt(index) * hashKeys) / total,
    end: (BigInt(index + 1) * hashKeys) / total - 1n,
  }));
}
