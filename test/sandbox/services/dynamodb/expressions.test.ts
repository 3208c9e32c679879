/** Expressions, one line a case: what they make of an item, and how mistakes in them are refused. */
import { describe, expect, test } from 'vitest';
import type { Item } from '../../../../sandbox/services/dynamodb/attribute-value.ts';
import { refused } from '../service-account.ts';
import { withTables } from './table.ts';

const ada: Item = {
  id: { S: 'ada' },
  age: { N: '36' },
  email: { S: 'ada@example.org' },
  tags: { SS: ['maths', 'poetry'] },
  scores: { L: [{ N: '1' }, { N: '2' }, { N: '3' }] },
  address: { M: { city: { S: 'London' }, rooms: { L: [{ S: 'a' }, { S: 'b' }] } } },
  active: { BOOL: true },
  nothing: { NULL: true },
  picture: { B: new Uint8Array([1, 2, 3]) },
};

const values = {
  ':n': { N: '36' },
  ':low': { N: '30' },
  ':high': { N: '40' },
  ':s': { S: 'ada@' },
  ':city': { S: 'London' },
  ':tag': { S: 'maths' },
  ':list': { L: [{ N: '9' }] },
  ':set': { SS: ['maths', 'music'] },
  ':zero': { N: '0' },
  ':type': { S: 'SS' },
  ':map': { M: { a: { N: '1' } } },
};
const names = { '#n': 'name', '#city': 'city', '#c': 'count' };

/** Only the names and values that the expression uses: DynamoDB refuses others. */
function substitutions(...expressions: readonly string[]) {
  const used = (all: Record<string, unknown>) =>
    Object.entries(all).filter(([key]) => expressions.some((text) => new RegExp(`${key}\\b`).test(text)));
  const usedNames = used(names);
  const usedValues = used(values);
  return {
    ...(usedNames.length === 0
      ? {}
      : { ExpressionAttributeNames: Object.fromEntries(usedNames) as Record<string, string> }),
    ...(usedValues.length === 0 ? {} : { ExpressionAttributeValues: Object.fromEntries(usedValues) }),
  };
}

async function withAda() {
  const { dynamodb } = await withTables();
  await dynamodb.putItem({ TableName: 'people', Item: ada });
  return dynamodb;
}

describe('conditions', () => {
  test.each<[string, boolean]>([
    ['age = :n', true],
    ['age <> :n', false],
    ['age < :high AND age > :low', true],
    ['age BETWEEN :low AND :high', true],
    ['age BETWEEN :n AND :low', false],
    ['age IN (:low, :n)', true],
    ['age in (:low, :high)', false],
    ['email = :n', false],
    ['email > :n', false],
    ['absent = :n', false],
    ['absent <> :n', true],
    ['NOT absent = :n', true],
    ['attribute_exists(age)', true],
    ['attribute_exists(#n)', false],
    ['attribute_not_exists(#n)', true],
    ['attribute_exists(address.city)', true],
    ['attribute_exists(address.#city)', true],
    ['attribute_exists(scores[2])', true],
    ['attribute_exists(scores[3])', false],
    ['address.rooms[1] = :s', false],
    ['address.city = :city', true],
    ['attribute_type(tags, :type)', true],
    ['attribute_type(age, :type)', false],
    ['begins_with(email, :s)', true],
    ['begins_with(id, :s)', false],
    ['contains(email, :s)', true],
    ['contains(tags, :tag)', true],
    ['contains(tags, :s)', false],
    ['contains(scores, :n)', false],
    ['size(email) > :low', false],
    ['size(scores) > :zero', true],
    ['size(picture) < :low', true],
    ['size(absent) > :zero', false],
    ['age = :low OR age = :n AND email = :n', false],
    ['(age = :low OR age = :n) AND begins_with(email, :s)', true],
    ['NOT age = :low AND NOT age = :high', true],
    ['NOT (age = :n)', false],
    ['age=:n', true],
  ])('%s', async (ConditionExpression, holds) => {
    const dynamodb = await withAda();
    const put = dynamodb.putItem({
      TableName: 'people',
      Item: ada,
      ConditionExpression,
      ...substitutions(ConditionExpression),
    });
    expect(await refused(put)).toBe(
      holds ? 'no error' : 'ConditionalCheckFailedException: The conditional request failed',
    );
  });
});

