/** Heights and positions of the timeline's rows, by the number of lanes, and which labels fit. Pure. */
import { formatDuration } from './format-time.ts';
import type { Segment } from './model.ts';

export interface Layout {
  /** Heights in CSS pixels. */
  readonly lanesTop: number;
  readonly rowHeight: number;
  readonly barHeight: number;
  readonly moneyTop: number;
  readonly moneyHeight: number;
  readonly height: number;
  readonly fontSize: number;
}

/** Where everything goes for `lanes` environments: rows get thinner as there are more of them. */
export function layoutFor(lanes: number): Layout {
  const [rowHeight, barHeight, fontSize] = lanes <= 6 ? [42, 28, 12] : lanes <= 14 ? [28, 20, 12] : [17, 13, 10.5];
  const lanesTop = 56;
  const moneyTop = lanesTop + Math.max(1, lanes) * rowHeight + 8;
  const moneyHeight = 26;
  return { lanesTop, rowHeight, barHeight, moneyTop, moneyHeight, height: moneyTop + moneyHeight + 22, fontSize };
}

/** From which width of the timeline on a label is shown. */
export type Fit = 'always' | 'medium' | 'wide' | 'never';

/** Width of the plot, CSS pixels, in a timeline that is `medium` (from 560) or `wide` (from 860). */
const plotWidths = { medium: 470, wide: 760 };

/** Where `text` fits into a share of the plot, whose width is at least `narrow`. */
export function fitOf(text: string, share: number, narrow: number): Fit {
  const needed = text.length * 7.3 + 3;
  if (share * narrow >= needed) return 'always';
  if (share * Math.max(plotWidths.medium, narrow) >= needed) return 'medium';
  return share * Math.max(plotWidths.wide, narrow) >= needed ? 'wide' : 'never';
}

/** What is written on a segment: its phase and duration, or the word for how it ended. */
export function segmentLabel(segment: Segment, isProvisioned = false): string {
  const duration = formatDuration(segment.end - segment.start);
  if (segment.status !== 'success') return `${segment.status} ${duration}`;
  if (segment.kind === 'invoke') return segment.failed ? `error ${duration}` : duration;
  if (segment.kind === 'frozen') return isProvisioned ? 'provisioned' : '';
  return isProvisioned && segment.kind === 'init' ? `init ahead ${duration}` : `${segment.kind} ${duration}`;
}
