/** Objects put, read, copied, deleted and listed, with what S3 refuses and whom it tells. */
import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { ApiError, type Caller, type Permissions, type ServiceHost } from '../service.ts';
import type { Bucket, StoredObject } from './bucket.ts';
import type { Buckets } from './buckets.ts';
import { decodeToken, listObjects } from './listing.ts';
import type { Notifications } from './notifications.ts';
import { checkConditions, sliceOf } from './reading.ts';
import type * as api from './s3.types.ts';

const encoder = new TextEncoder();

export interface ObjectsHost extends ServiceHost {
  readonly permissions: Permissions;
  readonly buckets: Buckets;
  readonly notifications: Notifications;
}

export class Objects {
  readonly #host: ObjectsHost;
  readonly #permissions: Permissions;
  readonly #buckets: Buckets;
  readonly #notifications: Notifications;

  constructor(host: ObjectsHost) {
    this.#host = host;
    this.#permissions = host.permissions;
    this.#buckets = host.buckets;
    this.#notifications = host.notifications;
  }

  put(input: api.PutObjectRequest, caller: Caller): { ETag: string; ServerSideEncryption: 'AES256' } {
    const { Bucket: name, Key: key, Body: body = new Uint8Array(), IfMatch, IfNoneMatch } = input;
    const bucket = this.#buckets.find(name);
    this.#checkKey(key);
    const present = bucket.get(key);
    if (IfNoneMatch === '*' && present !== undefined)
      throw this.#buckets.error('precondition', { Condition: 'If-None-Match' });
    if (IfMatch !== undefined && present === undefined) throw this.#buckets.error('noSuchKey', { Key: key });
    if (IfMatch !== undefined && !sameTag(IfMatch, present?.etag))
      throw this.#buckets.error('precondition', { Condition: 'If-Match' });
    // A copy: whoever gave the bytes may change theirs.
    const bytes = typeof body === 'string' ? encoder.encode(body) : body.slice();
    const object = this.#store(bucket, key, bytes, this.#settingsOf(input));
    this.#notifications.changed(bucket, { event: 'ObjectCreated:Put', key, object: describe(object), caller });
    return { ETag: object.etag, ServerSideEncryption: 'AES256' };
  }

  #store(bucket: Bucket, key: string, bytes: Uint8Array, settings: api.ObjectSettings): StoredObject {
    const object: StoredObject = {
      key,
      bytes,
      etag: `"${bytesToHex(md5(bytes))}"`,
      lastModified: Math.floor(this.#host.clock.now / 1000) * 1000,
      settings,
    };
    bucket.put(object);
    return object;
  }

