/** Reading part of an object, and only if it is the one that is meant. Source: Amazon S3 API reference, GetObject. */
import type { Facts } from '../../facts.ts';
import { factError } from '../fact-errors.ts';
import { ApiError } from '../service.ts';
import type { StoredObject } from './bucket.ts';
import type { GetObjectRequest } from './s3.types.ts';

/** @throws {ApiError} PreconditionFailed, or 304 when the reader has this very object already */
export function checkConditions(
  { etag }: StoredObject,
  { IfMatch, IfNoneMatch }: GetObjectRequest,
  facts: Facts,
): void {
  const isSame = (tag: string): boolean => tag === '*' || tag.replaceAll('"', '') === etag.replaceAll('"', '');
  if (IfMatch !== undefined && !isSame(IfMatch)) throw factError(facts, 'err-s3', 'precondition');
  if (IfNoneMatch !== undefined && isSame(IfNoneMatch)) throw new ApiError('304', 304, 'UnknownError');
}

/** The bytes of a range such as `bytes=0-99`, and what Content-Range says. A range in another form is ignored. */
export function sliceOf(
  bytes: Uint8Array,
  range: string | undefined,
  facts: Facts,
): { readonly bytes: Uint8Array; readonly range?: string } {
  const match = /^bytes=(\d*)-(\d*)$/.exec(range ?? '');
  const [, from = '', to = ''] = match ?? [];
  if (match === null || (from === '' && to === '')) return { bytes };
  const size = bytes.length;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (first >= size || last < first) throw factError(facts, 'err-s3', 'invalidRange');
  return { bytes: bytes.slice(first, last + 1), range: `bytes ${first}-${last}/${size}` };
}
