/** The event buses of an account and their rules. */
import { factError } from '../fact-errors.ts';
import type { PolicyDocument, ServiceHost } from '../service.ts';
import type { Rule } from './rule.ts';

export interface EventBus {
  readonly name: string;
  readonly arn: string;
  /** By name, in the order in which they were created. */
  readonly rules: Map<string, Rule>;
  policy: { readonly text: string; readonly document: PolicyDocument } | undefined;
}

export class EventBuses {
  readonly #host: ServiceHost;
  readonly #buses = new Map<string, EventBus>();

  constructor(host: ServiceHost) {
    this.#host = host;
    this.create('default');
  }

  /** By name. */
  list(): readonly EventBus[] {
    return [...this.#buses.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** By name or ARN; the default bus when neither is given. */
  get(nameOrArn = 'default'): EventBus | undefined {
    const bus = this.#buses.get(nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1));
    return !nameOrArn.startsWith('arn:') || bus?.arn === nameOrArn ? bus : undefined;
  }

  /** @throws {ApiError} ResourceNotFoundException */
  find(nameOrArn?: string): EventBus {
    const bus = this.get(nameOrArn);
    if (bus === undefined)
      throw factError(this.#host.facts, 'err-eventbridge', 'noBus', { bus: nameOrArn ?? 'default' });
    return bus;
  }

  /** @throws {ApiError} ResourceNotFoundException */
  findRule(name: string, busName?: string): Rule {
    const bus = this.find(busName);
    const rule = bus.rules.get(name);
    if (rule === undefined)
      throw factError(this.#host.facts, 'err-eventbridge', 'noRule', { rule: name, bus: bus.name });
    return rule;
  }

  /** @throws {ApiError} ResourceAlreadyExistsException */
  create(name: string): EventBus {
    if (this.#buses.has(name)) throw factError(this.#host.facts, 'err-eventbridge', 'busExists', { bus: name });
    const bus: EventBus = { name, arn: this.arnOf(name), rules: new Map(), policy: undefined };
    this.#buses.set(name, bus);
    return bus;
  }

  delete(bus: EventBus): void {
    this.#buses.delete(bus.name);
  }

  /** The ARN that a bus's name or ARN means, whether there is one or not. */
  arnOf(nameOrArn = 'default'): string {
    if (nameOrArn.startsWith('arn:')) return nameOrArn;
    return `${this.#prefix()}event-bus/${nameOrArn}`;
  }

  ruleArn(name: string, busName = 'default'): string {
    const bus = busName.slice(busName.lastIndexOf('/') + 1);
    return `${this.#prefix()}rule/${bus === 'default' ? '' : `${bus}/`}${name}`;
  }

  #prefix(): string {
    const { region, accountId } = this.#host.location;
    return `arn:aws:events:${region}:${accountId}:`;
  }
}
