/** The moments of a trace at which something happened, each told in words: the stops of the scrubber. */
import type { TraceEvent } from '../../../sandbox/trace.ts';
import { formatDuration } from './format-time.ts';
import { tellMessaging } from './messaging-moments.ts';
import { shortNames } from './short-names.ts';

/** Everything that happened at one virtual time. */
export interface Moment {
  /** Virtual ms since the epoch. */
  readonly time: number;
  /** What happened, in words: `request 1 arrived, environment a41f created`. */
  readonly text: string;
}

/** The distinct times of a trace in order; `now` adds a last one when virtual time went on after the last event. */
export function momentsOf(trace: readonly TraceEvent[], now?: number): readonly Moment[] {
  const describe = describer(trace);
  const texts = new Map<number, string[]>();
  for (const event of trace) {
    const said = texts.get(event.time) ?? [];
    const text = describe(event);
    if (text && !said.includes(text)) said.push(text);
    texts.set(event.time, said);
  }
  const moments = [...texts]
    .filter(([, said]) => said.length > 0)
    .map(([time, said]) => ({ time, text: summary(said) }))
    .sort((a, b) => a.time - b.time);
  const last = moments.at(-1);
  if (now !== undefined && (!last || now > last.time)) {
    const waited = last ? `${formatDuration(now - last.time)} later` : 'nothing yet';
    moments.push({ time: now, text: waited });
  }
  return moments;
}

function summary(said: readonly string[]): string {
  const most = 4;
  if (said.length <= most) return said.join(', ');
  return `${said.slice(0, most).join(', ')} and ${said.length - most} more`;
}

const provisionedWords = {
  IN_PROGRESS: 'being allocated',
  READY: 'ready',
  FAILED: 'not allocated: init failed',
  DELETED: 'given up',
} as const;

const doorWords = {
  'function-url': 'function URL',
  'rest-api': 'REST API',
  'http-api': 'HTTP API',
  'load-balancer': 'load balancer',
} as const;

/** A function that turns an event into words, or into nothing when it is a detail of another event. */
function describer(trace: readonly TraceEvent[]): (event: TraceEvent) => string | undefined {
  const environmentIds = trace.flatMap((event) => (event.type === 'environmentCreated' ? [event.environmentId] : []));
  const names = shortNames(environmentIds);
  const numbers = new Map<string, number>();
  for (const event of trace) if (event.type === 'requestArrived') numbers.set(event.requestId, numbers.size + 1);
  const environment = (id: string) => `environment ${names.get(id) ?? id.slice(0, 4)}`;
  const request = (id: string) => `request ${numbers.get(id) ?? id}`;

  return (event) => {
    switch (event.type) {
      case 'environmentCreated':
        return `${environment(event.environmentId)} created`;
      case 'phaseStarted':
        return event.phase === 'create' ? undefined : `${event.phase} starts in ${environment(event.environmentId)}`;
      case 'phaseEnded':
        if (event.phase === 'create') return undefined;
        return event.status === 'success'
          ? `${event.phase} ends in ${environment(event.environmentId)} after ${formatDuration(event.durationMs)}`
          : `${event.phase} ends with ${event.status} in ${environment(event.environmentId)}`;
      case 'requestArrived':
        return `${request(event.requestId)} arrives`;
      case 'requestPlaced':
        return `${request(event.requestId)} goes to ${environment(event.environmentId)} (${event.start})`;
      case 'requestThrottled':
        return `${request(event.requestId)} is throttled`;
      case 'logWritten':
        return `${environment(event.environmentId)} writes a log line`;
      case 'responseStarted':
        return `the response to ${request(event.requestId)} begins`;
      case 'responseSent':
        return event.functionError
          ? `${request(event.requestId)} gets an error`
          : `${request(event.requestId)} gets its response`;
      case 'environmentFrozen':
        return `${environment(event.environmentId)} is frozen`;
      case 'environmentResumed':
        return `${environment(event.environmentId)} resumes`;
      case 'environmentReset':
        return `the process in ${environment(event.environmentId)} ended`;
      case 'environmentGone':
        return `${environment(event.environmentId)} is gone (${event.reason})`;
      case 'serviceCalled': {
        const who = event.environmentId === undefined ? 'the account' : environment(event.environmentId);
        const call = `${event.operation} of ${event.service}`;
        return event.errorName === undefined ? `${who} called ${call}` : `${who} called ${call}: ${event.errorName}`;
      }
      case 'eventQueued':
        if (event.cause === 'accepted') return `${request(event.requestId)} is accepted`;
        return `${request(event.requestId)} waits ${formatDuration(event.dueAt - event.time)} for its next attempt`;
      case 'eventDelivered':
        return `${request(event.requestId)} goes to the ${event.to} ${event.to === 'dead-letter-queue' ? '' : 'destination'}`.trimEnd();
      case 'eventDeliveryFailed':
        return `${request(event.requestId)} cannot be delivered to the ${event.to}`;
      case 'eventDropped':
        return `${request(event.requestId)} is dropped (${event.condition})`;
      case 'versionPublished':
        return `version ${event.version} of ${event.functionName} is published`;
      case 'aliasChanged':
        return `alias ${event.aliasName} ${event.change === 'deleted' ? 'is deleted' : `points to version ${event.version}`}`;
      case 'reservedConcurrencyChanged':
        return event.reserved === undefined
          ? `${event.functionName} has no reserved concurrency any more`
          : `${event.functionName} has ${event.reserved} reserved concurrency`;
      case 'provisionedConcurrencyChanged':
        return `provisioned concurrency ${event.requested} of ${event.functionName}:${event.qualifier} is ${provisionedWords[event.status]}`;
      case 'provisionedConcurrencySpilled':
        return `${request(event.requestId)} finds all provisioned environments busy`;
      case 'recursionStopped':
        return `${request(event.requestId)} is stopped as a recursive loop`;
      case 'serviceCalled': {
        const who = event.environmentId === undefined ? 'the account' : environment(event.environmentId);
        const call = `${event.operation} of ${event.service}`;
        return event.errorName === undefined ? `${who} called ${call}` : `${who} called ${call}: ${event.errorName}`;
      }
      case 'alarmStateChanged':
        return `the alarm ${event.alarmName} goes from ${event.before} to ${event.after}`;
      case 'alarmActionTaken':
        return `the alarm ${event.alarmName} ${event.errorName === undefined ? 'tells' : 'cannot tell'} ${event.targetArn.split(':').at(-1) ?? ''}`;
      case 'eventEnded':
      case 'outcomeConcluded':
      case 'invocationStarted':
      case 'invocationReported':
      case 'initReported':
      case 'usageMetered':
      case 'functionChanged':
        return undefined;
      case 'httpRequestReceived':
        return `${event.method} ${event.path} is sent to the ${doorWords[event.door]}`;
      case 'connectionUnanswered':
        return `nothing answers ${environment(event.environmentId)} at ${event.address}`;
      case 'httpRequestForwarded':
      case 'httpUsageMetered':
      case 'networkUsageMetered':
        return undefined;
      case 'httpRequestAnswered':
        return `${event.method} ${event.path} gets ${event.statusCode}`;
      default:
        return tellMessaging(event);
    }
  };
}
