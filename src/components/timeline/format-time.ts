/** Virtual times and durations as text: `09:00:00.130`, `2 ms`, `15 min`. */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A duration in ms as a short text with its unit; two units at most (`1 h 30 min`). */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 10) return `${round(milliseconds, milliseconds < 1 ? 2 : 1)} ms`;
  if (milliseconds < second) return `${round(milliseconds, 0)} ms`;
  if (milliseconds < minute) return `${round(milliseconds / second, milliseconds < 10 * second ? 2 : 1)} s`;
  if (milliseconds < hour) return twoUnits(milliseconds, minute, 'min', second, 's');
  if (milliseconds < day) return twoUnits(milliseconds, hour, 'h', minute, 'min');
  return twoUnits(milliseconds, day, 'd', hour, 'h');
}

/** Time of day of a virtual moment in UTC, with milliseconds: `09:00:00.130`. */
export function formatClock(time: number): string {
  return new Date(time).toISOString().slice(11, 23);
}

/** Day and time of a virtual moment in UTC, to the second: `2026-01-05 09:00:00`. */
export function formatDateTime(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}

function round(value: number, decimals: number): string {
  return String(Number(value.toFixed(decimals)));
}

function twoUnits(value: number, big: number, bigName: string, small: number, smallName: string): string {
  const smalls = Math.round(value / small);
  const perBig = big / small;
  const rest = smalls % perBig;
  const whole = Math.floor(smalls / perBig);
  return rest === 0 ? `${whole} ${bigName}` : `${whole} ${bigName} ${rest} ${smallName}`;
}
