/** CloudWatch Logs: groups, streams and retention, filter patterns, and Logs Insights queries. */
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createAccount, type Account } from '../../../../sandbox/account.ts';
import { defaultFacts } from '../../../../sandbox/default-facts.ts';
import { VirtualClock } from '../../../../sandbox/kernel/clock.ts';
import { Random } from '../../../../sandbox/kernel/random.ts';
import { CloudWatchLogs } from '../../../../sandbox/services/cloudwatch-logs/cloudwatch-logs.ts';
import { parseFilterPattern } from '../../../../sandbox/services/cloudwatch-logs/filter-pattern.ts';
import { LambdaLogs } from '../../../../sandbox/services/cloudwatch-logs/lambda-logs.ts';
import { LogStore } from '../../../../sandbox/services/cloudwatch-logs/log-store.ts';

const start = Date.parse('2026-01-05T09:00:00Z');

let account: Account | undefined;
afterEach(() => account?.dispose());

function open(clock = new VirtualClock(start), maximumEvents = 1000) {
  const store = new LogStore(clock, defaultFacts, { maximumEvents });
  const location = { region: 'us-east-1', accountId: '123456789012' };
  return {
    clock,
    store,
    logs: new CloudWatchLogs({
      clock,
      random: new Random(1),
      store,
      watch: () => undefined,
      facts: defaultFacts,
      location,
    }),
  };
}

/** The messages that a query finds, or its lines as `field=value`. */
function ask(logs: CloudWatchLogs, queryString: string, logGroupName = 'shop'): string[] {
  const { queryId } = logs.startQuery({ logGroupName, startTime: 0, endTime: 4e9, queryString });
  return logs
    .getQueryResults({ queryId })
    .results.map((line) => line.map(({ field, value }) => `${field}=${value}`).join(' '));
}

describe('what functions log', () => {
  it('has a group for the function and a stream for each environment', async () => {
    account = await createAccount();
    const Code = { Files: { 'index.mjs': "export const handler = async (event) => console.log('order', event.id);" } };
    await account.lambda.createFunction({ FunctionName: 'pay', Runtime: 'nodejs24.x', Handler: 'index.handler', Code });
    const invoke = (id: number) => account?.lambda.invoke({ FunctionName: 'pay', Payload: JSON.stringify({ id }) });
    await Promise.all([invoke(1), invoke(2)]);
    account.clock.advance({ seconds: 1 });
    await invoke(3);

    const { logs, store } = open(account.clock);
    const reader = new LambdaLogs(store);
    for (const event of account.trace) reader.read(event);

    expect(logs.describeLogGroups().logGroups.map(({ logGroupName }) => logGroupName)).toEqual(['/aws/lambda/pay']);
    expect(logs.describeLogStreams({ logGroupName: '/aws/lambda/pay' }).logStreams).toHaveLength(2);
    const orders = logs.filterLogEvents({ logGroupName: '/aws/lambda/pay', filterPattern: '"order"' }).events;
    expect(orders.map(({ message }) => message.replace(/^.*INFO\t/, '').trim()).sort()).toEqual([
      'order 1',
      'order 2',
      'order 3',
    ]);
    const report = 'filter @type = "REPORT" | stats count(*) as runs, count(@initDuration) as cold, max(@memorySize)';
    expect(ask(logs, report, '/aws/lambda/pay')).toEqual(['runs=3 cold=2 max(@memorySize)=134217728']);
  });
});

describe('a log group', () => {
  it('keeps events as long as its retention says', () => {
    const { logs, store, clock } = open();
    logs.createLogGroup({ logGroupName: 'shop' });
    logs.putRetentionPolicy({ logGroupName: 'shop', retentionInDays: 1 });
    store.append('shop', 'a', { timestamp: clock.now, message: 'old' });
    clock.advance({ hours: 20 });
    store.append('shop', 'a', { timestamp: clock.now, message: 'new' });
    clock.advance({ hours: 5 });
    expect(
      logs.getLogEvents({ logGroupName: 'shop', logStreamName: 'a' }).events.map(({ message }) => message),
    ).toEqual(['new']);
  });

  it('counts what was ingested: UTF-8 bytes and 26 for each event', () => {
    const { logs, store } = open();
    store.append('shop', 'a', { timestamp: start, message: 'naïve' });
    expect(logs.describeLogGroups().logGroups[0]?.storedBytes).toBe(32);
  });

  it('gives up its oldest events when the store is full, and says how many', () => {
    const { store } = open(undefined, 100);
    for (let n = 0; n < 150; n += 1) store.append('shop', 'a', { timestamp: start + n, message: String(n) });
    const group = store.group('shop');
    expect((group?.events.length ?? 0) + (group?.droppedEvents ?? 0)).toBe(150);
    expect(group?.events.length).toBeLessThanOrEqual(100);
    expect(group?.events.at(-1)?.message).toBe('149');
  });

  it.each([
    [(logs: CloudWatchLogs) => logs.createLogGroup({ logGroupName: 'shop' }), 'The specified log group already exists'],
    [(logs: CloudWatchLogs) => logs.createLogGroup({ logGroupName: 'a b' }), 'The log group name "a b" may hold'],
    [(logs: CloudWatchLogs) => logs.deleteLogGroup({ logGroupName: 'no' }), 'The specified log group does not exist.'],
    [
      (logs: CloudWatchLogs) => logs.putRetentionPolicy({ logGroupName: 'shop', retentionInDays: 2 }),
      'The retention 2 must be one of 1, 3, 5, 7',
    ],
    [
      (logs: CloudWatchLogs) => logs.getLogEvents({ logGroupName: 'shop', logStreamName: 'no' }),
      'The specified log stream does not exist.',
    ],
  ])('refuses what CloudWatch refuses: %#', (call, message) => {
    const { logs } = open();
    logs.createLogGroup({ logGroupName: 'shop' });
    expect(() => call(logs)).toThrow(message);
  });
});

