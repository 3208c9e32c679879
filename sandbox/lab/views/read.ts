/** Reads an account past its gateway: a question takes no virtual time, draws no ids and leaves no mark in the trace. */
import type { Account } from '../../account.ts';

/**
 * What an operation that only reads answers now. `Output` is its shape in the AWS SDK.
 * @throws {Error} as the API refuses it
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- who asks knows the shape; the registry of operations has lost it
export function read<Output>(account: Account, service: string, operation: string, input: object = {}): Output {
  const found = account.services.service(service)?.operations[operation];
  if (found === undefined) throw new Error(`There is no ${operation} of ${service}.`);
  return found.run(input as never, { kind: 'account' }) as Output;
}

/** The same, or nothing when it is refused: there is no such thing. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- who asks knows the shape; the registry of operations has lost it
export function readIfThere<Output>(
  account: Account,
  service: string,
  operation: string,
  input: object = {},
): Output | undefined {
  try {
    return read<Output>(account, service, operation, input);
  } catch {
    return undefined;
  }
}
