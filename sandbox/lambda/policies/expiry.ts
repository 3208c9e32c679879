/** How long an idle environment is kept. AWS publishes no time; the keep-alive is the simulator's model. */

/** When an environment that became idle at `idleSince` is gone, if nothing uses it. All in virtual ms. */
export function expiresAt(idleSince: number, keepAliveMs: number): number {
  return idleSince + keepAliveMs;
}

/** Idle for exactly the keep-alive is gone. */
export function isExpired(idleSince: number, keepAliveMs: number, now: number): boolean {
  return now >= expiresAt(idleSince, keepAliveMs);
}
