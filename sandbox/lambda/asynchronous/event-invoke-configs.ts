/** How functions, versions and aliases want their asynchronous events handled. */
import type { Clock } from '../../kernel/clock.ts';
import { factNumber, factTexts, type Facts } from '../../facts.ts';
import type {
  DestinationConfig,
  EventInvokeConfigRequest,
  FunctionEventInvokeConfig,
  ListFunctionEventInvokeConfigsRequest,
  ListFunctionEventInvokeConfigsResponse,
  PutFunctionEventInvokeConfigRequest,
} from '../api/asynchronous.types.ts';
import { serviceError } from '../errors.ts';
import type { FunctionDirectory, FunctionPointer } from '../function-directory.ts';
import type { FunctionRecord } from '../function-record.ts';
import type { Limits } from '../limits.ts';
import { functionArn, parseFunctionName, type Location } from '../names.ts';
import { pageOf } from '../pages.ts';
import { checkPattern, checkRange } from '../parameters.ts';
import type { RetrySettings } from '../policies/asynchronous-retry.ts';
import type { Surroundings } from '../surroundings.ts';
import { checkTargetPermission } from './target-permission.ts';

export interface EventInvokeConfigsHost {
  readonly clock: Clock;
  readonly facts: Facts;
  readonly limits: Limits;
  readonly location: Location;
  readonly directory: FunctionDirectory;
  readonly surroundings?: Surroundings;
}

export class EventInvokeConfigs {
  readonly #host: EventInvokeConfigsHost;

  constructor(host: EventInvokeConfigsHost) {
    this.#host = host;
  }

  /** Replaces the whole configuration: what is not named has its default again. */
  put(request: PutFunctionEventInvokeConfigRequest): FunctionEventInvokeConfig {
    return this.#set(request, {});
  }

  /** Changes what is named. */
  update(request: PutFunctionEventInvokeConfigRequest): FunctionEventInvokeConfig {
    return this.#set(request, this.get(request));
  }

  get(request: EventInvokeConfigRequest): FunctionEventInvokeConfig {
    const { record, qualifier } = this.#point(request);
    const config = record.eventInvokeConfigs.get(qualifier);
    if (config === undefined) throw this.#missing(record, qualifier);
    return config;
  }

