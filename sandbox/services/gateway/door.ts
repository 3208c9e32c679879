/** API-shaped doors for the account's owner: `account.s3.putObject(…)`, promises that settle by virtual time. */
import type { Pump } from '../../kernel/pump.ts';
import type { Caller, Later, Service } from '../service.ts';
import type { Gateway } from './gateway.ts';

type InputOf<T> = T extends { run(input: infer Input, ...others: never[]): unknown } ? Input : never;
type OutputOf<T> = T extends { run(...values: never[]): infer Output } ? Arriving<Output> : never;
/** What a `Later` gives, or the value itself. */
type Arriving<T> = T extends Later<infer Output> ? Output : T;

/** The operations of a service as methods, with the names, inputs and outputs of the aggregated SDK client. */
export type Door<S extends Service> = {
  readonly [Name in keyof S['operations'] & string as Uncapitalize<Name>]: (
    input: InputOf<S['operations'][Name]>,
  ) => Promise<OutputOf<S['operations'][Name]>>;
};

const owner: Caller = { kind: 'account' };

/** Opens the door of a service. A method rejects with the API's error. */
export function openDoor<S extends Service>(service: S, gateway: Gateway, pump: Pump): Door<S> {
  const methods = Object.keys(service.operations).map((operation) => [
    operation.charAt(0).toLowerCase() + operation.slice(1),
    (input: unknown): Promise<unknown> =>
      pump.wait((resolve, reject) => {
        gateway.call({ service: service.name, operation, input, caller: owner }, (answer) => {
          if (answer.ok) resolve(answer.output);
          else reject(answer.error);
        });
      }),
  ]);
  return Object.freeze(Object.fromEntries(methods)) as Door<S>;
}
