/**
 * What a question can ask of a run, read off its trace. Requests are counted from 1 in the order of their arrival.
 *
 * | expression | gives |
 * | --- | --- |
 * | `start(2)` | `cold`, `warm`, `provisioned` or `restored` |
 * | `status(2)` | `success`, `error`, `timeout` or `throttled` |
 * | `result(2)`, `result(2, 'served')` | the text that the caller gets, or one property of it |
 * | `duration(2)`, `init(2)`, `billed(2)` | ms as in the REPORT line; `init` is 0 for a start without one |
 * | `took(2)` | ms from the request's arrival to the end of its invocation |
 * | `memoryUsed(2)` | MB as in the REPORT line |
 * | `logged('connected')`, `logged('connected', 2)` | how many log lines of the function have that text, in all or for request 2 |
 * | `messagesIn('orders')` | how many messages lie in that queue at the end, hidden ones included |
 * | `answered(1)`, `answeredAfter(1)`, `firstByteAfter(1)` | status of the first HTTP answer, ms until it was there, ms until it began |
 * | `requests()`, `coldStarts()`, `environments()`, `throttles()`, `billedInAll()` | of the whole run |
 * | `cost()` | US dollars for the whole run, without the free tier |
 */
import type { Fact } from '../../sandbox/facts.ts';
import type { HttpRequestAnswered, TraceEvent } from '../../sandbox/trace.ts';
import { queuesOf } from '../components/runner/queues.ts';
import { requestsOf, type RequestView } from '../components/runner/requests.ts';
import { readBill } from '../components/runner/trace-readers.ts';
import type { Measure } from './draw.ts';
import { ExpressionError } from './expression.ts';
import type { Value } from './question.ts';

interface Run {
  readonly trace: readonly TraceEvent[];
  readonly requests: readonly RequestView[];
  readonly prices: readonly Fact[];
}

const ofRequest: Readonly<Record<string, (request: RequestView, run: Run, detail: Value | undefined) => Value>> = {
  start: ({ start }) => start ?? 'throttled',
  status: ({ throttled, report, failed }) =>
    throttled ? 'throttled' : (report?.status ?? (failed ? 'error' : 'success')),
  result: ({ payload = '' }, _, property) => (property === undefined ? payload : propertyOf(payload, String(property))),
  duration: ({ report }) => hundredths(report?.durationMs ?? 0),
  init: ({ report }) => hundredths(report?.initDurationMs ?? 0),
  billed: ({ report }) => report?.billedDurationMs ?? 0,
  took: ({ report, arrived }) => hundredths(report ? report.time - arrived : 0),
  memoryUsed: ({ report }) => report?.maxMemoryUsedMB ?? 0,
};

const ofRun: Readonly<Record<string, (run: Run) => Value>> = {
  requests: ({ requests }) => requests.length,
  coldStarts: ({ requests }) => requests.filter(({ start }) => start === 'cold').length,
  environments: ({ trace }) => trace.filter(({ type }) => type === 'environmentCreated').length,
  throttles: ({ requests }) => requests.filter(({ throttled }) => throttled).length,
  billedInAll: ({ requests }) => requests.reduce((sum, { report }) => sum + (report?.billedDurationMs ?? 0), 0),
  cost: ({ trace, prices }) => Number(readBill(trace, prices, false).total.toPrecision(12)),
};

/** Answers to HTTP requests are counted by themselves, from 1 in the order in which they came back. */
const ofAnswer: Readonly<Record<string, (answer: HttpRequestAnswered) => Value>> = {
  answered: ({ statusCode }) => statusCode,
  answeredAfter: ({ durationMs }) => hundredths(durationMs),
  /** An answer that is not streamed begins when it is there. */
  firstByteAfter: ({ durationMs, firstByteMs = durationMs }) => hundredths(firstByteMs),
};

/** Whether expressions may call this of a run. */
export const isMeasurement = (name: string): boolean =>
  name === 'logged' ||
  name === 'messagesIn' ||
  [ofRequest, ofRun, ofAnswer].some((measurements) => Object.hasOwn(measurements, name));

/** Reads measurements off one run; a request or property that it does not have is an `ExpressionError`. */
export function measureRun(trace: readonly TraceEvent[], prices: readonly Fact[]): Measure {
  const run: Run = { trace, requests: requestsOf(trace), prices };
  const request = (name: string, number: Value | undefined): RequestView => {
    const found = run.requests.find((view) => view.number === number);
    if (!found) {
      throw new ExpressionError(`${name}(${number ?? ''}) names no request: the run has 1 to ${run.requests.length}.`);
    }
    return found;
  };
  return (name, given) => {
    const [first, second] = given;
    if (name === 'logged') {
      const of = second === undefined ? undefined : request(name, second).requestId;
      return linesWith(trace, String(first), of);
    }
    if (name === 'messagesIn') return queuesOf(trace).find((queue) => queue.name === first)?.messages ?? 0;
    if (Object.hasOwn(ofRun, name)) return ofRun[name]?.(run);
    if (Object.hasOwn(ofAnswer, name)) return ofAnswer[name]?.(answerOf(trace, name, first));
    if (Object.hasOwn(ofRequest, name)) return ofRequest[name]?.(request(name, first), run, second);
    return undefined;
  };
}

function answerOf(trace: readonly TraceEvent[], name: string, number: Value | undefined): HttpRequestAnswered {
  const answers = trace.filter((event) => event.type === 'httpRequestAnswered');
  const found = answers[Number(number) - 1];
  if (!found)
    throw new ExpressionError(`${name}(${number ?? ''}) names no answer: the run has ${answers.length}, from 1.`);
  return found;
}

function linesWith(trace: readonly TraceEvent[], text: string, requestId: string | undefined): number {
  return trace.filter(
    (event) =>
      event.type === 'logWritten' &&
      event.message.includes(text) &&
      (requestId === undefined || event.requestId === requestId),
  ).length;
}

function propertyOf(payload: string, property: string): Value {
  const result: unknown = JSON.parse(payload);
  const value: unknown = typeof result === 'object' && result !== null ? Reflect.get(result, property) : undefined;
  if (value === undefined) throw new ExpressionError(`The result ${payload} has no "${property}".`);
  return typeof value === 'number' ? value : typeof value === 'string' ? value : JSON.stringify(value);
}

const hundredths = (milliseconds: number): number => Number(milliseconds.toFixed(2));
