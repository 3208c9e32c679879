/**
 * Reads a stream for a function: every shard from its place on, parents before their children. It wakes when a record
 * arrives, at the next time that Lambda would have looked, and does nothing in between.
 */
import { factNumber } from '../../facts.ts';
import type { Cancel } from '../../kernel/clock.ts';
import type { StreamPosition, StreamReader, StreamShard, StreamStart } from '../../services/stream-reader.ts';
import type { MappingContext } from './mapping-context.ts';
import { ShardLane } from './shard-lane.ts';

/** How far each shard is done; shards that are not in it are read from the start position on. */
export type Checkpoints = ReadonlyMap<string, StreamPosition | 'finished'>;

export class StreamPoller {
  readonly #context: MappingContext;
  readonly #checkpoints: Map<string, StreamPosition | 'finished'>;
  readonly #lanes = new Map<string, ShardLane[]>();
  readonly #pollingSince: number;
  readonly #intervalMs: number;
  #unsubscribe: Cancel | undefined;
  #drained: (() => void) | undefined;

  constructor(context: MappingContext, checkpoints: Checkpoints) {
    const { host, kind } = context;
    this.#context = context;
    this.#checkpoints = new Map(checkpoints);
    this.#pollingSince = host.clock.now;
    this.#intervalMs = 1000 / factNumber(host.facts, 'stream-polling-rate', kind);
  }

  /** `position` is where shards begin that are there now and have no checkpoint. */
  start(position: StreamStart): void {
    const stream = this.#stream();
    if (stream === undefined) return;
    for (const { shardId } of stream.shards()) {
      if (!this.#checkpoints.has(shardId)) this.#checkpoints.set(shardId, stream.position(shardId, position));
    }
    this.#unsubscribe = stream.subscribe((shardId) => this.#arrived(stream, shardId));
    this.#openShards(stream);
  }

  /** Reads no more; `drained` is called when the last invocation has ended, at once if none runs. */
  stop(drained: () => void): void {
    this.#unsubscribe?.();
    const lanes = [...this.#lanes.values()].flat();
    for (const lane of lanes) lane.stop();
    this.#drained = drained;
    this.#checkDrained();
  }

  dispose(): void {
    this.stop(() => undefined);
  }

  /** How far everything is done. Of a shard with several lanes, the one that is least far. */
  checkpoints(): Checkpoints {
    const checkpoints = new Map(this.#checkpoints);
    for (const [shardId, lanes] of this.#lanes) {
      checkpoints.set(shardId, Math.min(...lanes.map(({ checkpoint }) => checkpoint)));
    }
    return checkpoints;
  }

  #stream(): StreamReader | undefined {
    const { host, sourceArn } = this.#context;
    return host.streamReader(sourceArn);
  }

  #arrived(stream: StreamReader, shardId: string): void {
    if (!this.#lanes.has(shardId)) this.#openShards(stream);
    for (const lane of this.#lanes.get(shardId) ?? []) lane.wake();
  }

  /** Opens every shard whose parents are done. A shard that came later is read from its beginning. */
  #openShards(stream: StreamReader): void {
    const shards = stream.shards();
    const ids = new Set(shards.map(({ shardId }) => shardId));
    for (const shard of shards) {
      const { shardId } = shard;
      if (this.#lanes.has(shardId) || this.#checkpoints.get(shardId) === 'finished') continue;
      if (!parentsOf(shard).every((parent) => !ids.has(parent) || this.#checkpoints.get(parent) === 'finished'))
        continue;
      this.#open(stream, shardId);
    }
  }

  #open(stream: StreamReader, shardId: string): void {
    const { parallelizationFactor: count } = this.#context.settings;
    const checkpoint = this.#checkpoints.get(shardId);
    const position = typeof checkpoint === 'number' ? checkpoint : stream.position(shardId, { type: 'TRIM_HORIZON' });
    const finished = new Set<number>();
    const lanes = Array.from({ length: count }, (_, index) => {
      const share = { shardId, index, count };
      return new ShardLane(this.#context, stream, share, position, {
        nextPoll: () => this.#nextPoll(),
        drained: () => this.#checkDrained(),
        finished: () => {
          finished.add(index);
          if (finished.size === count) this.#finish(stream, shardId);
        },
      });
    });
    this.#lanes.set(shardId, lanes);
    for (const lane of lanes) lane.wake();
  }

  #finish(stream: StreamReader, shardId: string): void {
    this.#lanes.delete(shardId);
    this.#checkpoints.set(shardId, 'finished');
    this.#openShards(stream);
  }

  /** Lambda looks at a shard at a fixed rate from when the mapping was enabled. */
  #nextPoll(): number {
    const { now } = this.#context.host.clock;
    const ticks = Math.ceil((now - this.#pollingSince) / this.#intervalMs - 1e-9);
    return this.#pollingSince + ticks * this.#intervalMs;
  }

  #checkDrained(): void {
    const isRunning = [...this.#lanes.values()].flat().some((lane) => lane.isRunning);
    if (isRunning || this.#drained === undefined) return;
    const drained = this.#drained;
    this.#drained = undefined;
    drained();
  }
}

const parentsOf = ({ parentShardId, adjacentParentShardId }: StreamShard): readonly string[] =>
  [parentShardId, adjacentParentShardId].flatMap((parent) => parent ?? []);
