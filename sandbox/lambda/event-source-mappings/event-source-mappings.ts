/** The event source mappings of an account: created, changed, listed and deleted with AWS's answers. */
import { factTexts } from '../../facts.ts';
import { newUuid } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import { factError } from '../../services/fact-errors.ts';
import type { Operation } from '../../services/service.ts';
import { isQueue, kindOfSource, type SourceKind } from './event-source.ts';
import { Mapping } from './mapping.ts';
import { mappingArn, roleCaller } from './mapping-context.ts';
import type { MappedFunction, MappingHost } from './mapping-host.ts';
import { changeSettings, defaultSettings, readStartingPosition } from './mapping-settings.ts';
import type {
  CreateEventSourceMappingRequest,
  EventSourceMappingConfiguration,
  ListEventSourceMappingsRequest,
  UpdateEventSourceMappingRequest,
} from './mapping.types.ts';

/** The API lists at most so many at once. */
const mappingsPerPage = 100;

interface OfMapping {
  readonly UUID: string;
}

export class EventSourceMappings {
  readonly #host: MappingHost;
  readonly #ids: Random;
  readonly #mappings = new Map<string, Mapping>();

  constructor(host: MappingHost) {
    this.#host = host;
    this.#ids = host.random.stream('event source mapping ids');
  }

  /** Creates a mapping; it works when its state is Enabled. @throws {Error} as the API refuses it */
  create(request: CreateEventSourceMappingRequest): EventSourceMappingConfiguration {
    const { facts, findFunction } = this.#host;
    const { EventSourceArn: sourceArn } = request;
    const kind = typeof sourceArn === 'string' ? kindOfSource(sourceArn) : undefined;
    if (kind === undefined) throw this.#invalid('Unrecognized event source, must be kinesis, dynamodb stream or sqs.');
    const mapped = findFunction(request.FunctionName);
    const context = { facts, kind };
    const settings = changeSettings(defaultSettings(context), request, context);
    const start = readStartingPosition(request, context);
    this.#checkSource(sourceArn, kind, mapped);
    this.#checkNew(sourceArn, kind, mapped);
    const identity = { uuid: newUuid(this.#ids), sourceArn, kind, start };
    const mapping = new Mapping(identity, mapped, settings, this.#host);
    this.#mappings.set(identity.uuid, mapping);
    return mapping.describe();
  }

  /** @throws {Error} as the API refuses it */
  get({ UUID: uuid }: OfMapping): EventSourceMappingConfiguration {
    return this.#find(uuid).describe();
  }

  /** @throws {Error} as the API refuses it */
  update(request: UpdateEventSourceMappingRequest): EventSourceMappingConfiguration {
    const { facts, findFunction } = this.#host;
    const mapping = this.#find(request.UUID);
    const { kind, sourceArn } = mapping.identity;
    const settings = changeSettings(mapping.settings, request, { facts, kind });
    const mapped = findFunction(request.FunctionName ?? mapping.functionArn);
    if (mapping.isChanging) throw factError(facts, 'err-mapping', 'inUse', { operation: 'update' });
    if (settings.enabled) this.#checkSource(sourceArn, kind, mapped);
    mapping.update(settings, mapped);
    return mapping.describe();
  }

  /** @throws {Error} as the API refuses it */
  delete({ UUID: uuid }: OfMapping): EventSourceMappingConfiguration {
    const mapping = this.#find(uuid);
    if (mapping.isChanging) throw factError(this.#host.facts, 'err-mapping', 'inUse', { operation: 'delete' });
    mapping.delete(() => this.#mappings.delete(uuid));
    return mapping.describe();
  }

  /** In the order in which they were created. @throws {Error} as the API refuses it */
  list(request: ListEventSourceMappingsRequest = {}): {
    readonly EventSourceMappings: readonly EventSourceMappingConfiguration[];
    readonly NextMarker?: string;
  } {
    const { EventSourceArn: sourceArn, FunctionName: name, Marker: marker, MaxItems: maxItems } = request;
    const functionArn = name === undefined ? undefined : this.#host.findFunction(name).arn;
    const found = [...this.#mappings.values()].filter(
      (mapping) =>
        (sourceArn === undefined || mapping.identity.sourceArn === sourceArn) &&
        (functionArn === undefined || mapping.functionArn === functionArn),
    );
    const from = marker === undefined ? 0 : found.findIndex(({ identity }) => identity.uuid === marker) + 1;
    const page = found.slice(from, from + Math.min(maxItems ?? mappingsPerPage, mappingsPerPage));
    const last = page.at(-1);
    const isMore = last !== undefined && last !== found.at(-1);
    return {
      EventSourceMappings: page.map((mapping) => mapping.describe()),
      ...(isMore ? { NextMarker: last.identity.uuid } : {}),
    };
  }

  /** The operations as clients of Lambda's API call them. */
  readonly operations = {
    CreateEventSourceMapping: this.#operation(
      'CreateEventSourceMapping',
      (_input: CreateEventSourceMappingRequest) => ['*'],
      (input) => this.create(input),
    ),
    GetEventSourceMapping: this.#onMapping('GetEventSourceMapping', (input: OfMapping) => this.get(input)),
    UpdateEventSourceMapping: this.#onMapping('UpdateEventSourceMapping', (input: UpdateEventSourceMappingRequest) =>
      this.update(input),
    ),
    DeleteEventSourceMapping: this.#onMapping('DeleteEventSourceMapping', (input: OfMapping) => this.delete(input)),
    ListEventSourceMappings: this.#operation(
      'ListEventSourceMappings',
      (_input: ListEventSourceMappingsRequest) => ['*'],
      (input) => this.list(input),
    ),
  };

  /** Forgets everything: the whole account is going. */
  dispose(): void {
    for (const mapping of this.#mappings.values()) mapping.dispose();
    this.#mappings.clear();
  }

  #operation<Input, Output>(
    action: string,
    resources: (input: Input) => readonly string[],
    run: (input: Input) => Output,
  ): Operation<Input, Output> {
    return { action: `lambda:${action}`, resources, run };
  }

  #onMapping<Input extends OfMapping, Output>(action: string, run: (input: Input) => Output): Operation<Input, Output> {
    return this.#operation(action, ({ UUID: uuid }: Input) => [mappingArn(this.#host.location, uuid)], run);
  }

  #find(uuid: string): Mapping {
    const mapping = this.#mappings.get(uuid);
    if (mapping === undefined) throw factError(this.#host.facts, 'err-mapping', 'notFound');
    return mapping;
  }

  /** The source is there, and the function's role may read it. */
  #checkSource(sourceArn: string, kind: SourceKind, mapped: MappedFunction): void {
    if (isQueue(kind)) this.#checkQueue(sourceArn, mapped);
    else this.#checkStream(sourceArn, kind, mapped);
  }

