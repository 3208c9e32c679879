/** A session over an account in the same thread: what the worker serves, and what builds, tests and the terminal use. */
import type { Account } from '../account.ts';
import type { Facts } from '../facts.ts';
import type { InvokeResponse } from '../lambda/api.types.ts';
import { invalidParameter, ServiceError } from '../lambda/errors.ts';
import { Deployer } from './deployer.ts';
import type {
  ApiCall,
  FunctionDefinition,
  Session,
  SessionInvocation,
  SessionStep,
  SessionUpdate,
} from './session.types.ts';

/** The session was asked to run something before it had a function. */
export class NothingDeployedError extends Error {
  override readonly name = 'NothingDeployedError';
}

/** Opens a session. It owns the account and disposes of it when it is closed. */
export function sessionOf(account: Account, facts: Facts): Session {
  return new AccountSession(account, facts);
}

class AccountSession implements Session {
  readonly #account: Account;
  readonly #deployer: Deployer;
  #seen = 0;
  #functionName: string | undefined;

  constructor(account: Account, facts: Facts) {
    this.#account = account;
    this.#deployer = new Deployer(account, facts);
  }

  async deploy(definition: FunctionDefinition): Promise<SessionUpdate> {
    const { FunctionName: name } = definition;
    if (this.#functionName === name) {
      await this.#deployer.deploy(definition);
    } else {
      await this.#create(definition);
      this.#functionName = name;
    }
    return this.#changes();
  }

  async run(step: SessionStep): Promise<SessionUpdate> {
    if (step.kind === 'wait') {
      this.#account.clock.advance({ milliseconds: step.milliseconds });
      return this.#changes();
    }
    if (step.kind === 'call') {
      const output = await this.#account.call(step.call);
      return { ...this.#changes(), output };
    }
    if (step.kind === 'outage') {
      this.#account.services.outages.begin(step);
      return this.#changes();
    }
    const name = this.#functionName;
    if (name === undefined) throw new NothingDeployedError('Deploy a function before you invoke it.');
    const { invocationType: InvocationType = 'RequestResponse' } = step;
    const requests = payloadsOf(step).map((Payload) =>
      this.#account.lambda.invoke({ FunctionName: name, Payload, InvocationType }).then(answered, throttledInvocation),
    );
    return this.#changes(await Promise.all(requests));
  }

  async setFreeTier(enabled: boolean): Promise<SessionUpdate> {
    this.#account.freeTier = enabled;
    return this.#changes();
  }

  close(): void {
    this.#account.dispose();
  }

  stop(): void {
    this.close();
  }

  /** The account's other resources and the function. What it took to make them is not part of what happened. */
  async #create({ account: resources = [], ...definition }: FunctionDefinition): Promise<void> {
    const isOfLambda = ({ service }: ApiCall) => service === 'lambda';
    for (const call of resources.filter((each) => !isOfLambda(each))) await this.#account.call(call);
    this.#seen = this.#account.traceEnd;
    // Lambda asks what the role may do before it reads a queue for the function: the policy comes first.
    await this.#deployer.deploy(definition);
    for (const call of resources.filter(isOfLambda)) await this.#account.call(call);
  }

  #changes(invocations: readonly SessionInvocation[] = []): SessionUpdate {
    const events = this.#account.traceSince(this.#seen);
    this.#seen += events.length;
    return { events, invocations, bill: this.#account.bill(), now: this.#account.clock.now };
  }
}

function answered({ trace, $metadata, StatusCode, FunctionError, Payload }: InvokeResponse): SessionInvocation {
  return {
    requestId: trace?.requestId ?? $metadata?.requestId ?? '',
    statusCode: StatusCode,
    ...(FunctionError === undefined ? {} : { functionError: FunctionError }),
    payload: Payload,
  };
}

/** One event for each request of a step. */
function payloadsOf({ payload, count = 1 }: Extract<SessionStep, { kind: 'invoke' }>): readonly string[] {
  if (typeof payload !== 'string') return payload;
  if (!Number.isInteger(count) || count < 1) {
    throw invalidParameter('The number of requests must be a whole number above 0.');
  }
  return Array.from({ length: count }, () => payload);
}

/** A throttled request has an answer too; every other refusal is an error of the call. */
function throttledInvocation(error: unknown): SessionInvocation {
  if (!(error instanceof ServiceError) || error.requestId === undefined) throw error;
  const { requestId, code: statusCode, Reason, Type, message } = error;
  return { requestId, statusCode, payload: JSON.stringify({ Reason, Type, message }) };
}
