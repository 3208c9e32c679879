/** What the control sides of both kinds of API have in common: APIs by id, ids that they give out, and their errors. */
import { newToken } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import { factError } from '../fact-errors.ts';
import type { ApiError, ServiceHost } from '../service.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

export abstract class ApiBook<Api extends { readonly id: string }> {
  protected readonly host: ServiceHost;
  readonly #ids: Random;
  readonly #apis = new Map<string, Api>();

  /** `stream` names the random stream of their ids. */
  constructor(host: ServiceHost, stream: string) {
    this.host = host;
    this.#ids = host.random.stream(stream);
  }

  list(): readonly Api[] {
    return [...this.#apis.values()];
  }

  get(id: string): Api | undefined {
    return this.#apis.get(id);
  }

  /** @throws {ApiError} NotFoundException */
  find(id: string): Api {
    const found = this.#apis.get(id);
    if (found === undefined) throw this.notFound('API');
    return found;
  }

  /** @throws {ApiError} NotFoundException */
  delete(id: string): void {
    this.find(id);
    this.#apis.delete(id);
  }

  /** Adds it, or puts it in the place of the one of its id. */
  protected keep(api: Api): void {
    this.#apis.set(api.id, api);
  }

  protected newId(length: number): string {
    return newToken(this.#ids, length, letters);
  }

  protected notFound(what: string): ApiError {
    return factError(this.host.facts, 'err-apigw', 'notFound', { what });
  }

  protected bad(reason: string): ApiError {
    return factError(this.host.facts, 'err-apigw', 'badRequest', { reason });
  }

  protected conflict(reason: string): ApiError {
    return factError(this.host.facts, 'err-apigw', 'conflict', { reason });
  }
}
