/**
 * Log lines as readers of the trace: the platform's INIT_START, START, END, REPORT and INIT_REPORT, merged in order
 * with what the function wrote. Sources: Lambda guide, CloudWatch Logs and the Telemetry API's event schema.
 */
import type { EnvironmentCreated, InvocationReported, LogLevel, PlatformLogs, TraceEvent } from '../trace.ts';

/** One log event of CloudWatch Logs. */
export interface LogLine {
  /** Virtual ms since the epoch. */
  readonly time: number;
  readonly environmentId: string;
  /** Absent during init. */
  readonly requestId?: string;
  readonly kind: 'init-start' | 'start' | 'runtime-done' | 'end' | 'report' | 'init-report' | 'function';
  /** Only of the function's lines. */
  readonly level?: LogLevel;
  readonly text: string;
}

/** One stream: everything that one environment logged. */
export interface LogStream {
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly environmentId: string;
  readonly lines: readonly LogLine[];
}

/** The log lines of all environments in the order in which they were written. */
export function logLines(events: readonly TraceEvent[]): LogLine[] {
  const reader = new LogReader();
  return events.flatMap((event) => reader.read(event));
}

/** The same lines by log stream, streams in the order of their creation. */
export function logStreams(events: readonly TraceEvent[]): LogStream[] {
  const reader = new LogReader();
  const streams = new Map<string, { readonly created: EnvironmentCreated; readonly lines: LogLine[] }>();
  for (const event of events) {
    if (event.type === 'environmentCreated') streams.set(event.environmentId, { created: event, lines: [] });
    for (const line of reader.read(event)) streams.get(line.environmentId)?.lines.push(line);
  }
  return [...streams.values()].map(({ created, lines }) => ({
    logGroupName: created.logGroupName,
    logStreamName: created.logStreamName,
    environmentId: created.environmentId,
    lines,
  }));
}

/** Reads a trace event by event, so that a long trace need not be read again for its newest lines. */
export class LogReader {
  readonly #created = new Map<string, EnvironmentCreated>();

