/** Lists in pages, as the List operations give them. */
import { invalidParameter } from './errors.ts';

export interface PageRequest {
  /** The `NextMarker` of the page before. */
  readonly Marker?: string;
  readonly MaxItems?: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: { readonly NextMarker?: string };
}

/** How a list is ordered: by `keyOf`, which is unique; `isAfter` compares two keys, by the alphabet when absent. */
export interface Order<Item> {
  readonly keyOf: (item: Item) => string;
  readonly isAfter?: (key: string, marker: string) => boolean;
}

/** The page of the ordered `items` behind the marker. `limit`: most items of a page. */
export function pageOf<Item>(
  items: readonly Item[],
  { keyOf, isAfter = (key, marker) => key > marker }: Order<Item>,
  { Marker: marker, MaxItems: maxItems }: PageRequest,
  limit: number,
): Page<Item> {
  if (maxItems !== undefined && (!Number.isInteger(maxItems) || maxItems < 1)) {
    throw invalidParameter('MaxItems must be a whole number above 0.');
  }
  const size = Math.min(maxItems ?? limit, limit);
  const rest = marker === undefined ? items : items.filter((item) => isAfter(keyOf(item), marker));
  const page = rest.slice(0, size);
  const last = page.at(-1);
  return { items: page, next: rest.length > size && last !== undefined ? { NextMarker: keyOf(last) } : {} };
}
