/** Sends what happened to objects to functions, queues, topics and the event bus, in the events that they really get. */
import { factValue } from '../../facts.ts';
import { newToken } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import type { CallTime } from '../gateway/call-times.ts';
import { ApiError, type Caller, type Deliveries, type ServiceHost } from '../service.ts';
import type { Bucket } from './bucket.ts';
import { rulesMet, type Rule } from './notification-rules.ts';

/** Something that happened to one object. */
export interface ObjectChange {
  /** `ObjectCreated:Put` */
  readonly event: string;
  readonly key: string;
  /** Absent when the object is gone. */
  readonly object?: { readonly size: number; readonly etag: string };
  readonly caller: Caller;
}

const hex = '0123456789ABCDEF';

export class Notifications {
  readonly #host: ServiceHost;
  readonly #deliveries: Deliveries;
  readonly #random: Random;
  readonly #time: CallTime;
  #sequence = 0;

  constructor(host: ServiceHost, deliveries: Deliveries) {
    this.#host = host;
    this.#deliveries = deliveries;
    this.#random = host.random.stream('s3 notifications');
    this.#time = factValue(host.facts, 'timing-s3-notification') as CallTime;
  }

  /** Tells whoever the bucket's rules name, a little later. */
  changed(bucket: Bucket, change: ObjectChange): void {
    const { notifications } = bucket;
    const rules = rulesMet(notifications, `s3:${change.event}`, change.key);
    const onBus = notifications.EventBridgeConfiguration !== undefined;
    if (rules.length === 0 && !onBus) return;
    const { clock } = this.#host;
    const sequencer = (++this.#sequence).toString(16).toUpperCase().padStart(18, '0');
    const time = clock.now;
    for (const rule of rules) {
      const body = JSON.stringify({ Records: [this.#record(bucket, change, rule, sequencer, time)] });
      this.#later(() => this.#deliver(rule.targetArn, body, bucket, change.caller));
    }
    if (onBus) {
      const { region, accountId } = this.#host.location;
      const bus = `arn:aws:events:${region}:${accountId}:event-bus/default`;
      const entry = JSON.stringify(this.#busEntry(bucket, change, sequencer, time));
      this.#later(() => this.#deliver(bus, entry, bucket, change.caller));
    }
  }

  /** What S3 sends to a queue, topic or function when it becomes a destination. */
  test(bucket: Bucket, targetArn: string): void {
    const body = JSON.stringify({
      Service: 'Amazon S3',
      Event: 's3:TestEvent',
      Time: new Date(this.#host.clock.now).toISOString(),
      Bucket: bucket.name,
      RequestId: newToken(this.#random, 16, hex),
      HostId: newToken(this.#random, 24, hex),
    });
    this.#later(() => this.#deliver(targetArn, body, bucket, { kind: 'account' }));
  }

  #later(action: () => void): void {
    const { clock } = this.#host;
    const { ms, p90Ratio } = this.#time;
    clock.schedule(clock.now + this.#random.lognormalFromQuantiles(ms, p90Ratio), action);
  }

  #deliver(targetArn: string, body: string, bucket: Bucket, cause: Caller): void {
    const traceId = cause.kind === 'account' || cause.traceId === undefined ? {} : { traceId: cause.traceId };
    const caller: Caller = { kind: 'service', principal: 's3.amazonaws.com', sourceArn: bucket.arn, ...traceId };
    try {
      this.#deliveries.deliver(targetArn, body, caller);
    } catch (error) {
      // The destination is gone or does not allow it any more: S3 tells nobody.
      if (!(error instanceof ApiError) && !(error instanceof Error && 'code' in error)) throw error;
    }
  }

  /** Source: Amazon S3 user guide, event message structure. */
  #record(
    bucket: Bucket,
    { event, key, object, caller }: ObjectChange,
    rule: Rule,
    sequencer: string,
    time: number,
  ): unknown {
    const { region, accountId } = this.#host.location;
    const isCreated = event.startsWith('ObjectCreated');
    return {
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: region,
      eventTime: new Date(time).toISOString(),
      eventName: event,
      userIdentity: { principalId: principalOf(caller, accountId) },
      requestParameters: { sourceIPAddress: '10.0.0.1' },
      responseElements: {
        'x-amz-request-id': newToken(this.#random, 16, hex),
        'x-amz-id-2': newToken(this.#random, 64, hex),
      },
      s3: {
        s3SchemaVersion: '1.0',
        configurationId: rule.id,
        bucket: { name: bucket.name, ownerIdentity: { principalId: accountId }, arn: bucket.arn },
        object: {
          key: encodeKey(key),
          ...(isCreated && object !== undefined ? { size: object.size, eTag: object.etag.replaceAll('"', '') } : {}),
          sequencer,
        },
      },
    };
  }

  /** Source: Amazon S3 user guide, EventBridge event message structure. The key is as it is there. */
  #busEntry(bucket: Bucket, { event, key, object, caller }: ObjectChange, sequencer: string, time: number): unknown {
    const isCreated = event.startsWith('ObjectCreated');
    const { accountId } = this.#host.location;
    return {
      Source: 'aws.s3',
      DetailType: isCreated ? 'Object Created' : 'Object Deleted',
      Time: new Date(time).toISOString(),
      Resources: [bucket.arn],
      Detail: JSON.stringify({
        version: '0',
        bucket: { name: bucket.name },
        object: {
          key,
          ...(isCreated && object !== undefined ? { size: object.size, etag: object.etag.replaceAll('"', '') } : {}),
          sequencer,
        },
        'request-id': newToken(this.#random, 16, hex),
        requester: principalOf(caller, accountId),
        'source-ip-address': '10.0.0.1',
        reason: reasonOf(event),
        ...(isCreated ? {} : { 'deletion-type': 'Permanently Deleted' }),
      }),
    };
  }
}

const reasonOf = (event: string): string =>
  event === 'ObjectCreated:Copy' ? 'CopyObject' : event.startsWith('ObjectCreated') ? 'PutObject' : 'DeleteObject';

function principalOf(caller: Caller, accountId: string): string {
  if (caller.kind !== 'role') return caller.kind === 'account' ? accountId : caller.principal;
  return `AWS:${caller.sessionArn.slice(caller.sessionArn.lastIndexOf(':') + 1).replace('assumed-role/', '')}`;
}

/** Keys in events are encoded as form fields are: a space becomes a plus. */
export function encodeKey(key: string): string {
  return encodeURIComponent(key)
    .replace(/%20/g, '+')
    .replace(/%2F/g, '/')
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
