/** Shard iterators: a place in a shard as a text that is good for some minutes. */
import { factNumber, type Facts } from '../../facts.ts';
import type { Clock } from '../../kernel/clock.ts';
import { newToken } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import { factError } from '../fact-errors.ts';
import type { StreamPosition } from '../stream-reader.ts';

export interface Place {
  readonly stream: string;
  readonly shard: string;
  readonly position: StreamPosition;
}

const start = 'AAAAAAAAAA';
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export class ShardIterators {
  readonly #facts: Facts;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #random: Random;

  constructor(facts: Facts, clock: Pick<Clock, 'now'>, random: Random) {
    this.#facts = facts;
    this.#clock = clock;
    this.#random = random;
  }

  /** An iterator for the place. */
  write({ stream, shard, position }: Place): string {
    const fields = btoa(JSON.stringify([stream, shard, position, this.#clock.now])).replaceAll('=', '');
    return `${start}${fields}/${newToken(this.#random, 40, alphabet)}==`;
  }

  /** @throws {ApiError} InvalidArgumentException, ExpiredIteratorException */
  read(iterator: unknown): Place {
    const place = typeof iterator === 'string' ? parse(iterator) : undefined;
    if (place === undefined)
      throw factError(this.#facts, 'err-kinesis', 'invalidArgument', { reason: 'Invalid ShardIterator.' });
    const { now } = this.#clock;
    const tolerated = factNumber(this.#facts, 'kinesis-get-records', 'iteratorSeconds') * 1000;
    if (now - place.createdAt > tolerated) {
      const text = (time: number): string => new Date(time).toISOString();
      throw factError(this.#facts, 'err-kinesis', 'iteratorExpired', {
        created: text(place.createdAt),
        now: text(now),
        tolerated,
      });
    }
    return place;
  }
}

function parse(iterator: string): (Place & { readonly createdAt: number }) | undefined {
  if (!iterator.startsWith(start)) return undefined;
  const fields = iterator.slice(start.length, iterator.lastIndexOf('/'));
  try {
    const parsed: unknown = JSON.parse(atob(fields));
    if (!Array.isArray(parsed)) return undefined;
    const [stream, shard, position, createdAt] = parsed as [string, string, number, number];
    return { stream, shard, position, createdAt };
  } catch {
    return undefined;
  }
}
