/**
 * An exam's time. It passes by the wall clock, also while the page is closed, and can be carried through reloads as three
 * numbers. A clock that is set back neither gives time back nor takes any: the time already spent stays spent, and
 * counting goes on from the new moment. A jump forward cannot be told from a laptop that slept, and counts.
 */

export interface ExamClock {
  readonly allowedMs: number;
  /** Spent by `seenAt`; never more than `allowedMs`. */
  readonly spentMs: number;
  /** ms since the Unix epoch, by the device's clock. */
  readonly seenAt: number;
}

export const startClock = (allowedMs: number, now: number): ExamClock => ({ allowedMs, spentMs: 0, seenAt: now });

/** The clock at another moment. */
export function tick(clock: ExamClock, now: number): ExamClock {
  const passed = Math.max(0, now - clock.seenAt);
  return { ...clock, spentMs: Math.min(clock.allowedMs, clock.spentMs + passed), seenAt: now };
}

export const remainingMs = ({ allowedMs, spentMs }: ExamClock): number => allowedMs - spentMs;

export const isOver = (clock: ExamClock): boolean => remainingMs(clock) <= 0;

/** `1:05:00`, `9:07`: counted up to whole seconds, so that 0:00 means that nothing is left. */
export function formatRemaining(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest.replace(/^0/, '');
}