describe('updates', () => {
  test.each<[string, Partial<Item>, string[]?]>([
    ['SET age = :low', { age: { N: '30' } }],
    ['SET age = age + :low', { age: { N: '66' } }],
    ['SET age = age - :high', { age: { N: '-4' } }],
    ['SET #c = if_not_exists(#c, :zero) + :n', { count: { N: '36' } }],
    ['SET age = if_not_exists(age, :zero)', { age: { N: '36' } }],
    ['SET #n = email, email = id', { name: { S: 'ada@example.org' }, email: { S: 'ada' } }],
    ['SET scores = list_append(scores, :list)', { scores: { L: [{ N: '1' }, { N: '2' }, { N: '3' }, { N: '9' }] } }],
    ['SET scores = list_append(:list, scores)', { scores: { L: [{ N: '9' }, { N: '1' }, { N: '2' }, { N: '3' }] } }],
    ['SET scores[0] = :n', { scores: { L: [{ N: '36' }, { N: '2' }, { N: '3' }] } }],
    ['SET scores[7] = :n', { scores: { L: [{ N: '1' }, { N: '2' }, { N: '3' }, { N: '36' }] } }],
    ['SET address.city = :s', { address: { M: { city: { S: 'ada@' }, rooms: { L: [{ S: 'a' }, { S: 'b' }] } } } }],
    [
      'SET address.country = :s REMOVE address.rooms',
      { address: { M: { city: { S: 'London' }, country: { S: 'ada@' } } } },
    ],
    ['REMOVE scores[0], scores[2]', { scores: { L: [{ N: '2' }] } }],
    ['REMOVE age, nothing', {}, ['age', 'nothing']],
    ['REMOVE absent', {}],
    ['ADD age :low', { age: { N: '66' } }],
    ['ADD #c :n', { count: { N: '36' } }],
    ['ADD tags :set', { tags: { SS: ['maths', 'poetry', 'music'] } }],
    ['DELETE tags :set', { tags: { SS: ['poetry'] } }],
    ['DELETE absent :set', {}],
    ['set age = :low remove email', { age: { N: '30' } }, ['email']],
  ])('%s', async (UpdateExpression, changes, gone = []) => {
    const dynamodb = await withAda();
    const { Attributes } = await dynamodb.updateItem({
      TableName: 'people',
      Key: { id: { S: 'ada' } },
      UpdateExpression,
      ...substitutions(UpdateExpression),
      ReturnValues: 'ALL_NEW',
    });
    const expected = Object.fromEntries(
      Object.entries({ ...ada, ...changes }).filter(([name]) => !gone.includes(name)),
    );
    expect(Attributes).toEqual(expected);
  });

  test('numbers are exact decimals', async () => {
    const dynamodb = await withAda();
    const add = async (before: string, term: string): Promise<string> => {
      await dynamodb.putItem({ TableName: 'people', Item: { id: { S: 'sum' }, total: { N: before } } });
      const { Attributes } = await dynamodb.updateItem({
        TableName: 'people',
        Key: { id: { S: 'sum' } },
        UpdateExpression: 'ADD #t :t',
        ExpressionAttributeNames: { '#t': 'total' },
        ExpressionAttributeValues: { ':t': { N: term } },
        ReturnValues: 'UPDATED_NEW',
      });
      return Object.values(Attributes ?? {}).map((value) => ('N' in value ? value.N : ''))[0] ?? '';
    };
    expect(await add('0.1', '0.2')).toBe('0.3');
    expect(await add('9007199254740993', '1')).toBe('9007199254740994');
    expect(await add('1e30', '-1')).toBe('999999999999999999999999999999');
    expect(await add('00012.500', '-12.5')).toBe('0');
    expect(await refused(add('1e37', '0.1'))).toBe(
      'ValidationException: Attempting to store more than 38 significant digits in a Number',
    );
    expect(await refused(add('9e125', '9e125'))).toBe(
      'ValidationException: Number overflow. Attempting to store a number with magnitude larger than supported range',
    );
  });

  test('an update makes the item that is not there, and tells what was asked', async () => {
    const dynamodb = await withAda();
    const update = (ReturnValues: 'NONE' | 'ALL_OLD' | 'UPDATED_OLD' | 'UPDATED_NEW', id = 'ada') =>
      dynamodb.updateItem({
        TableName: 'people',
        Key: { id: { S: id } },
        UpdateExpression: 'SET age = :n, address.city = :s',
        ExpressionAttributeValues: { ':n': { N: '37' }, ':s': { S: 'Paris' } },
        ReturnValues,
      });
    expect(await update('UPDATED_OLD')).toEqual({
      Attributes: { age: { N: '36' }, address: { M: { city: { S: 'London' } } } },
    });
    expect(await update('UPDATED_NEW')).toEqual({
      Attributes: { age: { N: '37' }, address: { M: { city: { S: 'Paris' } } } },
    });
    expect(await update('NONE')).toEqual({});
    expect(await refused(update('NONE', 'new'))).toBe(
      'ValidationException: The document path provided in the update expression is invalid for update',
    );
    await dynamodb.updateItem({ TableName: 'people', Key: { id: { S: 'new' } } });
    expect(await dynamodb.getItem({ TableName: 'people', Key: { id: { S: 'new' } } })).toEqual({
      Item: { id: { S: 'new' } },
    });
  });
});

