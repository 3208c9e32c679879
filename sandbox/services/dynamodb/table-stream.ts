/** A table's stream: every change of an item, in order, for a day. One shard, which event source mappings read. */
import { factNumber, type Facts } from '../../facts.ts';
import type { Cancel, Clock } from '../../kernel/clock.ts';
import { newEnvironmentId } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import { ShardLog } from '../shard-log.ts';
import type {
  StreamPage,
  StreamPosition,
  StreamReader,
  StreamRecord,
  StreamShard,
  StreamStart,
} from '../stream-reader.ts';
import { itemSize, sameItem, type AttributeValue, type Item } from './attribute-value.ts';
import { keyOf, keyText, type KeySchema } from './key-schema.ts';
import type { ItemChange } from './table.ts';

export type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

export interface TableStreamHost {
  readonly clock: Clock;
  readonly facts: Facts;
  readonly random: Random;
  readonly region: string;
}

/** Sequence numbers have 21 digits and no gap that means anything. */
const firstSequence = 100000000000000000000n;

export class TableStream implements StreamReader {
  readonly streamArn: string;
  readonly label: string;
  readonly viewType: StreamViewType;
  readonly source = 'dynamodb';
  readonly retentionMs: number;
  readonly #host: TableStreamHost;
  readonly #schema: KeySchema;
  readonly #shardId: string;
  readonly #log: ShardLog;
  readonly #listeners = new Set<(shardId: string) => void>();
  #sequence = firstSequence;
  #closed = false;

  constructor(tableArn: string, schema: KeySchema, viewType: StreamViewType, host: TableStreamHost) {
    const { clock, facts, random } = host;
    this.label = new Date(clock.now).toISOString().replace('Z', '');
    this.streamArn = `${tableArn}/stream/${this.label}`;
    this.viewType = viewType;
    this.retentionMs = factNumber(facts, 'dynamodb-limits', 'streamHours') * 3_600_000;
    this.#host = host;
    this.#schema = schema;
    this.#shardId = `shardId-${String(Math.floor(clock.now)).padStart(20, '0')}-${newEnvironmentId(random).slice(0, 8)}`;
    this.#log = new ShardLog(clock, () => this.retentionMs);
  }

  /** Records a change; one that leaves the item as it was is none. */
  record({ before, after, expired }: ItemChange): void {
    if (this.#closed || (before === undefined && after === undefined)) return;
    if (before !== undefined && after !== undefined && sameItem(before, after)) return;
    const { clock, region, random } = this.#host;
    const item = after ?? before ?? {};
    const keys = keyOf(this.#schema, item);
    const images = this.#images(before, after);
    this.#sequence += 1n + BigInt(random.nextUint32() % 1000);
    const sequenceNumber = String(this.#sequence);
    const size = itemSize(keys) + Object.values(images).reduce((sum, image) => sum + itemSize(image), 0);
    const event = {
      eventID: newEnvironmentId(random),
      eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: region,
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(clock.now / 1000),
        Keys: jsonItem(keys),
        ...Object.fromEntries(Object.entries(images).map(([name, image]) => [name, jsonItem(image)])),
        SequenceNumber: sequenceNumber,
        SizeBytes: size,
        StreamViewType: this.viewType,
      },
      ...(expired === true ? { userIdentity: { principalId: 'dynamodb.amazonaws.com', type: 'Service' } } : {}),
      eventSourceARN: this.streamArn,
    };
    const record: StreamRecord = {
      sequenceNumber,
      orderingKey: keyText(this.#schema, item),
      approximateArrival: clock.now,
      toEventRecord: () => event,
    };
    this.#log.append(record);
    this.#tell();
  }

  /** The stream was switched off: what is in it can still be read. */
  close(): void {
    this.#closed = true;
    this.#tell();
  }

  shards(): readonly StreamShard[] {
    return [{ shardId: this.#shardId, closed: this.#closed }];
  }

  position(_shardId: string, start: StreamStart): StreamPosition {
    return this.#log.position(start);
  }

  read(_shardId: string, position: StreamPosition, limit: number): StreamPage {
    return this.#log.read(position, limit);
  }

  subscribe(listener: (shardId: string) => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener(this.#shardId);
  }

  #images(before: Item | undefined, after: Item | undefined): { NewImage?: Item; OldImage?: Item } {
    const wantsNew = this.viewType === 'NEW_IMAGE' || this.viewType === 'NEW_AND_OLD_IMAGES';
    const wantsOld = this.viewType === 'OLD_IMAGE' || this.viewType === 'NEW_AND_OLD_IMAGES';
    return {
      ...(wantsNew && after !== undefined ? { NewImage: after } : {}),
      ...(wantsOld && before !== undefined ? { OldImage: before } : {}),
    };
  }
}

/** Attribute values as JSON has them: bytes in base64. */
function jsonItem(item: Item): unknown {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, jsonValue(value)]));
}

function jsonValue(value: AttributeValue): unknown {
  if ('B' in value) return { B: base64(value.B) };
  if ('BS' in value) return { BS: value.BS.map(base64) };
  if ('L' in value) return { L: value.L.map(jsonValue) };
  return 'M' in value ? { M: jsonItem(value.M) } : value;
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
