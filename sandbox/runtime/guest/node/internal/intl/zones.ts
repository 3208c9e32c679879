/** Time zones: their names and links, and the offset from UTC at any time. */

interface ZoneData {
  /** First offset in minutes, then `minutes since the last change (base 36):offset`; `=Other/Zone` for the same list. */
  readonly offsets: Readonly<Record<string, string>>;
  readonly links: Readonly<Record<string, string>>;
}

const data = (): ZoneData => load<ZoneData>('internal/intl-data/zones');

let lowerCaseNames: Map<string, string> | undefined;

/** The canonical name, or undefined when there is no such zone. `+05:30` is a zone too. */
export function canonicalZone(name: string): string | undefined {
  if (/^utc$/i.test(name)) return 'UTC';
  const offset = /^([+-])(\d\d)(?::?(\d\d))?$/.exec(name);
  if (offset !== null) {
    const [, sign = '', hours = '', minutes = '00'] = offset;
    if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
    return Number(hours) + Number(minutes) === 0 ? '+00:00' : `${sign}${hours}:${minutes}`;
  }
  const { offsets, links } = data();
  if (lowerCaseNames === undefined) {
    lowerCaseNames = new Map();
    for (const zone of [...Object.keys(links), ...Object.keys(offsets)])
      lowerCaseNames.set(zone.toLowerCase(), links[zone] ?? zone);
  }
  return lowerCaseNames.get(name.toLowerCase());
}

export const zoneNames = (): string[] => Object.keys(data().offsets);

/** Position of a zone in the list that the names of zones follow. */
export const zoneIndex = (zone: string): number => Object.keys(data().offsets).indexOf(zone);

const changesByZone = new Map<string, { times: number[]; offsets: number[] }>();

function changesOf(zone: string): { times: number[]; offsets: number[] } {
  const known = changesByZone.get(zone);
  if (known !== undefined) return known;
  const { offsets } = data();
  let text = offsets[zone] as string;
  if (text.startsWith('=')) text = offsets[text.slice(1)] as string;
  const [first = '0', ...rest] = text.split(' ');
  const changes = { times: [-Infinity], offsets: [Number(first)] };
  let time = 0;
  for (const change of rest) {
    const [delta = '', offset = ''] = change.split(':');
    time += Number.parseInt(delta, 36);
    changes.times.push(time);
    changes.offsets.push(Number(offset));
  }
  changesByZone.set(zone, changes);
  return changes;
}

const lastYear = 2037;

/** Minutes east of UTC at a time in ms since the epoch. Rules of 2037 hold ever after; the offset of 1970, before. */
export function offsetMinutes(zone: string, time: number): number {
  if (zone === 'UTC') return 0;
  const fixed = /^([+-])(\d\d):(\d\d)$/.exec(zone);
  if (fixed !== null) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3]));
  const year = new Date(time).getUTCFullYear();
  if (year > lastYear) {
    // The same rules fall on the same dates in a year whose March begins on the same weekday.
    const marchOf = (other: number): number => new Date(Date.UTC(other, 2, 1)).getUTCDay();
    let model = lastYear;
    while (marchOf(model) !== marchOf(year)) model--;
    const date = new Date(time);
    const isLeapDay = date.getUTCMonth() === 1 && date.getUTCDate() === 29;
    if (isLeapDay) date.setUTCDate(28);
    date.setUTCFullYear(model);
    time = date.getTime();
  }
  const { times, offsets } = changesOf(zone);
  const minutes = time / 60_000;
  let [low, high] = [0, times.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((times[middle] as number) <= minutes) low = middle;
    else high = middle - 1;
  }
  return offsets[low] as number;
}
