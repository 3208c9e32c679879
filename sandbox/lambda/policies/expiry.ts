/** How long environments are kept. AWS publishes no times; keep-alive and lifetime are the simulator's model. */

/** When an environment that became idle at `idleSince` is gone, unless it is used before. All in virtual ms. */
export function expiresAt(idleSince: number, keepAliveMs: number): number {
  return idleSince + keepAliveMs;
}

export interface LifetimeRange {
  readonly minMs: number;
  readonly maxMs: number;
}

/** How long an environment lives at most; it goes when it is next idle. `uniform`: from 0 up to, not including, 1. */
export function lifetimeMs({ minMs, maxMs }: LifetimeRange, uniform: number): number {
  return minMs + (maxMs - minMs) * uniform;
}
