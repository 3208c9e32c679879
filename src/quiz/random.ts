/** Chance that a seed repeats: numbers and orders drawn for a question. Pure. */

/** Numbers from 0 up to but not including 1; the same seed gives the same numbers (mulberry32, public domain). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** The numbers from 0 to `count` - 1 in an order drawn from the seed (Fisher and Yates). */
export function orderOf(count: number, seed: number): readonly number[] {
  // Not the stream that draws a question's numbers, so that order and numbers do not hang together.
  const random = randomOf(seed ^ 0x5bd1e995);
  const order = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  return order;
}

/** A seed nobody has seen, for another try. */
export function newSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}
