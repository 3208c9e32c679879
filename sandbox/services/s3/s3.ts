/** Amazon S3: buckets, and objects that come and go, with notifications about them. Without versions of objects. */
import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { factNumber } from '../../facts.ts';
import { factError } from '../fact-errors.ts';
import { parsePolicy, tellMistakes } from '../iam/parse-policy.ts';
import {
  ApiError,
  type Caller,
  type Deliveries,
  type DeliveryTarget,
  type Operation,
  type Permissions,
  type PolicyDocument,
  type Service,
  type ServiceHost,
} from '../service.ts';
import { Bucket, type StoredObject } from './bucket.ts';
import { decodeToken, listObjects } from './listing.ts';
import { checkRules, rulesOf } from './notification-rules.ts';
import { Notifications } from './notifications.ts';
import { checkConditions, sliceOf } from './reading.ts';
import type * as api from './s3.types.ts';

const encoder = new TextEncoder();

export class S3 implements Service {
  readonly name = 's3';
  readonly #host: ServiceHost;
  readonly #permissions: Permissions;
  readonly #notifications: Notifications;
  readonly #buckets = new Map<string, Bucket>();

  constructor(host: ServiceHost, around: { readonly permissions: Permissions; readonly deliveries: Deliveries }) {
    this.#host = host;
    this.#permissions = around.permissions;
    this.#notifications = new Notifications(host, around.deliveries);
  }

  // --- what other parts of the account ask

  resourcePolicy(arn: string): PolicyDocument | undefined {
    const [name = ''] = arn.replace('arn:aws:s3:::', '').split('/', 1);
    return this.#buckets.get(name)?.policy;
  }

  readonly delivery: DeliveryTarget = {
    action: 's3:PutObject',
    receive: (arn, body, caller) => {
      const path = arn.replace('arn:aws:s3:::', '');
      const slash = path.indexOf('/');
      this.#put({ Bucket: path.slice(0, slash), Key: path.slice(slash + 1), Body: body }, caller);
    },
  };

  // --- the API

