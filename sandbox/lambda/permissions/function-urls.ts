/** Function URLs: which function, version and way of answering an address stands for. */
import type { Clock } from '../../kernel/clock.ts';
import { newToken } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import type { Facts } from '../../facts.ts';
import type {
  CreateFunctionUrlConfigRequest,
  FunctionUrlConfig,
  FunctionUrlRequest,
  ListFunctionUrlConfigsRequest,
  ListFunctionUrlConfigsResponse,
  UpdateFunctionUrlConfigRequest,
} from '../api/function-url.types.ts';
import { apiTime } from '../configuration.ts';
import { serviceError } from '../errors.ts';
import type { FunctionDirectory, FunctionPointer } from '../function-directory.ts';
import type { Limits } from '../limits.ts';
import type { Location } from '../names.ts';
import { pageOf } from '../pages.ts';
import { checkOneOf, checkPattern } from '../parameters.ts';

export interface FunctionUrlsHost {
  readonly clock: Clock;
  readonly facts: Facts;
  readonly limits: Limits;
  readonly location: Location;
  /** Of the ids in addresses. */
  readonly random: Random;
  readonly directory: FunctionDirectory;
}

/** Where a request to a function URL goes. */
export interface FunctionUrlTarget {
  readonly pointer: FunctionPointer;
  readonly config: FunctionUrlConfig;
}

const letters = 'abcdefghijklmnopqrstuvwxyz234567';

export class FunctionUrls {
  readonly #host: FunctionUrlsHost;

  constructor(host: FunctionUrlsHost) {
    this.#host = host;
  }

  create(request: CreateFunctionUrlConfigRequest): FunctionUrlConfig {
    const { clock, facts, location, random, directory } = this.#host;
    const pointer = this.#point(request);
    const functionArn = directory.arn(pointer);
    if (pointer.record.urls.has(key(pointer))) throw serviceError(facts, 'err-function-url-exists', { functionArn });
    const now = apiTime(clock.now);
    const id = newToken(random, 32, letters);
    return this.#set(pointer, request, {
      FunctionUrl: `https://${id}.lambda-url.${location.region}.on.aws/`,
      FunctionArn: functionArn,
      AuthType: request.AuthType,
      InvokeMode: 'BUFFERED',
      CreationTime: now,
      LastModifiedTime: now,
    });
  }

  /** Changes what is named. */
  update(request: UpdateFunctionUrlConfigRequest): FunctionUrlConfig {
    const pointer = this.#point(request);
    const current = this.#find(pointer);
    return this.#set(pointer, request, { ...current, LastModifiedTime: apiTime(this.#host.clock.now) });
  }

  get(request: FunctionUrlRequest): FunctionUrlConfig {
    return this.#find(this.#point(request));
  }

  list(request: ListFunctionUrlConfigsRequest): ListFunctionUrlConfigsResponse {
    const { record } = this.#point({ FunctionName: request.FunctionName });
    const configs = [...record.urls.values()].sort((a, b) => (a.FunctionArn < b.FunctionArn ? -1 : 1));
    const order = { keyOf: ({ FunctionArn }: FunctionUrlConfig) => FunctionArn };
    const { items, next } = pageOf(configs, order, request, this.#host.limits.itemsPerPage);
    return { FunctionUrlConfigs: items, ...next };
  }

  delete(request: FunctionUrlRequest): void {
    const pointer = this.#point(request);
    this.#find(pointer);
    pointer.record.urls.delete(key(pointer));
  }

  /** The function behind the host name of an address, such as `abc….lambda-url.us-east-1.on.aws`. */
  at(hostName: string): FunctionUrlTarget | undefined {
    for (const record of this.#host.directory.records) {
      for (const [qualifier, config] of record.urls) {
        if (config.FunctionUrl !== `https://${hostName}/`) continue;
        return { config, pointer: { record, qualifier: qualifier === '$LATEST' ? undefined : qualifier } };
      }
    }
    return undefined;
  }

  /** A URL belongs to the unqualified function or to an alias, never to a version. */
  #point({ FunctionName, Qualifier }: FunctionUrlRequest): FunctionPointer {
    const { facts, directory } = this.#host;
    if (Qualifier !== undefined) checkPattern(facts, 'qualifier', Qualifier, '(?!^\\d+$)^[0-9a-zA-Z-_]+$');
    try {
      const pointer = directory.point(FunctionName, Qualifier);
      directory.version(pointer);
      return pointer;
    } catch {
      throw serviceError(facts, 'err-resource-not-found', {}, 'messageFunctionUrl');
    }
  }

  #find(pointer: FunctionPointer): FunctionUrlConfig {
    const config = pointer.record.urls.get(key(pointer));
    if (config === undefined) throw serviceError(this.#host.facts, 'err-resource-not-found', {});
    return config;
  }

  #set(
    pointer: FunctionPointer,
    { AuthType: auth, InvokeMode: mode, Cors: cors }: UpdateFunctionUrlConfigRequest,
    current: FunctionUrlConfig,
  ): FunctionUrlConfig {
    if (auth !== undefined) checkOneOf('AuthType', auth, ['NONE', 'AWS_IAM']);
    if (mode !== undefined) checkOneOf('InvokeMode', mode, ['BUFFERED', 'RESPONSE_STREAM']);
    const config = Object.freeze({
      ...current,
      ...(auth === undefined ? {} : { AuthType: auth }),
      ...(mode === undefined ? {} : { InvokeMode: mode }),
      ...(cors === undefined ? {} : { Cors: cors }),
    });
    pointer.record.urls.set(key(pointer), config);
    return config;
  }
}

const key = ({ qualifier = '$LATEST' }: FunctionPointer): string => qualifier;
