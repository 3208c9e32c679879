/** Listing a bucket page by page: prefixes, delimiters that make folders of keys, tokens that go on. */
import type { Bucket } from './bucket.ts';
import { compareTexts } from '../text-order.ts';
import type { ListedObject, ListObjectsV2Request, ListObjectsV2Response } from './s3.types.ts';

/** `decodeToken`: what a token stands for; undefined when it is none. */
export function listObjects(
  bucket: Bucket,
  request: ListObjectsV2Request,
  pageKeys: number,
  after: string | undefined,
): ListObjectsV2Response {
  const { Prefix: prefix = '', Delimiter: delimiter, MaxKeys: wanted = pageKeys } = request;
  const limit = Math.max(0, Math.min(wanted, pageKeys));
  const contents: ListedObject[] = [];
  const prefixes: string[] = [];
  const keys = bucket.keys();
  let index = firstAfter(keys, after ?? request.StartAfter);
  let last: string | undefined;
  let isTruncated = false;
  while (index < keys.length) {
    const key = keys[index] ?? '';
    if (!key.startsWith(prefix)) {
      if (compareTexts(key, prefix) > 0) break;
      index += 1;
      continue;
    }
    const folder = commonPrefix(key, prefix, delimiter);
    // A folder that the last page, or StartAfter, has already named is not named again.
    const isKnown = folder !== undefined && after !== undefined && after.startsWith(folder);
    if (!isKnown && contents.length + prefixes.length >= limit) {
      isTruncated = limit > 0;
      break;
    }
    if (folder === undefined) {
      contents.push(describe(bucket, key));
      last = key;
      index += 1;
    } else {
      if (!isKnown) {
        prefixes.push(folder);
        last = folder;
      }
      while (keys[index]?.startsWith(folder) === true) index += 1;
    }
  }
  return {
    IsTruncated: isTruncated,
    ...(contents.length === 0 ? {} : { Contents: contents }),
    Name: bucket.name,
    Prefix: prefix,
    ...(delimiter === undefined ? {} : { Delimiter: delimiter }),
    MaxKeys: limit,
    ...(prefixes.length === 0 ? {} : { CommonPrefixes: prefixes.map((folder) => ({ Prefix: folder })) }),
    KeyCount: contents.length + prefixes.length,
    ...(request.ContinuationToken === undefined ? {} : { ContinuationToken: request.ContinuationToken }),
    ...(isTruncated && last !== undefined ? { NextContinuationToken: encodeToken(last) } : {}),
    ...(request.StartAfter === undefined ? {} : { StartAfter: request.StartAfter }),
  };
}

/** Up to and with the first delimiter after the prefix. */
function commonPrefix(key: string, prefix: string, delimiter: string | undefined): string | undefined {
  if (delimiter === undefined || delimiter === '') return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}

function firstAfter(keys: readonly string[], after: string | undefined): number {
  if (after === undefined) return 0;
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareTexts(keys[middle] ?? '', after) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

function describe(bucket: Bucket, key: string): ListedObject {
  const object = bucket.get(key);
  if (object === undefined) throw new Error(`The bucket ${bucket.name} lists ${key} and does not have it.`);
  return {
    Key: key,
    LastModified: new Date(object.lastModified),
    ETag: object.etag,
    Size: object.bytes.length,
    StorageClass: object.settings.StorageClass ?? 'STANDARD',
  };
}

/** Opaque, as AWS's are: the last key or folder of the page. */
function encodeToken(last: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(`1${last}`)));
}

/** What a token stands for; undefined when it is none. */
export function decodeToken(token: string): string | undefined {
  try {
    const text = new TextDecoder().decode(Uint8Array.from(atob(token), (byte) => byte.charCodeAt(0)));
    return text.startsWith('1') ? text.slice(1) : undefined;
  } catch {
    return undefined;
  }
}
