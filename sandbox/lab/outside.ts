/** What reaches an account from outside: invocations, HTTP requests and calls, sent in a moment and answered while time passes. */
import type { Account } from '../account.ts';
import { asError } from '../kernel/pump.ts';
import { Later, type Caller, type Result } from '../services/service.ts';
import { resolveReferences } from '../worker/references.ts';
import type { ApiCall, SessionRequest, SessionResponse } from '../worker/session.types.ts';
import type { WorkloadDoor } from './workloads.ts';

const owner: Caller = { kind: 'account' };

type Refused = (error: Error) => void;

export class Outside implements WorkloadDoor {
  readonly #account: Account;
  /** What calls answered that gave it a name. */
  readonly #kept = new Map<string, unknown>();

  constructor(account: Account) {
    this.#account = account;
  }

  /** Keeps an answer for references. */
  keep(name: string, answer: unknown): void {
    this.#kept.set(name, answer);
  }

  /** The same with its references replaced. */
  resolve<Value>(value: Value): Value {
    return resolveReferences(value, this.#kept);
  }

  /** `refused` may be called at once; of an asynchronous invocation the answer is that it was taken. */
  invoke(
    target: string,
    payload: string,
    asynchronous: boolean,
    refused: Refused,
    answered: () => void = () => undefined,
  ): void {
    const { clock, lambda, services } = this.#account;
    try {
      if (asynchronous) {
        lambda.invoker.invokeAsync(target, payload, owner);
        clock.schedule(clock.now, answered);
        return;
      }
      const operation = services.service('lambda')?.operations['Invoke'];
      const output = operation?.run({ FunctionName: target, Payload: payload } as never, owner);
      if (!(output instanceof Later)) throw new Error('Lambda did not take the request.');
      output.start((result: Result) => {
        if (result.ok) answered();
        else refused(result.error);
      });
    } catch (error) {
      refused(asError(error));
    }
  }

  call({ service, operation, input }: ApiCall, refused: Refused): void {
    this.#account.services.call({ service, operation, input: this.resolve(input), caller: owner }, (answer) => {
      if (!answer.ok) refused(answer.error);
    });
  }

  request(
    request: SessionRequest,
    refused: Refused,
    answered: (response: SessionResponse) => void = () => undefined,
  ): void {
    try {
      this.#account.http.send(this.resolve(request), ({ status, headers, body }) =>
        answered({ status, headers, body }),
      );
    } catch (error) {
      refused(asError(error));
    }
  }
}
