/** Which version of a weighted alias serves a request. Source: Lambda guide, weighted aliases: at random by weight. */

/** `weights`: share of each additional version, 0 to 1. `uniform`: a number from 0 up to, not including, 1. */
export function routeVersion(primary: string, weights: Readonly<Record<string, number>>, uniform: number): string {
  let upTo = 0;
  for (const [version, weight] of Object.entries(weights)) {
    upTo += weight;
    if (uniform < upTo) return version;
  }
  return primary;
}
