/** Amazon DynamoDB: tables with indexes and streams; items read, written, queried and scanned by expressions. */
import { factNumber } from '../../facts.ts';
import { NotSimulatedError } from '../../lambda/errors.ts';
import { factError } from '../fact-errors.ts';
import { firstOf } from '../contents.ts';
import type { Caller, ConditionKeys, Contents, Operation, Permissions, Service, ServiceHost } from '../service.ts';
import type { StreamReader, StreamReaders } from '../stream-reader.ts';
import { itemSize, type AttributeValue, type Item } from './attribute-value.ts';
import { consumed, consumedBy, readUnits } from './capacity.ts';
import type * as api from './dynamodb.types.ts';
import { ExpressionContext } from './expressions/context.ts';
import { parseProjection, project } from './expressions/projection.ts';
import { readDelete, readKey, readPut, readUpdate, returned, tryWrite, unitsOf, type Write } from './item-writes.ts';
import { keyText } from './key-schema.ts';
import { query, scan } from './read-many.ts';
import type { Table } from './table.ts';
import { Tables } from './tables.ts';
import { partOf, tryAll } from './transactions.ts';

/** Parameters from before there were expressions. */
const legacy = [
  'Expected',
  'AttributeUpdates',
  'AttributesToGet',
  'KeyConditions',
  'QueryFilter',
  'ScanFilter',
  'ConditionalOperator',
];

export class Dynamodb implements Service, StreamReaders {
  readonly name = 'dynamodb';
  readonly #host: ServiceHost;
  readonly #permissions: Permissions;
  readonly #tables: Tables;

  constructor(host: ServiceHost, permissions: Permissions) {
    this.#host = host;
    this.#permissions = permissions;
    this.#tables = new Tables(host);
  }

  /** The stream of a table, by the ARN that DescribeTable tells as LatestStreamArn. */
  streamReader(streamArn: string): StreamReader | undefined {
    return this.#tables.stream(streamArn);
  }

  contents(name: string, most: number): Contents | undefined {
    const table = this.#tables.get(name);
    if (table === undefined) return undefined;
    return { count: table.size, items: firstOf(table.items.all(), most).map(({ item }) => item) };
  }

