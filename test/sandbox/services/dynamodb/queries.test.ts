/** Query and Scan: key conditions, order, pages, filters, indexes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Item } from '../../../../sandbox/services/dynamodb/attribute-value.ts';
import type { QueryRequest } from '../../../../sandbox/services/dynamodb/dynamodb.types.ts';
import type { Page } from '../../../../sandbox/services/dynamodb/read-many.ts';
import { refused } from '../service-account.ts';
import { withOrders, withTables } from './table.ts';

const numbers = ({ Items = [] }: Page): string[] => Items.map((item) => Object.values(item['number'] ?? {}).join(''));

/** `number` is a reserved word. */
const ofAda = (condition = '', values: Record<string, { N: string } | { S: string }> = {}): QueryRequest => ({
  TableName: 'orders',
  KeyConditionExpression: `person = :p${condition === '' ? '' : ` AND ${condition}`}`,
  ...(condition.includes('#n') ? { ExpressionAttributeNames: { '#n': 'number' } } : {}),
  ExpressionAttributeValues: { ':p': { S: 'ada' }, ...values },
});

describe('key conditions', () => {
  test.each<[string, Record<string, { N: string }>, string[]]>([
    ['', {}, ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']],
    ['#n = :a', { ':a': { N: '3' } }, ['3']],
    ['#n < :a', { ':a': { N: '3' } }, ['1', '2']],
    ['#n >= :a', { ':a': { N: '9' } }, ['9', '10']],
    ['#n BETWEEN :a AND :b', { ':a': { N: '4' }, ':b': { N: '6' } }, ['4', '5', '6']],
    ['#n = :a', { ':a': { N: '99' } }, []],
  ])('person = :p AND %s', async (condition, values, expected) => {
    const { dynamodb } = await withOrders();
    expect(numbers(await dynamodb.query(ofAda(condition, values)))).toEqual(expected);
  });

  test('from the end', async () => {
    const { dynamodb } = await withOrders();
    const last = await dynamodb.query({ ...ofAda(), ScanIndexForward: false, Limit: 3 });
    expect(numbers(last)).toEqual(['10', '9', '8']);
    const before = last.LastEvaluatedKey;
    expect(before).toEqual({ person: { S: 'ada' }, number: { N: '8' } });
    const next = await dynamodb.query({
      ...ofAda(),
      ScanIndexForward: false,
      Limit: 3,
      ExclusiveStartKey: before ?? {},
    });
    expect(numbers(next)).toEqual(['7', '6', '5']);
  });

  test('texts are in the order of their bytes', async () => {
    const { dynamodb } = await withTables();
    await dynamodb.createTable({
      TableName: 'words',
      AttributeDefinitions: [
        { AttributeName: 'a', AttributeType: 'S' },
        { AttributeName: 'b', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'a', KeyType: 'HASH' },
        { AttributeName: 'b', KeyType: 'RANGE' },
      ],
    });
    for (const b of ['z', 'é', 'A', '10', '9', '\u{1F600}', '\uFF5E', 'a/1', 'a/2']) {
      await dynamodb.putItem({ TableName: 'words', Item: { a: { S: 'x' }, b: { S: b } } });
    }
    const words = async (condition: string, values = {}) => {
      const { Items = [] } = await dynamodb.query({
        TableName: 'words',
        KeyConditionExpression: `a = :x${condition}`,
        ExpressionAttributeValues: { ':x': { S: 'x' }, ...values },
      });
      return Items.map(({ b }) => (b as { S: string }).S);
    };
    expect(await words('')).toEqual(['10', '9', 'A', 'a/1', 'a/2', 'z', 'é', '\uFF5E', '\u{1F600}']);
    expect(await words(' AND begins_with(b, :b)', { ':b': { S: 'a/' } })).toEqual(['a/1', 'a/2']);
  });

  test.each<[string, Partial<QueryRequest>, string]>([
    [
      'no condition',
      { KeyConditionExpression: undefined as never },
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    ],
    [
      'not the partition key',
      { KeyConditionExpression: '#n = :p' },
      'Query condition missed key schema element: person',
    ],
    ['a range of partitions', { KeyConditionExpression: 'person > :p' }, 'Query key condition not supported'],
    ['alternatives', { KeyConditionExpression: 'person = :p OR #n = :p' }, 'Query key condition not supported'],
    [
      'another attribute',
      { KeyConditionExpression: 'person = :p AND price = :p' },
      'Query condition missed key schema element: number',
    ],
    [
      'a key twice',
      { KeyConditionExpression: 'person = :p AND person = :p' },
      'KeyConditionExpressions must only contain one condition per key',
    ],
    [
      'another type',
      { KeyConditionExpression: 'person = :p AND #n = :p' },
      'One or more parameter values were invalid: Condition parameter type does not match schema type',
    ],
    [
      'a filter on the key',
      { FilterExpression: '#n = :p' },
      'Filter Expression can only contain non-primary key attributes: Primary key attribute: number',
    ],
    ['an index that is not there', { IndexName: 'none' }, 'The table does not have the specified index: none'],
    [
      'a consistent read of a global index',
      { IndexName: 'by-state', ConsistentRead: true },
      'Consistent reads are not supported on global secondary indexes',
    ],
    [
      'no page',
      { Limit: 0 },
      "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    ['half a start key', { ExclusiveStartKey: { person: { S: 'ada' } } }, 'The provided starting key is invalid'],
  ])('refused: %s', async (_name, changes, message) => {
    const { dynamodb } = await withOrders();
    const request = { ...ofAda(), ...changes };
    const text = `${request.KeyConditionExpression} ${request.FilterExpression}`;
    const names = text.includes('#n') ? { ExpressionAttributeNames: { '#n': 'number' } } : {};
    expect(await refused(dynamodb.query({ ...request, ...names }))).toBe(`ValidationException: ${message}`);
  });
});

test('a filter leaves out what was read: the page is counted before it', async () => {
  const { dynamodb } = await withOrders();
  const page = await dynamodb.query({
    ...ofAda('', { ':t': { N: '50' } }),
    FilterExpression: 'price > :t',
    Limit: 6,
    ReturnConsumedCapacity: 'TOTAL',
  });
  expect(numbers(page)).toEqual(['6']);
  expect(page).toMatchObject({
    Count: 1,
    ScannedCount: 6,
    LastEvaluatedKey: { number: { N: '6' } },
    ConsumedCapacity: { TableName: 'orders', CapacityUnits: 0.5 },
  });
});

test('a limit that is just reached still gives a key to go on from', async () => {
  const { dynamodb } = await withOrders();
  const page = await dynamodb.query({ ...ofAda(), Limit: 10 });
  expect(page.LastEvaluatedKey).toEqual({ person: { S: 'ada' }, number: { N: '10' } });
  const next = await dynamodb.query({ ...ofAda(), Limit: 10, ExclusiveStartKey: page.LastEvaluatedKey ?? {} });
  expect(next).toEqual({ Items: [], Count: 0, ScannedCount: 0 });
});

test('a page holds at most 1 MB', async () => {
  const { dynamodb } = await withTables();
  for (const number of ['1', '2', '3']) {
    const Item: Item = { person: { S: 'ada' }, number: { N: number }, blob: { S: 'x'.repeat(400_000) } };
    await dynamodb.putItem({ TableName: 'orders', Item });
  }
  const page = await dynamodb.query(ofAda());
  expect(numbers(page)).toEqual(['1', '2']);
  expect(numbers(await dynamodb.query({ ...ofAda(), ExclusiveStartKey: page.LastEvaluatedKey ?? {} }))).toEqual(['3']);
});

test('an index has the items that have its key, with what is projected into it', async () => {
  const { dynamodb } = await withOrders();
  const request: QueryRequest = {
    TableName: 'orders',
    IndexName: 'by-state',
    KeyConditionExpression: '#s = :open',
    ExpressionAttributeNames: { '#s': 'state' },
    ExpressionAttributeValues: { ':open': { S: 'open' } },
  };
  const { Items = [] } = await dynamodb.query(request);
  expect(Items).toEqual([
    { person: { S: 'bob' }, number: { N: '1' }, state: { S: 'open' } },
    { person: { S: 'bob' }, number: { N: '2' }, state: { S: 'open' } },
    { person: { S: 'ada' }, number: { N: '3' }, state: { S: 'open' }, price: { N: '30' } },
    { person: { S: 'ada' }, number: { N: '6' }, state: { S: 'open' }, price: { N: '60' } },
    { person: { S: 'ada' }, number: { N: '9' }, state: { S: 'open' }, price: { N: '90' } },
  ]);
  await dynamodb.updateItem({
    TableName: 'orders',
    Key: { person: { S: 'ada' }, number: { N: '6' } },
    UpdateExpression: 'REMOVE #s',
    ExpressionAttributeNames: { '#s': 'state' },
  });
  expect(numbers(await dynamodb.query(request))).toEqual(['1', '2', '3', '9']);
  const first = await dynamodb.query({ ...request, Limit: 2 });
  expect(first.LastEvaluatedKey).toEqual({ person: { S: 'bob' }, number: { N: '2' }, state: { S: 'open' } });
  const rest = await dynamodb.query({ ...request, ExclusiveStartKey: first.LastEvaluatedKey ?? {} });
  expect(numbers(rest)).toEqual(['3', '9']);
});

test('COUNT gives no items', async () => {
  const { dynamodb } = await withOrders();
  expect(await dynamodb.query({ ...ofAda(), Select: 'COUNT' })).toEqual({ Count: 10, ScannedCount: 10 });
});

test('law: pages and segments of a scan together are the whole table, once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: -20, max: 20 })), {
        maxLength: 25,
        selector: (one) => one.join(),
      }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 3 }),
      async (keys, Limit, TotalSegments) => {
        const { dynamodb } = await withTables();
        for (const [person, number] of keys) {
          await dynamodb.putItem({
            TableName: 'orders',
            Item: { person: { S: person }, number: { N: String(number) } },
          });
        }
        const found: string[] = [];
        for (let Segment = 0; Segment < TotalSegments; Segment += 1) {
          let start: Item | undefined;
          do {
            const page: Page = await dynamodb.scan({
              TableName: 'orders',
              Limit,
              Segment,
              TotalSegments,
              ...(start === undefined ? {} : { ExclusiveStartKey: start }),
            });
            found.push(...(page.Items ?? []).map((item) => JSON.stringify(item)));
            start = page.LastEvaluatedKey;
          } while (start !== undefined);
        }
        const all = keys.map(([person, number]) =>
          JSON.stringify({ person: { S: person }, number: { N: String(number) } }),
        );
        expect(found.sort()).toEqual(all.sort());
      },
    ),
    { numRuns: 60 },
  );
});

test('law: a query gives the order of numbers, forwards and backwards', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.constantFrom(0.5, -0.25, 1e20, -1e20)), {
        maxLength: 15,
      }),
      async (given) => {
        const { dynamodb } = await withTables();
        for (const number of given) {
          await dynamodb.putItem({
            TableName: 'orders',
            Item: { person: { S: 'ada' }, number: { N: String(number) } },
          });
        }
        const sorted = [...given].sort((a, b) => a - b);
        expect(numbers(await dynamodb.query(ofAda())).map(Number)).toEqual(sorted);
        expect(numbers(await dynamodb.query({ ...ofAda(), ScanIndexForward: false })).map(Number)).toEqual(
          sorted.reverse(),
        );
      },
    ),
    { numRuns: 40 },
  );
});
