/** How many requests an API takes: token buckets of its stage and of the account. */
import { factNumber, type Facts } from '../../facts.ts';
import { TokenBucket, type BucketRule } from '../../lambda/policies/token-bucket.ts';

export interface ThrottleLimits {
  readonly ratePerSecond: number;
  readonly burst: number;
}

const ruleOf = ({ ratePerSecond, burst }: ThrottleLimits): BucketRule => ({
  capacity: burst,
  tokensPerMs: ratePerSecond / 1000,
});

export class Throttle {
  readonly #account: ThrottleLimits;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(facts: Facts) {
    this.#account = {
      ratePerSecond: factNumber(facts, 'apigw-throttle', 'ratePerSecond'),
      burst: factNumber(facts, 'apigw-throttle', 'burst'),
    };
  }

  /** Whether the request finds room in the stage, which may have limits of its own, and in the account. */
  takes(stage: string, limits: ThrottleLimits | undefined, now: number): boolean {
    return (limits === undefined || this.#take(stage, limits, now)) && this.#take('', this.#account, now);
  }

  #take(key: string, limits: ThrottleLimits, now: number): boolean {
    const rule = ruleOf(limits);
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) this.#buckets.set(key, (bucket = new TokenBucket(rule, now)));
    return bucket.take(now, rule);
  }
}
