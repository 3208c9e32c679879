/** Segment documents of a trace: of front doors, of the Lambda service, and of functions with their phases and calls. */
import type { HttpRequestAnswered } from '../../trace.ts';
import { derivedId } from './derived-id.ts';
import type { HttpData, Marks, SegmentDocument, SubsegmentDocument } from './segment.types.ts';
import type { Attempt, Call, RequestRecord, TraceRecord } from './trace-book.ts';

export interface Location {
  readonly region: string;
  readonly accountId: string;
}

/** What X-Ray calls services, where it is not the name of the SDK package in capitals. */
const serviceNames: Readonly<Record<string, string>> = {
  dynamodb: 'DynamoDB',
  eventbridge: 'EventBridge',
  lambda: 'Lambda',
  kinesis: 'Kinesis',
  'secrets-manager': 'SecretsManager',
  cloudwatch: 'CloudWatch',
  'cloudwatch-logs': 'CloudWatchLogs',
  scheduler: 'Scheduler',
};

/** In order of their beginning. */
export function segmentsOf(trace: TraceRecord, location: Location): readonly SegmentDocument[] {
  const segments = [
    ...trace.doors.map((door) => doorSegment(trace.id, door)),
    ...trace.requests.flatMap((request) => requestSegments(trace.id, request, location)),
  ];
  return segments.sort((a, b) => a.start_time - b.start_time);
}

const seconds = (milliseconds: number): number => milliseconds / 1000;

/** Begin and end; without an end it goes on. */
const span = (
  start: number,
  end: number | undefined,
): Pick<SegmentDocument, 'start_time' | 'end_time' | 'in_progress'> => ({
  start_time: seconds(start),
  ...(end === undefined ? { in_progress: true as const } : { end_time: seconds(end) }),
});

function marksOf(status: number): Marks {
  if (status === 429) return { error: true, throttle: true };
  return status >= 500 ? { fault: true } : status >= 400 ? { error: true } : {};
}

function doorSegment(traceId: string, door: HttpRequestAnswered): SegmentDocument {
  const { tracing, resource = '', stage = '', method, path, statusCode, start, time, bodyBytes, httpRequestId } = door;
  const id = tracing?.segmentId ?? derivedId(httpRequestId, 'door');
  const http: HttpData = {
    request: { method, url: path },
    response: { status: statusCode, content_length: bodyBytes },
  };
  const [, parent] = /Parent=([0-9a-f]{16})/.exec(tracing?.header ?? '') ?? [];
  return {
    id,
    trace_id: traceId,
    name: `${resource}/${stage}`,
    ...span(start, time),
    ...(parent === undefined || parent === id ? {} : { parent_id: parent }),
    http,
    aws: { api_gateway: { stage, request_id: httpRequestId } },
    origin: 'AWS::ApiGateway::Stage',
    ...marksOf(statusCode),
  };
}

function requestSegments(traceId: string, request: RequestRecord, location: Location): readonly SegmentDocument[] {
  const { region, accountId } = location;
  const { functionName: name, qualifier, segmentId, parentId, requestId } = request;
  const arn = `arn:aws:lambda:${region}:${accountId}:function:${name}`;
  const attempts = request.attempts.map((attempt, index) => ({
    attempt,
    id: derivedId(segmentId, `attempt ${index}`),
  }));
  const last = request.attempts.at(-1);
  const status = request.throttled === true && last === undefined ? 429 : request.stopped === true ? 400 : 200;
  const lambda: SegmentDocument = {
    id: segmentId,
    trace_id: traceId,
    name,
    ...span(request.start, request.end),
    ...(parentId === undefined ? {} : { parent_id: parentId }),
    http: { response: { status: request.asynchronous && status === 200 ? 202 : status } },
    aws: { request_id: requestId, ...(qualifier === undefined ? {} : { qualifier }) },
    origin: 'AWS::Lambda',
    resource_arn: qualifier === undefined ? arn : `${arn}:${qualifier}`,
    ...(last?.failed === true ? { fault: true as const } : marksOf(status)),
    ...(request.asynchronous ? { subsegments: dwelling(request, attempts) } : {}),
  };
  const functions = attempts.map(({ attempt, id }) =>
    functionSegment(traceId, request, attempt, request.asynchronous ? id : segmentId, arn, location),
  );
  return [lambda, ...functions];
}

