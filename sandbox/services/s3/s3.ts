/** Amazon S3: buckets, and objects that come and go, with notifications about them. Without versions of objects. */
import { factError } from '../fact-errors.ts';
import { parsePolicy, tellMistakes } from '../iam/parse-policy.ts';
import { textOf } from '../contents.ts';
import type {
  Caller,
  Contents,
  Deliveries,
  DeliveryTarget,
  Operation,
  Permissions,
  PolicyDocument,
  Service,
  ServiceHost,
} from '../service.ts';
import type { Bucket } from './bucket.ts';
import { Buckets } from './buckets.ts';
import { configureNotifications } from './notification-settings.ts';
import { Notifications } from './notifications.ts';
import { Objects, type ObjectsHost } from './objects.ts';
import type * as api from './s3.types.ts';

/** Of an object; more is not looked at. */
const mostBytesShown = 20_000;

export class S3 implements Service {
  readonly name = 's3';
  readonly #host: ServiceHost;
  readonly #buckets: Buckets;
  readonly #parts: ObjectsHost;
  readonly #objects: Objects;

  constructor(host: ServiceHost, around: { readonly permissions: Permissions; readonly deliveries: Deliveries }) {
    this.#host = host;
    this.#buckets = new Buckets(host);
    const notifications = new Notifications(host, around.deliveries);
    this.#parts = { ...host, permissions: around.permissions, buckets: this.#buckets, notifications };
    this.#objects = new Objects(this.#parts);
  }

  // --- what other parts of the account ask

  resourcePolicy(arn: string): PolicyDocument | undefined {
    const [name = ''] = arn.replace('arn:aws:s3:::', '').split('/', 1);
    return this.#buckets.get(name)?.policy;
  }

  contents(name: string, most: number): Contents | undefined {
    const bucket = this.#buckets.get(name);
    if (bucket === undefined) return undefined;
    const keys = bucket.keys();
    const items = keys.slice(0, most).flatMap((key) => {
      const object = bucket.get(key);
      if (object === undefined) return [];
      const { bytes, lastModified, settings } = object;
      const text = textOf(bytes, mostBytesShown);
      return [
        {
          Key: key,
          Size: bytes.length,
          LastModified: lastModified,
          ...(settings.ContentType === undefined ? {} : { ContentType: settings.ContentType }),
          ...(text === undefined ? {} : { Text: text }),
        },
      ];
    });
    return { count: keys.length, items };
  }

  readonly delivery: DeliveryTarget = {
    action: 's3:PutObject',
    receive: (arn, body, caller) => {
      const path = arn.replace('arn:aws:s3:::', '');
      const slash = path.indexOf('/');
      this.#objects.put({ Bucket: path.slice(0, slash), Key: path.slice(slash + 1), Body: body }, caller);
    },
  };

  // --- the API

  readonly operations = {
    CreateBucket: {
      action: 's3:CreateBucket',
      resources: bucketArn,
      run: ({ Bucket: name }: api.InBucket) => this.#buckets.create(name),
    },
    DeleteBucket: this.#onBucket('s3:DeleteBucket', (bucket) => {
      this.#buckets.delete(bucket);
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
        Buckets: this.#buckets.list().map(({ name, created }) => ({ Name: name, CreationDate: new Date(created) })),
      }),
    },
    PutObject: {
      action: 's3:PutObject',
      resources: objectArn,
      run: (input: api.PutObjectRequest, caller: Caller) => this.#objects.put(input, caller),
    },
    GetObject: {
      action: 's3:GetObject',
      resources: objectArn,
      run: (input: api.GetObjectRequest, caller: Caller) => {
        const { description, bytes } = this.#objects.read(input, caller);
        return { Body: bytes, ...description };
      },
    },
    HeadObject: {
      action: 's3:GetObject',
      resources: objectArn,
      run: (input: api.GetObjectRequest, caller: Caller) => this.#objects.read(input, caller).description,
    },
    CopyObject: {
      action: 's3:PutObject',
      resources: objectArn,
      run: (input: api.CopyObjectRequest, caller: Caller) => this.#objects.copy(input, caller),
    },
    DeleteObject: {
      action: 's3:DeleteObject',
      resources: objectArn,
      run: ({ Bucket: name, Key: key }: api.OfObject, caller: Caller) => {
        this.#objects.delete(this.#buckets.find(name), key, caller);
        return {};
      },
    },
    DeleteObjects: {
      action: 's3:DeleteObject',
      // Asked for each key by itself: some may be deleted when others may not.
      resources: () => [],
      run: (input: api.DeleteObjectsRequest, caller: Caller) => this.#objects.deleteAll(input, caller),
    },
    ListObjectsV2: {
      action: 's3:ListBucket',
      resources: bucketArn,
      conditions: ({ Prefix, Delimiter, MaxKeys }: api.ListObjectsV2Request) => ({
        's3:prefix': Prefix ?? '',
        ...(Delimiter === undefined ? {} : { 's3:delimiter': Delimiter }),
        ...(MaxKeys === undefined ? {} : { 's3:max-keys': String(MaxKeys) }),
      }),
      run: (input: api.ListObjectsV2Request) => this.#objects.list(input),
    },
    PutBucketNotificationConfiguration: this.#onBucket(
      's3:PutBucketNotification',
      (bucket, input: api.PutNotificationRequest) => {
        configureNotifications(bucket, input, this.#parts);
        return {};
      },
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
      if (bucket.policy === undefined) throw this.#buckets.error('noSuchBucketPolicy', { BucketName: bucket.name });
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
    return { action, resources: bucketArn, run: (input) => run(this.#buckets.find(input.Bucket), input) };
  }
}

function bucketArn({ Bucket: name }: api.InBucket): readonly string[] {
  return [`arn:aws:s3:::${name}`];
}

function objectArn({ Bucket: name, Key: key }: api.OfObject): readonly string[] {
  return [`arn:aws:s3:::${name}/${key}`];
}
