/** The timeline in words: the rows of the table that says the same as the picture. Pure. */
import { formatClock, formatDuration } from './format-time.ts';
import { hasSeveralFunctions, type Lane, type RequestMark, type Segment, type TimelineModel } from './model.ts';
import { amountAt, formatMoney, type MoneyPoint } from './money.ts';

export interface TimelineRow {
  readonly time: number;
  /** Virtual time of day. */
  readonly clock: string;
  /** Name of the environment, or empty. */
  readonly environment: string;
  readonly what: string;
  /** How long it took, or empty for an instant. */
  readonly duration: string;
  /** Money spent when it was over. */
  readonly money: string;
}

const words: Record<Segment['kind'], string> = {
  create: 'environment is placed, code is fetched (not billed)',
  init: 'init',
  restore: 'restore',
  invoke: 'handler runs',
  frozen: 'frozen, not billed',
  shutdown: 'shutdown',
};

/** The same in an environment that is provisioned. */
const provisionedWords: Partial<typeof words> = {
  init: 'init, ahead of requests',
  frozen: 'frozen, ready; provisioned concurrency is billed',
};

/** All rows in order of time. */
export function rowsOf(model: TimelineModel, money: readonly MoneyPoint[]): readonly TimelineRow[] {
  const isOfSeveral = hasSeveralFunctions(model);
  const lanes = model.lanes.map((lane) =>
    isOfSeveral ? { ...lane, name: `${lane.functionName} ${lane.name}` } : lane,
  );
  const names = new Map(lanes.map((lane) => [lane.environmentId, lane.name]));
  const rows = [
    ...model.requests.map((request) => requestRow(request, names, money)),
    ...lanes.flatMap((lane) => laneRows(lane, model, money)),
  ];
  return rows.sort((a, b) => a.time - b.time);
}

function requestRow(
  request: RequestMark,
  names: ReadonlyMap<string, string>,
  money: readonly MoneyPoint[],
): TimelineRow {
  const environment = request.environmentId ? (names.get(request.environmentId) ?? '') : '';
  const fate = request.throttled
    ? `throttled (${request.throttled})`
    : request.start
      ? `${request.start} start`
      : 'waits';
  return row(request.time, environment, `request ${request.number} arrives: ${fate}`, '', money, request.time);
}

function laneRows(lane: Lane, model: TimelineModel, money: readonly MoneyPoint[]): TimelineRow[] {
  const numbers = new Map(model.requests.map((request) => [request.requestId, request]));
  const rows = lane.segments.map((segment) => {
    const request = segment.requestId ? numbers.get(segment.requestId) : undefined;
    const forWhom = segment.kind === 'invoke' && request ? ` for request ${request.number}` : '';
    const ending =
      segment.status !== 'success' ? `, ends with ${segment.status}` : segment.failed ? ', ends with an error' : '';
    const duration = formatDuration(segment.end - segment.start);
    const what = (lane.isProvisioned ? provisionedWords[segment.kind] : undefined) ?? words[segment.kind];
    return row(segment.start, lane.name, `${what}${forWhom}${ending}`, duration, money, segment.end);
  });
  if (lane.gone) rows.push(row(lane.gone.time, lane.name, `gone (${lane.gone.reason})`, '', money, lane.gone.time));
  return rows;
}

function row(
  time: number,
  environment: string,
  what: string,
  duration: string,
  money: readonly MoneyPoint[],
  over: number,
): TimelineRow {
  return { time, clock: formatClock(time), environment, what, duration, money: formatMoney(amountAt(money, over)) };
}
