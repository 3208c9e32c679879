/** The bars of one order's trace, read off the recorded run of the lesson on tracing. Pure. */
import type { TraceEvent } from '../../../sandbox/trace.ts';

export interface Bar {
  readonly name: string;
  readonly kind: 'segment' | 'init' | 'run' | 'call';
  /** How far inside. */
  readonly depth: 0 | 1 | 2;
  /** Milliseconds from the beginning of the first bar, and how long it is. */
  readonly from: number;
  readonly ms: number;
}

/** What X-Ray calls the services that the order passes. */
const names: Readonly<Record<string, string>> = { lambda: 'Lambda', dynamodb: 'DynamoDB', sqs: 'SQS' };

/** One group of bars for each of `functions`, of the first request that it got. */
export function waterfall(trace: readonly TraceEvent[], functions: readonly string[]): readonly Bar[] {
  const groups = functions.map((name) => barsOf(trace, name));
  const start = Math.min(...groups.flat().map(({ from }) => from));
  return groups.flat().map((bar) => ({ ...bar, from: Math.round(bar.from - start), ms: Math.round(bar.ms) }));
}

function barsOf(trace: readonly TraceEvent[], functionName: string): readonly Bar[] {
  const arrived = trace.find((event) => event.type === 'requestArrived' && event.functionName === functionName);
  const requestId = arrived?.type === 'requestArrived' ? arrived.requestId : undefined;
  const own = trace.filter((event) => 'requestId' in event && event.requestId === requestId);
  const started = own.find((event) => event.type === 'invocationStarted');
  const answered = own.find((event) => event.type === 'responseSent');
  const reported = own.find((event) => event.type === 'invocationReported');
  if (!started || !answered || !reported) throw new Error(`The recorded run has no whole request to ${functionName}.`);

  const init = trace.find(
    (event) => event.type === 'phaseEnded' && event.phase === 'init' && event.environmentId === started.environmentId,
  );
  const inits: Bar[] =
    init?.type === 'phaseEnded' && init.time <= started.time
      ? [{ name: 'Initialization', kind: 'init', depth: 1, from: init.time - init.durationMs, ms: init.durationMs }]
      : [];
  const begin = inits[0]?.from ?? started.time;
  const calls = own.flatMap((event): Bar[] =>
    event.type === 'serviceCalled'
      ? [
          {
            name: names[event.service] ?? event.service,
            kind: 'call',
            depth: 2,
            from: event.start,
            ms: event.time - event.start,
          },
        ]
      : [],
  );
  return [
    { name: functionName, kind: 'segment', depth: 0, from: begin, ms: reported.time - begin },
    ...inits,
    { name: 'Invocation', kind: 'run', depth: 1, from: started.time, ms: answered.time - started.time },
    ...calls,
  ];
}
