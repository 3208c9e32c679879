/** One table: its items by key, its indexes, its stream. */
import type { Facts } from '../../facts.ts';
import { factError } from '../fact-errors.ts';
import { itemFrom, typeOf, type Item } from './attribute-value.ts';
import type { TableDescription } from './dynamodb.types.ts';
import { keyAttributes, keyOf, keyText, type KeySchema } from './key-schema.ts';
import { OrderedItems } from './ordered-items.ts';
import type { TableStream } from './table-stream.ts';

export interface IndexDefinition {
  readonly name: string;
  readonly kind: 'global' | 'local';
  readonly schema: KeySchema;
  readonly projection: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
  readonly included: readonly string[];
}

export interface Index extends IndexDefinition {
  readonly items: OrderedItems;
}

/** An item changed: what it was and what it is. */
export interface ItemChange {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  /** Time to live deleted it, not a caller. */
  readonly expired?: true;
}

export class Table {
  readonly name: string;
  readonly arn: string;
  readonly schema: KeySchema;
  readonly items: OrderedItems;
  readonly indexes: readonly Index[];
  /** What DescribeTable tells besides counts and the stream. */
  readonly description: Omit<TableDescription, 'ItemCount' | 'TableSizeBytes'>;
  stream: TableStream | undefined;
  /** The attribute that says when an item expires, in seconds since the epoch. */
  ttlAttribute: string | undefined;
  deletionProtected = false;
  readonly #facts: Facts;
  readonly #byKey = new Map<string, Item>();

  constructor(
    definition: {
      readonly name: string;
      readonly arn: string;
      readonly schema: KeySchema;
      readonly indexes: readonly IndexDefinition[];
    },
    description: Table['description'],
    facts: Facts,
  ) {
    this.name = definition.name;
    this.arn = definition.arn;
    this.schema = definition.schema;
    this.description = description;
    this.#facts = facts;
    this.items = new OrderedItems(definition.schema, facts);
    this.indexes = definition.indexes.map((index) => ({ ...index, items: new OrderedItems(index.schema, facts) }));
  }

  get size(): number {
    return this.#byKey.size;
  }

  get(key: Item): Item | undefined {
    return this.#byKey.get(keyText(this.schema, key));
  }

  /** @throws {ApiError} ValidationException: an attribute of an index's key has another type */
  checkIndexKeys(item: Item): void {
    for (const { name: index, schema } of this.indexes) {
      for (const { name, type } of keyAttributes(schema)) {
        const value = item[name];
        if (value === undefined || typeOf(value) === type) continue;
        const values = { key: name, expected: type, actual: typeOf(value), index };
        throw factError(this.#facts, 'err-dynamodb', 'indexKeyType', values);
      }
    }
  }

  /** Puts an item, or with `undefined` takes away the one with that key. */
  set(key: Item, after: Item | undefined): ItemChange {
    const id = keyText(this.schema, key);
    const before = this.#byKey.get(id);
    if (after === undefined) this.#byKey.delete(id);
    else this.#byKey.set(id, after);
    this.#reorder(this.items, id, before, after);
    for (const index of this.indexes) this.#reorder(index.items, id, before, after);
    return { before, after };
  }

  /** What an index has of an item. */
  projected(index: Index, item: Item): Item {
    if (index.projection === 'ALL') return item;
    const names = new Set([
      ...Object.keys(keyOf(this.schema, item)),
      ...keyAttributes(index.schema).map(({ name }) => name),
      ...index.included,
    ]);
    return itemFrom(Object.entries(item).filter(([name]) => names.has(name)));
  }

  #reorder(items: OrderedItems, id: string, before: Item | undefined, after: Item | undefined): void {
    const old = before === undefined ? undefined : items.entry(before, id);
    const current = after === undefined ? undefined : items.entry(after, id);
    if (old !== undefined) items.remove(old);
    if (current !== undefined) items.put(current);
  }
}
