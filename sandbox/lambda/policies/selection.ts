/** Which of several idle environments serves a request. AWS does not publish its rule. */

export type SelectionRule = 'mru' | 'lru';

/**
 * Position in a list of idle environments, least recently used first, or -1 when it is empty. Most recently used first
 * (`mru`) is what measured fleets behave like: the spare environments stay idle and expire.
 */
export function selectIdle(idleCount: number, rule: SelectionRule = 'mru'): number {
  if (idleCount === 0) return -1;
  return rule === 'mru' ? idleCount - 1 : 0;
}