  /** The lines that this event stands for; most events stand for none. */
  read(event: TraceEvent): readonly LogLine[] {
    if (event.type === 'environmentCreated') this.#created.set(event.environmentId, event);
    if (!('environmentId' in event)) return none;
    return linesOf(event, this.#created.get(event.environmentId));
  }
}

const none: readonly LogLine[] = [];

/** The lines of one event of the environment that `created` introduced; text when that is unknown. */
export function linesOf(event: TraceEvent, created: EnvironmentCreated | undefined): readonly LogLine[] {
  if (event.type === 'logWritten') {
    const { time, environmentId, requestId, level, message } = event;
    return [
      {
        time,
        environmentId,
        kind: 'function',
        text: message,
        ...(requestId === undefined ? {} : { requestId }),
        ...(level === undefined ? {} : { level }),
      },
    ];
  }
  const logs = created?.platformLogs;
  return created && logs?.format === 'JSON' ? jsonLines(event, created, logs) : textLines(event, created);
}

type LineText = readonly [kind: LogLine['kind'], text: string];

function toLines(
  event: { time: number; environmentId: string; requestId?: string },
  texts: readonly LineText[],
): LogLine[] {
  const { time, environmentId, requestId } = event;
  return texts.map(([kind, text]) => ({
    time,
    environmentId,
    ...(requestId === undefined ? {} : { requestId }),
    kind,
    text,
  }));
}

function textLines(event: TraceEvent, created: EnvironmentCreated | undefined): readonly LogLine[] {
  switch (event.type) {
    case 'phaseStarted':
      if (event.phase !== 'init' || event.suppressed === true || created === undefined) return none;
      return toLines(event, [
        [
          'init-start',
          `INIT_START Runtime Version: ${created.runtimeVersion}\tRuntime Version ARN: ${created.runtimeVersionArn}`,
        ],
      ]);
    case 'invocationStarted':
      return toLines(event, [['start', `START RequestId: ${event.requestId} Version: ${event.version}`]]);
    case 'invocationReported': {
      const init = event.initDurationMs === undefined ? '' : `\tInit Duration: ${event.initDurationMs.toFixed(2)} ms`;
      return toLines(event, [
        ['end', `END RequestId: ${event.requestId}`],
        [
          'report',
          `REPORT RequestId: ${event.requestId}\tDuration: ${event.durationMs.toFixed(2)} ms` +
            `\tBilled Duration: ${event.billedDurationMs} ms\tMemory Size: ${event.memorySizeMB} MB` +
            `\tMax Memory Used: ${event.maxMemoryUsedMB} MB${init}${statusText(event.status, event.errorType)}${tracingText(event.tracing)}`,
        ],
      ]);
    }
    case 'initReported':
      return toLines(event, [
        [
          'init-report',
          `INIT_REPORT Init Duration: ${event.durationMs.toFixed(2)} ms\tPhase: ${event.phase}` +
            statusText(event.status, event.errorType),
        ],
      ]);
    default:
      return none;
  }
}

function statusText(status: string | undefined, errorType: string | undefined): string {
  const type = errorType === undefined ? '' : `\tError Type: ${errorType}`;
  return status === undefined ? '' : `\tStatus: ${status}${type}`;
}

/** The second line of REPORT under active tracing. */
function tracingText(tracing: InvocationReported['tracing']): string {
  if (tracing === undefined) return '';
  const [, root = ''] = /Root=([^;]+)/.exec(tracing.header) ?? [];
  return `\nXRAY TraceId: ${root}\tSegmentId: ${tracing.segmentId}\tSampled: true`;
}

const levels = ['DEBUG', 'INFO', 'WARN'] as const;

function jsonLines(event: TraceEvent, created: EnvironmentCreated, logs: PlatformLogs): readonly LogLine[] {
  const lines: LineText[] = [];
  const add = (kind: LogLine['kind'], level: PlatformLogs['level'], type: string, record: object): void => {
    if (levels.indexOf(level) < levels.indexOf(logs.level)) return;
    lines.push([kind, JSON.stringify({ time: new Date(event.time).toISOString(), type: `platform.${type}`, record })]);
  };
  switch (event.type) {
    case 'phaseStarted':
      if (event.phase !== 'init' || event.suppressed === true) return none;
      add('init-start', 'INFO', 'initStart', {
        initializationType: created.initializationType,
        phase: 'init',
        runtimeVersion: created.runtimeVersion,
        runtimeVersionArn: created.runtimeVersionArn,
        functionName: created.functionName,
        functionVersion: created.version,
      });
      return toLines(event, lines);
    case 'invocationStarted':
      add('start', 'INFO', 'start', { requestId: event.requestId, version: event.version });
      return toLines(event, lines);
    case 'invocationReported': {
      const { requestId, durationMs, billedDurationMs, memorySizeMB, maxMemoryUsedMB, initDurationMs } = event;
      const status = event.status ?? 'success';
      const level = event.status === undefined ? 'INFO' : 'WARN';
      const errorType = event.errorType === undefined ? {} : { errorType: event.errorType };
      add('runtime-done', event.status === undefined ? 'DEBUG' : 'WARN', 'runtimeDone', {
        requestId,
        status,
        ...errorType,
        metrics: { durationMs },
      });
      add('report', level, 'report', {
        requestId,
        metrics: {
          durationMs,
          billedDurationMs,
          memorySizeMB,
          maxMemoryUsedMB,
          ...(initDurationMs === undefined ? {} : { initDurationMs }),
        },
        ...(event.tracing === undefined
          ? {}
          : {
              tracing: {
                spanId: event.tracing.segmentId,
                type: 'X-Amzn-Trace-Id',
                value: event.tracing.header,
              },
            }),
        status,
        ...errorType,
      });
      return toLines(event, lines);
    }
    case 'initReported':
      add('init-report', 'WARN', 'initReport', {
        initializationType: created.initializationType,
        phase: event.phase,
        status: event.status,
        ...(event.errorType === undefined ? {} : { errorType: event.errorType }),
        metrics: { durationMs: event.durationMs },
      });
      return toLines(event, lines);
    default:
      return none;
  }
}
