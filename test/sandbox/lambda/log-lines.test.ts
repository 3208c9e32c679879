/** Log lines read from a trace: streams, JSON format, levels, and the wording that the facts give. */
import { expect, test } from 'vitest';
import { defaultFacts } from '../../../sandbox/default-facts.ts';
import { factText } from '../../../sandbox/facts.ts';
import { fillTemplate } from '../../../sandbox/lambda/errors.ts';
import { logLines, logStreams } from '../../../sandbox/lambda/log-lines.ts';
import { begin, plain } from './story.ts';

test('every environment has a stream of its own, with all its lines', async () => {
  const { account } = await begin({
    handler: ({ requestId }) => ({ ms: 5, respond: '1', log: `log of ${requestId}` }),
  });
  const [one, two] = await Promise.all([1, 2].map(() => account.lambda.invoke({ FunctionName: 'hello' })));
  const warm = await account.lambda.invoke({ FunctionName: 'hello' });
  const streams = logStreams(account.trace);
  expect(streams.map(({ logStreamName }) => logStreamName)).toEqual([
    `2026/01/05/[$LATEST]${one?.trace.environmentId ?? ''}`,
    `2026/01/05/[$LATEST]${two?.trace.environmentId ?? ''}`,
  ]);
  const texts = streams.map(({ lines }) => lines.map(({ text }) => text));
  const usedTwice = one?.trace.environmentId === warm.trace.environmentId ? 0 : 1;
  const firstUse = usedTwice === 0 ? one : two;
  expect(texts[usedTwice]).toEqual([...(firstUse?.trace.logs ?? []), ...warm.trace.logs]);
  expect(logLines(account.trace).map(({ time }) => time)).toEqual(
    logLines(account.trace)
      .map(({ time }) => time)
      .sort((a, b) => a - b),
  );
});

test('platform lines read as the facts say', async () => {
  const { account } = await begin();
  const cold = await account.lambda.invoke({ FunctionName: 'hello' });
  const warm = await account.lambda.invoke({ FunctionName: 'hello' });
  const { requestId } = cold.trace;
  const numbers = { requestId, durationMs: '10.00', billedDurationMs: 140, memorySizeMB: 128, maxMemoryUsedMB: 70 };
  const line = (id: string, values: Record<string, string | number>): string =>
    fillTemplate(factText(defaultFacts, id), values).trimEnd();
  expect(cold.trace.logs[1]).toBe(line('log-start', { requestId, version: '$LATEST' }));
  expect(cold.trace.logs[2]).toBe(line('log-end', { requestId }));
  expect(cold.trace.logs[3]).toBe(line('log-report-cold', { ...numbers, initDurationMs: '130.00' }));
  expect(warm.trace.logs[2]).toBe(
    line('log-report-warm', { ...numbers, billedDurationMs: 10, requestId: warm.trace.requestId }),
  );
});

test('in JSON format platform lines are objects', async () => {
  const { account } = await begin({}, { LoggingConfig: { LogFormat: 'JSON' } });
  const { trace } = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(plain(trace.logs).map((line) => JSON.parse(line) as unknown)).toEqual([
    {
      time: expect.stringMatching(/^2026-01-05T09:00:00\.\d{3}Z$/) as string,
      type: 'platform.initStart',
      record: {
        initializationType: 'on-demand',
        phase: 'init',
        runtimeVersion: 'nodejs:24.v18',
        runtimeVersionArn: 'arn:aws:lambda:us-east-1::runtime:<hash>',
        functionName: 'hello',
        functionVersion: '$LATEST',
      },
    },
    {
      time: expect.any(String) as string,
      type: 'platform.start',
      record: { requestId: '<id>', version: '$LATEST' },
    },
    {
      time: expect.any(String) as string,
      type: 'platform.report',
      record: {
        requestId: '<id>',
        metrics: { durationMs: 10, billedDurationMs: 140, memorySizeMB: 128, maxMemoryUsedMB: 70, initDurationMs: 130 },
        status: 'success',
      },
    },
  ]);
});

test('the system log level filters platform lines, and lets failures through', async () => {
  const settings = { LoggingConfig: { LogFormat: 'JSON', SystemLogLevel: 'WARN' } } as const;
  const { account } = await begin(
    { handler: (_request, { count }) => (count === 1 ? { ms: 1, respond: '1' } : { ms: 1, hang: true }) },
    settings,
  );
  const good = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(good.trace.logs).toEqual([]);
  const bad = await account.lambda.invoke({ FunctionName: 'hello' });
  expect(bad.trace.logs.map((line) => (JSON.parse(line) as { type: string }).type)).toEqual([
    'platform.runtimeDone',
    'platform.report',
  ]);
});
