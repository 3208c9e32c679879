/** One event source mapping: its settings, its state, and the poller that works while it is enabled. */
import { factNumber } from '../../facts.ts';
import type { Cancel } from '../../kernel/clock.ts';
import type { StreamStart } from '../../services/stream-reader.ts';
import type { MappingState } from '../../trace.ts';
import { isQueue, type SourceKind } from './event-source.ts';
import { emit, mappingArn, type MappingContext } from './mapping-context.ts';
import type { MappedFunction, MappingHost } from './mapping-host.ts';
import type { MappingSettings } from './mapping-settings.ts';
import type { EventSourceMappingConfiguration } from './mapping.types.ts';
import { QueuePoller } from './queue-poller.ts';
import { StreamPoller, type Checkpoints } from './stream-poller.ts';

export interface MappingIdentity {
  readonly uuid: string;
  readonly sourceArn: string;
  readonly kind: SourceKind;
  /** Undefined for queues. */
  readonly start: StreamStart | undefined;
}

type Poller =
  { readonly type: 'queue'; readonly poller: QueuePoller } | { readonly type: 'stream'; readonly poller: StreamPoller };

export class Mapping {
  readonly identity: MappingIdentity;
  readonly #host: MappingHost;
  #function: MappedFunction;
  #settings: MappingSettings;
  #state: MappingState = 'Creating';
  #modifiedAt: number;
  #result = 'No records processed';
  #batches = 0;
  #poller: Poller | undefined;
  #checkpoints: Checkpoints = new Map();
  #transition: Cancel | undefined;

  constructor(identity: MappingIdentity, mapped: MappedFunction, settings: MappingSettings, host: MappingHost) {
    this.identity = identity;
    this.#host = host;
    this.#function = mapped;
    this.#settings = settings;
    this.#modifiedAt = host.clock.now;
    this.#announce();
    this.#later(() => this.#settle());
  }

  get state(): MappingState {
    return this.#state;
  }

  get functionArn(): string {
    return this.#function.arn;
  }

  get functionName(): string {
    return this.#function.name;
  }

  get settings(): MappingSettings {
    return this.#settings;
  }

  /** Whether something is being done to it. */
  get isChanging(): boolean {
    return this.#state !== 'Enabled' && this.#state !== 'Disabled';
  }

  /** Works with the new settings when it is enabled again. */
  update(settings: MappingSettings, mapped: MappedFunction): void {
    const wasEnabled = this.#settings.enabled;
    this.#settings = settings;
    this.#function = mapped;
    this.#modifiedAt = this.#host.clock.now;
    const isSwitched = settings.enabled !== wasEnabled;
    this.#enter(isSwitched ? (settings.enabled ? 'Enabling' : 'Disabling') : 'Updating');
    this.#stopPolling(() => this.#later(() => this.#settle()));
  }

  /** `gone` is called when nothing of it is left. */
  delete(gone: () => void): void {
    this.#enter('Deleting');
    this.#stopPolling(() =>
      this.#later(() => {
        this.#enter('Deleted');
        gone();
      }),
    );
  }

  describe(): EventSourceMappingConfiguration {
    const { uuid, sourceArn, kind, start } = this.identity;
    const settings = this.#settings;
    const shown = {
      UUID: uuid,
      EventSourceMappingArn: mappingArn(this.#host.location, uuid),
      EventSourceArn: sourceArn,
      FunctionArn: this.#function.arn,
      State: this.#state,
      StateTransitionReason: 'USER_INITIATED',
      LastModified: new Date(this.#modifiedAt),
      BatchSize: settings.batchSize,
      MaximumBatchingWindowInSeconds: settings.windowSeconds,
      ...(settings.reportsItemFailures ? { FunctionResponseTypes: ['ReportBatchItemFailures'] } : {}),
      ...(settings.filterCriteria === undefined ? {} : { FilterCriteria: settings.filterCriteria }),
    };
    if (isQueue(kind)) {
      const { maximumConcurrency } = settings;
      return maximumConcurrency === undefined
        ? shown
        : { ...shown, ScalingConfig: { MaximumConcurrency: maximumConcurrency } };
    }
    return {
      ...shown,
      LastProcessingResult: this.#result,
      ...(start === undefined ? {} : { StartingPosition: start.type }),
      ...(start?.type === 'AT_TIMESTAMP' ? { StartingPositionTimestamp: new Date(start.timestamp) } : {}),
      ParallelizationFactor: settings.parallelizationFactor,
      BisectBatchOnFunctionError: settings.bisects,
      MaximumRecordAgeInSeconds: settings.maximumRecordAge,
      MaximumRetryAttempts: settings.maximumRetryAttempts,
      TumblingWindowInSeconds: settings.tumblingWindowSeconds,
      DestinationConfig:
        settings.onFailure === undefined ? { OnFailure: {} } : { OnFailure: { Destination: settings.onFailure } },
    };
  }

  /** Forgets everything: the whole account is going. */
  dispose(): void {
    this.#transition?.();
    this.#poller?.poller.dispose();
  }

  #later(callback: () => void): void {
    const { clock, facts } = this.#host;
    this.#transition = clock.schedule(clock.now + factNumber(facts, 'timing-mapping-state') * 1000, callback);
  }

  #settle(): void {
    this.#enter(this.#settings.enabled ? 'Enabled' : 'Disabled');
    if (this.#settings.enabled) this.#startPolling();
  }

  #enter(state: MappingState): void {
    this.#transition?.();
    this.#state = state;
    this.#announce();
  }

  #announce(): void {
    emit(this.#context(), { type: 'mappingChanged', state: this.#state });
  }

  #startPolling(): void {
    const { kind, start } = this.identity;
    const context = this.#context();
    if (isQueue(kind)) {
      const poller = new QueuePoller(context);
      this.#poller = { type: 'queue', poller };
      poller.start();
    } else if (start !== undefined) {
      const poller = new StreamPoller(context, this.#checkpoints);
      this.#poller = { type: 'stream', poller };
      poller.start(start);
    }
  }

  /** A queue's batches may end later: their messages are hidden. A shard's must end before it is read again. */
  #stopPolling(stopped: () => void): void {
    const poller = this.#poller;
    this.#poller = undefined;
    if (poller === undefined) {
      stopped();
    } else if (poller.type === 'queue') {
      poller.poller.stop();
      stopped();
    } else {
      poller.poller.stop(() => {
        this.#checkpoints = poller.poller.checkpoints();
        stopped();
      });
    }
  }

  #context(): MappingContext {
    const { uuid, sourceArn, kind } = this.identity;
    const { arn, name } = this.#function;
    return {
      host: this.#host,
      mappingId: uuid,
      sourceArn,
      kind,
      target: () => this.#host.findFunction(arn),
      functionName: name,
      settings: this.#settings,
      nextBatch: () => (this.#batches += 1),
      report: (result) => {
        this.#result = result;
      },
    };
  }
}
