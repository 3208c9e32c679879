/** An account with a queue, a stream and a function whose answers are scripted. */
import { EventSourceMappings } from '../../../../sandbox/lambda/event-source-mappings/event-source-mappings.ts';
import type { MappedFunction } from '../../../../sandbox/lambda/event-source-mappings/mapping-host.ts';
import type {
  CreateEventSourceMappingRequest,
  EventSourceMappingConfiguration,
} from '../../../../sandbox/lambda/event-source-mappings/mapping.types.ts';
import { Kinesis } from '../../../../sandbox/services/kinesis/kinesis.ts';
import {
  ApiError,
  type Caller,
  type InvokeOutcome,
  type PolicyDocument,
} from '../../../../sandbox/services/service.ts';
import { Sqs } from '../../../../sandbox/services/sqs/sqs.ts';
import type { SendMessageFields } from '../../../../sandbox/services/sqs/sqs.types.ts';
import type { TraceEvent } from '../../../../sandbox/trace.ts';
import { call, newHost, type TestHost } from '../../services/host.ts';

type Json = Record<string, unknown>;

/** An event as the function gets it. */
export interface FunctionEvent extends Json {
  readonly Records: readonly (Json & {
    readonly messageId?: string;
    readonly body?: string;
    readonly kinesis?: Json;
  })[];
}

/** How the function answers an invocation. */
export interface Scripted {
  /** Virtual ms; 100 by default. */
  readonly ms?: number;
  /** Its result, JSON; null by default. */
  readonly result?: unknown;
  /** The text of its result instead. */
  readonly payload?: string;
  readonly error?: boolean;
  readonly throttle?: boolean;
}

export interface Invocation {
  /** Seconds since the story began. */
  readonly at: number;
  readonly event: FunctionEvent;
  readonly caller: Caller;
  readonly arn: string;
}

export interface MappingStory {
  readonly host: TestHost;
  readonly sqs: Sqs;
  readonly kinesis: Kinesis;
  readonly mappings: EventSourceMappings;
  readonly invocations: Invocation[];
  /** What went to destinations. */
  readonly delivered: { readonly arn: string; readonly body: Json; readonly caller: Caller }[];
  /** Actions that the function's role may not do. */
  readonly denied: Set<string>;
  readonly mapped: { -readonly [Key in keyof MappedFunction]: MappedFunction[Key] };
  /** The function's answers from now on. */
  readonly answer: (script: (event: FunctionEvent, count: number) => Scripted) => void;
  /** Creates a mapping and waits until it is enabled. */
  readonly map: (request: Partial<CreateEventSourceMappingRequest>) => EventSourceMappingConfiguration;
  readonly createQueue: (name?: string, attributes?: Record<string, string>) => void;
  readonly createStream: (shards?: number) => void;
  readonly send: (body: string, fields?: Partial<SendMessageFields> & { readonly queue?: string }) => string;
  readonly put: (...records: readonly (readonly [key: string, data: string])[]) => void;
  readonly seconds: (count: number) => void;
  /** Seconds and the bodies or data of each invocation: `0.0 one two`. */
  readonly told: () => string[];
  readonly eventsOf: <Type extends TraceEvent['type']>(type: Type) => Extract<TraceEvent, { readonly type: Type }>[];
  /** Visible, in flight, delayed. */
  readonly counts: (queue?: string) => string;
}

export const queueArn = (name = 'orders'): string => `arn:aws:sqs:us-east-1:123456789012:${name}`;
export const streamArn = 'arn:aws:kinesis:us-east-1:123456789012:stream/clicks';
const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:worker';

/** Data of a Kinesis record, or body of a message. */
export function contentOf(record: FunctionEvent['Records'][number]): string {
  return record.body ?? atob(record.kinesis?.data as string);
}

