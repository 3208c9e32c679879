/** DynamoDB's clients inside functions: attribute values, the document client, and marshalling by hand. */
import { describe, expect, test } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import { allow, createRole, deploy, invoke, openAccount, type Deployment } from '../function-story.ts';
import { people } from '../dynamodb/table.ts';

async function run(source: string, settings: Deployment = {}): Promise<unknown> {
  const account: Account = await openAccount();
  const Role = await createRole(account, [allow('dynamodb')]);
  await account.dynamodb.createTable(people);
  await deploy(account, source, { Role, ...settings });
  const answer = await invoke(account);
  account.dispose();
  return answer;
}

test.each(['nodejs22.x', 'nodejs24.x'])(
  'the document client takes and gives JavaScript values on %s',
  async (Runtime) => {
    const source = `
    import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
    import { DynamoDBDocumentClient, PutCommand, GetCommand, UpdateCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
    const document = DynamoDBDocumentClient.from(new DynamoDBClient({}));
    export const handler = async () => {
      const Item = { id: 'ada', age: 36, tags: new Set(['a', 'b']), address: { city: 'London', lines: ['x', null, true] }, picture: new Uint8Array([1, 2]) };
      await document.send(new PutCommand({ TableName: 'people', Item }));
      const { Attributes } = await document.send(new UpdateCommand({ TableName: 'people', Key: { id: 'ada' },
        UpdateExpression: 'ADD age :one SET address.city = :city', ExpressionAttributeValues: { ':one': 1, ':city': 'Paris' }, ReturnValues: 'ALL_NEW' }));
      const got = await document.send(new GetCommand({ TableName: 'people', Key: { id: 'ada' } }));
      const { Items, Count } = await document.send(new QueryCommand({ TableName: 'people', KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': 'ada' } }));
      const none = await document.send(new ScanCommand({ TableName: 'people', FilterExpression: 'age > :age', ExpressionAttributeValues: { ':age': 99 } }));
      return [Attributes.age, Attributes.address, [...got.Item.tags], got.Item.picture instanceof Uint8Array, Count, Items[0].id, none.Items, got.$metadata.httpStatusCode];
    };`;
    expect(await run(source, { Runtime })).toEqual([
      37,
      { city: 'Paris', lines: ['x', null, true] },
      ['a', 'b'],
      true,
      1,
      'ada',
      [],
      200,
    ]);
  },
);

test('the aggregated document client, batches, transactions and pages, from CommonJS', async () => {
  const files = {
    'index.js': `
      const { DynamoDB } = require('@aws-sdk/client-dynamodb');
      const { DynamoDBDocument, paginateScan } = require('@aws-sdk/lib-dynamodb');
      const document = DynamoDBDocument.from(new DynamoDB({}), { marshallOptions: { removeUndefinedValues: true } });
      exports.handler = async () => {
        await document.batchWrite({ RequestItems: { people: ['a', 'b', 'c'].map((id) => ({ PutRequest: { Item: { id, n: 1, nothing: undefined } } })) } });
        await document.transactWrite({ TransactItems: [
          { Update: { TableName: 'people', Key: { id: 'a' }, UpdateExpression: 'ADD n :n', ExpressionAttributeValues: { ':n': 5 } } },
          { Delete: { TableName: 'people', Key: { id: 'b' } } },
        ] });
        const { Responses } = await document.batchGet({ RequestItems: { people: { Keys: [{ id: 'a' }, { id: 'b' }] } } });
        const { Responses: both } = await document.transactGet({ TransactItems: [{ Get: { TableName: 'people', Key: { id: 'a' } } }, { Get: { TableName: 'people', Key: { id: 'b' } } }] });
        const ids = [];
        for await (const page of paginateScan({ client: document, pageSize: 1 }, { TableName: 'people' })) ids.push(...page.Items.map(({ id }) => id));
        const error = await document.put({ TableName: 'people', Item: { id: 'a' }, ConditionExpression: 'attribute_not_exists(id)' }).catch((error) => error);
        return [Responses.people, both, ids.sort(), error.name, error instanceof require('@aws-sdk/client-dynamodb').ConditionalCheckFailedException];
      };`,
  };
  expect(await run('', { files })).toEqual([
    [{ id: 'a', n: 6 }],
    [{ Item: { id: 'a', n: 6 } }, {}],
    ['a', 'c'],
    'ConditionalCheckFailedException',
    true,
  ]);
});

