/** What an API answered, as JSON: bytes become text, times become ISO 8601. */
import { toBase64 } from '../lambda/text-bytes.ts';
import { textOf } from '../services/contents.ts';

/** A value without prototypes, bytes and dates. */
export function jsonOf(value: unknown): unknown {
  if (value instanceof Uint8Array) return textOf(value, value.length) ?? toBase64(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, jsonOf(item)]])),
  );
}
