/** The buckets of an account, and the limits and errors that they all have. */
import { factNumber } from '../../facts.ts';
import { factError } from '../fact-errors.ts';
import { ApiError, type ServiceHost } from '../service.ts';
import { Bucket } from './bucket.ts';

export class Buckets {
  readonly #host: ServiceHost;
  readonly #buckets = new Map<string, Bucket>();

  constructor(host: ServiceHost) {
    this.#host = host;
  }

  /** An error of the fact err-s3, with further members of its answer. */
  error(key: string, details: Readonly<Record<string, unknown>> = {}): ApiError {
    const { name, code, message } = factError(this.#host.facts, 'err-s3', key);
    return new ApiError(name, code, message, details);
  }

  limit(key: string): number {
    return factNumber(this.#host.facts, 's3-limits', key);
  }

  get(name: string): Bucket | undefined {
    return this.#buckets.get(name);
  }

  /** @throws {ApiError} NoSuchBucket */
  find(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (bucket === undefined) throw this.error('noSuchBucket', { BucketName: name });
    return bucket;
  }

  /** By name. */
  list(): readonly Bucket[] {
    return [...this.#buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** @throws {ApiError} InvalidBucketName, or BucketAlreadyOwnedByYou outside of us-east-1 */
  create(name: string): { Location: string } {
    const { clock, location } = this.#host;
    const { length } = name;
    const isFit = length >= this.limit('bucketNameMin') && length <= this.limit('bucketNameMax');
    if (!isFit || !/^[a-z0-9](?:[a-z0-9]|[.-](?![.-]))*[a-z0-9]$/.test(name) || /^\d+(\.\d+){3}$/.test(name)) {
      throw this.error('invalidName', { BucketName: name });
    }
    // In us-east-1 creating one's own bucket again succeeds, and changes nothing.
    if (this.#buckets.has(name) && location.region !== 'us-east-1') {
      throw this.error('ownedByYou', { BucketName: name });
    }
    if (!this.#buckets.has(name)) this.#buckets.set(name, new Bucket(name, clock.now));
    return { Location: `/${name}` };
  }

  /** @throws {ApiError} BucketNotEmpty */
  delete({ name, isEmpty }: Bucket): void {
    if (!isEmpty) throw this.error('notEmpty', { BucketName: name });
    this.#buckets.delete(name);
  }
}