  #checkQueue(sourceArn: string, mapped: MappedFunction): void {
    const { facts, queues } = this.#host;
    const denied = this.#denied('sqs', sourceArn, mapped);
    if (denied !== undefined) throw factError(facts, 'err-mapping', 'queuePermission', { action: denied });
    const queue = queues.queue(sourceArn);
    if (queue === undefined) throw factError(facts, 'err-mapping', 'noQueue');
    const { VisibilityTimeout: visibility } = queue.settings;
    const { timeoutSeconds: timeout } = mapped;
    if (visibility < timeout) throw factError(facts, 'err-mapping', 'visibility', { visibility, timeout });
  }

  #checkStream(source: string, kind: SourceKind, mapped: MappedFunction): void {
    const { facts, streamReader } = this.#host;
    if (this.#denied(kind, source, mapped) !== undefined) {
      const needed = factTexts(facts, 'esm-permissions', kind);
      const actions = `${needed.slice(0, -1).join(', ')}, and ${needed.at(-1) ?? ''}`;
      throw factError(facts, 'err-mapping', 'streamPermission', { source, actions });
    }
    if (streamReader(source) === undefined) throw factError(facts, 'err-mapping', 'noStream', { source });
  }

  /** The first action that the role may not do. */
  #denied(service: string, resource: string, mapped: MappedFunction): string | undefined {
    const { facts, permissions } = this.#host;
    const caller = roleCaller(mapped);
    return factTexts(facts, 'esm-permissions', service).find(
      (action) => !permissions.allows({ caller, action: `${service}:${action}`, resource }),
    );
  }

  #checkNew(sourceArn: string, kind: SourceKind, mapped: MappedFunction): void {
    const existing = [...this.#mappings.values()].find(
      ({ identity, functionArn }) => identity.sourceArn === sourceArn && functionArn === mapped.arn,
    );
    if (existing === undefined) return;
    const { uuid } = existing.identity;
    const values = { source: sourceArn, function: mapped.name, uuid };
    throw factError(this.#host.facts, 'err-mapping', isQueue(kind) ? 'existsQueue' : 'existsStream', values);
  }

  #invalid(reason: string): Error {
    return factError(this.#host.facts, 'err-mapping', 'invalid', { reason });
  }
}
