/** Requests and REPORT fields as they are shown and announced. */
import { describe, expect, it } from 'vitest';
import type { TraceEvent } from '../../sandbox/trace.ts';
import { queuesOf } from '../../src/components/runner/queues.ts';
import { reportFields } from '../../src/components/runner/report-fields.ts';
import {
  latestOf,
  latestResponse,
  requestsOf,
  sayRequest,
  sayRequests,
  traceUntil,
} from '../../src/components/runner/requests.ts';
import { startTime, trace } from '../timeline/trace-fixture.ts';

const requests = requestsOf(trace);

describe('requests', () => {
  it('know their start, environment, times and result', () => {
    expect(requests.map(({ number, start, environment, payload }) => [number, start, environment, payload])).toEqual([
      [1, 'cold', 'a41f', '{"served":1}'],
      [2, 'warm', 'a41f', '{"served":2}'],
      [3, 'cold', '9c20', '{"served":3}'],
    ]);
    expect(requests[0]?.report).toMatchObject({ billedDurationMs: 140, initDurationMs: 130 });
  });

  it('are announced in a sentence', () => {
    expect(requests.map(sayRequest)).toEqual([
      'Request 1: cold start, billed 140 ms, result {"served":1}',
      'Request 2: warm start, billed 2 ms, result {"served":2}',
      'Request 3: cold start, billed 128 ms, result {"served":3}',
    ]);
    expect(sayRequests(requests)).toBe('3 requests: 2 cold starts, 1 warm start, billed 270 ms in all');
  });

  it('the latest is that of the runner’s own function, not of another one that it called', () => {
    const own = trace.find((event) => event.type === 'requestArrived');
    if (!own) throw new Error('The fixture has no request.');
    const called = { ...own, requestId: 'called', functionName: 'send-mail', time: own.time + 60_000 };
    const all = requestsOf([...trace, called]);
    expect(all.at(-1)?.functionName).toBe('send-mail');
    expect(latestOf(all, own.functionName)?.number).toBe(3);
    expect(latestOf(requestsOf([called]), own.functionName)?.requestId).toBe('called');
  });

  it('the latest response is to a request from outside, not to one that a function sent', () => {
    const sent = (httpRequestId: string, environmentId?: string): TraceEvent => ({
      type: 'httpRequestReceived',
      time: startTime,
      door: 'load-balancer',
      httpRequestId,
      method: 'GET',
      host: 'orders.example',
      path: '/',
      bodyBytes: 0,
      traceHeader: 'Root=1',
      ...(environmentId === undefined ? {} : { environmentId }),
    });
    const answered = (httpRequestId: string): TraceEvent => ({
      type: 'httpRequestAnswered',
      time: startTime,
      door: 'load-balancer',
      httpRequestId,
      method: 'GET',
      path: '/',
      statusCode: 200,
      start: startTime,
      durationMs: 4,
      body: httpRequestId,
      bodyBytes: 1,
    });
    const own = [sent('mine'), answered('mine')];
    expect(latestResponse([...own, sent('its', 'a41f'), answered('its')])?.body).toBe('mine');
    expect(latestResponse([sent('its', 'a41f'), answered('its')])).toBeUndefined();
  });

  it('that Lambda stopped in a recursive loop have failed and were not started', () => {
    const [own] = trace.filter((event) => event.type === 'requestArrived');
    if (!own) throw new Error('The fixture has no request.');
    const { time, functionName } = own;
    const all = requestsOf([
      { ...own, requestId: 'again' },
      { type: 'recursionStopped', time, requestId: 'again', functionName, invocations: 16 },
    ]);
    expect(all[0]).toMatchObject({ requestId: 'again', stopped: true, failed: true });
    expect(all[0]?.start).toBeUndefined();
  });

  it('at a moment are only those that had arrived, with what was known then', () => {
    const then = requestsOf(traceUntil(trace, startTime + 135));
    expect(then.map(({ number, start, payload }) => [number, start, payload])).toEqual([[1, 'cold', undefined]]);
    expect(traceUntil(trace, null)).toBe(trace);
  });
});

describe('REPORT field by field', () => {
  it('has Init Duration only on a cold start', () => {
    const names = requests.map((request) =>
      request.report ? reportFields(request.report).map(({ name }) => name) : [],
    );
    expect(names[0]).toEqual([
      'RequestId',
      'Duration',
      'Billed Duration',
      'Memory Size',
      'Max Memory Used',
      'Init Duration',
    ]);
    expect(names[1]).toEqual(['RequestId', 'Duration', 'Billed Duration', 'Memory Size', 'Max Memory Used']);
  });

  it('shows the numbers as the log line does', () => {
    const values = requests[0]?.report ? reportFields(requests[0].report).map(({ value }) => value) : [];
    expect(values.slice(1)).toEqual(['10.00 ms', '140 ms', '128 MB', '70 MB', '130.00 ms']);
  });

  it('says how a timeout ended', () => {
    const report = requests[1]?.report;
    const fields = report ? reportFields({ ...report, status: 'timeout', errorType: 'Sandbox.Timedout' }) : [];
    expect(fields.slice(-2).map(({ name, value }) => [name, value])).toEqual([
      ['Status', 'timeout'],
      ['Error Type', 'Sandbox.Timedout'],
    ]);
  });
});

describe('queues', () => {
  it('hold what was sent or moved to them and has not left', () => {
    const at = { time: startTime, queueName: 'orders' };
    const events: readonly TraceEvent[] = [
      { ...at, type: 'messageSent', messageId: 'a', bytes: 1, delaySeconds: 0 },
      { ...at, type: 'messageSent', messageId: 'b', bytes: 1, delaySeconds: 0 },
      { ...at, type: 'messageSent', messageId: 'c', bytes: 1, delaySeconds: 0 },
      { ...at, type: 'messageDeleted', messageId: 'a', cause: 'deleted' },
      {
        ...at,
        type: 'messageMoved',
        messageId: 'b',
        toQueueName: 'orders-failed',
        cause: 'maxReceiveCount',
        receiveCount: 3,
      },
    ];
    expect(queuesOf(events)).toEqual([
      { name: 'orders', messages: 1 },
      { name: 'orders-failed', messages: 1 },
    ]);
    expect(queuesOf(trace)).toEqual([]);
  });
});
