/** Where records go that a mapping of a stream gives up: to its on-failure destination, with the function's role. */
import { newUuid } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import { emit, roleCaller, type MappingContext } from './mapping-context.ts';
import { describeDiscarded, type Discarded } from './stream-batch.ts';

export class Discards {
  readonly #context: MappingContext;
  readonly #ids: Random;

  constructor(context: MappingContext) {
    this.#context = context;
    this.#ids = context.host.random.stream(`mapping ${context.mappingId} discards`);
  }

  /** Records that the stream itself no longer has. */
  expired(shardId: string, count: number): void {
    emit(this.#context, { type: 'recordsDiscarded', shardId, count, condition: 'Expired' });
  }

  give(shardId: string, discarded: Discarded): void {
    const { settings } = this.#context;
    const { records, condition } = discarded;
    const told = { type: 'recordsDiscarded' as const, shardId, count: records.length, condition };
    if (settings.onFailure === undefined) {
      emit(this.#context, told);
      return;
    }
    const destinationArn = settings.onFailure;
    try {
      this.#deliver(destinationArn, shardId, discarded);
      emit(this.#context, { ...told, destinationArn });
    } catch (error) {
      const deliveryError = error instanceof Error ? error.message : String(error);
      emit(this.#context, { ...told, destinationArn, deliveryError });
    }
  }

  #deliver(destinationArn: string, shardId: string, discarded: Discarded): void {
    const { host, kind, sourceArn, target } = this.#context;
    const mapped = target();
    const { now } = host.clock;
    const place = { kind, streamArn: sourceArn, shardId, functionArn: mapped.arn, now };
    const description = describeDiscarded(discarded, place);
    if (!destinationArn.startsWith('arn:aws:s3:')) {
      host.deliveries.deliver(destinationArn, JSON.stringify(description), roleCaller(mapped));
      return;
    }
    // Only a bucket gets the records themselves.
    const payload = JSON.stringify({ Records: discarded.records.map(({ eventRecord }) => eventRecord) });
    const object = `${destinationArn}/${this.#objectKey(shardId, now)}`;
    host.deliveries.deliver(object, JSON.stringify({ ...description, payload }), roleCaller(mapped));
  }

  /** `aws/lambda/<mapping>/<shard>/2026/01/05/2026-01-05T09.00.00-<uuid>` */
  #objectKey(shardId: string, now: number): string {
    const time = new Date(now).toISOString().slice(0, 19);
    const day = time.slice(0, 10).replaceAll('-', '/');
    return `aws/lambda/${this.#context.mappingId}/${shardId}/${day}/${time.replaceAll(':', '.')}-${newUuid(this.#ids)}`;
  }
}
