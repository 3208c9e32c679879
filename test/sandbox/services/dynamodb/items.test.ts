/** Items, keys, batches and transactions, by the answers and errors of DynamoDB's API. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import type { Item } from '../../../../sandbox/services/dynamodb/attribute-value.ts';
import { refused } from '../service-account.ts';
import { orders, people, withTables } from './table.ts';

const key = (id: string) => ({ TableName: 'people', Key: { id: { S: id } } });
const person = (id: string, more: Item = {}) => ({ TableName: 'people', Item: { id: { S: id }, ...more } });

test('put gives the old item back when asked, get finds it, delete takes it away', async () => {
  const { dynamodb } = await withTables();
  expect(await dynamodb.putItem({ ...person('ada', { age: { N: '36' } }), ReturnValues: 'ALL_OLD' })).toEqual({});
  expect(await dynamodb.putItem({ ...person('ada', { age: { N: '037.0' } }), ReturnValues: 'ALL_OLD' })).toEqual({
    Attributes: { id: { S: 'ada' }, age: { N: '36' } },
  });
  expect(await dynamodb.getItem(key('ada'))).toEqual({ Item: { id: { S: 'ada' }, age: { N: '37' } } });
  expect(await dynamodb.deleteItem({ ...key('ada'), ReturnValues: 'ALL_OLD' })).toEqual({
    Attributes: { id: { S: 'ada' }, age: { N: '37' } },
  });
  expect(await dynamodb.getItem(key('ada'))).toEqual({});
  expect(await dynamodb.deleteItem(key('ada'))).toEqual({});
});

test('a failed condition gives the item when asked', async () => {
  const { dynamodb } = await withTables();
  await dynamodb.putItem(person('ada', { version: { N: '3' } }));
  const put = dynamodb.putItem({
    ...person('ada'),
    ConditionExpression: 'attribute_not_exists(id)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  await expect(put).rejects.toMatchObject({
    name: 'ConditionalCheckFailedException',
    code: 400,
    details: { Item: { id: { S: 'ada' }, version: { N: '3' } } },
  });
});

test('capacity that is consumed', async () => {
  const { dynamodb } = await withTables();
  const blob = { S: 'x'.repeat(9000) };
  expect(await dynamodb.putItem({ ...person('ada', { blob }), ReturnConsumedCapacity: 'TOTAL' })).toEqual({
    ConsumedCapacity: { TableName: 'people', CapacityUnits: 9 },
  });
  const read = async (ConsistentRead: boolean) =>
    (await dynamodb.getItem({ ...key('ada'), ConsistentRead, ReturnConsumedCapacity: 'TOTAL' })).ConsumedCapacity;
  expect(await read(false)).toEqual({ TableName: 'people', CapacityUnits: 1.5 });
  expect(await read(true)).toEqual({ TableName: 'people', CapacityUnits: 3 });
  expect(
    await dynamodb.transactWriteItems({ TransactItems: [{ Put: person('new') }], ReturnConsumedCapacity: 'TOTAL' }),
  ).toEqual({ ConsumedCapacity: [{ TableName: 'people', CapacityUnits: 2 }] });
});

describe('refused', () => {
  test.each<[string, (dynamodb: Account['dynamodb']) => Promise<unknown>, string]>([
    [
      'a table that is not there',
      (d) => d.putItem({ TableName: 'none', Item: { id: { S: 'a' } } }),
      'ResourceNotFoundException: Requested resource not found',
    ],
    [
      'describing it',
      (d) => d.describeTable({ TableName: 'none' }),
      'ResourceNotFoundException: Requested resource not found: Table: none not found',
    ],
    ['a table that is there', (d) => d.createTable(people), 'ResourceInUseException: Table already exists: people'],
    [
      'an item without its key',
      (d) => d.putItem({ TableName: 'people', Item: { name: { S: 'a' } } }),
      'ValidationException: One or more parameter values were invalid: Missing the key id in the item',
    ],
    [
      'a key of another type',
      (d) => d.putItem({ TableName: 'people', Item: { id: { N: '1' } } }),
      'ValidationException: One or more parameter values were invalid: Type mismatch for key id expected: S actual: N',
    ],
    [
      'reading by another key',
      (d) => d.getItem({ TableName: 'people', Key: { name: { S: 'a' } } }),
      'ValidationException: The provided key element does not match the schema',
    ],
    [
      'reading by half a key',
      (d) => d.getItem({ TableName: 'orders', Key: { person: { S: 'a' } } }),
      'ValidationException: The provided key element does not match the schema',
    ],
    [
      'an empty key',
      (d) => d.putItem(person('')),
      'ValidationException: One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id',
    ],
    [
      'a key of an index with another type',
      (d) => d.putItem({ TableName: 'orders', Item: { person: { S: 'a' }, number: { N: '1' }, state: { N: '1' } } }),
      'ValidationException: One or more parameter values were invalid: Type mismatch for Index Key state Expected: S Actual: N IndexName: by-state',
    ],
    [
      'JavaScript values',
      (d) => d.putItem({ TableName: 'people', Item: { id: 'ada' } as never }),
      'ValidationException: Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
    ],
    [
      'two types at once',
      (d) => d.putItem(person('a', { x: { S: 'a', N: '1' } as never })),
      'ValidationException: Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    ],
    [
      'no number',
      (d) => d.putItem(person('a', { x: { N: 'one' } })),
      'ValidationException: The parameter cannot be converted to a numeric value: one',
    ],
    [
      'an empty set',
      (d) => d.putItem(person('a', { x: { SS: [] } })),
      'ValidationException: One or more parameter values were invalid: An string set  may not be empty',
    ],
    [
      'a set with duplicates',
      (d) => d.putItem(person('a', { x: { NS: ['1', '1.0'] } })),
      'ValidationException: One or more parameter values were invalid: Input collection [1, 1] contains duplicates.',
    ],
    [
      'an item that is too large',
      (d) => d.putItem(person('a', { x: { S: 'x'.repeat(409_600) } })),
      'ValidationException: Item size has exceeded the maximum allowed size',
    ],
    [
      'a name of two characters',
      (d) => d.createTable({ ...people, TableName: 'ab' }),
      "ValidationException: 1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
    ],
    [
      'a key that is not defined',
      (d) => d.createTable({ ...people, TableName: 'other', AttributeDefinitions: [] }),
      'ValidationException: One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [id], AttributeDefinitions: []',
    ],
    [
      'a definition of what is no key',
      (d) =>
        d.createTable({
          ...people,
          TableName: 'other',
          AttributeDefinitions: [...people.AttributeDefinitions, { AttributeName: 'age', AttributeType: 'N' }],
        }),
      'ValidationException: One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    ],
    [
      'parameters of old',
      (d) => d.putItem({ ...person('a'), Expected: {} } as never),
      'NotSimulatedError: Expected of PutItem is not available in this simulator. Write an expression instead.',
    ],
  ])('%s', async (_name, call, message) => {
    const { dynamodb } = await withTables();
    expect(await refused(call(dynamodb))).toBe(message);
  });
});

describe('batches', () => {
  test('write and read several items of several tables', async () => {
    const { dynamodb } = await withTables();
    await dynamodb.putItem(person('old'));
    const order = { person: { S: 'ada' }, number: { N: '1' } };
    expect(
      await dynamodb.batchWriteItem({
        RequestItems: {
          people: [{ PutRequest: { Item: { id: { S: 'ada' } } } }, { DeleteRequest: { Key: { id: { S: 'old' } } } }],
          orders: [{ PutRequest: { Item: order } }],
        },
      }),
    ).toEqual({ UnprocessedItems: {} });
    expect(
      await dynamodb.batchGetItem({
        RequestItems: { people: { Keys: [{ id: { S: 'ada' } }, { id: { S: 'old' } }] }, orders: { Keys: [order] } },
      }),
    ).toEqual({ Responses: { people: [{ id: { S: 'ada' } }], orders: [order] }, UnprocessedKeys: {} });
  });

  test('have their limits', async () => {
    const { dynamodb } = await withTables();
    const write = (count: number) =>
      dynamodb.batchWriteItem({
        RequestItems: {
          people: Array.from({ length: count }, (_one, index) => ({
            PutRequest: { Item: { id: { S: String(index) } } },
          })),
        },
      });
    expect(await refused(write(25))).toBe('no error');
    expect(await refused(write(26))).toBe('ValidationException: Too many items requested for the BatchWriteItem call');
    expect(await refused(dynamodb.batchWriteItem({ RequestItems: {} }))).toBe(
      "ValidationException: 1 validation error detected: Value '{}' at 'requestItems' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
    const twice = { PutRequest: { Item: { id: { S: 'a' } } } };
    expect(await refused(dynamodb.batchWriteItem({ RequestItems: { people: [twice, twice] } }))).toBe(
      'ValidationException: Provided list of item keys contains duplicates',
    );
  });
});

describe('transactions', () => {
  const transfer = (dynamodb: Account['dynamodb'], amount: string) =>
    dynamodb.transactWriteItems({
      TransactItems: [
        {
          Update: {
            ...key('ada'),
            UpdateExpression: 'SET balance = balance - :a',
            ConditionExpression: 'balance >= :a',
            ExpressionAttributeValues: { ':a': { N: amount } },
          },
        },
        {
          Update: {
            ...key('bob'),
            UpdateExpression: 'ADD balance :a',
            ExpressionAttributeValues: { ':a': { N: amount } },
          },
        },
      ],
    });
  const balances = async (dynamodb: Account['dynamodb']) => {
    const { Responses } = await dynamodb.transactGetItems({
      TransactItems: [{ Get: key('ada') }, { Get: key('bob') }],
    });
    return Responses.map((one) => ('Item' in one ? one.Item['balance'] : undefined));
  };

  test('all writes happen, or none', async () => {
    const { dynamodb } = await withTables();
    await dynamodb.putItem(person('ada', { balance: { N: '100' } }));
    await transfer(dynamodb, '60');
    expect(await balances(dynamodb)).toEqual([{ N: '40' }, { N: '60' }]);
    await expect(transfer(dynamodb, '60')).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [ConditionalCheckFailed, None]',
      details: {
        CancellationReasons: [
          { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
          { Code: 'None' },
        ],
      },
    });
    expect(await balances(dynamodb)).toEqual([{ N: '40' }, { N: '60' }]);
  });

  test('name an item once only', async () => {
    const { dynamodb } = await withTables();
    const twice = dynamodb.transactWriteItems({ TransactItems: [{ Put: person('a') }, { Delete: key('a') }] });
    expect(await refused(twice)).toBe(
      'ValidationException: Transaction request cannot include multiple operations on one item',
    );
  });
});

test('tables are listed, described and deleted', async () => {
  const { dynamodb } = await withTables();
  await dynamodb.putItem(person('ada'));
  expect(await dynamodb.listTables({ Limit: 1 })).toEqual({ TableNames: ['orders'], LastEvaluatedTableName: 'orders' });
  expect((await dynamodb.describeTable({ TableName: 'people' })).Table).toMatchObject({
    TableName: 'people',
    TableStatus: 'ACTIVE',
    ItemCount: 1,
    TableSizeBytes: 5,
    TableArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/people',
  });
  expect((await dynamodb.describeTable({ TableName: orders.TableName })).Table.GlobalSecondaryIndexes).toMatchObject([
    { IndexName: 'by-state', IndexStatus: 'ACTIVE' },
  ]);
  await dynamodb.deleteTable({ TableName: 'people' });
  expect(await dynamodb.listTables({})).toEqual({ TableNames: ['orders'] });
});

test('law: a table is a map from keys to items', async () => {
  const id = fc.constantFrom('a', 'b', 'c');
  const value = fc.integer({ min: -5, max: 5 });
  const command = fc.oneof(
    fc.record({ kind: fc.constant('put' as const), id, value }),
    fc.record({ kind: fc.constant('putNew' as const), id, value }),
    fc.record({ kind: fc.constant('add' as const), id, value }),
    fc.record({ kind: fc.constant('delete' as const), id, value }),
    fc.record({ kind: fc.constant('deleteIf' as const), id, value }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 20 }), async (commands) => {
      const { dynamodb } = await withTables();
      const model = new Map<string, number>();
      for (const one of commands) {
        const item = person(one.id, { n: { N: String(one.value) } });
        const before = model.get(one.id);
        const values = { ExpressionAttributeValues: { ':v': { N: String(one.value) } } };
        switch (one.kind) {
          case 'put':
            await dynamodb.putItem(item);
            model.set(one.id, one.value);
            break;
          case 'putNew': {
            const answer = await refused(
              dynamodb.putItem({ ...item, ConditionExpression: 'attribute_not_exists(id)' }),
            );
            expect(answer === 'no error').toBe(before === undefined);
            if (before === undefined) model.set(one.id, one.value);
            break;
          }
          case 'add':
            await dynamodb.updateItem({ ...key(one.id), UpdateExpression: 'ADD n :v', ...values });
            model.set(one.id, (before ?? 0) + one.value);
            break;
          case 'delete':
            await dynamodb.deleteItem(key(one.id));
            model.delete(one.id);
            break;
          case 'deleteIf': {
            const answer = await refused(
              dynamodb.deleteItem({ ...key(one.id), ConditionExpression: 'n < :v', ...values }),
            );
            const holds = before !== undefined && before < one.value;
            expect(answer === 'no error').toBe(holds);
            if (holds) model.delete(one.id);
            break;
          }
        }
      }
      const { Items = [] } = await dynamodb.scan({ TableName: 'people' });
      const found = Items.map(
        ({ id: name, n }) => [(name as { S: string }).S, Number((n as { N: string }).N)] as const,
      );
      expect(new Map(found)).toEqual(model);
      expect(found).toHaveLength(model.size);
    }),
    { numRuns: 80 },
  );
});
