/**
 * The time axis: where a virtual moment lies across the width of the timeline, and where the axis breaks. Pure.
 *
 * Busy time is drawn piece by piece, the width growing with the square root of the length and from a second on with its
 * logarithm: a 2 ms invocation stays visible beside an init of 400 ms and a timeout of 15 min. Idle time of more than a
 * second becomes a break of one width.
 */
import { formatDuration } from './format-time.ts';
import type { TimelineModel } from './model.ts';

/** A stretch in which nothing ran. Positions are fractions of the width. */
export interface AxisBreak {
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly right: number;
  /** How long, such as `+15 min`. */
  readonly label: string;
}

export interface TimelineScale {
  /** Position of a moment, 0 (start) to 1 (end). */
  readonly at: (time: number) => number;
  /** The moment at a position from 0 to 1. */
  readonly timeAt: (position: number) => number;
  readonly breaks: readonly AxisBreak[];
  /** Moments at which a stretch of activity begins. */
  readonly beginnings: readonly number[];
  /** The width in CSS pixels at which everything is easy to read. */
  readonly naturalWidth: number;
}

/** Idle time longer than this many ms is cut out of the axis. */
const longestIdle = 1000;
const breakWidth = 92;

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly width: number;
  readonly broken: boolean;
}

/** The scale for one timeline. */
export function scaleOf(model: TimelineModel): TimelineScale {
  const pieces = piecesOf(model);
  const naturalWidth = pieces.reduce((sum, piece) => sum + piece.width, 0) || 1;
  const starts: number[] = [];
  let used = 0;
  for (const piece of pieces) {
    starts.push(used / naturalWidth);
    used += piece.width;
  }
  const endOf = (index: number) => starts[index + 1] ?? 1;

  function at(time: number): number {
    const index = pieces.findIndex((piece) => time <= piece.to);
    const piece = pieces[index];
    if (!piece) return pieces.length > 0 ? 1 : 0;
    const left = starts[index] ?? 0;
    const share = Math.max(0, (time - piece.from) / (piece.to - piece.from));
    return left + share * (endOf(index) - left);
  }

  function timeAt(position: number): number {
    const index = pieces.findIndex((_, i) => position <= endOf(i));
    const piece = pieces[index];
    if (!piece) return model.end;
    const left = starts[index] ?? 0;
    const share = Math.max(0, (position - left) / (endOf(index) - left));
    return piece.from + share * (piece.to - piece.from);
  }

  const breaks = pieces
    .filter((piece) => piece.broken)
    .map(({ from, to }) => ({ from, to, left: at(from), right: at(to), label: `+${formatDuration(to - from)}` }));
  const beginnings = [model.start, ...breaks.filter(({ to }) => to < model.end).map(({ to }) => to)];
  return { at, timeAt, breaks, beginnings, naturalWidth };
}

function piecesOf(model: TimelineModel): Piece[] {
  const busy = busyStretches(model);
  const stops = new Set<number>();
  for (const stretch of busy) stops.add(stretch.from).add(stretch.to);
  for (const lane of model.lanes) {
    for (const segment of lane.segments) if (segment.kind !== 'frozen') stops.add(segment.start).add(segment.end);
  }
  for (const request of model.requests) stops.add(request.time);
  stops.add(model.start).add(model.end);

  const times = [...stops].sort((a, b) => a - b);
  return times.slice(1).map((to, index) => {
    const from = times[index] ?? to;
    const idle = !busy.some((stretch) => stretch.from <= from && to <= stretch.to);
    const broken = idle && to - from > longestIdle;
    return { from, to, broken, width: broken ? breakWidth : busyWidth(to - from) };
  });
}

/** Width of a busy stretch of that many ms, in CSS pixels of the natural size. */
function busyWidth(milliseconds: number): number {
  const second = 1000;
  if (milliseconds <= second) return 8 * Math.sqrt(milliseconds);
  return 8 * Math.sqrt(second) + 60 * Math.log(milliseconds / second);
}

/** The union of all time in which some environment worked, in order. */
function busyStretches(model: TimelineModel): { from: number; to: number }[] {
  const work = model.lanes
    .flatMap((lane) => lane.segments.filter((segment) => segment.kind !== 'frozen'))
    .sort((a, b) => a.start - b.start);
  const stretches: { from: number; to: number }[] = [];
  for (const segment of work) {
    const last = stretches.at(-1);
    if (last && segment.start <= last.to) last.to = Math.max(last.to, segment.end);
    else stretches.push({ from: segment.start, to: segment.end });
  }
  return stretches;
}