  #checkKey(key: string): void {
    const size = encoder.encode(key).length;
    const limit = this.#buckets.limit('keyBytes');
    if (size > limit) throw this.#buckets.error('keyTooLong', { Size: size, MaxSizeAllowed: limit });
  }

  #settingsOf(input: api.ObjectSettings): api.ObjectSettings {
    const metadata = Object.fromEntries(
      Object.entries(input.Metadata ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const size = Object.entries(metadata).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
    if (size > this.#buckets.limit('metadataBytes')) throw this.#buckets.error('metadataTooLarge', { Size: size });
    const { CacheControl, ContentDisposition, ContentEncoding, ContentLanguage, StorageClass } = input;
    return {
      ...present({ CacheControl, ContentDisposition, ContentEncoding, ContentLanguage }),
      ContentType: input.ContentType ?? 'application/octet-stream',
      ...present({ StorageClass: StorageClass === 'STANDARD' ? undefined : StorageClass }),
      Metadata: metadata,
    };
  }

  /** An object that the caller may read; who may not list the bucket does not learn what is missing in it. */
  #object(bucket: Bucket, key: string, caller: Caller): StoredObject {
    const object = bucket.get(key);
    if (object !== undefined) return object;
    this.#permissions.require({ caller, action: 's3:ListBucket', resource: bucket.arn });
    throw this.#buckets.error('noSuchKey', { Key: key });
  }

  read(input: api.GetObjectRequest, caller: Caller): { description: api.ObjectDescription; bytes: Uint8Array } {
    const object = this.#object(this.#buckets.find(input.Bucket), input.Key, caller);
    checkConditions(object, input, this.#host.facts);
    const slice = sliceOf(object.bytes, input.Range, this.#host.facts);
    const { Metadata = {}, ...settings } = object.settings;
    const description: api.ObjectDescription = {
      AcceptRanges: 'bytes',
      LastModified: new Date(object.lastModified),
      ContentLength: slice.bytes.length,
      ETag: object.etag,
      ...(slice.range === undefined ? {} : { ContentRange: slice.range }),
      ...settings,
      ServerSideEncryption: 'AES256',
      Metadata,
    };
    return { description, bytes: slice.bytes };
  }

  copy(input: api.CopyObjectRequest, caller: Caller): { CopyObjectResult: { ETag: string; LastModified: Date } } {
    const source = decodeURIComponent(input.CopySource)
      .replace(/^\//, '')
      .replace(/^arn:aws:s3:::/, '');
    const slash = source.indexOf('/');
    const from: api.OfObject = { Bucket: source.slice(0, slash), Key: source.slice(slash + 1) };
    this.#permissions.require({ caller, action: 's3:GetObject', resource: objectArn(from) });
    const original = this.#object(this.#buckets.find(from.Bucket), from.Key, caller);
    const target = this.#buckets.find(input.Bucket);
    this.#checkKey(input.Key);
    const isReplaced = input.MetadataDirective === 'REPLACE';
    if (from.Bucket === input.Bucket && from.Key === input.Key && !isReplaced && input.StorageClass === undefined) {
      throw this.#buckets.error('copyToItself');
    }
    const settings = isReplaced ? this.#settingsOf(input) : original.settings;
    const object = this.#store(target, input.Key, original.bytes, settings);
    this.#notifications.changed(target, {
      event: 'ObjectCreated:Copy',
      key: object.key,
      object: describe(object),
      caller,
    });
    return { CopyObjectResult: { ETag: object.etag, LastModified: new Date(object.lastModified) } };
  }

  /** Deleting what is not there succeeds too, and is no event. */
  delete(bucket: Bucket, key: string, caller: Caller): void {
    if (!bucket.delete(key)) return;
    this.#notifications.changed(bucket, { event: 'ObjectRemoved:Delete', key, caller });
  }

  deleteAll({ Bucket: name, Delete: { Objects: objects, Quiet } }: api.DeleteObjectsRequest, caller: Caller) {
    const bucket = this.#buckets.find(name);
    if (!Array.isArray(objects) || objects.length === 0 || objects.length > this.#buckets.limit('deleteKeys')) {
      throw this.#buckets.error('malformed');
    }
    const deleted: { Key: string }[] = [];
    const failed: { Key: string; Code: string; Message: string }[] = [];
    for (const { Key: key } of objects as readonly { readonly Key: string }[]) {
      try {
        this.#permissions.require({ caller, action: 's3:DeleteObject', resource: `${bucket.arn}/${key}` });
        this.delete(bucket, key, caller);
        deleted.push({ Key: key });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        failed.push({ Key: key, Code: error.name, Message: error.message });
      }
    }
    return {
      ...(Quiet === true || deleted.length === 0 ? {} : { Deleted: deleted }),
      ...(failed.length === 0 ? {} : { Errors: failed }),
    };
  }

  list(input: api.ListObjectsV2Request): api.ListObjectsV2Response {
    const bucket = this.#buckets.find(input.Bucket);
    const { ContinuationToken: token } = input;
    const after = token === undefined ? undefined : decodeToken(token);
    if (token !== undefined && after === undefined)
      throw this.#buckets.error('invalidToken', { ArgumentName: 'continuation-token' });
    return listObjects(bucket, input, this.#buckets.limit('pageKeys'), after);
  }
}

const objectArn = ({ Bucket: bucket, Key: key }: api.OfObject): string => `arn:aws:s3:::${bucket}/${key}`;

const describe = ({ bytes, etag }: StoredObject) => ({ size: bytes.length, etag });

const sameTag = (given: string, etag: string | undefined): boolean =>
  etag !== undefined && given.replaceAll('"', '') === etag.replaceAll('"', '');

/** The members that have a value. */
function present<T extends object>(members: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}
