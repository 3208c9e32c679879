/** Numbers of things, and time, as sentences have them. */

/** `1 lesson`, `2 lessons`, `1,200 lessons`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}

/** Study time as a person says it: `40 min`, `3 h 20 min`. */
export function formatTime(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
