/** Paginators: `for await (const page of paginateQuery({ client }, input))`. */
import type { Client, Command } from './client.ts';

interface PaginationConfiguration {
  readonly client: Client;
  readonly pageSize?: number;
  readonly startingToken?: unknown;
  readonly stopOnSameToken?: boolean;
}

/** `tokens`: the member of the input that takes the token, of the output that gives it, and the page size's. */
export function createPaginator(
  ClientClass: new (configuration?: Record<string, unknown>) => Client,
  CommandClass: typeof Command,
  [inputToken = '', outputToken = '', pageSize]: readonly string[],
): (configuration: PaginationConfiguration, input: Record<string, unknown>) => AsyncGenerator {
  return async function* paginate(configuration, input) {
    const { client, startingToken, stopOnSameToken } = configuration;
    if (!(client instanceof ClientClass)) throw new Error(`Invalid client, expected instance of ${ClientClass.name}`);
    const size = pageSize === undefined ? {} : { [pageSize]: input[pageSize] ?? configuration.pageSize };
    let token = startingToken ?? input[inputToken];
    for (;;) {
      const page: unknown = await client.send(new CommandClass({ ...input, ...size, [inputToken]: token }));
      yield page;
      const next = (page as Record<string, unknown>)[outputToken];
      if (!next || (stopOnSameToken === true && next === token)) return;
      token = next;
    }
  };
}
