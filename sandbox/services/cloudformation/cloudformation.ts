/**
 * AWS CloudFormation for networks: stacks of templates, with exports that other stacks import. A stack is complete at
 * once. Functions are not made by it: they have their own way into the account.
 */
import type { Gateway } from '../gateway/gateway.ts';
import type { Service, ServiceHost } from '../service.ts';
import type { Call } from './resource-types.ts';
import { Stack, type StackOutcome } from './stack.ts';
import { parseTemplate, type Template, validationError } from './template.ts';

interface StackRequest {
  readonly StackName: string;
  readonly TemplateBody: string;
}

interface OfStack {
  readonly StackName: string;
}

export class CloudFormation implements Service {
  readonly name = 'cloudformation';
  readonly #host: ServiceHost;
  readonly #gateway: Gateway;
  readonly #stacks = new Map<string, Stack>();
  readonly #outcomes = new Map<string, StackOutcome>();
  readonly #updated = new Set<string>();

  constructor(host: ServiceHost, gateway: Gateway) {
    this.#host = host;
    this.#gateway = gateway;
  }

  readonly operations = {
    CreateStack: this.#operation('CreateStack', ({ StackName, TemplateBody }: StackRequest) => {
      if (this.#stacks.has(StackName)) throw validationError(`Stack [${StackName}] already exists`);
      this.#withoutFunctions(StackName, TemplateBody);
      return { StackId: this.#arn(StackName) };
    }),
    UpdateStack: this.#operation('UpdateStack', ({ StackName, TemplateBody }: StackRequest) => {
      this.#outcome(StackName);
      this.#withoutFunctions(StackName, TemplateBody);
      return { StackId: this.#arn(StackName) };
    }),
    DescribeStacks: this.#operation('DescribeStacks', ({ StackName }: Partial<OfStack>) => ({
      Stacks: (StackName === undefined ? [...this.#outcomes.keys()] : [StackName]).map((name) => ({
        StackName: name,
        StackId: this.#arn(name),
        StackStatus: this.#updated.has(name) ? 'UPDATE_COMPLETE' : 'CREATE_COMPLETE',
        Outputs: [...this.#outcome(name).outputs].map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
      })),
    })),
    DeleteStack: this.#operation('DeleteStack', ({ StackName }: OfStack) => {
      this.remove(StackName);
      return {};
    }),
  };

  /** Whether there is a stack of that name. */
  has(name: string): boolean {
    return this.#stacks.has(name);
  }

  /**
   * Makes the stack, or brings it to another template. What the template says of functions comes back resolved.
   * @throws {ApiError} and nothing has changed
   */
  deploy(name: string, text: string): StackOutcome {
    return this.#bring(name, parseTemplate(text));
  }

  #bring(name: string, template: Template): StackOutcome {
    const stack =
      this.#stacks.get(name) ??
      new Stack({
        name,
        location: this.#host.location,
        call: this.#call,
        imported: (exported) => this.#imported(exported),
      });
    const outcome = stack.update(template);
    if (this.#stacks.has(name)) this.#updated.add(name);
    this.#stacks.set(name, stack);
    this.#outcomes.set(name, outcome);
    return outcome;
  }

  /** Takes away everything that the stack has made. */
  remove(name: string): void {
    this.#stacks.get(name)?.update({ resources: new Map(), outputs: new Map() });
    this.#stacks.delete(name);
    this.#outcomes.delete(name);
    this.#updated.delete(name);
  }

  #operation<Input, Output>(name: string, run: (input: Input) => Output) {
    return { action: `cloudformation:${name}`, resources: () => ['*'], run };
  }

  #withoutFunctions(name: string, text: string): void {
    const template = parseTemplate(text);
    const [[id] = []] = [...template.resources].filter(([, { type }]) => type.endsWith('::Function'));
    if (id !== undefined) {
      throw validationError(`${id}: stacks of this simulator have networks, and functions are deployed by themselves.`);
    }
    this.#bring(name, template);
  }

  /** All that stacks call is done in one step. */
  readonly #call: Call = (service, operation, input) => {
    const found = this.#gateway.service(service)?.operations[operation];
    return (found?.run(input as never, { kind: 'account' }) ?? {}) as Readonly<Record<string, unknown>>;
  };

  #imported(name: string): string | undefined {
    for (const { exports } of this.#outcomes.values()) {
      const value = exports.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  #outcome(name: string): StackOutcome {
    const outcome = this.#outcomes.get(name);
    if (outcome === undefined) throw validationError(`Stack with id ${name} does not exist`);
    return outcome;
  }

  #arn(name: string): string {
    const { region, accountId } = this.#host.location;
    return `arn:aws:cloudformation:${region}:${accountId}:stack/${name}/1`;
  }
}
