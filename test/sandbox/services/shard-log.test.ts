/** A shard's records on the virtual clock: read from a place, expired, found by number and time. */
import { expect, test } from 'vitest';
import { VirtualClock } from '../../../sandbox/kernel/clock.ts';
import { ShardLog } from '../../../sandbox/services/shard-log.ts';
import { compareSequenceNumbers, type StreamRecord } from '../../../sandbox/services/stream-reader.ts';

function begin(retentionMs = 1000) {
  const clock = new VirtualClock(0);
  const log = new ShardLog(clock, () => retentionMs);
  const put = (...numbers: number[]): void => {
    for (const number of numbers) log.append(record(number, clock.now));
  };
  const read = (position: number, limit = 100) => {
    const { records, from, next } = log.read(position, limit);
    return { records: records.map(({ sequenceNumber }) => sequenceNumber), from, next };
  };
  return { clock, log, put, read };
}

const record = (number: number, now: number): StreamRecord => ({
  sequenceNumber: String(number),
  orderingKey: 'key',
  approximateArrival: now,
  toEventRecord: () => ({}),
});

test('a reader goes on where it stopped', () => {
  const { log, put, read } = begin();
  put(5, 9, 12);
  expect(read(log.position({ type: 'TRIM_HORIZON' }), 2)).toEqual({ records: ['5', '9'], from: 0, next: 2 });
  expect(read(2)).toEqual({ records: ['12'], from: 2, next: 3 });
  expect(read(3)).toEqual({ records: [], from: 3, next: 3 });
  put(13);
  expect(read(3)).toEqual({ records: ['13'], from: 3, next: 4 });
});

test('a reader that begins at LATEST sees what comes', () => {
  const { log, put, read } = begin();
  put(1, 2);
  const latest = log.position({ type: 'LATEST' });
  put(3);
  expect(read(latest).records).toEqual(['3']);
});

test('a record expires when it has been kept for the retention', () => {
  const { clock, log, put, read } = begin(1000);
  put(1, 2);
  clock.advance({ milliseconds: 400 });
  put(3);
  clock.advance({ milliseconds: 599 });
  expect(read(0).records).toEqual(['1', '2', '3']);
  clock.advance({ milliseconds: 1 });
  // A reader at 1 missed record 2: `from` says so.
  expect(read(1)).toEqual({ records: ['3'], from: 2, next: 3 });
  expect([log.start, log.end]).toEqual([2, 3]);
  clock.advance({ milliseconds: 400 });
  expect(read(1)).toEqual({ records: [], from: 3, next: 3 });
  put(4);
  expect(read(3)).toEqual({ records: ['4'], from: 3, next: 4 });
});

test('places are found by time and by sequence number', () => {
  const { clock, log, put, read } = begin();
  put(8, 9);
  clock.advance({ milliseconds: 100 });
  put(10);
  clock.advance({ milliseconds: 100 });
  put(100);
  expect(read(log.position({ type: 'AT_TIMESTAMP', timestamp: 100 })).records).toEqual(['10', '100']);
  expect(read(log.position({ type: 'AT_TIMESTAMP', timestamp: 101 })).records).toEqual(['100']);
  expect(read(log.position({ type: 'AT_TIMESTAMP', timestamp: 500 })).records).toEqual([]);
  expect(read(log.positionOf('9')).records).toEqual(['9', '10', '100']);
  expect(read(log.positionOf('11')).records).toEqual(['100']);
});

test('sequence numbers are compared as numbers of any length', () => {
  const numbers = ['100', '9', '49590338271490256608559692538361571095921575989136588898', '10'];
  expect(numbers.sort(compareSequenceNumbers)).toEqual([
    '9',
    '10',
    '100',
    '49590338271490256608559692538361571095921575989136588898',
  ]);
});
