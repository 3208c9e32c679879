/** How long an idle environment is kept. AWS publishes no time; the keep-alive is the simulator's model. */

/** When an environment that became idle at `idleSince` is gone, unless it is used before. All in virtual ms. */
export function expiresAt(idleSince: number, keepAliveMs: number): number {
  return idleSince + keepAliveMs;
}
