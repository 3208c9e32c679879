/** Amazon CloudWatch Logs of one account, in the shapes of its API. */
import { factNumber, factValue, type Facts } from '../../facts.ts';
import type { Clock } from '../../kernel/clock.ts';
import { newUuid } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import { ApiError, type Operation, type Service } from '../service.ts';
import { parseFilterPattern } from './filter-pattern.ts';
import { rowOf } from './insights/discovered-fields.ts';
import type { FieldValue } from './insights/expression.ts';
import { parseQuery } from './insights/query.ts';
import type { LogEvent, LogGroup, LogStore } from './log-store.ts';

export interface CloudWatchLogsHost {
  readonly clock: Clock;
  readonly random: Random;
  readonly facts: Facts;
  readonly store: LogStore;
  /** Brings what functions have logged up to date, and keeps it so. */
  readonly watch: () => void;
  readonly location: { readonly region: string; readonly accountId: string };
}

interface GroupName {
  readonly logGroupName: string;
}

interface TimeRange {
  /** Virtual ms since the epoch, inclusive. */
  readonly startTime?: number;
  readonly endTime?: number;
}

export interface FilterLogEventsRequest extends GroupName, TimeRange {
  readonly logStreamNames?: readonly string[];
  readonly logStreamNamePrefix?: string;
  readonly filterPattern?: string;
  readonly limit?: number;
  readonly nextToken?: string;
}

export interface GetLogEventsRequest extends GroupName, TimeRange {
  readonly logStreamName: string;
  readonly startFromHead?: boolean;
  readonly limit?: number;
}

export interface StartQueryRequest {
  readonly logGroupName?: string;
  readonly logGroupNames?: readonly string[];
  /** Seconds since the epoch. */
  readonly startTime: number;
  readonly endTime: number;
  readonly queryString: string;
  readonly limit?: number;
}

/** One line of a query's result: `[{field: '@timestamp', value: '…'}, …]`. */
export type ResultLine = readonly { readonly field: string; readonly value: string }[];

const mostEvents = 10_000;

export class CloudWatchLogs implements Service {
  readonly name = 'cloudwatch-logs';
  readonly #host: CloudWatchLogsHost;
  readonly #queries = new Map<string, { results: readonly ResultLine[]; scanned: number; matched: number }>();

  constructor(host: CloudWatchLogsHost) {
    this.#host = host;
  }

