/** A bucket of tokens that is refilled continuously and never holds more than its capacity. */

export interface BucketRule {
  readonly capacity: number;
  readonly tokensPerMs: number;
}

/** Tokens of a bucket that had `tokens` `elapsedMs` ago. */
export function tokensAfter(tokens: number, elapsedMs: number, { capacity, tokensPerMs }: BucketRule): number {
  return Math.min(capacity, tokens + elapsedMs * tokensPerMs);
}

/**
 * Whether a token can be taken. A bucket that refills in fractions of a token has one as soon as it is whole to a
 * millionth: the sum of many small fractions falls short of the exact number.
 */
export function hasToken(tokens: number): boolean {
  return tokens > 1 - 1e-6;
}

/** A bucket that is looked at now and then; full at first. Times in virtual ms. */
export class TokenBucket {
  #tokens: number;
  #at: number;

  constructor(rule: BucketRule, now: number) {
    this.#tokens = rule.capacity;
    this.#at = now;
  }

  /** Takes one token if there is one. `rule` may be another than before: what is above its capacity is lost. */
  take(now: number, rule: BucketRule): boolean {
    this.#tokens = tokensAfter(this.#tokens, now - this.#at, rule);
    this.#at = now;
    if (!hasToken(this.#tokens)) return false;
    this.#tokens = Math.max(0, this.#tokens - 1);
    return true;
  }
}
