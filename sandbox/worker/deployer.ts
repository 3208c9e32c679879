/** Brings functions of an account to a definition: creates what is not there, updates what differs, and nothing else. */
import type { Account } from '../account.ts';
import { factNumber, type Facts } from '../facts.ts';
import { definitionWithTemplate } from './template-definition.ts';
import type { ApiCall, FunctionDefinition } from './session.types.ts';

const policyFile = 'policy.json';
const templateFile = 'template.yaml';

const networkPolicy = 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole';

const noVpc = { SubnetIds: [], SecurityGroupIds: [] };

export class Deployer {
  readonly #account: Account;
  readonly #facts: Facts;
  /** The policy that each function's role was given last. */
  readonly #policies = new Map<string, string>();
  readonly #made: (call: ApiCall) => void;

  /** `made` is told of each call of the API that a deployment takes. */
  constructor(account: Account, facts: Facts, made: (call: ApiCall) => void = () => undefined) {
    this.#account = account;
    this.#facts = facts;
    this.#made = made;
  }

  /**
   * Function, code, configuration, what its template has besides, and the policy of its role where the files have one. New
   * code or settings end the environments, the same ones leave them alone. Time goes on until network interfaces are there.
   * Rejects with the API's error.
   */
  async deploy(given: FunctionDefinition): Promise<void> {
    const definition = this.#withTemplate(given);
    const { FunctionName } = definition;
    const isThere = await this.#account.lambda.getFunctionConfiguration({ FunctionName }).then(
      () => true,
      () => false,
    );
    if (isThere) await this.#update(definition);
    else await this.#create(definition);
    await this.#putPolicy(definition);
    await this.#moveTo(definition);
  }

  /** Brings the function's stack to its template. What the template says of the function goes before its other settings. */
  #withTemplate(definition: FunctionDefinition): FunctionDefinition {
    const { stacks } = this.#account;
    const { FunctionName: name, Files } = definition;
    const template = Files[templateFile];
    if (template === undefined) {
      if (stacks.has(name)) stacks.remove(name);
      return definition;
    }
    return definitionWithTemplate(definition, stacks.deploy(name, template).functions);
  }

  /** Into the VPC, into another one, or out of it. */
  async #moveTo({ FunctionName, VpcConfig = noVpc, Files }: FunctionDefinition): Promise<void> {
    const { lambda, iam, clock } = this.#account;
    const { VpcConfig: current = noVpc, Role } = await lambda.getFunctionConfiguration({ FunctionName });
    const isSameList = (a: readonly string[], b: readonly string[]): boolean => a.join() === b.join();
    const { SubnetIds, SecurityGroupIds } = VpcConfig;
    if (isSameList(SubnetIds, current.SubnetIds) && isSameList(SecurityGroupIds, current.SecurityGroupIds)) return;
    if (SubnetIds.length > 0 && Files[templateFile] !== undefined) {
      // SAM attaches it to the role of a function that has a VpcConfig.
      const input = { RoleName: Role.slice(Role.lastIndexOf('/') + 1), PolicyArn: networkPolicy };
      this.#made({ service: 'iam', operation: 'AttachRolePolicy', input });
      await iam.attachRolePolicy(input);
    }
    const input = { FunctionName, VpcConfig: { SubnetIds, SecurityGroupIds } };
    this.#made({ service: 'lambda', operation: 'UpdateFunctionConfiguration', input });
    let { LastUpdateStatus: status } = await lambda.updateFunctionConfiguration(input);
    while (status === 'InProgress') {
      clock.advance({ seconds: 5 });
      ({ LastUpdateStatus: status } = await lambda.getFunctionConfiguration({ FunctionName }));
    }
  }

  async #create({ Files: all, account: _, sends: __, VpcConfig: ___, ...settings }: FunctionDefinition): Promise<void> {
    const input = { ...settings, Code: { Files: codeOf(all) } };
    if (settings.TracingConfig?.Mode === 'Active') {
      // A role of an earlier function of that name; a new one is made with what it needs.
      const role = await this.#account.iam.getRole({ RoleName: `${settings.FunctionName}-role`.slice(0, 64) }).then(
        ({ Role }) => Role.Arn,
        () => undefined,
      );
      if (role !== undefined) await this.#letTrace(role);
    }
    this.#made({ service: 'lambda', operation: 'CreateFunction', input });
    await this.#account.lambda.createFunction(input);
  }

  async #update(definition: FunctionDefinition): Promise<void> {
    const { lambda } = this.#account;
    const { FunctionName, Files: all, Architectures, account: _, sends: __, VpcConfig: ___, ...settings } = definition;
    const Files = codeOf(all);
    const { Configuration: current, Code } = await lambda.getFunction({ FunctionName });
    const wanted = {
      ...settings,
      Environment: settings.Environment ?? { Variables: {} },
      EphemeralStorage: settings.EphemeralStorage ?? { Size: factNumber(this.#facts, 'ephemeral-storage', 'default') },
      LoggingConfig: settings.LoggingConfig ?? { LogFormat: 'Text' as const },
    };
    const kept = {
      ...current,
      Environment: current.Environment ?? { Variables: {} },
      DeadLetterConfig: current.DeadLetterConfig ?? { TargetArn: '' },
      Layers: current.Layers?.map(({ Arn }) => Arn) ?? [],
    };
    if (!isSame(wanted, kept)) {
      if (wanted.TracingConfig?.Mode === 'Active' && current.TracingConfig.Mode !== 'Active') {
        await this.#letTrace(current.Role);
      }
      const input = { ...wanted, FunctionName };
      this.#made({ service: 'lambda', operation: 'UpdateFunctionConfiguration', input });
      await lambda.updateFunctionConfiguration(input);
    }
    if (!isSameTree(Files, Code.Files) || Architectures[0] !== current.Architectures[0]) {
      const input = { FunctionName, Files, Architectures };
      this.#made({ service: 'lambda', operation: 'UpdateFunctionCode', input });
      await lambda.updateFunctionCode(input);
    }
  }

  /** What the console does where active tracing is switched on and the role may not write traces. */
  async #letTrace(roleArn: string): Promise<void> {
    const caller = { kind: 'role' as const, roleArn, sessionArn: roleArn, environmentId: '' };
    const { permissions } = this.#account.services;
    if (permissions.allows({ caller, action: 'xray:PutTraceSegments', resource: '*' })) return;
    const RoleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
    const input = { RoleName, PolicyArn: 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess' };
    this.#made({ service: 'iam', operation: 'AttachRolePolicy', input });
    await this.#account.iam.attachRolePolicy(input);
  }

  /** Gives the role of the function the policy that lies beside its code, if it has changed. */
  async #putPolicy({ FunctionName, Files }: FunctionDefinition): Promise<void> {
    const PolicyDocument = Files[policyFile];
    if (PolicyDocument === undefined || PolicyDocument === this.#policies.get(FunctionName)) return;
    const { Configuration } = await this.#account.lambda.getFunction({ FunctionName });
    const RoleName = Configuration.Role.slice(Configuration.Role.lastIndexOf('/') + 1);
    const input = { RoleName, PolicyName: FunctionName, PolicyDocument };
    this.#made({ service: 'iam', operation: 'PutRolePolicy', input });
    await this.#account.iam.putRolePolicy(input);
    this.#policies.set(FunctionName, PolicyDocument);
  }
}

/** The files without the policy, which belongs to the role, and the template. */
function codeOf(files: FunctionDefinition['Files']): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => path !== policyFile && path !== templateFile));
}

/** Whether `current` has everything that `wanted` says. */
function isSame(wanted: unknown, current: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null || typeof current !== 'object' || current === null) {
    return wanted === current;
  }
  if (Array.isArray(wanted) && Array.isArray(current) && wanted.length !== current.length) return false;
  const a = wanted as Record<string, unknown>;
  const b = current as Record<string, unknown>;
  return Object.keys(a).every((key) => (key === 'Variables' ? isSameTree(a[key], b[key]) : isSame(a[key], b[key])));
}

/** The same keys with the same values. */
function isSameTree(a: unknown, b: unknown): boolean {
  const one = Object.entries(a ?? {});
  const other = new Map<string, unknown>(Object.entries(b ?? {}));
  return one.length === other.size && one.every(([key, value]) => other.get(key) === value);
}
