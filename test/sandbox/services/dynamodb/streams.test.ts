/** Streams of tables, and items that expire. */
import { expect, test } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import { Dynamodb } from '../../../../sandbox/services/dynamodb/dynamodb.ts';
import type { StreamViewType } from '../../../../sandbox/services/dynamodb/table-stream.ts';
import type { StreamReader } from '../../../../sandbox/services/stream-reader.ts';
import { people, withTables } from './table.ts';

async function withStream(StreamViewType: StreamViewType): Promise<{ account: Account; reader: StreamReader }> {
  const account = await withTables();
  const { TableDescription } = await account.dynamodb.createTable({
    ...people,
    TableName: 'watched',
    StreamSpecification: { StreamEnabled: true, StreamViewType },
  });
  const service = account.services.service('dynamodb');
  const reader = service instanceof Dynamodb ? service.streamReader(TableDescription.LatestStreamArn ?? '') : undefined;
  if (reader === undefined) throw new Error('The table has no stream.');
  return { account, reader };
}

function records(reader: StreamReader) {
  const [shard] = reader.shards();
  const shardId = shard?.shardId ?? '';
  return reader
    .read(shardId, reader.position(shardId, { type: 'TRIM_HORIZON' }), 100)
    .records.map((record) => record.toEventRecord('role'));
}

const put = ({ dynamodb }: Account, id: string, n: string) =>
  dynamodb.putItem({ TableName: 'watched', Item: { id: { S: id }, n: { N: n } } });

test('every change of an item is a record, in order; writing the same again is none', async () => {
  const { account, reader } = await withStream('NEW_AND_OLD_IMAGES');
  expect(reader.streamArn).toBe('arn:aws:dynamodb:us-east-1:123456789012:table/watched/stream/2026-01-05T09:00:00.000');
  await put(account, 'a', '1');
  await put(account, 'a', '1');
  await put(account, 'a', '2');
  await account.dynamodb.deleteItem({ TableName: 'watched', Key: { id: { S: 'a' } } });
  await account.dynamodb.deleteItem({ TableName: 'watched', Key: { id: { S: 'none' } } });
  const [first, second, third, ...others] = records(reader);
  expect(others).toEqual([]);
  expect(first).toEqual({
    eventID: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'us-east-1',
    dynamodb: {
      ApproximateCreationDateTime: 1_767_603_600,
      Keys: { id: { S: 'a' } },
      NewImage: { id: { S: 'a' }, n: { N: '1' } },
      SequenceNumber: expect.stringMatching(/^\d{21}$/) as string,
      SizeBytes: 9,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
    eventSourceARN: reader.streamArn,
  });
  expect(second).toMatchObject({
    eventName: 'MODIFY',
    dynamodb: { OldImage: { n: { N: '1' } }, NewImage: { n: { N: '2' } } },
  });
  expect(third).toMatchObject({ eventName: 'REMOVE', dynamodb: { OldImage: { n: { N: '2' } } } });
  expect(third?.['dynamodb']).not.toHaveProperty('NewImage');
});

test.each<[StreamViewType, string[]]>([
  ['KEYS_ONLY', ['Keys']],
  ['NEW_IMAGE', ['Keys', 'NewImage']],
  ['OLD_IMAGE', ['Keys', 'OldImage']],
])('%s', async (view, members) => {
  const { account, reader } = await withStream(view);
  await put(account, 'a', '1');
  await put(account, 'a', '2');
  const shown = Object.keys(records(reader)[1]?.['dynamodb'] as object);
  expect(shown).toEqual(['ApproximateCreationDateTime', ...members, 'SequenceNumber', 'SizeBytes', 'StreamViewType']);
});

test('readers are told of arrivals; bytes are base64 in an event', async () => {
  const { account, reader } = await withStream('NEW_IMAGE');
  const told: string[] = [];
  const cancel = reader.subscribe((shardId) => told.push(shardId));
  await account.dynamodb.putItem({
    TableName: 'watched',
    Item: { id: { S: 'a' }, b: { B: new Uint8Array([104, 105]) } },
  });
  cancel();
  await put(account, 'b', '1');
  expect(told).toEqual([reader.shards()[0]?.shardId]);
  expect(records(reader)[0]).toMatchObject({ dynamodb: { NewImage: { b: { B: 'aGk=' } } } });
});

test('a record is gone after a day', async () => {
  const { account, reader } = await withStream('KEYS_ONLY');
  await put(account, 'a', '1');
  account.clock.advance({ hours: 23 });
  await put(account, 'b', '1');
  expect(records(reader)).toHaveLength(2);
  account.clock.advance({ hours: 2 });
  expect(records(reader)).toHaveLength(1);
});

test('a stream that is switched off is closed and can still be read', async () => {
  const { account, reader } = await withStream('KEYS_ONLY');
  await put(account, 'a', '1');
  await account.dynamodb.updateTable({ TableName: 'watched', StreamSpecification: { StreamEnabled: false } });
  await put(account, 'b', '1');
  expect(reader.shards()[0]?.closed).toBe(true);
  expect(records(reader)).toHaveLength(1);
});

test('an item is deleted some time after it expired, unless it was given more time', async () => {
  const { account, reader } = await withStream('OLD_IMAGE');
  const expiry = (seconds: number) => ({ N: String(1_767_603_600 + seconds) });
  const item = (id: string, seconds: number) =>
    account.dynamodb.putItem({ TableName: 'watched', Item: { id: { S: id }, expires: expiry(seconds) } });
  await item('early', 60);
  await account.dynamodb.updateTimeToLive({
    TableName: 'watched',
    TimeToLiveSpecification: { Enabled: true, AttributeName: 'expires' },
  });
  await item('soon', 3600);
  await item('renewed', 3600);
  const ids = async () => {
    const { Items = [] } = await account.dynamodb.scan({ TableName: 'watched' });
    return Items.map(({ id }) => (id as { S: string }).S).sort();
  };
  account.clock.advance({ minutes: 30 });
  expect(await ids()).toEqual(['renewed', 'soon']);
  await item('renewed', 86_400);
  account.clock.advance({ minutes: 31 });
  // Expired, and not deleted yet.
  expect(await ids()).toEqual(['renewed', 'soon']);
  account.clock.advance({ minutes: 10 });
  expect(await ids()).toEqual(['renewed']);
  expect(records(reader).at(-1)).toMatchObject({
    eventName: 'REMOVE',
    userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
    dynamodb: { OldImage: { id: { S: 'soon' } } },
  });
});
