/**
 * The fields that Logs Insights finds in an event by itself: the system fields, those of Lambda's platform lines, and the
 * members of a JSON message. Source: CloudWatch Logs guide, supported logs and discovered fields.
 */
import type { LogEvent } from '../log-store.ts';
import type { FieldValue, Row } from './expression.ts';

const bytesPerMB = 1024 * 1024;

/** A log event as a row. Memory is in bytes and durations are in ms, as Insights has them. */
export function rowOf(event: LogEvent, logGroupName: string): Row {
  const { timestamp, message, logStreamName } = event;
  const row: Record<string, FieldValue> = {
    '@timestamp': timestamp,
    '@message': message,
    '@logStream': logStreamName,
    '@log': logGroupName,
  };
  readPlatformLine(message, row);
  if (message.startsWith('{')) readJson(message, row);
  else row['@requestId'] ??= requestIdOf(message);
  return row;
}

function readPlatformLine(message: string, row: Record<string, FieldValue>): void {
  const [, type, requestId] = /^(START|END|REPORT) RequestId: ([0-9a-f-]{36})/.exec(message) ?? [];
  if (type === undefined) return;
  row['@type'] = type;
  row['@requestId'] = requestId;
  if (type !== 'REPORT') return;
  const read = (name: string): number | undefined => {
    const found = new RegExp(`\\t${name}: ([\\d.]+)`).exec(message)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  row['@duration'] = read('Duration');
  row['@billedDuration'] = read('Billed Duration');
  row['@initDuration'] = read('Init Duration');
  row['@memorySize'] = times(read('Memory Size'));
  row['@maxMemoryUsed'] = times(read('Max Memory Used'));
}

const times = (megabytes: number | undefined): number | undefined =>
  megabytes === undefined ? undefined : megabytes * bytesPerMB;

/** The runtime writes the request ID as the second column of a text line. */
const requestIdOf = (message: string): string | undefined => /^\S+\t([0-9a-f-]{36})\t/.exec(message)?.[1];

function readJson(message: string, row: Record<string, FieldValue>): void {
  let value: unknown;
  try {
    value = JSON.parse(message);
  } catch {
    return;
  }
  flatten(value, '', row);
  const { requestId } = value as { requestId?: unknown };
  if (typeof requestId === 'string') row['@requestId'] ??= requestId;
}

/** `{a: {b: 1}}` becomes the field `a.b`; Insights reads at most 200 of them. */
function flatten(value: unknown, path: string, row: Record<string, FieldValue>): void {
  if (Object.keys(row).length > 200) return;
  if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) flatten(inner, path === '' ? key : `${path}.${key}`, row);
  } else if (path !== '' && (typeof value === 'string' || typeof value === 'number')) {
    row[path] = value;
  } else if (path !== '' && typeof value === 'boolean') {
    row[path] = value ? 'true' : 'false';
  }
}