test('the plain client takes attribute values; errors have their members', async () => {
  const source = `
    import { DynamoDBClient, PutItemCommand, TransactWriteItemsCommand, ReturnValue } from '@aws-sdk/client-dynamodb';
    import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
    const client = new DynamoDBClient({});
    export const handler = async () => {
      await client.send(new PutItemCommand({ TableName: 'people', Item: marshall({ id: 'ada', n: 1.5 }) }));
      const { Attributes } = await client.send(new PutItemCommand({ TableName: 'people', Item: { id: { S: 'ada' } }, ReturnValues: ReturnValue.ALL_OLD }));
      const failed = await client.send(new PutItemCommand({ TableName: 'people', Item: { id: { S: 'ada' } }, ConditionExpression: 'attribute_exists(x)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })).catch((error) => error);
      const cancelled = await client.send(new TransactWriteItemsCommand({ TransactItems: [{ ConditionCheck: { TableName: 'people', Key: { id: { S: 'none' } }, ConditionExpression: 'attribute_exists(id)' } }] })).catch((error) => error);
      const wrong = await client.send(new PutItemCommand({ TableName: 'people', Item: { id: 'ada' } })).catch((error) => error);
      return [unmarshall(Attributes), failed.Item, failed.__type, failed.$metadata.httpStatusCode, cancelled.CancellationReasons[0].Code, cancelled.name, String(wrong)];
    };`;
  expect(await run(source)).toEqual([
    { id: 'ada', n: 1.5 },
    { id: { S: 'ada' } },
    'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
    400,
    'ConditionalCheckFailed',
    'TransactionCanceledException',
    'ValidationException: Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
  ]);
});

describe('marshalling', () => {
  // Literal answers of @aws-sdk/util-dynamodb 3.1175 in Node.js.
  const cases: [string, unknown][] = [
    [
      "marshall({ s: 'a', n: 1.5, b: true, z: null, l: [1, 'x'], m: { k: 2n }, e: '' })",
      {
        s: { S: 'a' },
        n: { N: '1.5' },
        b: { BOOL: true },
        z: { NULL: true },
        l: { L: [{ N: '1' }, { S: 'x' }] },
        m: { M: { k: { N: '2' } } },
        e: { S: '' },
      },
    ],
    ["marshall({ t: new Set(['a']), n: new Set([1, 2]) })", { t: { SS: ['a'] }, n: { NS: ['1', '2'] } }],
    ["marshall('text')", { S: 'text' }],
    ['marshall([1])', [{ N: '1' }]],
    ['marshall([1], { convertTopLevelContainer: true })', { L: [{ N: '1' }] }],
    ["marshall({ a: '', b: new Set() }, { convertEmptyValues: true })", { a: { NULL: true }, b: { NULL: true } }],
    [
      'marshall({ a: undefined, b: [undefined, 1], f: () => 1 }, { removeUndefinedValues: true })',
      { b: { L: [{ N: '1' }] } },
    ],
    ['marshall(new Map([["a", 1]]))', { a: { N: '1' } }],
    [
      'marshall({ d: new (class P { x = 1 })() }, { convertClassInstanceToMap: true })',
      { d: { M: { x: { N: '1' } } } },
    ],
    [
      "unmarshall({ s: { S: 'a' }, n: { N: '1.50' }, l: { L: [{ BOOL: false }, { NULL: true }] }, t: { M: {} } })",
      { s: 'a', n: 1.5, l: [false, null], t: {} },
    ],
    ["[...unmarshall({ t: { NS: ['1', '2'] } }).t]", [1, 2]],
    ["String(unmarshall({ n: { N: '12345678901234567890' } }).n)", '12345678901234567890'],
    ["typeof unmarshall({ n: { N: '12345678901234567890' } }).n", 'bigint'],
    ["unmarshall({ n: { N: '1.10' } }, { wrapNumbers: true }).n.toString()", '1.10'],
    ["unmarshall({ n: { N: '1' } }, { wrapNumbers: (text) => text + '!' }).n", '1!'],
    [
      'failing(() => marshall({ a: undefined }))',
      'Pass options.removeUndefinedValues=true to remove undefined values from map/array/set.',
    ],
    [
      'failing(() => marshall({ a: new Date(0) }))',
      'Unsupported type passed: Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time). Pass options.convertClassInstanceToMap=true to marshall typeof object as map attribute.',
    ],
    ['failing(() => marshall({ a: NaN }))', 'Special numeric value NaN is not allowed'],
    [
      'failing(() => marshall({ a: 2 ** 53 }))',
      'Number 9007199254740992 is greater than Number.MAX_SAFE_INTEGER. Use NumberValue from @aws-sdk/lib-dynamodb.',
    ],
    ['failing(() => marshall({ a: new Set() }))', 'Pass a non-empty set, or options.convertEmptyValues=true.'],
    ['marshall({ a: NumberValue.from("1.000000000000000000001") })', { a: { N: '1.000000000000000000001' } }],
    ['failing(() => unmarshall({ n: { X: 1 } }))', 'Unsupported type passed: X'],
  ];
  test('as in Node.js', async () => {
    const source = `
      import { marshall, unmarshall, NumberValueImpl as NumberValue } from '@aws-sdk/util-dynamodb';
      const failing = (work) => { try { return work(); } catch (error) { return error.message; } };
      export const handler = async () => [${cases.map(([expression]) => expression).join(',\n')}];`;
    expect(await run(source)).toEqual(cases.map(([, expected]) => expected));
  });
});