  readonly operations = {
    CreateTable: this.#onTable('CreateTable', (input: api.CreateTableRequest) => this.#tables.create(input)),
    DescribeTable: this.#onTable('DescribeTable', (input: api.OfTable) => this.#tables.describe(input)),
    UpdateTable: this.#onTable('UpdateTable', (input: api.UpdateTableRequest) => this.#tables.update(input)),
    DeleteTable: this.#onTable('DeleteTable', (input: api.OfTable) => this.#tables.delete(input)),
    UpdateTimeToLive: this.#onTable('UpdateTimeToLive', (input: api.UpdateTimeToLiveRequest) =>
      this.#tables.setTimeToLive(input),
    ),
    DescribeTimeToLive: this.#onTable('DescribeTimeToLive', (input: api.OfTable) => this.#tables.timeToLive(input)),
    ListTables: {
      action: 'dynamodb:ListTables',
      resources: () => ['*'],
      run: ({
        ExclusiveStartTableName: after,
        Limit: limit = 100,
      }: {
        ExclusiveStartTableName?: string;
        Limit?: number;
      }) => this.#tables.list(after, Math.min(limit, 100)),
    },
    PutItem: this.#onItem('PutItem', (table, input: api.PutItemRequest) =>
      this.#write(readPut(table, input, this.#host.facts), input),
    ),
    UpdateItem: this.#onItem('UpdateItem', (table, input: api.UpdateItemRequest) =>
      this.#write(readUpdate(table, input, this.#host.facts), input),
    ),
    DeleteItem: this.#onItem('DeleteItem', (table, input: api.DeleteItemRequest) =>
      this.#write(readDelete(table, input, this.#host.facts), input),
    ),
    GetItem: this.#onItem('GetItem', (table, input: api.GetItemRequest) => this.#get(table, input)),
    Query: this.#onItem('Query', (table, input: api.QueryRequest) => query(table, input, this.#host.facts)),
    Scan: this.#onItem('Scan', (table, input: api.ScanRequest) => scan(table, input, this.#host.facts)),
    BatchGetItem: {
      action: 'dynamodb:BatchGetItem',
      resources: ({ RequestItems: requests }: api.BatchGetItemRequest) => this.#arns(requests),
      run: (input: api.BatchGetItemRequest) => this.#batchGet(input),
    },
    BatchWriteItem: {
      action: 'dynamodb:BatchWriteItem',
      resources: ({ RequestItems: requests }: api.BatchWriteItemRequest) => this.#arns(requests),
      run: (input: api.BatchWriteItemRequest) => this.#batchWrite(input),
    },
    TransactWriteItems: {
      action: 'dynamodb:PutItem',
      // Each write needs the permission of its own kind, on its own table.
      resources: () => [],
      run: (input: api.TransactWriteItemsRequest, caller: Caller) => this.#transactWrite(input, caller),
    },
    TransactGetItems: {
      action: 'dynamodb:GetItem',
      resources: ({ TransactItems: items }: api.TransactGetItemsRequest) =>
        items.map(({ Get }) => this.#tables.arnOf(Get.TableName)),
      run: (input: api.TransactGetItemsRequest) => this.#transactGet(input),
    },
  };

  #onTable<Input extends api.OfTable, Output>(name: string, run: (input: Input) => Output): Operation<Input, Output> {
    return { action: `dynamodb:${name}`, resources: ({ TableName }) => [this.#tables.arnOf(TableName)], run };
  }

  #onItem<Input extends api.OfTable & { readonly IndexName?: string }, Output>(
    name: string,
    run: (table: Table, input: Input) => Output,
  ): Operation<Input, Output> {
    return {
      action: `dynamodb:${name}`,
      resources: ({ TableName, IndexName }) => {
        const arn = this.#tables.arnOf(TableName);
        return [IndexName === undefined ? arn : `${arn}/index/${IndexName}`];
      },
      conditions: (input) => this.#leadingKeys(input),
      run: (input) => {
        const old = legacy.find((parameter) => parameter in input);
        if (old !== undefined) {
          throw new NotSimulatedError(
            `${old} of ${name} is not available in this simulator. Write an expression instead.`,
          );
        }
        return run(this.#tables.find(input.TableName), input);
      },
    };
  }

  /** The partition that a request for one item is about: the condition key `dynamodb:LeadingKeys`. */
  #leadingKeys(input: api.OfTable & { readonly Key?: Item; readonly Item?: Item }): ConditionKeys {
    const table = this.#tables.get(input.TableName);
    const value: unknown = table === undefined ? undefined : (input.Key ?? input.Item)?.[table.schema.hash.name];
    if (typeof value !== 'object' || value === null) return {};
    const key: unknown = 'S' in value ? value.S : 'N' in value ? value.N : undefined;
    return typeof key === 'string' ? { 'dynamodb:LeadingKeys': [key] } : {};
  }

  #arns(requests: Readonly<Record<string, unknown>>): readonly string[] {
    return Object.keys(requests).map((name) => this.#tables.arnOf(name));
  }

  #write(
    write: Write,
    input: Pick<api.UpdateItemRequest, 'ReturnValues' | 'ReturnConsumedCapacity'>,
  ): { Attributes?: Item; ConsumedCapacity?: object } {
    const { facts } = this.#host;
    const written = tryWrite(write, facts);
    this.#tables.write(write.table, write.key, written.after);
    return {
      ...returned(input.ReturnValues, written, write.paths),
      ...consumed(input.ReturnConsumedCapacity, write.table.name, unitsOf(written, facts)),
    };
  }

  /** The item, or the wanted parts of it, with the units of reading it. */
  #read(
    table: Table,
    input: Pick<api.GetItemRequest, 'Key' | 'ProjectionExpression' | 'ExpressionAttributeNames'>,
    isConsistent: boolean,
  ): { item: Item | undefined; units: number } {
    const { facts } = this.#host;
    const names = input.ExpressionAttributeNames;
    const context = new ExpressionContext(names === undefined ? {} : { ExpressionAttributeNames: names }, facts);
    const { ProjectionExpression: text } = input;
    const paths = text === undefined ? undefined : parseProjection(text, context);
    context.finish('');
    const item = table.get(readKey(table, input.Key, facts));
    const units = readUnits(itemSize(item ?? {}), isConsistent, facts);
    return { item: item === undefined || paths === undefined ? item : project(item, paths), units };
  }

  #get(table: Table, input: api.GetItemRequest): { Item?: Item; ConsumedCapacity?: object } {
    const { item, units } = this.#read(table, input, input.ConsistentRead === true);
    return {
      ...(item === undefined ? {} : { Item: item }),
      ...consumed(input.ReturnConsumedCapacity, table.name, units),
    };
  }

  #batchGet({ RequestItems: requests, ReturnConsumedCapacity }: api.BatchGetItemRequest) {
    this.#checkBatch(
      requests,
      Object.values(requests).flatMap(({ Keys }) => Keys).length,
      'batchReads',
      'tooManyReads',
    );
    const responses: Record<string, Item[]> = {};
    const used = new Map<string, number>();
    for (const [name, { Keys: keys, ConsistentRead, ...projection }] of Object.entries(requests)) {
      const table = this.#tables.find(name);
      this.#checkDuplicates(table, keys);
      const found = keys.map((Key) => this.#read(table, { Key, ...projection }, ConsistentRead === true));
      responses[name] = found.flatMap(({ item }) => (item === undefined ? [] : [item]));
      used.set(
        name,
        found.reduce((sum, { units }) => sum + units, 0),
      );
    }
    return { Responses: responses, UnprocessedKeys: {}, ...consumedBy(ReturnConsumedCapacity, used) };
  }

  #batchWrite({ RequestItems: requests, ReturnConsumedCapacity }: api.BatchWriteItemRequest) {
    const { facts } = this.#host;
    this.#checkBatch(requests, Object.values(requests).flat().length, 'batchWrites', 'tooManyWrites');
    const writes = Object.entries(requests).flatMap(([name, list]) => {
      const table = this.#tables.find(name);
      const read = list.map(({ PutRequest: put, DeleteRequest: deletion }) => {
        if (put !== undefined) return readPut(table, put, facts);
        if (deletion !== undefined) return readDelete(table, deletion, facts);
        throw factError(facts, 'err-dynamodb', 'emptyTransactItem');
      });
      this.#checkDuplicates(
        table,
        read.map(({ key }) => key),
      );
      return read;
    });
    const used = new Map<string, number>();
    for (const write of writes) {
      const written = tryWrite(write, facts);
      this.#tables.write(write.table, write.key, written.after);
      used.set(write.table.name, (used.get(write.table.name) ?? 0) + unitsOf(written, facts));
    }
    return { UnprocessedItems: {}, ...consumedBy(ReturnConsumedCapacity, used) };
  }

  #checkBatch(requests: Readonly<Record<string, unknown>>, count: number, limit: string, error: string): void {
    const { facts } = this.#host;
    if (Object.keys(requests).length === 0) throw factError(facts, 'err-dynamodb', 'emptyBatch');
    if (count > factNumber(facts, 'dynamodb-limits', limit)) throw factError(facts, 'err-dynamodb', error);
  }

  #checkDuplicates(table: Table, keys: readonly Item[]): void {
    const texts = keys.map((key) => keyText(table.schema, key));
    if (new Set(texts).size < texts.length) throw factError(this.#host.facts, 'err-dynamodb', 'duplicateKeys');
  }

  #transactWrite({ TransactItems: entries, ReturnConsumedCapacity }: api.TransactWriteItemsRequest, caller: Caller) {
    const { facts } = this.#host;
    const parts = entries.map((entry) => partOf(entry, facts));
    for (const { action, tableName } of parts) {
      this.#permissions.require({ caller, action, resource: this.#tables.arnOf(tableName) });
    }
    const writes = parts.map((part) => part.read(this.#tables.find(part.tableName)));
    const written = tryAll(writes, facts);
    const factor = factNumber(facts, 'dynamodb-capacity', 'transactionFactor');
    const used = new Map<string, number>();
    writes.forEach(({ table, key }, index) => {
      const one = written[index];
      if (one === undefined) return;
      if (one.after !== one.before) this.#tables.write(table, key, one.after);
      used.set(table.name, (used.get(table.name) ?? 0) + factor * unitsOf(one, facts));
    });
    return consumedBy(ReturnConsumedCapacity, used);
  }

  #transactGet({ TransactItems: entries, ReturnConsumedCapacity }: api.TransactGetItemsRequest) {
    const factor = factNumber(this.#host.facts, 'dynamodb-capacity', 'transactionFactor');
    const used = new Map<string, number>();
    const responses = entries.map(({ Get: get }) => {
      const table = this.#tables.find(get.TableName);
      const { item, units } = this.#read(table, get, true);
      used.set(table.name, (used.get(table.name) ?? 0) + factor * units);
      return item === undefined ? {} : { Item: item };
    });
    return { Responses: responses, ...consumedBy(ReturnConsumedCapacity, used) };
  }
}

export type { AttributeValue, Item };
