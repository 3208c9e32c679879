/** The tables of an account: created, described, deleted; their streams and their time to live. */
import { factNumber } from '../../facts.ts';
import { newUuid } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import { factError } from '../fact-errors.ts';
import type { ServiceHost } from '../service.ts';
import { itemSize, type Item } from './attribute-value.ts';
import type {
  CreateTableRequest,
  OfTable,
  SecondaryIndex,
  StreamSpecification,
  TableDescription,
  UpdateTableRequest,
  UpdateTimeToLiveRequest,
} from './dynamodb.types.ts';
import { keyOf } from './key-schema.ts';
import { Table, type ItemChange } from './table.ts';
import { readDefinition } from './table-definition.ts';
import { TableStream } from './table-stream.ts';

export class Tables {
  readonly #host: ServiceHost;
  readonly #ids: Random;
  readonly #streamIds: Random;
  readonly #tables = new Map<string, Table>();
  /** All streams that can still be read, also of tables that are gone. */
  readonly #streams = new Map<string, TableStream>();

  constructor(host: ServiceHost) {
    this.#host = host;
    this.#ids = host.random.stream('dynamodb table ids');
    this.#streamIds = host.random.stream('dynamodb stream records');
  }

  /** The table with that name or ARN. @throws {ApiError} ResourceNotFoundException */
  find(nameOrArn: string): Table {
    const table = this.#tables.get(nameOf(nameOrArn));
    if (table === undefined) throw factError(this.#host.facts, 'err-dynamodb', 'noTable');
    return table;
  }

  get(nameOrArn: string): Table | undefined {
    return this.#tables.get(nameOf(nameOrArn));
  }

  arnOf(nameOrArn: string): string {
    const { region, accountId } = this.#host.location;
    return `arn:aws:dynamodb:${region}:${accountId}:table/${nameOf(nameOrArn)}`;
  }

  stream(arn: string): TableStream | undefined {
    return this.#streams.get(arn);
  }

  /** Writes an item, tells the stream, and remembers when it expires. */
  write(table: Table, key: Item, after: Item | undefined): void {
    this.#changed(table, table.set(key, after));
  }

  create(request: CreateTableRequest): { TableDescription: TableDescription } {
    const { clock, facts } = this.#host;
    const { TableName: name } = request;
    const definition = readDefinition(request, facts);
    if (this.#tables.has(name)) throw factError(facts, 'err-dynamodb', 'tableExists', { table: name });
    const arn = this.arnOf(name);
    const { AttributeDefinitions, KeySchema, BillingMode = 'PROVISIONED' } = request;
    const describe = (indexes: readonly SecondaryIndex[] | undefined): readonly object[] | undefined =>
      indexes?.map((index) => ({ ...index, IndexStatus: 'ACTIVE', IndexArn: `${arn}/index/${index.IndexName}` }));
    const globals = describe(request.GlobalSecondaryIndexes);
    const locals = describe(request.LocalSecondaryIndexes);
    const description = {
      AttributeDefinitions,
      TableName: name,
      KeySchema,
      TableStatus: 'ACTIVE' as const,
      CreationDateTime: new Date(clock.now),
      TableArn: arn,
      TableId: newUuid(this.#ids),
      BillingModeSummary: { BillingMode },
      ...(globals === undefined ? {} : { GlobalSecondaryIndexes: globals }),
      ...(locals === undefined ? {} : { LocalSecondaryIndexes: locals }),
    };
    const table = new Table({ name, arn, ...definition }, description, facts);
    this.#tables.set(name, table);
    this.#switchStream(table, request.StreamSpecification);
    return { TableDescription: this.#describe(table) };
  }

  describe({ TableName: name }: OfTable): { Table: TableDescription } {
    return { Table: this.#describe(this.#named(name)) };
  }

  update({ TableName: name, StreamSpecification: stream }: UpdateTableRequest): { TableDescription: TableDescription } {
    const table = this.#named(name);
    this.#switchStream(table, stream);
    return { TableDescription: this.#describe(table) };
  }

  delete({ TableName: name }: OfTable): { TableDescription: TableDescription } {
    const table = this.#named(name);
    this.#tables.delete(table.name);
    table.stream?.close();
    return { TableDescription: { ...this.#describe(table), TableStatus: 'DELETING' } };
  }

  list(after: string | undefined, limit: number): { TableNames: readonly string[]; LastEvaluatedTableName?: string } {
    const names = [...this.#tables.keys()].sort().filter((name) => after === undefined || name > after);
    const page = names.slice(0, limit);
    const last = page.at(-1);
    return {
      TableNames: page,
      ...(names.length > limit && last !== undefined ? { LastEvaluatedTableName: last } : {}),
    };
  }

  setTimeToLive({ TableName: name, TimeToLiveSpecification: wanted }: UpdateTimeToLiveRequest) {
    const table = this.#named(name);
    if (!wanted.Enabled && table.ttlAttribute === undefined)
      throw factError(this.#host.facts, 'err-dynamodb', 'ttlOff');
    table.ttlAttribute = wanted.Enabled ? wanted.AttributeName : undefined;
    for (const { item } of [...table.items.all()]) this.#watchExpiry(table, item);
    return { TimeToLiveSpecification: wanted };
  }

  timeToLive({ TableName: name }: OfTable) {
    const { ttlAttribute } = this.#named(name);
    return {
      TimeToLiveDescription:
        ttlAttribute === undefined
          ? { TimeToLiveStatus: 'DISABLED' }
          : { TimeToLiveStatus: 'ENABLED', AttributeName: ttlAttribute },
    };
  }

  #named(name: string): Table {
    const table = this.get(name);
    if (table === undefined) throw factError(this.#host.facts, 'err-dynamodb', 'noTableNamed', { table: nameOf(name) });
    return table;
  }

  #describe(table: Table): TableDescription {
    const { stream } = table;
    const size = [...table.items.all()].reduce((sum, { item }) => sum + itemSize(item), 0);
    return {
      ...table.description,
      TableSizeBytes: size,
      ItemCount: table.size,
      ...(stream === undefined
        ? {}
        : {
            StreamSpecification: { StreamEnabled: true, StreamViewType: stream.viewType },
            LatestStreamLabel: stream.label,
            LatestStreamArn: stream.streamArn,
          }),
    };
  }

  #switchStream(table: Table, wanted: StreamSpecification | undefined): void {
    if (wanted === undefined) return;
    if (!wanted.StreamEnabled) {
      table.stream?.close();
      table.stream = undefined;
      return;
    }
    if (table.stream !== undefined) return;
    const { clock, facts, location } = this.#host;
    const host = { clock, facts, random: this.#streamIds, region: location.region };
    table.stream = new TableStream(table.arn, table.schema, wanted.StreamViewType ?? 'NEW_AND_OLD_IMAGES', host);
    this.#streams.set(table.stream.streamArn, table.stream);
  }

  #changed(table: Table, change: ItemChange): void {
    table.stream?.record(change);
    if (change.after !== undefined) this.#watchExpiry(table, change.after);
  }

  /** Deletes the item some time after it expired, if it still says so then. */
  #watchExpiry(table: Table, item: Item): void {
    const expiry = expiryOf(table, item);
    if (expiry === undefined) return;
    const { clock, facts } = this.#host;
    const delay = factNumber(facts, 'timing-dynamodb-ttl', 'minutes') * 60_000;
    clock.schedule(Math.max(clock.now, expiry) + delay, () => {
      const key = keyOf(table.schema, item);
      const current = table.get(key);
      const isExpired = current !== undefined && (expiryOf(table, current) ?? Infinity) <= clock.now;
      if (!isExpired || this.#tables.get(table.name) !== table) return;
      this.#changed(table, { ...table.set(key, undefined), expired: true });
    });
  }
}

/** Virtual ms since the epoch. Only a number counts. */
function expiryOf({ ttlAttribute }: Table, item: Item): number | undefined {
  const value = ttlAttribute === undefined ? undefined : item[ttlAttribute];
  return value !== undefined && 'N' in value ? Number(value.N) * 1000 : undefined;
}

const nameOf = (nameOrArn: string): string =>
  /^arn:aws:dynamodb:[^:]*:[^:]*:table\/([^/]+)/.exec(nameOrArn)?.[1] ?? nameOrArn;