  list(request: ListFunctionEventInvokeConfigsRequest): ListFunctionEventInvokeConfigsResponse {
    const { record } = this.#point({ FunctionName: request.FunctionName });
    const configs = [...record.eventInvokeConfigs.values()].sort((a, b) => (a.FunctionArn < b.FunctionArn ? -1 : 1));
    const order = { keyOf: ({ FunctionArn }: FunctionEventInvokeConfig) => FunctionArn };
    const { items, next } = pageOf(configs, order, request, this.#host.limits.itemsPerPage);
    return { FunctionEventInvokeConfigs: items, ...next };
  }

  delete(request: EventInvokeConfigRequest): void {
    const { record, qualifier } = this.#point(request);
    if (!record.eventInvokeConfigs.delete(qualifier)) throw this.#missing(record, qualifier);
  }

  /** What counts for an event that was sent to that version or alias. */
  of(
    record: FunctionRecord | undefined,
    qualifier: string | undefined,
  ): RetrySettings & { readonly targets: DestinationConfig } {
    const { facts } = this.#host;
    const config = record?.eventInvokeConfigs.get(qualifier ?? '$LATEST');
    const age = config?.MaximumEventAgeInSeconds ?? factNumber(facts, 'async-event-age', 'default');
    return {
      maximumRetryAttempts: config?.MaximumRetryAttempts ?? factNumber(facts, 'async-retries-2', 'default'),
      maximumEventAgeMs: age * 1000,
      targets: config?.DestinationConfig ?? {},
    };
  }

  #set(
    request: PutFunctionEventInvokeConfigRequest,
    current: Partial<FunctionEventInvokeConfig>,
  ): FunctionEventInvokeConfig {
    const { facts, clock } = this.#host;
    const { record, qualifier } = this.#point(request);
    const {
      MaximumRetryAttempts: retries = current.MaximumRetryAttempts,
      MaximumEventAgeInSeconds: age = current.MaximumEventAgeInSeconds,
      DestinationConfig: targets = current.DestinationConfig,
    } = request;
    if (
      request.MaximumRetryAttempts === undefined &&
      request.MaximumEventAgeInSeconds === undefined &&
      request.DestinationConfig === undefined
    ) {
      throw serviceError(facts, 'err-event-invoke-config', {}, 'messageEmpty');
    }
    if (retries !== undefined) checkRange(facts, 'maximumRetryAttempts', retries, this.#range('async-retries-2'));
    if (age !== undefined) checkRange(facts, 'maximumEventAgeInSeconds', age, this.#range('async-event-age'));
    if (request.DestinationConfig !== undefined) {
      this.#checkDestinations(record, request.DestinationConfig);
      this.#checkPermissions({ record, qualifier }, request.DestinationConfig);
    }
    const config: FunctionEventInvokeConfig = Object.freeze({
      LastModified: new Date(clock.now),
      FunctionArn: this.#arn(record, qualifier),
      ...(retries === undefined ? {} : { MaximumRetryAttempts: retries }),
      ...(age === undefined ? {} : { MaximumEventAgeInSeconds: age }),
      DestinationConfig: { OnSuccess: targets?.OnSuccess ?? {}, OnFailure: targets?.OnFailure ?? {} },
    });
    record.eventInvokeConfigs.set(qualifier, config);
    return config;
  }

  #point(request: EventInvokeConfigRequest): { readonly record: FunctionRecord; readonly qualifier: string } {
    const { facts, directory } = this.#host;
    try {
      const { record, qualifier } = directory.point(request.FunctionName, request.Qualifier);
      directory.version({ record, qualifier });
      return { record, qualifier: qualifier ?? '$LATEST' };
    } catch {
      throw serviceError(facts, 'err-resource-not-found', {}, 'messageFunction');
    }
  }

  #checkDestinations(record: FunctionRecord, { OnSuccess, OnFailure }: DestinationConfig): void {
    const { facts } = this.#host;
    const services = factTexts(facts, 'destinations-targets');
    const success = this.#isDestination(record, 'onSuccess', OnSuccess?.Destination, services, false);
    const failure = this.#isDestination(record, 'onFailure', OnFailure?.Destination, services, true);
    if (success && failure) return;
    const text = (name: string, arn: string | undefined): string =>
      arn === undefined ? 'null' : `${name}(destination=${arn})`;
    const values = {
      onSuccess: text('OnSuccess', OnSuccess?.Destination),
      onFailure: text('OnFailure', OnFailure?.Destination),
    };
    throw serviceError(facts, 'err-event-invoke-config', values, 'messageDestination');
  }

  #checkPermissions(pointer: FunctionPointer, { OnSuccess, OnFailure }: DestinationConfig): void {
    const { facts, directory, surroundings } = this.#host;
    const { Role: roleArn } = directory.version(pointer).configuration;
    for (const targetArn of [OnSuccess?.Destination, OnFailure?.Destination]) {
      if (targetArn) checkTargetPermission({ kind: 'destination', roleArn, targetArn }, surroundings, facts);
    }
  }

  /** False for an ARN of a service that records cannot go to. A bucket takes failures only. */
  #isDestination(
    record: FunctionRecord,
    parameter: string,
    arn: string | undefined,
    services: readonly string[],
    takesBuckets: boolean,
  ): boolean {
    const { facts, directory, location } = this.#host;
    if (arn === undefined || arn === '') return true;
    checkPattern(facts, `destinationConfig.${parameter}.destination`, arn, destinationPattern);
    const [, , service = ''] = arn.split(':');
    if (service === 'lambda') {
      const name = parseFunctionName(arn, location)?.name;
      if (name === undefined || directory.get(name) === undefined) {
        throw serviceError(facts, 'err-event-invoke-config', { destinationArn: arn }, 'messageFunction');
      }
      if (name === record.name) throw serviceError(facts, 'err-event-invoke-config', {}, 'messageItself');
    }
    return services.includes(service) && (takesBuckets || service !== 's3');
  }

  #range(fact: string): { readonly min: number; readonly max: number } {
    const { facts } = this.#host;
    return { min: factNumber(facts, fact, 'min'), max: factNumber(facts, fact, 'max') };
  }

  #arn({ name }: FunctionRecord, qualifier: string): string {
    return functionArn(this.#host.location, { name, qualifier });
  }

  #missing(record: FunctionRecord, qualifier: string): Error {
    const values = { functionArn: this.#arn(record, qualifier) };
    return serviceError(this.#host.facts, 'err-resource-not-found', values, 'messageEventInvokeConfig');
  }
}

const destinationPattern =
  'arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)';