export function begin(seed = 7): MappingStory {
  const host = newHost(seed);
  const { clock } = host;
  const sqs = new Sqs(host, (text) => JSON.parse(text) as PolicyDocument);
  const kinesis = new Kinesis(host);
  const invocations: Invocation[] = [];
  const delivered: MappingStory['delivered'] = [];
  const denied = new Set<string>();
  const mapped: MappingStory['mapped'] = {
    name: 'worker',
    arn: functionArn,
    timeoutSeconds: 3,
    roleArn: 'arn:aws:iam::123456789012:role/service-role/worker-role',
  };
  let script: (event: FunctionEvent, count: number) => Scripted = () => ({});
  let started = clock.now;
  let requests = 0;
  const outcome = ({ error = false, throttle = false, result = null, payload, ms = 100 }: Scripted): InvokeOutcome => {
    if (throttle) return { ok: false, error: new ApiError('TooManyRequestsException', 429, 'Rate Exceeded.') };
    const answer = payload ?? JSON.stringify(error ? { errorType: 'Error', errorMessage: 'no' } : result);
    requests += 1;
    return {
      ok: true,
      requestId: `request-${requests}`,
      functionError: error,
      payload: answer,
      executedVersion: '$LATEST',
      durationMs: ms,
    };
  };
  const mappings = new EventSourceMappings({
    ...host,
    findFunction: (name) => {
      if (!name.includes('worker')) throw new ApiError('ResourceNotFoundException', 404, `Function not found: ${name}`);
      return mapped;
    },
    invoker: {
      invokeSync: (arn, payload, caller, done) => {
        const event = JSON.parse(payload) as FunctionEvent;
        const scripted = script(event, invocations.length + 1);
        if (scripted.throttle !== true) invocations.push({ at: (clock.now - started) / 1000, event, caller, arn });
        const { ms = 100 } = scripted;
        clock.schedule(clock.now + (scripted.throttle === true ? 0 : ms), () => done(outcome(scripted)));
      },
    },
    permissions: { allows: ({ action }) => !denied.has(action) },
    deliveries: {
      deliver: (arn, body, caller) => {
        if (arn.includes('missing'))
          throw new ApiError('QueueDoesNotExist', 400, 'The specified queue does not exist.');
        delivered.push({ arn, body: JSON.parse(body) as Json, caller });
      },
    },
    queues: sqs,
    streamReader: (arn) => kinesis.streamReader(arn),
  });
  const eventsOf: MappingStory['eventsOf'] = (type) =>
    host.events.filter((event): event is Extract<TraceEvent, { type: typeof type }> => event.type === type);
  return {
    host,
    sqs,
    kinesis,
    mappings,
    invocations,
    delivered,
    denied,
    mapped,
    answer: (answers) => {
      script = answers;
    },
    map: (request) => {
      const { UUID } = mappings.create({ EventSourceArn: queueArn(), FunctionName: 'worker', ...request });
      clock.advance({ seconds: 10 });
      started = clock.now;
      return mappings.get({ UUID });
    },
    createQueue: (name = 'orders', attributes = {}) => {
      const fifo = name.endsWith('.fifo') ? { FifoQueue: 'true', ContentBasedDeduplication: 'true' } : {};
      call(sqs.operations.CreateQueue, { QueueName: name, Attributes: { ...fifo, ...attributes } });
    },
    createStream: (shards = 1) => {
      call(kinesis.operations.CreateStream, { StreamName: 'clicks', ShardCount: shards });
    },
    send: (body, { queue = 'orders', ...fields } = {}) =>
      call(sqs.operations.SendMessage, {
        QueueUrl: `https://sqs.us-east-1.amazonaws.com/123456789012/${queue}`,
        MessageBody: body,
        ...fields,
      }).MessageId,
    put: (...records) => {
      for (const [PartitionKey, Data] of records) {
        call(kinesis.operations.PutRecord, { StreamName: 'clicks', PartitionKey, Data });
      }
    },
    seconds: (count) => clock.advance({ seconds: count }),
    told: () => invocations.map(({ at, event }) => [at.toFixed(1), ...event.Records.map(contentOf)].join(' ')),
    eventsOf,
    counts: (queue = 'orders') => {
      const { visible, inFlight, delayed } = sqs.queue(queueArn(queue))?.counts ?? {
        visible: 0,
        inFlight: 0,
        delayed: 0,
      };
      return `${visible} ${inFlight} ${delayed}`;
    },
  };
}
