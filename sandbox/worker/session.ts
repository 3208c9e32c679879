/** A session over an account in the same thread: what the worker serves, and what builds, tests and the terminal use. */
import type { Account } from '../account.ts';
import type { InvokeResponse } from '../lambda/api.types.ts';
import { invalidParameter, ServiceError } from '../lambda/errors.ts';
import { factNumber, type Facts } from '../facts.ts';
import { Deployer } from './deployer.ts';
import { resolveReferences } from './references.ts';
import { requestOf } from './request-event.ts';
import type {
  ApiCall,
  FunctionDefinition,
  Session,
  SessionInvocation,
  SessionRequest,
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
  readonly #facts: Facts;
  #sends: FunctionDefinition['sends'];
  /** Answers by the names that calls gave them. */
  readonly #kept = new Map<string, unknown>();

  constructor(account: Account, facts: Facts) {
    this.#account = account;
    this.#facts = facts;
    this.#deployer = new Deployer(account, facts);
  }

  async deploy(definition: FunctionDefinition): Promise<SessionUpdate> {
    const { FunctionName: name } = definition;
    if (this.#functionName === name) {
      await this.#deployer.deploy(this.#resolved(definition));
    } else {
      await this.#create(definition);
      this.#functionName = name;
    }
    this.#sends = definition.sends;
    return this.#changes();
  }

  async run(step: SessionStep): Promise<SessionUpdate> {
    if (step.kind === 'wait') {
      this.#account.clock.advance({ milliseconds: step.milliseconds });
      return this.#changes();
    }
    if (step.kind === 'call') {
      const output = await this.#call(step.call);
      return { ...this.#changes(), output };
    }
    if (step.kind === 'request') {
      return this.#request(repeated(step.count ?? 1, () => step.request));
    }
    if (step.kind === 'outage') {
      this.#account.services.outages.begin(step);
      return this.#changes();
    }
    const name = this.#functionName;
    if (name === undefined) throw new NothingDeployedError('Deploy a function before you invoke it.');
    const sends = step.invocationType === 'Event' ? 'asynchronous' : this.#sends;
    if (sends === 'http-request') return this.#request(payloadsOf(step).map(requestOf));
    if (typeof sends === 'object') {
      await Promise.all(payloadsOf(step).map((text) => this.#call({ ...sends, input: inputOf(text) })));
      return this.#changes();
    }
    const InvocationType = sends === 'asynchronous' ? 'Event' : 'RequestResponse';
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
    const needsFunction = ({ service }: ApiCall) => callsAfterFunction.includes(service);
    for (const call of resources.filter((each) => !needsFunction(each))) {
      // An instance that has only just been run is not running yet, and cannot be stopped.
      if (call.operation === 'StopInstances') this.#letInstancesSettle();
      await this.#call(call);
      if (call.operation === 'StopInstances') this.#letInstancesSettle();
    }
    this.#seen = this.#account.traceEnd;
    // Lambda asks what the role may do before it reads a queue for the function: the policy comes first.
    await this.#deployer.deploy(this.#resolved(definition));
    if (definition.VpcConfig !== undefined || 'template.yaml' in definition.Files) this.#seen = this.#account.traceEnd;
    const withFunction = resources.filter(needsFunction);
    if (withFunction.length === 0) return;
    for (const call of withFunction) await this.#call(call);
    if (withFunction.some(({ operation }) => operation === 'CreateEventSourceMapping')) {
      // Whoever sends something wants the queue or stream to be read by then.
      this.#account.clock.advance({ milliseconds: factNumber(this.#facts, 'timing-mapping-state') * 1000 });
    }
    this.#seen = this.#account.traceEnd;
  }

  /** Ids of subnets and security groups are answers of the account's calls. */
  #resolved(definition: FunctionDefinition): FunctionDefinition {
    const { VpcConfig } = definition;
    return VpcConfig === undefined
      ? definition
      : { ...definition, VpcConfig: resolveReferences(VpcConfig, this.#kept) };
  }

  /** Several times what starting or stopping takes, which differs from instance to instance. */
  #letInstancesSettle(): void {
    const seconds = 5 * factNumber(this.#facts, 'timing-ec2-states', 'stopSeconds');
    this.#account.clock.advance({ milliseconds: seconds * 1000 });
  }

  /** Sends HTTP requests in the same moment. */
  async #request(requests: readonly SessionRequest[]): Promise<SessionUpdate> {
    const sent = requests.map((request) => this.#account.http.request(resolveReferences(request, this.#kept)));
    const responses = (await Promise.all(sent)).map(({ status, headers, body }) => ({ status, headers, body }));
    return { ...this.#changes(), responses };
  }

  async #call({ as, input, ...call }: ApiCall): Promise<unknown> {
    const output = await this.#account.call({ ...call, input: resolveReferences(input, this.#kept) });
    if (as !== undefined) this.#kept.set(as, output);
    return output;
  }

  #changes(invocations: readonly SessionInvocation[] = []): SessionUpdate {
    const events = this.#account.traceSince(this.#seen);
    this.#seen += events.length;
    return { events, invocations, bill: this.#account.bill(), now: this.#account.clock.now };
  }
}

/** Services whose calls may be about the function, or refer to those that are. */
const callsAfterFunction: readonly string[] = ['lambda', 'api-gateway', 'apigatewayv2', 'elastic-load-balancing-v2'];

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
  return repeated(count, () => payload);
}

function repeated<Item>(count: number, make: () => Item): readonly Item[] {
  if (!Number.isInteger(count) || count < 1) {
    throw invalidParameter('The number of requests must be a whole number above 0.');
  }
  return Array.from({ length: count }, make);
}

/** An event as the input of a call. */
function inputOf(text: string): Readonly<Record<string, unknown>> {
  const input: unknown = JSON.parse(text);
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input as Record<string, unknown>;
  throw invalidParameter('The input of a call must be a JSON object.');
}

/** A throttled request has an answer too; every other refusal is an error of the call. */
function throttledInvocation(error: unknown): SessionInvocation {
  if (!(error instanceof ServiceError) || error.requestId === undefined) throw error;
  const { requestId, code: statusCode, Reason, Type, message } = error;
  return { requestId, statusCode, payload: JSON.stringify({ Reason, Type, message }) };
}
