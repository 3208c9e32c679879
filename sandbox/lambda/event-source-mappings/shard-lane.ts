/**
 * One lane of a shard: a batch at a time, in order. A batch that fails is tried again, split or given up before the
 * next one. With a parallelization factor a shard has several lanes, each for its share of the keys.
 * Source: Lambda developer guide, error handling of Kinesis and DynamoDB mappings.
 */
import { factNumber } from '../../facts.ts';
import { roundToMicroseconds, type Cancel } from '../../kernel/clock.ts';
import type { InvokeOutcome } from '../../services/service.ts';
import type { StreamPosition, StreamReader } from '../../services/stream-reader.ts';
import type { BatchEnded } from '../../trace.ts';
import { Discards } from './discards.ts';
import { decide, type BatchDecision } from './failure-policy.ts';
import { LaneReader, type Share } from './lane-reader.ts';
import { backOffMs, emit, pollerCaller, type MappingContext } from './mapping-context.ts';
import type { DiscardCondition, PlacedRecord, StreamBatch } from './stream-batch.ts';
import { windowAt, windowFields, withState, type OpenWindow } from './tumbling-window.ts';

interface TraceDetails {
  readonly requestId?: string;
  readonly retryAt?: number;
  readonly error?: string;
}

export interface LaneListener {
  /** The next time at which Lambda looks for new records: now or a little later. */
  nextPoll(): number;
  /** The shard is closed and everything of it is done. */
  finished(): void;
  /** After `stop`: no invocation runs any more. */
  drained(): void;
}

export class ShardLane {
  readonly #context: MappingContext;
  readonly #stream: StreamReader;
  readonly #share: Share;
  readonly #listener: LaneListener;
  readonly #reader: LaneReader;
  readonly #discards: Discards;
  /** Batches that were read, the present one first. */
  #batches: StreamBatch[] = [];
  #isInvoking = false;
  #isStopped = false;
  /** When the first of the gathered records was read. */
  #gatheringSince: number | undefined;
  #window: OpenWindow | undefined;
  #timer: { readonly at: number; readonly cancel: Cancel } | undefined;
  /** Until then a failed batch waits. */
  #waitsUntil = 0;

