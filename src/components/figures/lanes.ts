/** What a figure's lanes are made of, and which words fit on them. Pure. */

/** `ended` is an attempt that Lambda broke off, or an environment's end. */
export type LaneKind = 'init' | 'run' | 'frozen' | 'restore' | 'ended';

export interface LanePart {
  readonly kind: LaneKind;
  readonly from: number;
  readonly to: number;
  /** On the part where it fits; otherwise `short`, otherwise nothing. */
  readonly label?: string;
  readonly short?: string;
}

export interface Lane {
  readonly name: string;
  readonly parts: readonly LanePart[];
}

/** A request above the lanes with a line to the lane that serves it. */
export interface LaneRequest {
  readonly label: string;
  readonly at: number;
  /** Index of the lane; left out, no environment serves it. */
  readonly lane?: number;
}

/** The key's words. */
export const words: Readonly<Record<LaneKind, string>> = {
  init: 'init',
  run: 'handler',
  frozen: 'frozen',
  restore: 'restore from the snapshot',
  ended: 'broken off or ended',
};

const letter = 8;

/** The longest of the part's words that fits on `width` units; empty when none does. */
export const labelOn = ({ label = '', short = '' }: LanePart, width: number): string =>
  [label, short].find((text) => text.length * letter + 6 <= width) ?? '';
