/** Numbers of things, and time, as sentences have them. */

/** `1 lesson`, `2 lessons`, `1,200 lessons`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}

/** Study time as a person says it: `40 min`, `3 h 20 min`, `under a minute`. */
export function formatTime(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes === 0) return seconds > 0 ? 'under a minute' : '0 min';
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest > 0 ? ` ${rest} min` : ''}`;
}