  readonly operations = {
    CreateLogGroup: this.#operation('CreateLogGroup', (input: GroupName) => this.createLogGroup(input)),
    DeleteLogGroup: this.#operation('DeleteLogGroup', (input: GroupName) => this.deleteLogGroup(input)),
    DescribeLogGroups: this.#operation('DescribeLogGroups', (input: { logGroupNamePrefix?: string }) =>
      this.describeLogGroups(input),
    ),
    DescribeLogStreams: this.#operation('DescribeLogStreams', (input: GroupName) => this.describeLogStreams(input)),
    PutRetentionPolicy: this.#operation('PutRetentionPolicy', (input: GroupName & { retentionInDays: number }) =>
      this.putRetentionPolicy(input),
    ),
    DeleteRetentionPolicy: this.#operation('DeleteRetentionPolicy', (input: GroupName) =>
      this.deleteRetentionPolicy(input),
    ),
    GetLogEvents: this.#operation('GetLogEvents', (input: GetLogEventsRequest) => this.getLogEvents(input)),
    FilterLogEvents: this.#operation('FilterLogEvents', (input: FilterLogEventsRequest) => this.filterLogEvents(input)),
    StartQuery: this.#operation('StartQuery', (input: StartQueryRequest) => this.startQuery(input)),
    GetQueryResults: this.#operation('GetQueryResults', (input: { queryId: string }) => this.getQueryResults(input)),
  };

  #operation<Input extends object, Output>(action: string, run: (input: Input) => Output): Operation<Input, Output> {
    return {
      action: `logs:${action}`,
      resources: (input) => [this.#arn('logGroupName' in input ? String(input.logGroupName) : '*')],
      run: (input) => {
        this.#host.watch();
        return run(input);
      },
    };
  }

  createLogGroup({ logGroupName }: GroupName): Record<string, never> {
    if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(logGroupName)) {
      throw invalid(
        `The log group name ${JSON.stringify(logGroupName)} may hold letters, digits and . - _ / # only, at most 512.`,
      );
    }
    if (this.#host.store.group(logGroupName) !== undefined) {
      throw new ApiError('ResourceAlreadyExistsException', 400, 'The specified log group already exists');
    }
    this.#host.store.createGroup(logGroupName);
    return {};
  }

  deleteLogGroup({ logGroupName }: GroupName): Record<string, never> {
    this.#find(logGroupName);
    this.#host.store.deleteGroup(logGroupName);
    return {};
  }

  describeLogGroups({ logGroupNamePrefix: prefix = '' }: { readonly logGroupNamePrefix?: string } = {}) {
    return {
      logGroups: this.#host.store
        .groups()
        .filter(({ logGroupName }) => logGroupName.startsWith(prefix))
        .map(({ logGroupName, creationTime, retentionInDays, ingestedBytes }) => ({
          logGroupName,
          creationTime,
          ...(retentionInDays === undefined ? {} : { retentionInDays }),
          arn: `${this.#arn(logGroupName)}:*`,
          storedBytes: ingestedBytes,
        })),
    };
  }

  /** Streams by the time of their last event, newest first. */
  describeLogStreams({ logGroupName }: GroupName) {
    const group = this.#find(logGroupName);
    const streams = [...group.streams.values()].sort(
      (a, b) => (b.lastEventTimestamp ?? b.creationTime) - (a.lastEventTimestamp ?? a.creationTime),
    );
    return {
      logStreams: streams.map((stream) => ({
        ...stream,
        arn: `${this.#arn(logGroupName)}:log-stream:${stream.logStreamName}`,
      })),
    };
  }

  putRetentionPolicy({ logGroupName, retentionInDays }: GroupName & { readonly retentionInDays: number }) {
    const group = this.#find(logGroupName);
    const retentionDays = factValue(this.#host.facts, 'log-retention-days') as readonly number[];
    if (!retentionDays.includes(retentionInDays)) {
      throw invalid(`The retention ${retentionInDays} must be one of ${retentionDays.join(', ')} days.`);
    }
    group.retentionInDays = retentionInDays;
    return {};
  }

  deleteRetentionPolicy({ logGroupName }: GroupName): Record<string, never> {
    delete this.#find(logGroupName).retentionInDays;
    return {};
  }

  /** The events of one stream: the newest `limit`, or the oldest with `startFromHead`; in order. */
  getLogEvents({
    logGroupName,
    logStreamName,
    startFromHead = false,
    limit = mostEvents,
    ...range
  }: GetLogEventsRequest) {
    const group = this.#find(logGroupName);
    if (!group.streams.has(logStreamName)) {
      throw new ApiError('ResourceNotFoundException', 400, 'The specified log stream does not exist.');
    }
    const events = group.events.filter((event) => event.logStreamName === logStreamName && isIn(event, range));
    const page = startFromHead ? events.slice(0, limit) : events.slice(-limit);
    return { events: page.map(({ timestamp, message }) => ({ timestamp, message, ingestionTime: timestamp })) };
  }

  filterLogEvents(request: FilterLogEventsRequest): {
    readonly events: readonly { logStreamName: string; timestamp: number; message: string; eventId: string }[];
    readonly nextToken?: string;
  } {
    const { logGroupName, filterPattern = '', logStreamNames, logStreamNamePrefix, limit = mostEvents } = request;
    const group = this.#find(logGroupName);
    const matches = parseFilterPattern(filterPattern);
    const after = request.nextToken === undefined ? 0 : Number(request.nextToken);
    const fits = (event: LogEvent): boolean =>
      event.eventId > after &&
      isIn(event, request) &&
      (logStreamNames === undefined || logStreamNames.includes(event.logStreamName)) &&
      (logStreamNamePrefix === undefined || event.logStreamName.startsWith(logStreamNamePrefix)) &&
      matches(event.message);
    const events: LogEvent[] = [];
    for (const event of group.events) {
      if (!fits(event)) continue;
      if (events.length === limit) {
        return { events: events.map(filteredEvent), nextToken: String(events.at(-1)?.eventId ?? after) };
      }
      events.push(event);
    }
    return { events: events.map(filteredEvent) };
  }

  /** Runs a Logs Insights query at once; its result is there for GetQueryResults. */
  startQuery(request: StartQueryRequest): { readonly queryId: string } {
    const { startTime, endTime, queryString, limit } = request;
    const names = request.logGroupNames ?? (request.logGroupName === undefined ? [] : [request.logGroupName]);
    if (names.length === 0) throw invalid('A query needs the name of at least one log group.');
    const query = parseQuery(queryString, factNumber(this.#host.facts, 'insights-rows'));
    const range = { startTime: startTime * 1000, endTime: endTime * 1000 };
    const rows = names
      .map((name) => this.#find(name))
      .flatMap(({ events, logGroupName }) =>
        events.filter((event) => isIn(event, range)).map((event) => ({ event, logGroupName })),
      )
      .sort((a, b) => a.event.timestamp - b.event.timestamp || a.event.eventId - b.event.eventId)
      .map(({ event, logGroupName }) => rowOf(event, logGroupName));
    const found = query.run(rows);
    const results = (limit === undefined ? found : found.slice(0, limit)).map((row): ResultLine =>
      query.fields.flatMap((field) => {
        const value = row[field];
        return value === undefined ? [] : [{ field, value: show(field, value) }];
      }),
    );
    const queryId = newUuid(this.#host.random);
    this.#queries.set(queryId, { results, scanned: rows.length, matched: found.length });
    return { queryId };
  }

  getQueryResults({ queryId }: { readonly queryId: string }) {
    const query = this.#queries.get(queryId);
    if (query === undefined) {
      throw new ApiError('ResourceNotFoundException', 400, 'The specified query does not exist.');
    }
    const { results, scanned, matched } = query;
    return { status: 'Complete' as const, results, statistics: { recordsMatched: matched, recordsScanned: scanned } };
  }

  #find(logGroupName: string): LogGroup {
    const group = this.#host.store.group(logGroupName);
    if (group === undefined) {
      throw new ApiError('ResourceNotFoundException', 400, 'The specified log group does not exist.');
    }
    return group;
  }

  #arn(logGroupName: string): string {
    const { region, accountId } = this.#host.location;
    return `arn:aws:logs:${region}:${accountId}:log-group:${logGroupName}`;
  }
}

const filteredEvent = ({ logStreamName, timestamp, message, eventId }: LogEvent) => ({
  logStreamName,
  timestamp,
  message,
  eventId: String(eventId),
});

const isIn = ({ timestamp }: LogEvent, { startTime = -Infinity, endTime = Infinity }: TimeRange): boolean =>
  timestamp >= startTime && timestamp <= endTime;

/** Times as Insights writes them: `2026-01-05 09:00:00.000`. */
function show(field: string, value: NonNullable<FieldValue>): string {
  const isTime = (field === '@timestamp' || field === 'bin') && typeof value === 'number';
  return isTime ? new Date(value).toISOString().replace('T', ' ').replace('Z', '') : String(value);
}

const invalid = (message: string): ApiError => new ApiError('InvalidParameterException', 400, message);
