/** One call as the account's owner, by the names of service and operation. */
import type { Pump } from '../../kernel/pump.ts';
import type { Gateway, ServiceCall } from './gateway.ts';

/** Virtual time goes on until it is answered. Rejects with the API's error. */
export function callAsOwner(gateway: Gateway, pump: Pump, call: Omit<ServiceCall, 'caller'>): Promise<unknown> {
  return pump.wait((resolve, reject) => {
    gateway.call({ ...call, caller: { kind: 'account' } }, (answer) => {
      if (answer.ok) resolve(answer.output);
      else reject(answer.error);
    });
  });
}