/** How long the event waited in the function's queue, and each attempt. */
function dwelling(
  { segmentId, start, end }: RequestRecord,
  attempts: readonly { readonly attempt: Attempt; readonly id: string }[],
): readonly SubsegmentDocument[] {
  const first = attempts[0]?.attempt.placed ?? end;
  return [
    { id: derivedId(segmentId, 'dwell time'), name: 'Dwell Time', ...span(start, first) },
    ...attempts.map(({ attempt, id }, index) => ({
      id,
      name: `Attempt #${index + 1}`,
      ...span(attempt.placed, attempt.end),
      ...(attempt.failed === true ? { fault: true as const } : {}),
    })),
  ];
}

function functionSegment(
  traceId: string,
  { functionName: name, requestId }: RequestRecord,
  attempt: Attempt,
  parentId: string,
  arn: string,
  location: Location,
): SegmentDocument {
  const { inits, started, answered, end, segmentId, version, failed, error } = attempt;
  const id = segmentId ?? derivedId(parentId, `function ${attempt.placed}`);
  const begin = inits[0]?.start ?? started ?? attempt.placed;
  const sub = (kind: string, from: number, to: number | undefined): SubsegmentDocument => ({
    id: derivedId(id, `${kind} ${from}`),
    name: kind,
    ...span(from, to),
  });
  const calls = attempt.calls.map((call, index) => callSegment(call, derivedId(id, `call ${index}`), location));
  const subsegments: SubsegmentDocument[] = inits.map((init) => ({
    ...sub('Initialization', init.start, init.end),
    ...(init.failed === true ? { fault: true as const } : {}),
  }));
  if (started !== undefined) {
    const invocation = sub('Invocation', started, answered);
    subsegments.push(calls.length === 0 ? invocation : { ...invocation, subsegments: calls });
  }
  if (answered !== undefined) subsegments.push(sub('Overhead', answered, end));
  const exception = error === undefined ? undefined : exceptionOf(error, derivedId(id, 'exception'));
  return {
    id,
    trace_id: traceId,
    parent_id: parentId,
    name,
    ...span(begin, end),
    aws: { account_id: location.accountId, function_arn: arn, function_version: version, request_id: requestId },
    origin: 'AWS::Lambda::Function',
    resource_arn: arn,
    ...(failed === true ? { fault: true as const } : {}),
    ...(exception === undefined ? {} : { cause: { exceptions: [exception] } }),
    subsegments,
  };
}

function exceptionOf(payload: string, id: string) {
  try {
    const { errorType, errorMessage } = JSON.parse(payload) as { errorType?: unknown; errorMessage?: unknown };
    return {
      id,
      ...(typeof errorMessage === 'string' ? { message: errorMessage } : {}),
      ...(typeof errorType === 'string' ? { type: errorType } : {}),
    };
  } catch {
    return { id, message: payload };
  }
}

function callSegment(call: Call, id: string, { region }: Location): SubsegmentDocument {
  if (call.kind === 'http') {
    const { answered } = call;
    return {
      id,
      name: call.host,
      ...span(call.start, answered?.time),
      namespace: 'remote',
      ...(answered === undefined ? {} : { http: { response: { status: answered.statusCode } } }),
      ...marksOf(answered?.statusCode ?? 200),
    };
  }
  const { service, operation, start, time, statusCode, apiRequestId, resource } = call.event;
  return {
    id,
    name: serviceNames[service] ?? service.toUpperCase(),
    ...span(start, time),
    namespace: 'aws',
    aws: { operation, region, request_id: apiRequestId, ...(resource === undefined ? {} : { resource }) },
    http: { response: { status: statusCode } },
    ...marksOf(statusCode),
  };
}
