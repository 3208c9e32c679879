/** How long one may wait, and how many requests one may send at once. */

/** Idle times of the Wait menu, ms. The first is the default. */
export const waits: readonly { readonly milliseconds: number; readonly label: string }[] = [
  { milliseconds: 15 * 60_000, label: '15 min' },
  { milliseconds: 10_000, label: '10 s' },
  { milliseconds: 60_000, label: '1 min' },
  { milliseconds: 5 * 60_000, label: '5 min' },
  { milliseconds: 60 * 60_000, label: '1 h' },
  { milliseconds: 24 * 60 * 60_000, label: '1 day' },
];

/** Requests of one burst. */
export const burst = { min: 2, max: 50, usual: 5 };
