/** Which of several idle environments serves a request. */

/**
 * Position in a list of idle environments, least recently used first, or -1 when it is empty: the most recently used
 * one. AWS does not publish its rule; measured fleets behave like this, and the spare environments expire.
 */
export function selectIdle(idleCount: number): number {
  return idleCount - 1;
}
