/** Amazon S3's API as far as it is simulated, in the shapes of the AWS SDK for JavaScript v3. */

export interface InBucket {
  readonly Bucket: string;
}

export interface OfObject extends InBucket {
  readonly Key: string;
}

/** What an object says about itself besides its bytes. */
export interface ObjectSettings {
  readonly ContentType?: string;
  readonly CacheControl?: string;
  readonly ContentDisposition?: string;
  readonly ContentEncoding?: string;
  readonly ContentLanguage?: string;
  readonly StorageClass?: string;
  readonly Metadata?: Readonly<Record<string, string>>;
}

export interface PutObjectRequest extends OfObject, ObjectSettings {
  readonly Body?: string | Uint8Array;
  readonly IfMatch?: string;
  /** Only `*`: the key must be new. */
  readonly IfNoneMatch?: string;
}

export interface GetObjectRequest extends OfObject {
  /** `bytes=0-99`, `bytes=100-`, `bytes=-100` */
  readonly Range?: string;
  readonly IfMatch?: string;
  readonly IfNoneMatch?: string;
}

export interface ObjectDescription extends ObjectSettings {
  readonly AcceptRanges: 'bytes';
  readonly LastModified: Date;
  readonly ContentLength: number;
  readonly ETag: string;
  readonly ContentRange?: string;
  readonly ServerSideEncryption: 'AES256';
  readonly Metadata: Readonly<Record<string, string>>;
}

export interface CopyObjectRequest extends OfObject, ObjectSettings {
  /** `bucket/key`, URL-encoded. */
  readonly CopySource: string;
  readonly MetadataDirective?: 'COPY' | 'REPLACE';
}

export interface DeleteObjectsRequest extends InBucket {
  readonly Delete: { readonly Objects: readonly { readonly Key: string }[]; readonly Quiet?: boolean };
}

export interface ListObjectsV2Request extends InBucket {
  readonly Prefix?: string;
  readonly Delimiter?: string;
  readonly MaxKeys?: number;
  readonly ContinuationToken?: string;
  readonly StartAfter?: string;
}

export interface ListedObject {
  readonly Key: string;
  readonly LastModified: Date;
  readonly ETag: string;
  readonly Size: number;
  readonly StorageClass: string;
}

export interface ListObjectsV2Response {
  readonly IsTruncated: boolean;
  readonly Contents?: readonly ListedObject[];
  readonly Name: string;
  readonly Prefix: string;
  readonly Delimiter?: string;
  readonly MaxKeys: number;
  readonly CommonPrefixes?: readonly { readonly Prefix: string }[];
  readonly KeyCount: number;
  readonly ContinuationToken?: string;
  readonly NextContinuationToken?: string;
  readonly StartAfter?: string;
}

/** One rule of a bucket's notifications; which of the three ARNs it has says where it goes. */
export interface NotificationRule {
  readonly Id?: string;
  readonly Events: readonly string[];
  readonly Filter?: { readonly Key?: { readonly FilterRules?: readonly FilterRule[] } };
}

export interface FilterRule {
  /** `prefix` or `suffix`, in any case. */
  readonly Name: string;
  readonly Value: string;
}

export interface NotificationConfiguration {
  readonly LambdaFunctionConfigurations?: readonly (NotificationRule & { readonly LambdaFunctionArn: string })[];
  readonly QueueConfigurations?: readonly (NotificationRule & { readonly QueueArn: string })[];
  readonly TopicConfigurations?: readonly (NotificationRule & { readonly TopicArn: string })[];
  readonly EventBridgeConfiguration?: object;
}

export interface PutNotificationRequest extends InBucket {
  readonly NotificationConfiguration: NotificationConfiguration;
  readonly SkipDestinationValidation?: boolean;
}
