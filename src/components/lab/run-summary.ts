/** What a trace came to, in one line of words: requests, starts, failures, messages given up. Pure. */
import type { TraceEvent } from '../../../sandbox/trace.ts';

/** `12 requests: 3 cold, 9 warm starts · 1 failed · 2 throttled`; empty when nothing was asked of a function. */
export function summaryOf(trace: readonly TraceEvent[]): string {
  const count = (wanted: (event: TraceEvent) => boolean): number => trace.filter(wanted).length;
  // Of a trace whose beginning is cut off, what arrived before is not counted.
  const arrived = new Set(trace.flatMap((event) => (event.type === 'requestArrived' ? [event.requestId] : [])));
  const requests = arrived.size;
  const starts = (kind: string) =>
    count((event) => event.type === 'requestPlaced' && event.start === kind && arrived.has(event.requestId));
  const [cold, warm, provisioned] = [starts('cold'), starts('warm'), starts('provisioned')];
  const startWords = [
    cold > 0 ? `${cold} cold` : '',
    warm > 0 ? `${warm} warm` : '',
    provisioned > 0 ? `${provisioned} provisioned` : '',
  ].filter(Boolean);
  const failed = count((event) => event.type === 'responseSent' && event.functionError !== undefined);
  const throttled = count(({ type }) => type === 'requestThrottled');
  const doors = Map.groupBy(
    trace.flatMap((event) => (event.type === 'httpRequestAnswered' ? [event.statusCode] : [])),
    (status) => status,
  );
  const answers = [...doors].sort(([a], [b]) => a - b).map(([status, all]) => `${all.length} × ${status}`);
  const stopped = count(({ type }) => type === 'recursionStopped');
  const moved = count((event) => event.type === 'messageMoved' && event.cause === 'maxReceiveCount');
  const parts = [
    `${requests} ${requests === 1 ? 'request' : 'requests'}${startWords.length > 0 ? `: ${startWords.join(', ')}` : ''}`,
    answers.length > 0 ? `HTTP ${answers.join(', ')}` : '',
    failed > 0 ? `${failed} failed` : '',
    throttled > 0 ? `${throttled} throttled` : '',
    stopped > 0 ? `${stopped} stopped as a recursive loop` : '',
    moved > 0 ? `${moved} to a dead-letter queue` : '',
  ];
  return requests === 0 ? '' : parts.filter(Boolean).join(' · ');
}
