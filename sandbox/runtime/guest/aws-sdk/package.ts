/** What one client's package exports, made from its description. */
import { Client, Command, words, type Route } from './client.ts';
import type { ClientDescription } from './description.ts';
import { exceptionClasses } from './errors.ts';
import { createPaginator } from './paginate.ts';
import { createWaiters } from './waiters.ts';

/** Operations by the labels or statuses that a list of them stands under. */
function byOperation(lists: Readonly<Record<string, string>> = {}): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, operations] of Object.entries(lists))
    for (const operation of words(operations)) found.set(operation, key);
  return found;
}

export function createPackage(description: ClientDescription): Record<string, unknown> {
  const { client: clientName, commands, paginators, enums } = description;
  const exceptions = exceptionClasses(description);
  const ClientClass = named(clientName, class extends Client {});
  Object.defineProperty(ClientClass, 'description', { value: description });
  const aggregateName = clientName.replace(/Client$/, '');
  const Aggregate = named(aggregateName, class extends ClientClass {});
  const labels = byOperation(description.labels);
  const statuses = byOperation(description.statuses);
  const exported: Record<string, unknown> = {
    __Client: Client,
    $Command: Command,
    [clientName]: ClientClass,
    [aggregateName]: Aggregate,
    ...exceptions,
  };
  for (const operation of words(commands)) {
    const CommandClass = named(`${operation}Command`, class extends Command {});
    const route: Route = {
      description,
      operation,
      labels: words(labels.get(operation) ?? ''),
      status: Number(statuses.get(operation) ?? 200),
      exceptions,
    };
    Object.defineProperty(CommandClass, 'route', { value: route });
    exported[`${operation}Command`] = CommandClass;
    const method = operation.charAt(0).toLowerCase() + operation.slice(1);
    Object.defineProperty(Aggregate.prototype, method, {
      value(this: Client, input: unknown, ...options: [never?, never?]) {
        return this.send(new CommandClass(input), ...options);
      },
      writable: true,
      configurable: true,
    });
  }
  for (const [operation, tokens] of Object.entries(paginators)) {
    const CommandClass = exported[`${operation}Command`] as typeof Command;
    exported[`paginate${operation}`] = createPaginator(ClientClass, CommandClass, words(tokens));
  }
  Object.assign(exported, createWaiters(description.service, exported as Record<string, typeof Command>));
  for (const [name, values] of Object.entries(enums)) {
    exported[name] = Object.fromEntries(words(values).map((value) => keyAndValue(value)));
  }
  return exported;
}

function keyAndValue(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, text] : [text.slice(0, at), text.slice(at + 1)];
}

/** A class under a name that is known only now. */
function named<T>(name: string, kind: T): T {
  Object.defineProperty(kind, 'name', { value: name, configurable: true });
  return kind;
}

export { Client, Command, createPaginator };
export { MiddlewareStack } from './middleware.ts';
