/** When provisioned environments come, and what they cost while they wait. Source: Lambda guide and pricing. */

export interface AllocationTimes {
  /** Before the first environment is made. */
  readonly preparationMs: number;
  readonly environmentsPerMinute: number;
}

/** When the environment with that index (0 is the first) is begun, in ms after the request. */
export function allocationStartMs(index: number, { preparationMs, environmentsPerMinute }: AllocationTimes): number {
  return preparationMs + (index * 60_000) / environmentsPerMinute;
}

/** How long each init may take: the base limit or the function's timeout, whichever is longer. */
export function provisionedInitLimitMs(baseMs: number, timeoutSeconds: number): number {
  return Math.max(baseMs, timeoutSeconds * 1000);
}

/** Time that is billed for provisioned concurrency that was enabled for `enabledMs`: whole steps. */
export function billedCapacityMs(enabledMs: number, stepMs: number): number {
  return Math.ceil(enabledMs / stepMs) * stepMs;
}

/** How a weighted alias shares its provisioned concurrency out between its two versions. */
export function provisionedShares(
  requested: number,
  primary: string,
  weights: Readonly<Record<string, number>>,
): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  let rest = requested;
  for (const [version, weight] of Object.entries(weights)) {
    const share = Math.min(rest, Math.round(requested * weight));
    if (share > 0) shares.set(version, share);
    rest -= share;
  }
  if (rest > 0) shares.set(primary, rest);
  return shares;
}