  constructor(
    context: MappingContext,
    stream: StreamReader,
    share: Share,
    position: StreamPosition,
    listener: LaneListener,
  ) {
    this.#context = context;
    this.#stream = stream;
    this.#share = share;
    this.#listener = listener;
    this.#discards = new Discards(context);
    this.#reader = new LaneReader(context, stream, share, position, {
      roleArn: () => this.#roleArn(),
      expired: (count) => this.#discards.expired(share.shardId, count),
    });
  }

  /** Before the first record that is not done. */
  get checkpoint(): StreamPosition {
    const [first] = this.#batches.flatMap(({ records }) => records.slice(0, 1));
    return first?.position ?? this.#reader.gathered[0]?.position ?? this.#reader.scanned;
  }

  get isRunning(): boolean {
    return this.#isInvoking;
  }

  /** There may be new records: they are read when Lambda looks next. */
  wake(): void {
    if (!this.#isInvoking && this.#batches.length === 0) this.#stepAt(this.#listener.nextPoll());
  }

  /** Begins nothing more. */
  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #roleArn(): string {
    try {
      return this.#context.target().roleArn;
    } catch {
      return '';
    }
  }

  #stepAt(at: number): void {
    if (this.#isStopped || (this.#timer !== undefined && this.#timer.at <= at)) return;
    this.#timer?.cancel();
    const cancel = this.#context.host.clock.schedule(at, () => {
      this.#timer = undefined;
      this.#step();
    });
    this.#timer = { at, cancel };
  }

  /** Does the next thing that is to be done. */
  #step(): void {
    const { now } = this.#context.host.clock;
    if (this.#isInvoking || this.#isStopped) return;
    if (now < this.#waitsUntil) {
      this.#stepAt(this.#waitsUntil);
      return;
    }
    const [batch] = this.#batches;
    if (batch !== undefined) this.#invoke(batch);
    else this.#read();
  }

  #read(): void {
    const { host, settings } = this.#context;
    const { now } = host.clock;
    this.#reader.fill(({ approximateArrival }) => this.#belongsToWindow(approximateArrival));
    if (this.#reader.gathered.length > 0) {
      this.#gatheringSince ??= now;
      const due = Math.min(this.#gatheringSince + settings.windowSeconds * 1000, this.#window?.end ?? Infinity);
      if (this.#reader.isFull || now >= due) this.#begin(this.#reader.take(), false);
      else this.#stepAt(due);
    } else if (this.#window !== undefined) {
      if (this.#reader.hasMore || now >= this.#window.end) this.#endWindow();
      else this.#stepAt(this.#window.end);
    } else if (this.#isShardDone()) {
      this.#listener.finished();
    }
  }

  #belongsToWindow(arrival: number): boolean {
    const { tumblingWindowSeconds: seconds } = this.#context.settings;
    if (seconds === 0) return true;
    this.#window ??= windowAt(arrival, seconds * 1000);
    return arrival >= this.#window.start && arrival < this.#window.end;
  }

  #endWindow(): void {
    this.#reader.take();
    this.#begin([], true);
  }

  #isShardDone(): boolean {
    const { shardId } = this.#share;
    const shard = this.#stream.shards().find((one) => one.shardId === shardId);
    if (shard === undefined) return true;
    return shard.closed && this.#reader.scanned >= this.#stream.position(shardId, { type: 'LATEST' });
  }

  #begin(records: readonly PlacedRecord[], isFinal: boolean): void {
    this.#gatheringSince = undefined;
    this.#batches.push(this.#newBatch(records, 0, isFinal));
    this.#step();
  }

  #newBatch(records: readonly PlacedRecord[], failures: number, isFinal = false): StreamBatch {
    return { number: this.#context.nextBatch(), records, failures, invocations: 0, tries: 0, isFinal };
  }

  #invoke(batch: StreamBatch): void {
    const { host } = this.#context;
    this.#dropOld(batch);
    if (batch.records.length === 0 && !batch.isFinal) {
      this.#next();
      return;
    }
    batch.invocations += 1;
    const last = batch.records.at(-1)?.record;
    emit(this.#context, {
      type: 'batchStarted',
      batch: batch.number,
      shardId: this.#share.shardId,
      size: batch.records.length,
      bytes: batch.records.reduce((sum, { bytes }) => sum + bytes, 0),
      attempt: batch.invocations,
      items: batch.records.map(({ record }) => record.sequenceNumber),
      ...(last === undefined ? {} : { iteratorAgeMs: roundToMicroseconds(host.clock.now - last.approximateArrival) }),
    });
    this.#isInvoking = true;
    try {
      const { arn } = this.#context.target();
      const answered = (outcome: InvokeOutcome): void => this.#answered(batch, outcome);
      host.invoker.invokeSync(arn, this.#payload(batch), pollerCaller(this.#context), answered);
    } catch (error) {
      this.#answered(batch, { ok: false, error: error instanceof Error ? error : new Error(String(error)) });
    }
  }

  #payload(batch: StreamBatch): string {
    const { shardId } = this.#share;
    const { streamArn } = this.#stream;
    const Records = batch.records.map(({ eventRecord }) => eventRecord);
    const window = this.#window && windowFields(this.#window, { shardId, streamArn }, batch.isFinal);
    return JSON.stringify({ Records, ...window });
  }

  /** Records that are older than the mapping or the stream keeps them. */
  #dropOld(batch: StreamBatch): void {
    const { host, settings } = this.#context;
    const ageOf = ({ record }: PlacedRecord): number => host.clock.now - record.approximateArrival;
    const maximumAgeMs = settings.maximumRecordAge < 0 ? Infinity : settings.maximumRecordAge * 1000;
    const expired = batch.records.filter((record) => ageOf(record) >= this.#stream.retentionMs);
    const kept = batch.records.slice(expired.length);
    const old = kept.filter((record) => ageOf(record) > maximumAgeMs);
    batch.records = kept.slice(old.length);
    if (expired.length > 0) this.#discards.expired(this.#share.shardId, expired.length);
    if (old.length > 0) this.#discard(batch, old, 'RecordAgeExceeded');
  }

  #discard(
    batch: StreamBatch,
    records: readonly PlacedRecord[],
    condition: DiscardCondition,
    last?: InvokeOutcome,
  ): void {
    this.#discards.give(this.#share.shardId, { batch, records, condition, last });
  }

  #answered(batch: StreamBatch, outcome: InvokeOutcome): void {
    this.#isInvoking = false;
    const items = batch.records.map(({ record }) => record.sequenceNumber);
    const decision = decide(outcome, { items, failures: batch.failures }, this.#context.settings);
    const details = outcome.ok ? { requestId: outcome.requestId } : { error: outcome.error.message };
    if (outcome.ok && !outcome.functionError) this.#keepState(batch, outcome.payload);
    if (decision.kind === 'done') {
      this.#trace(batch, 'success', 0, details);
      this.#context.report('OK');
      this.#next();
    } else {
      this.#failed(batch, outcome, decision, details);
    }
    if (this.#isStopped) this.#listener.drained();
  }

  /** A tumbling window goes on with what the function returned, or is over. */
  #keepState(batch: StreamBatch, payload: string): void {
    if (this.#window === undefined) return;
    const limit = factNumber(this.#context.host.facts, 'stream-tumbling-window', 'stateBytes');
    this.#window = batch.isFinal ? undefined : withState(this.#window, payload, limit);
  }

  #failed(
    batch: StreamBatch,
    outcome: InvokeOutcome,
    { kind, failure, from, failures }: Exclude<BatchDecision, { kind: 'done' }>,
    details: TraceDetails,
  ): void {
    batch.records = batch.records.slice(from);
    batch.failures = failures;
    if (from > 0) batch.tries = 0;
    const { length } = batch.records;
    this.#context.report(`PROBLEM: ${outcome.ok ? 'Function call failed' : outcome.error.message}`);
    if (kind === 'give-up') {
      this.#trace(batch, failure, length, details);
      if (batch.isFinal) this.#window = undefined;
      else this.#discard(batch, batch.records, 'RetryAttemptsExhausted', outcome);
      this.#next();
      return;
    }
    this.#wait(batch);
    this.#trace(batch, failure, length, { ...details, retryAt: this.#waitsUntil });
    if (kind === 'split') this.#split(batch);
    this.#stepAt(this.#waitsUntil);
  }

  #wait(batch: StreamBatch): void {
    const { clock, facts } = this.#context.host;
    batch.tries += 1;
    const waits = {
      firstSeconds: factNumber(facts, 'stream-retry-wait', 'firstSeconds'),
      lastSeconds: factNumber(facts, 'stream-retry-wait', 'lastSeconds'),
    };
    this.#waitsUntil = clock.now + backOffMs(batch.tries, waits);
  }

  /** Two halves take the batch's place; that uses up no retry. */
  #split(batch: StreamBatch): void {
    const middle = Math.ceil(batch.records.length / 2);
    const halves = [batch.records.slice(0, middle), batch.records.slice(middle)].map((records) =>
      this.#newBatch(records, batch.failures),
    );
    emit(this.#context, {
      type: 'batchSplit',
      batch: batch.number,
      shardId: this.#share.shardId,
      into: halves.map(({ number, records }) => [number, records.length]),
    });
    this.#batches.splice(0, 1, ...halves);
  }

  /** The present batch is done: on to the next one, without waiting for Lambda to look. */
  #next(): void {
    this.#batches.shift();
    this.#waitsUntil = 0;
    if (this.#window?.isTerminatedEarly === true && this.#batches.length === 0) this.#endWindow();
    else this.#stepAt(this.#context.host.clock.now);
  }

  #trace(batch: StreamBatch, outcome: BatchEnded['outcome'], failed: number, details: TraceDetails): void {
    const { shardId } = this.#share;
    emit(this.#context, {
      type: 'batchEnded',
      batch: batch.number,
      shardId,
      outcome,
      attempt: batch.invocations,
      failed,
      ...details,
    });
  }
}