describe('projections', () => {
  test.each<[string, Item]>([
    ['age, email', { age: { N: '36' }, email: { S: 'ada@example.org' } }],
    ['address.city', { address: { M: { city: { S: 'London' } } } }],
    [
      'address.rooms[1], scores[2], scores[0]',
      { address: { M: { rooms: { L: [{ S: 'b' }] } } }, scores: { L: [{ N: '1' }, { N: '3' }] } },
    ],
    ['absent, address.absent, scores[9]', {}],
  ])('%s', async (ProjectionExpression, expected) => {
    const dynamodb = await withAda();
    expect(await dynamodb.getItem({ TableName: 'people', Key: { id: { S: 'ada' } }, ProjectionExpression })).toEqual({
      Item: expected,
    });
  });
});

describe('mistakes', () => {
  test.each<[string, string]>([
    ['SET name = :n', 'Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: name'],
    [
      'SET age = :nope',
      'Invalid UpdateExpression: An expression attribute value used in expression is not defined; attribute value: :nope',
    ],
    [
      'SET #nope = :n',
      'Invalid UpdateExpression: An expression attribute name used in the document path is not defined; attribute name: #nope',
    ],
    ['SET age := :n', 'Invalid UpdateExpression: Syntax error; token: ":", near: "age :="'],
    [
      'SET age = :n SET email = :s',
      'Invalid UpdateExpression: The "SET" section can only be used once in an update expression;',
    ],
    ['age = :n', 'Invalid UpdateExpression: Syntax error; token: "age", near: "age ="'],
    ['SET age = :n,', 'Invalid UpdateExpression: Syntax error; token: "<EOF>", near: ","'],
    ['', 'Invalid UpdateExpression: The expression can not be empty;'],
    [
      'SET age = :n, age = :low',
      'Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [age], path two: [age]',
    ],
    [
      'SET address = :map REMOVE address.city',
      'Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [address], path two: [address, city]',
    ],
    [
      'SET id = :s',
      'One or more parameter values were invalid: Cannot update attribute id. This attribute is part of the key',
    ],
    ['SET absent.x = :n', 'The document path provided in the update expression is invalid for update'],
    ['SET age = absent', 'The provided expression refers to an attribute that does not exist in the item'],
    ['SET age = email + :n', 'An operand in the update expression has an incorrect data type'],
    [
      'SET age = size(email)',
      'Invalid UpdateExpression: The function is not allowed in an update expression; function: size',
    ],
    ['SET age = now()', 'Invalid UpdateExpression: Invalid function name; function: now'],
    [
      'ADD age :s',
      'Invalid UpdateExpression: Incorrect operand type for operator or function; operator or function: ADD, operand type: STRING',
    ],
    ['ADD email :n', 'An operand in the update expression has an incorrect data type'],
  ])('update: %s', async (UpdateExpression, message) => {
    const dynamodb = await withAda();
    const update = dynamodb.updateItem({
      TableName: 'people',
      Key: { id: { S: 'ada' } },
      UpdateExpression,
      ...substitutions(UpdateExpression),
    });
    expect(await refused(update)).toBe(`ValidationException: ${message}`);
  });

  test.each<[string, object, string]>([
    [
      'a name that is not used',
      { ConditionExpression: 'attribute_exists(id)', ExpressionAttributeNames: { '#x': 'x' } },
      'Value provided in ExpressionAttributeNames unused in expressions: keys: {#x}',
    ],
    [
      'a value that is not used',
      { ConditionExpression: 'attribute_exists(id)', ExpressionAttributeValues: { ':x': { S: 'x' } } },
      'Value provided in ExpressionAttributeValues unused in expressions: keys: {:x}',
    ],
    [
      'names without an expression',
      { ExpressionAttributeNames: { '#x': 'x' } },
      'ExpressionAttributeNames can only be specified when using expressions',
    ],
    [
      'values without an expression',
      { ExpressionAttributeValues: { ':x': { S: 'x' } } },
      'ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null',
    ],
    [
      'a function that does not exist',
      { ConditionExpression: 'exists(id)' },
      'Invalid ConditionExpression: Invalid function name; function: exists',
    ],
    [
      'too few operands',
      { ConditionExpression: 'begins_with(id)' },
      'Invalid ConditionExpression: Incorrect number of operands for operator or function; operator or function: begins_with, number of operands: 1',
    ],
    [
      'a comparison of nothing',
      { ConditionExpression: 'id =' },
      'Invalid ConditionExpression: Syntax error; token: "<EOF>", near: "="',
    ],
    [
      'two equal signs',
      { ConditionExpression: 'id == id' },
      'Invalid ConditionExpression: Syntax error; token: "=", near: "== id"',
    ],
  ])('condition: %s', async (_name, expressions, message) => {
    const dynamodb = await withAda();
    const put = dynamodb.putItem({ TableName: 'people', Item: ada, ...expressions });
    expect(await refused(put)).toBe(`ValidationException: ${message}`);
  });
});