describe('a filter pattern', () => {
  const json = '{"level":"ERROR","ms":120,"user":{"name":"ada"},"tags":["a","b"],"paid":true,"note":null}';
  it.each([
    ['', 'anything', true],
    ['ERROR', 'an ERROR here', true],
    ['ERROR', 'an error here', false],
    ['ERROR timeout', 'timeout after ERROR', true],
    ['ERROR timeout', 'ERROR', false],
    ['?ERROR ?WARN', 'WARN: slow', true],
    ['?ERROR ?WARN', 'INFO', false],
    ['ERROR -timeout', 'ERROR timeout', false],
    ['"Task timed out"', 'x Task timed out after 3.00 seconds', true],
    ['{ $.level = "ERROR" }', json, true],
    ['{ $.level = ERR* }', json, true],
    ['{ $.level != "ERROR" }', json, false],
    ['{ $.ms > 100 && $.user.name = "ada" }', json, true],
    ['{ ($.ms > 200) || ($.tags[1] = "b") }', json, true],
    ['{ $.paid IS TRUE }', json, true],
    ['{ $.note IS NULL }', json, true],
    ['{ $.gone NOT EXISTS }', json, true],
    ['{ $.level = "ERROR" }', 'ERROR', false],
  ])('%s on %s: %s', (pattern, message, matches) => {
    expect(parseFilterPattern(pattern)(message)).toBe(matches);
  });

  it.each([
    ['{ $.level }', 'at character 11 there should be =, !=, <, <=, > or >=, not }.'],
    ['{ $.level = "ERROR"', 'there should be }, not the end.'],
    ['{ level = 1 }', 'there should be $, not level = 1 }.'],
    ['[ip, user]', 'patterns for space-delimited events ([…]) are not simulated'],
    ['a&b', 'the term a&b has to be put in double quotes'],
  ])('%s is refused with its place', (pattern, message) => {
    expect(() => parseFilterPattern(pattern)).toThrow(message);
  });

  it('never breaks on any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (pattern, message) => {
        try {
          return typeof parseFilterPattern(pattern)(message) === 'boolean';
        } catch (error) {
          return error instanceof Error && error.name === 'InvalidParameterException';
        }
      }),
    );
  });
});

describe('a Logs Insights query', () => {
  function shop(): CloudWatchLogs {
    const { logs, store } = open();
    const lines = [
      '{"level":"INFO","order":{"total":12},"shop":"north"}',
      '{"level":"ERROR","order":{"total":30},"shop":"north"}',
      'plain text, user=ada, ms=7',
      '{"level":"INFO","order":{"total":8},"shop":"south"}',
    ];
    lines.forEach((message, index) => store.append('shop', 'a', { timestamp: start + index * 60_000, message }));
    return logs;
  }

  it.each([
    ['fields @message | limit 1', ['@message={"level":"INFO","order":{"total":8},"shop":"south"}']],
    ['fields @timestamp | sort @timestamp asc | limit 1', ['@timestamp=2026-01-05 09:00:00.000']],
    ['fields shop | filter level = "ERROR"', ['shop=north']],
    [
      'fields order.total as total | filter order.total > 10 and shop like /^n/ | sort total desc',
      ['total=30', 'total=12'],
    ],
    ['fields order.total * 2 + 1 as twice | filter level in ["ERROR"]', ['twice=61']],
    ['fields @message | filter @message not like "level"', ['@message=plain text, user=ada, ms=7']],
    ['parse @message "user=*, ms=*" as user, ms | filter ispresent(user) | fields user, ms', ['user=ada ms=7']],
    ['parse @message like /ms=(?<ms>\\d+)/ | filter ms > 0 | display ms', ['ms=7']],
    [
      'stats count(*) as n, sum(order.total) as total by shop | sort n desc',
      ['shop=north n=2 total=42', 'n=1 total=0', 'shop=south n=1 total=8'],
    ],
    [
      'filter ispresent(level) | stats avg(order.total), pct(order.total, 50)',
      ['avg(order.total)=16.666666666666668 pct(order.total, 50)=12'],
    ],
    ['stats count(*) by bin(2m)', ['bin=2026-01-05 09:00:00.000 count(*)=2', 'bin=2026-01-05 09:02:00.000 count(*)=2']],
    ['filter level = "NONE" | stats count(*)', ['count(*)=0']],
    ['fields shop | filter ispresent(shop) | sort @timestamp asc | dedup shop', ['shop=north', 'shop=south']],
  ])('%s', (query, lines) => {
    expect(ask(shop(), query)).toEqual(lines);
  });

  it.each([
    ['count(*)', 'count is not a command that is simulated'],
    ['filter level =', 'there should be a field, not the end'],
    ['stats median(ms)', 'the aggregate median is not simulated'],
    ['fields now()', 'the function now is not simulated'],
    ['fields @message limit 5', 'there should be | or the end, not limit'],
    ['filter @message like /(/', '( is not a regular expression'],
  ])('%s is refused with its place', (query, message) => {
    expect(() => ask(shop(), query)).toThrow(message);
  });
});
