/** Items by partition, and in the order of their range key within one: how a table and each of its indexes are kept. */
import type { Facts } from '../../facts.ts';
import { compareTexts } from '../text-order.ts';
import { canonical, compareValues, type AttributeValue, type Item } from './attribute-value.ts';
import type { KeySchema } from './key-schema.ts';

/** An item with what it is ordered by. */
export interface Entry {
  readonly item: Item;
  readonly hash: AttributeValue;
  readonly range: AttributeValue | undefined;
  /** The table's key as text: several entries of an index may have the same hash and range. */
  readonly id: string;
}

interface Partition {
  readonly text: string;
  /** DynamoDB spreads partitions by a hash: a scan meets them in no order that a reader could use. */
  readonly spread: number;
  readonly entries: Entry[];
}

export class OrderedItems {
  readonly schema: KeySchema;
  readonly #facts: Facts;
  readonly #partitions = new Map<string, Partition>();
  #order: readonly Partition[] | undefined;

  constructor(schema: KeySchema, facts: Facts) {
    this.schema = schema;
    this.#facts = facts;
  }

  /** The entry that an item would be; undefined when it lacks an attribute of this key: then it is not in the index. */
  entry(item: Item, id: string): Entry | undefined {
    const { hash, range } = this.schema;
    const hashValue = item[hash.name];
    const rangeValue = range === undefined ? undefined : item[range.name];
    if (hashValue === undefined || (range !== undefined && rangeValue === undefined)) return undefined;
    return { item, hash: hashValue, range: rangeValue, id };
  }

  put(entry: Entry): void {
    const text = canonical(entry.hash);
    let partition = this.#partitions.get(text);
    if (partition === undefined) {
      partition = { text, spread: spreadOf(text), entries: [] };
      this.#partitions.set(text, partition);
      this.#order = undefined;
    }
    const at = this.#place(partition.entries, entry);
    const isPresent = partition.entries[at]?.id === entry.id;
    partition.entries.splice(at, isPresent ? 1 : 0, entry);
  }

  remove(entry: Entry): void {
    const text = canonical(entry.hash);
    const partition = this.#partitions.get(text);
    if (partition === undefined) return;
    const at = this.#place(partition.entries, entry);
    if (partition.entries[at]?.id !== entry.id) return;
    partition.entries.splice(at, 1);
    if (partition.entries.length > 0) return;
    this.#partitions.delete(text);
    this.#order = undefined;
  }

  /** The entries of one partition, in order. */
  partition(hash: AttributeValue): readonly Entry[] {
    return this.#partitions.get(canonical(hash))?.entries ?? [];
  }

  /** How many entries of the partition stand before `entry`, or at its place. */
  countThrough(entries: readonly Entry[], entry: Entry): number {
    const at = this.#place(entries, entry);
    const found = entries[at];
    return found !== undefined && this.#compare(found, entry) === 0 ? at + 1 : at;
  }

  countBefore(entries: readonly Entry[], entry: Entry): number {
    return this.#place(entries, entry);
  }

  /** All entries, partition by partition, that come after `after`, which need not be there any more. */
  *all(after?: Entry): Generator<Entry> {
    const from =
      after === undefined ? undefined : { text: canonical(after.hash), spread: spreadOf(canonical(after.hash)) };
    for (const partition of this.#ordered()) {
      const order = from === undefined ? 1 : comparePartitions(partition, from);
      if (order < 0) continue;
      const skip = order === 0 && after !== undefined ? this.countThrough(partition.entries, after) : 0;
      // A copy: whoever reads may write in between.
      yield* partition.entries.slice(skip);
    }
  }

  #ordered(): readonly Partition[] {
    this.#order ??= [...this.#partitions.values()].sort(comparePartitions);
    return this.#order;
  }

  /** Where the entry stands, or would stand. */
  #place(entries: readonly Entry[], entry: Entry): number {
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = entries[middle];
      if (other !== undefined && this.#compare(other, entry) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #compare(a: Entry, b: Entry): number {
    const order =
      a.range === undefined || b.range === undefined ? 0 : (compareValues(a.range, b.range, this.#facts) ?? 0);
    return order !== 0 ? order : compareTexts(a.id, b.id);
  }
}

function comparePartitions(a: Omit<Partition, 'entries'>, b: Omit<Partition, 'entries'>): number {
  return a.spread - b.spread || compareTexts(a.text, b.text);
}

/** FNV-1a with a last stir. */
function spreadOf(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}

/** Which of `total` segments of a parallel scan an entry is in. */
export function segmentOf({ hash }: Entry, total: number): number {
  return Math.floor((spreadOf(canonical(hash)) / 0x1_0000_0000) * total);
}