  readonly operations = {
    CreateBucket: {
      action: 's3:CreateBucket',
      resources: bucketArn,
      run: ({ Bucket: name }: api.InBucket) => this.#createBucket(name),
    },
    DeleteBucket: this.#onBucket('s3:DeleteBucket', (bucket) => {
      if (!bucket.isEmpty) throw this.#error('notEmpty', { BucketName: bucket.name });
      this.#buckets.delete(bucket.name);
      return {};
    }),
    HeadBucket: this.#onBucket('s3:ListBucket', () => ({ BucketRegion: this.#host.location.region })),
    GetBucketLocation: this.#onBucket('s3:GetBucketLocation', () => {
      const { region } = this.#host.location;
      return region === 'us-east-1' ? {} : { LocationConstraint: region };
    }),
    ListBuckets: {
      action: 's3:ListAllMyBuckets',
      resources: () => ['*'],
      run: (_input: object) => ({
        Buckets: [...this.#buckets.values()]
          .sort((a, b) => (a.name < b.name ? -1 : 1))
          .map(({ name, created }) => ({ Name: name, CreationDate: new Date(created) })),
      }),
    },
    PutObject: {
      action: 's3:PutObject',
      resources: objectArn,
      run: (input: api.PutObjectRequest, caller: Caller) => this.#put(input, caller),
    },
    GetObject: {
      action: 's3:GetObject',
      resources: objectArn,
      run: (input: api.GetObjectRequest, caller: Caller) => {
        const { description, bytes } = this.#read(input, caller);
        return { Body: bytes, ...description };
      },
    },
    HeadObject: {
      action: 's3:GetObject',
      resources: objectArn,
      run: (input: api.GetObjectRequest, caller: Caller) => this.#read(input, caller).description,
    },
    CopyObject: {
      action: 's3:PutObject',
      resources: objectArn,
      run: (input: api.CopyObjectRequest, caller: Caller) => this.#copy(input, caller),
    },
    DeleteObject: {
      action: 's3:DeleteObject',
      resources: objectArn,
      run: ({ Bucket: name, Key: key }: api.OfObject, caller: Caller) => {
        this.#delete(this.#find(name), key, caller);
        return {};
      },
    },
    DeleteObjects: {
      action: 's3:DeleteObject',
      // Asked for each key by itself: some may be deleted when others may not.
      resources: () => [],
      run: (input: api.DeleteObjectsRequest, caller: Caller) => this.#deleteAll(input, caller),
    },
    ListObjectsV2: {
      action: 's3:ListBucket',
      resources: bucketArn,
      conditions: ({ Prefix, Delimiter, MaxKeys }: api.ListObjectsV2Request) => ({
        's3:prefix': Prefix ?? '',
        ...(Delimiter === undefined ? {} : { 's3:delimiter': Delimiter }),
        ...(MaxKeys === undefined ? {} : { 's3:max-keys': String(MaxKeys) }),
      }),
      run: (input: api.ListObjectsV2Request) => this.#list(input),
    },
    PutBucketNotificationConfiguration: this.#onBucket(
      's3:PutBucketNotification',
      (bucket, input: api.PutNotificationRequest) => this.#configure(bucket, input),
    ),
    GetBucketNotificationConfiguration: this.#onBucket('s3:GetBucketNotification', (bucket) => bucket.notifications),
    PutBucketPolicy: this.#onBucket(
      's3:PutBucketPolicy',
      (bucket, { Policy: policy }: api.InBucket & { Policy: string }) => {
        const parsed = parsePolicy(policy, 'resource');
        if (!parsed.ok)
          throw factError(this.#host.facts, 'err-s3', 'malformedPolicy', { mistakes: tellMistakes(parsed.mistakes) });
        bucket.policy = parsed.document;
        return {};
      },
    ),
    GetBucketPolicy: this.#onBucket('s3:GetBucketPolicy', (bucket) => {
      if (bucket.policy === undefined) throw this.#error('noSuchBucketPolicy', { BucketName: bucket.name });
      return { Policy: JSON.stringify(bucket.policy) };
    }),
    DeleteBucketPolicy: this.#onBucket('s3:DeleteBucketPolicy', (bucket) => {
      bucket.policy = undefined;
      return {};
    }),
  };

  #onBucket<Input extends api.InBucket, Output>(
    action: string,
    run: (bucket: Bucket, input: Input) => Output,
  ): Operation<Input, Output> {
    return { action, resources: bucketArn, run: (input) => run(this.#find(input.Bucket), input) };
  }

  #error(key: string, details: Readonly<Record<string, unknown>> = {}): ApiError {
    const { name, code, message } = factError(this.#host.facts, 'err-s3', key);
    return new ApiError(name, code, message, details);
  }

  #limit(key: string): number {
    return factNumber(this.#host.facts, 's3-limits', key);
  }

  #find(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (bucket === undefined) throw this.#error('noSuchBucket', { BucketName: name });
    return bucket;
  }

  #createBucket(name: string): { Location: string } {
    const { clock, location } = this.#host;
    const { length } = name;
    const isFit = length >= this.#limit('bucketNameMin') && length <= this.#limit('bucketNameMax');
    if (!isFit || !/^[a-z0-9](?:[a-z0-9]|[.-](?![.-]))*[a-z0-9]$/.test(name) || /^\d+(\.\d+){3}$/.test(name)) {
      throw this.#error('invalidName', { BucketName: name });
    }
    // In us-east-1 creating one's own bucket again succeeds, and changes nothing.
    if (this.#buckets.has(name) && location.region !== 'us-east-1') {
      throw this.#error('ownedByYou', { BucketName: name });
    }
    if (!this.#buckets.has(name)) this.#buckets.set(name, new Bucket(name, clock.now));
    return { Location: `/${name}` };
  }

  #put(input: api.PutObjectRequest, caller: Caller): { ETag: string; ServerSideEncryption: 'AES256' } {
    const { Bucket: name, Key: key, Body: body = new Uint8Array(), IfMatch, IfNoneMatch } = input;
    const bucket = this.#find(name);
    this.#checkKey(key);
    const present = bucket.get(key);
    if (IfNoneMatch === '*' && present !== undefined) throw this.#error('precondition', { Condition: 'If-None-Match' });
    if (IfMatch !== undefined && present === undefined) throw this.#error('noSuchKey', { Key: key });
    if (IfMatch !== undefined && !sameTag(IfMatch, present?.etag))
      throw this.#error('precondition', { Condition: 'If-Match' });
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
    const limit = this.#limit('keyBytes');
    if (size > limit) throw this.#error('keyTooLong', { Size: size, MaxSizeAllowed: limit });
  }

  #settingsOf(input: api.ObjectSettings): api.ObjectSettings {
    const metadata = Object.fromEntries(
      Object.entries(input.Metadata ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const size = Object.entries(metadata).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
    if (size > this.#limit('metadataBytes')) throw this.#error('metadataTooLarge', { Size: size });
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
    throw this.#error('noSuchKey', { Key: key });
  }

  #read(input: api.GetObjectRequest, caller: Caller): { description: api.ObjectDescription; bytes: Uint8Array } {
    const object = this.#object(this.#find(input.Bucket), input.Key, caller);
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

  #copy(input: api.CopyObjectRequest, caller: Caller): { CopyObjectResult: { ETag: string; LastModified: Date } } {
    const source = decodeURIComponent(input.CopySource)
      .replace(/^\//, '')
      .replace(/^arn:aws:s3:::/, '');
    const slash = source.indexOf('/');
    const from: api.OfObject = { Bucket: source.slice(0, slash), Key: source.slice(slash + 1) };
    this.#permissions.require({ caller, action: 's3:GetObject', resource: objectArn(from)[0] ?? '' });
    const original = this.#object(this.#find(from.Bucket), from.Key, caller);
    const target = this.#find(input.Bucket);
    this.#checkKey(input.Key);
    const isReplaced = input.MetadataDirective === 'REPLACE';
    if (from.Bucket === input.Bucket && from.Key === input.Key && !isReplaced && input.StorageClass === undefined) {
      throw this.#error('copyToItself');
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
  #delete(bucket: Bucket, key: string, caller: Caller): void {
    if (!bucket.delete(key)) return;
    this.#notifications.changed(bucket, { event: 'ObjectRemoved:Delete', key, caller });
  }

  #deleteAll({ Bucket: name, Delete: { Objects: objects, Quiet } }: api.DeleteObjectsRequest, caller: Caller) {
    const bucket = this.#find(name);
    if (!Array.isArray(objects) || objects.length === 0 || objects.length > this.#limit('deleteKeys')) {
      throw this.#error('malformed');
    }
    const deleted: { Key: string }[] = [];
    const failed: { Key: string; Code: string; Message: string }[] = [];
    for (const { Key: key } of objects as readonly { readonly Key: string }[]) {
      try {
        this.#permissions.require({ caller, action: 's3:DeleteObject', resource: `${bucket.arn}/${key}` });
        this.#delete(bucket, key, caller);
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

  #list(input: api.ListObjectsV2Request): api.ListObjectsV2Response {
    const bucket = this.#find(input.Bucket);
    const { ContinuationToken: token } = input;
    const after = token === undefined ? undefined : decodeToken(token);
    if (token !== undefined && after === undefined)
      throw this.#error('invalidToken', { ArgumentName: 'continuation-token' });
    return listObjects(bucket, input, this.#limit('pageKeys'), after);
  }

  /** The whole configuration is replaced. Every destination must exist and let this bucket in. */
  #configure(bucket: Bucket, input: api.PutNotificationRequest): object {
    const { NotificationConfiguration: configuration, SkipDestinationValidation: isUnchecked } = input;
    checkRules(configuration, this.#host.facts);
    const caller: Caller = { kind: 'service', principal: 's3.amazonaws.com', sourceArn: bucket.arn };
    const before = new Set(rulesOf(bucket.notifications).map(({ targetArn }) => targetArn));
    const rules = rulesOf(configuration);
    if (isUnchecked !== true) {
      for (const { targetArn } of rules) {
        const action = actionOf(targetArn);
        if (action !== undefined && this.#permissions.allows({ caller, action, resource: targetArn })) continue;
        throw this.#error('destination', {
          ArgumentName: targetArn,
          ArgumentValue:
            'Permissions on the destination do not allow S3 to publish notifications from this bucket, or it does not exist',
        });
      }
    }
    bucket.notifications = this.#named(configuration);
    for (const targetArn of new Set(rules.map((rule) => rule.targetArn))) {
      // Functions are not sent a test event.
      if (!before.has(targetArn) && !targetArn.includes(':lambda:')) this.#notifications.test(bucket, targetArn);
    }
    return {};
  }

  /** Rules without an id get one. */
  #named(configuration: api.NotificationConfiguration): api.NotificationConfiguration {
    const name = <Rule extends api.NotificationRule>(rules: readonly Rule[] | undefined, kind: string) =>
      rules?.map((rule, index) => ({ ...rule, Id: rule.Id ?? `${kind}-${index + 1}` }));
    const { LambdaFunctionConfigurations, QueueConfigurations, TopicConfigurations, EventBridgeConfiguration } =
      configuration;
    return present({
      LambdaFunctionConfigurations: name(LambdaFunctionConfigurations, 'function'),
      QueueConfigurations: name(QueueConfigurations, 'queue'),
      TopicConfigurations: name(TopicConfigurations, 'topic'),
      EventBridgeConfiguration,
    });
  }
}

function bucketArn({ Bucket: name }: api.InBucket): readonly string[] {
  return [`arn:aws:s3:::${name}`];
}

function objectArn({ Bucket: name, Key: key }: api.OfObject): readonly string[] {
  return [`arn:aws:s3:::${name}/${key}`];
}

/** What notifying a destination needs. */
function actionOf(arn: string): string | undefined {
  if (arn.startsWith('arn:aws:lambda:')) return 'lambda:InvokeFunction';
  if (arn.startsWith('arn:aws:sqs:')) return 'sqs:SendMessage';
  return arn.startsWith('arn:aws:sns:') ? 'sns:Publish' : undefined;
}

const describe = ({ bytes, etag }: StoredObject) => ({ size: bytes.length, etag });

const sameTag = (given: string, etag: string | undefined): boolean =>
  etag !== undefined && given.replaceAll('"', '') === etag.replaceAll('"', '');

/** The members that have a value. */
function present<T extends object>(members: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}
