/** A table for stories: people by id, orders by person and number. */
import type { Account } from '../../../../sandbox/account.ts';
import type { CreateTableRequest } from '../../../../sandbox/services/dynamodb/dynamodb.types.ts';
import { serviceAccount } from '../service-account.ts';

export const people: CreateTableRequest = {
  TableName: 'people',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  BillingMode: 'PAY_PER_REQUEST',
};

export const orders: CreateTableRequest = {
  TableName: 'orders',
  AttributeDefinitions: [
    { AttributeName: 'person', AttributeType: 'S' },
    { AttributeName: 'number', AttributeType: 'N' },
    { AttributeName: 'state', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'person', KeyType: 'HASH' },
    { AttributeName: 'number', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-state',
      KeySchema: [
        { AttributeName: 'state', KeyType: 'HASH' },
        { AttributeName: 'number', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['price'] },
    },
  ],
  BillingMode: 'PAY_PER_REQUEST',
};

export async function withTables(): Promise<Account> {
  const account = await serviceAccount();
  await account.dynamodb.createTable(people);
  await account.dynamodb.createTable(orders);
  return account;
}

/** Ten orders of Ada, numbered from 1, every third one open; two of Bob. */
export async function withOrders(): Promise<Account> {
  const account = await withTables();
  for (let number = 1; number <= 10; number += 1) {
    const Item = {
      person: { S: 'ada' },
      number: { N: String(number) },
      price: { N: String(number * 10) },
      ...(number % 3 === 0 ? { state: { S: 'open' } } : {}),
    };
    await account.dynamodb.putItem({ TableName: 'orders', Item });
  }
  for (const number of ['1', '2']) {
    await account.dynamodb.putItem({
      TableName: 'orders',
      Item: { person: { S: 'bob' }, number: { N: number }, state: { S: 'open' }, note: { S: 'x' } },
    });
  }
  return account;
}
