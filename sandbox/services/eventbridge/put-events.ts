/** From an entry of PutEvents to an event: what is checked, what it weighs, what it becomes. */
import { factNumber, type Facts } from '../../facts.ts';
import type { BusEventContent, PutEventsEntry } from './eventbridge.types.ts';

const encoder = new TextEncoder();
const bytesOf = (text: string | undefined): number => (text === undefined ? 0 : encoder.encode(text).length);

/** Source: EventBridge user guide, calculating the size of an entry. */
export function entryBytes({ Source, DetailType, Detail, Time, Resources = [] }: PutEventsEntry, facts: Facts): number {
  const time = Time === undefined ? 0 : factNumber(facts, 'eventbridge-put-events', 'timeBytes');
  const resources = Resources.reduce((sum, resource) => sum + bytesOf(resource), 0);
  return time + bytesOf(Source) + bytesOf(DetailType) + bytesOf(Detail) + resources;
}

export interface EntryError {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

/** What is wrong with the entry; the others of its request are put nevertheless. */
export function checkEntry(entry: PutEventsEntry): EntryError | undefined {
  const { Source: source, Detail: detail } = entry;
  for (const name of ['Source', 'DetailType', 'Detail'] as const) {
    if (typeof entry[name] === 'string' && entry[name] !== '') continue;
    return {
      ErrorCode: 'InvalidArgument',
      ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
    };
  }
  if (source?.startsWith('aws.') === true) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  if (parseDetail(detail) === undefined) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  return undefined;
}

/** A detail is an object. */
export function parseDetail(text: string | undefined): object | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export interface EventFields {
  readonly id: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
  readonly resources: readonly string[];
  /** Virtual ms since the epoch. */
  readonly time: number;
}

export function makeEvent(
  fields: EventFields,
  { region, accountId }: { region: string; accountId: string },
): BusEventContent {
  return {
    version: '0',
    id: fields.id,
    'detail-type': fields.detailType,
    source: fields.source,
    account: accountId,
    time: `${new Date(fields.time).toISOString().slice(0, 19)}Z`,
    region,
    resources: fields.resources,
    detail: fields.detail,
  };
}
