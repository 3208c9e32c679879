/** Aliases: names that point to a version, or share requests out between two. */
import type { Clock } from '../../kernel/clock.ts';
import { newUuid } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import type { Facts } from '../../facts.ts';
import type {
  AliasConfiguration,
  AliasRequest,
  AliasRoutingConfiguration,
  CreateAliasRequest,
  ListAliasesRequest,
  ListAliasesResponse,
  UpdateAliasRequest,
} from '../api/versions.types.ts';
import { checkRevision, serviceError } from '../errors.ts';
import type { FunctionDirectory } from '../function-directory.ts';
import type { FunctionRecord } from '../function-record.ts';
import type { Limits } from '../limits.ts';
import { pageOf } from '../pages.ts';
import { checkLength, checkPattern } from '../parameters.ts';
import type { TraceWriter } from '../trace-writer.ts';

export interface AliasesHost {
  readonly clock: Clock;
  readonly facts: Facts;
  readonly limits: Limits;
  /** Of revision ids. */
  readonly random: Random;
  readonly trace: TraceWriter;
  readonly directory: FunctionDirectory;
  /** The alias points elsewhere, or is gone. */
  readonly changed: (record: FunctionRecord, name: string) => void;
}

export class Aliases {
  readonly #host: AliasesHost;

  constructor(host: AliasesHost) {
    this.#host = host;
  }

  create(request: CreateAliasRequest): AliasConfiguration {
    const { facts, limits, random, directory } = this.#host;
    const { Name: name, FunctionVersion: version, Description: description = '' } = request;
    const record = directory.record(request.FunctionName);
    checkLength(facts, 'name', name, limits.aliasName.maxLength);
    checkPattern(facts, 'name', name, limits.aliasName.pattern);
    checkLength(facts, 'description', description, limits.descriptionLength);
    directory.version({ record, qualifier: this.#checkVersion(version) });
    const aliasArn = directory.arn({ record, qualifier: name });
    if (record.aliases.has(name)) throw serviceError(facts, 'err-alias-exists', { aliasArn });
    const alias: AliasConfiguration = {
      AliasArn: aliasArn,
      Name: name,
      FunctionVersion: version,
      Description: description,
      ...this.#routing(record, version, request.RoutingConfig),
      RevisionId: newUuid(random),
    };
    return this.#keep(record, alias, 'created');
  }

  /** What is not named stays. Every update makes a new revision. */
  update(request: UpdateAliasRequest): AliasConfiguration {
    const { facts, limits, random, directory } = this.#host;
    const record = directory.record(request.FunctionName);
    const current = this.#find(record, request.Name);
    checkLength(facts, 'description', request.Description ?? '', limits.descriptionLength);
    checkRevision(facts, current.RevisionId, request.RevisionId);
    const version = request.FunctionVersion ?? current.FunctionVersion;
    directory.version({ record, qualifier: this.#checkVersion(version) });
    const alias: AliasConfiguration = {
      AliasArn: current.AliasArn,
      Name: current.Name,
      FunctionVersion: version,
      Description: request.Description ?? current.Description,
      ...this.#routing(record, version, request.RoutingConfig ?? current.RoutingConfig),
      RevisionId: newUuid(random),
    };
    return this.#keep(record, alias, 'updated');
  }

  get(request: AliasRequest): AliasConfiguration {
    return this.#find(this.#host.directory.record(request.FunctionName), request.Name);
  }

  /** In the order of their names. */
  list(request: ListAliasesRequest): ListAliasesResponse {
    const { directory, limits } = this.#host;
    const { FunctionVersion: version } = request;
    const aliases = [...directory.record(request.FunctionName).aliases.values()]
      .filter(({ FunctionVersion }) => version === undefined || FunctionVersion === version)
      .sort((a, b) => (a.Name < b.Name ? -1 : 1));
    const { items, next } = pageOf(aliases, { keyOf: ({ Name }) => Name }, request, limits.itemsPerPage);
    return { Aliases: items, ...next };
  }

  /** An alias that does not exist is no error, as at AWS. */
  delete(request: AliasRequest): void {
    const { clock, trace, directory, changed } = this.#host;
    const record = directory.record(request.FunctionName);
    const { Name: name } = request;
    const alias = record.aliases.get(name);
    if (alias === undefined) return;
    record.aliases.delete(name);
    record.eventInvokeConfigs.delete(name);
    record.policies.delete(name);
    record.urls.delete(name);
    const { FunctionVersion: version } = alias;
    const what = { functionName: record.name, aliasName: name, change: 'deleted' as const, version, weights: {} };
    trace.emit({ type: 'aliasChanged', time: clock.now, ...what });
    changed(record, name);
  }

  #find(record: FunctionRecord, name: string): AliasConfiguration {
    const alias = record.aliases.get(name);
    if (alias !== undefined) return alias;
    const { directory, facts } = this.#host;
    throw serviceError(facts, 'err-alias-not-found', { aliasArn: directory.arn({ record, qualifier: name }) });
  }

  #keep(record: FunctionRecord, alias: AliasConfiguration, change: 'created' | 'updated'): AliasConfiguration {
    const { clock, trace, changed } = this.#host;
    record.aliases.set(alias.Name, Object.freeze(alias));
    trace.emit({
      type: 'aliasChanged',
      time: clock.now,
      functionName: record.name,
      aliasName: alias.Name,
      change,
      version: alias.FunctionVersion,
      weights: alias.RoutingConfig?.AdditionalVersionWeights ?? {},
    });
    changed(record, alias.Name);
    return alias;
  }

  /** An alias cannot point to an alias. */
  #checkVersion(version: string): string {
    checkPattern(this.#host.facts, 'functionVersion', version, '\\$LATEST|[0-9]+');
    return version;
  }

  /** @throws {ServiceError} when the weights break a rule */
  #routing(
    record: FunctionRecord,
    version: string,
    routing: AliasRoutingConfiguration | undefined,
  ): { readonly RoutingConfig?: AliasRoutingConfiguration } {
    const { facts, directory } = this.#host;
    const weights = Object.entries(routing?.AdditionalVersionWeights ?? {});
    const [first] = weights;
    if (first === undefined) return {};
    const [other, weight] = first;
    if (weights.length > 1) throw serviceError(facts, 'err-alias-routing', {}, 'messageCount');
    if (!/^\d+$/.test(other)) throw serviceError(facts, 'err-alias-weight', { version: other, weight }, 'messageKey');
    if (!(weight >= 0 && weight <= 1)) {
      throw serviceError(facts, 'err-alias-weight', { version: other, weight }, 'messageValue');
    }
    if (version === '$LATEST') throw serviceError(facts, 'err-alias-routing', {}, 'messageLatest');
    if (other === version) throw serviceError(facts, 'err-alias-routing', { version }, 'messageSame');
    const one = directory.version({ record, qualifier: version }).configuration;
    const two = directory.version({ record, qualifier: other }).configuration;
    if (one.Role !== two.Role) throw serviceError(facts, 'err-alias-routing', {}, 'messageRole');
    if (one.DeadLetterConfig?.TargetArn !== two.DeadLetterConfig?.TargetArn) {
      throw serviceError(facts, 'err-alias-routing', {}, 'messageDeadLetter');
    }
    return { RoutingConfig: Object.freeze({ AdditionalVersionWeights: Object.freeze({ [other]: weight }) }) };
  }
}
