/** One bucket: objects by key, in the order of their keys' UTF-8 bytes. */
import type { PolicyDocument } from '../service.ts';
import { compareTexts } from '../text-order.ts';
import type { NotificationConfiguration, ObjectSettings } from './s3.types.ts';

export interface StoredObject {
  readonly key: string;
  readonly bytes: Uint8Array;
  /** In quotation marks, as headers have it. */
  readonly etag: string;
  /** Virtual ms since the epoch, in whole seconds. */
  readonly lastModified: number;
  readonly settings: ObjectSettings;
}

export class Bucket {
  readonly name: string;
  /** Virtual ms since the epoch. */
  readonly created: number;
  policy: PolicyDocument | undefined;
  notifications: NotificationConfiguration = {};
  readonly #objects = new Map<string, StoredObject>();
  /** Keys in order; made anew when keys came or went since. */
  #keys: readonly string[] | undefined;

  constructor(name: string, created: number) {
    this.name = name;
    this.created = created;
  }

  get arn(): string {
    return `arn:aws:s3:::${this.name}`;
  }

  get isEmpty(): boolean {
    return this.#objects.size === 0;
  }

  get(key: string): StoredObject | undefined {
    return this.#objects.get(key);
  }

  put(object: StoredObject): void {
    if (!this.#objects.has(object.key)) this.#keys = undefined;
    this.#objects.set(object.key, object);
  }

  /** False when there was none. */
  delete(key: string): boolean {
    if (!this.#objects.delete(key)) return false;
    this.#keys = undefined;
    return true;
  }

  /** All keys in order. */
  keys(): readonly string[] {
    this.#keys ??= [...this.#objects.keys()].sort(compareTexts);
    return this.#keys;
  }
}
