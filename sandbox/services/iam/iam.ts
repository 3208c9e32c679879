/** IAM's roles and policies: who a function is when it calls a service, and what it may do. */
import { factNumber } from '../../facts.ts';
import { newToken } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/random.ts';
import type { Operation, PolicyDocument, Service, ServiceHost } from '../service.ts';
import { checkName, encodeDocument, readDocument, sizeOf } from './documents.ts';
import * as errors from './errors.ts';
import { evaluatePolicies, type NamedPolicy } from './evaluate.ts';
import { ManagedPolicies } from './managed-policies.ts';
import { simulate, type SimulationInput } from './simulate.ts';
import { identifierAlphabet, type Policy, type Role, type StoredRole } from './role.ts';

/** What Lambda must be allowed for a role to be an execution role. */
const lambdaTrust: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

interface RoleName {
  readonly RoleName: string;
}
interface PolicyName extends RoleName {
  readonly PolicyName: string;
}
interface AttachedPolicy extends RoleName {
  readonly PolicyArn: string;
}

export class Iam implements Service {
  readonly name = 'iam';
  readonly #host: ServiceHost;
  readonly #ids: Random;
  readonly #roles = new Map<string, StoredRole>();
  readonly #policies: ManagedPolicies;

  constructor(host: ServiceHost) {
    this.#host = host;
    this.#ids = host.random.stream('iam ids');
    this.#policies = new ManagedPolicies(host, this.#ids);
  }

  // --- what other parts of the account ask

  /** The policies that decide what a role may do; undefined when there is no such role. */
  identityPolicies(roleArn: string): readonly NamedPolicy[] | undefined {
    const role = this.#byArn(roleArn);
    if (role === undefined) return undefined;
    const inline = [...role.inline].map(([name, document]) => ({ name, document }));
    const attached = [...role.attached].flatMap((arn) => {
      const policy = this.#policies.get(arn);
      return policy === undefined ? [] : [{ name: arn, document: policy.document }];
    });
    return [...inline, ...attached];
  }

  /** The role's unique id, `AROA…`; undefined when there is no such role. */
  roleId(roleArn: string): string | undefined {
    return this.#byArn(roleArn)?.id;
  }

  /** Whether the role exists and its trust policy lets `service` (`lambda.amazonaws.com`) assume it. */
  canAssume(roleArn: string, service: string): boolean {
    const role = this.#byArn(roleArn);
    if (role === undefined) return false;
    const { decision } = evaluatePolicies({
      action: 'sts:AssumeRole',
      resource: roleArn,
      principal: { service },
      resourcePolicies: [{ name: 'trust policy', document: role.trust }],
    });
    return decision === 'allowed';
  }

  /**
   * The role that the console makes for a function that is given none: Lambda may assume it, and it may write logs; with
   * active tracing also traces. Returns its ARN; one that exists stays as it is.
   */
  ensureFunctionRole(functionName: string, isTraced: boolean): string {
    const name = `${functionName}-role`.slice(0, 64);
    const arn = this.#roleArn('/service-role/', name);
    if (!this.#roles.has(name)) {
      const role = this.#newRole({ name, path: '/service-role/', trust: lambdaTrust });
      role.attached.add('arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole');
      if (isTraced) role.attached.add('arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess');
    }
    return arn;
  }

  // --- its API

  readonly operations = {
    CreateRole: operation(
      'iam:CreateRole',
      (input: RoleName & { AssumeRolePolicyDocument: string; Path?: string; Description?: string }) => {
        const { RoleName: name, Path: path = '/', Description: description } = input;
        checkName('roleName', name, 64);
        if (!/^\/(?:[!-~]+\/)*$/.test(path))
          throw errors.invalidInput('The specified value for path is invalid. It must begin and end with /.');
        if (this.#roles.has(name)) throw errors.alreadyExists(`Role with name ${name} already exists.`);
        const trust = this.#readTrust(input.AssumeRolePolicyDocument);
        const role = this.#newRole({ name, path, trust, ...(description === undefined ? {} : { description }) });
        return { Role: this.#describe(role) };
      },
    ),
    GetRole: operation('iam:GetRole', (input: RoleName) => ({ Role: this.#describe(this.#find(input.RoleName)) })),
    ListRoles: operation('iam:ListRoles', (_input: object) => ({
      Roles: [...this.#roles.values()]
        .map((role) => this.#describe(role))
        .sort((a, b) => (a.RoleName < b.RoleName ? -1 : 1)),
      IsTruncated: false,
    })),
    DeleteRole: operation('iam:DeleteRole', (input: RoleName) => {
      const role = this.#find(input.RoleName);
      if (role.attached.size > 0) throw errors.deleteConflict('Cannot delete entity, must detach all policies first.');
      if (role.inline.size > 0) throw errors.deleteConflict('Cannot delete entity, must delete policies first.');
      this.#roles.delete(input.RoleName);
      return {};
    }),
    UpdateAssumeRolePolicy: operation('iam:UpdateAssumeRolePolicy', (input: RoleName & { PolicyDocument: string }) => {
      const role = this.#find(input.RoleName);
      role.trust = this.#readTrust(input.PolicyDocument);
      return {};
    }),
    PutRolePolicy: operation('iam:PutRolePolicy', (input: PolicyName & { PolicyDocument: string }) => {
      const role = this.#find(input.RoleName);
      checkName('policyName', input.PolicyName, 128);
      const document = readDocument(input.PolicyDocument, 'identity', this.#host.facts);
      const limit = factNumber(this.#host.facts, 'iam-quotas', 'inlineCharacters');
      let characters = sizeOf(document);
      for (const [name, other] of role.inline) if (name !== input.PolicyName) characters += sizeOf(other);
      if (characters > limit) {
        throw errors.limitExceeded(`Maximum policy size of ${limit} bytes exceeded for role ${role.name}`);
      }
      role.inline.set(input.PolicyName, document);
      return {};
    }),
    GetRolePolicy: operation('iam:GetRolePolicy', (input: PolicyName) => {
      const { RoleName: role, PolicyName: name } = input;
      return { RoleName: role, PolicyName: name, PolicyDocument: encodeDocument(this.#inline(input)) };
    }),
    ListRolePolicies: operation('iam:ListRolePolicies', (input: RoleName) => ({
      PolicyNames: [...this.#find(input.RoleName).inline.keys()].sort(),
      IsTruncated: false,
    })),
    DeleteRolePolicy: operation('iam:DeleteRolePolicy', (input: PolicyName) => {
      this.#inline(input);
      this.#find(input.RoleName).inline.delete(input.PolicyName);
      return {};
    }),
    AttachRolePolicy: operation('iam:AttachRolePolicy', (input: AttachedPolicy) => {
      const role = this.#find(input.RoleName);
      if (this.#policies.get(input.PolicyArn) === undefined) {
        throw errors.noSuchEntity(`Policy ${input.PolicyArn} does not exist or is not attachable.`);
      }
      const limit = factNumber(this.#host.facts, 'iam-quotas', 'attachedPolicies');
      if (!role.attached.has(input.PolicyArn) && role.attached.size >= limit) {
        throw errors.limitExceeded(`Cannot exceed quota for PoliciesPerRole: ${limit}`);
      }
      role.attached.add(input.PolicyArn);
      return {};
    }),
    DetachRolePolicy: operation('iam:DetachRolePolicy', (input: AttachedPolicy) => {
      if (!this.#find(input.RoleName).attached.delete(input.PolicyArn)) {
        throw errors.noSuchEntity(`Policy ${input.PolicyArn} was not found.`);
      }
      return {};
    }),
    ListAttachedRolePolicies: operation('iam:ListAttachedRolePolicies', (input: RoleName) => ({
      AttachedPolicies: [...this.#find(input.RoleName).attached].sort().map((arn) => ({
        PolicyName: arn.slice(arn.lastIndexOf('/') + 1),
        PolicyArn: arn,
      })),
      IsTruncated: false,
    })),
    CreatePolicy: operation('iam:CreatePolicy', (input: { PolicyName: string; PolicyDocument: string }) => ({
      Policy: this.#describePolicy(this.#policies.create(input.PolicyName, input.PolicyDocument).arn),
    })),
    GetPolicy: operation('iam:GetPolicy', (input: { PolicyArn: string }) => ({
      Policy: this.#describePolicy(input.PolicyArn),
    })),
    GetPolicyVersion: operation('iam:GetPolicyVersion', (input: { PolicyArn: string; VersionId?: string }) => {
      const { document } = this.#policies.find(input.PolicyArn);
      return { PolicyVersion: { Document: encodeDocument(document), VersionId: 'v1', IsDefaultVersion: true } };
    }),
    ListPolicies: operation('iam:ListPolicies', (_input: object) => ({
      Policies: this.#policies.arns().map((arn) => this.#describePolicy(arn)),
      IsTruncated: false,
    })),
    SimulatePrincipalPolicy: operation('iam:SimulatePrincipalPolicy', (input: SimulationInput) => {
      const policies = this.identityPolicies(input.PolicySourceArn);
      if (policies === undefined) throw errors.noSuchEntity(`The entity ${input.PolicySourceArn} cannot be found.`);
      return { EvaluationResults: simulate(input, policies), IsTruncated: false };
    }),
    DeletePolicy: operation('iam:DeletePolicy', (input: { PolicyArn: string }) => {
      this.#policies.find(input.PolicyArn);
      if (this.#attachments(input.PolicyArn) > 0) {
        throw errors.deleteConflict('Cannot delete a policy attached to entities.');
      }
      this.#policies.delete(input.PolicyArn);
      return {};
    }),
  };

  #newRole(role: { name: string; path: string; trust: PolicyDocument; description?: string }): StoredRole {
    const stored: StoredRole = {
      ...role,
      arn: this.#roleArn(role.path, role.name),
      id: `AROA${newToken(this.#ids, 17, identifierAlphabet)}`,
      created: this.#host.clock.now,
      inline: new Map(),
      attached: new Set(),
    };
    this.#roles.set(role.name, stored);
    return stored;
  }

  #roleArn(path: string, name: string): string {
    return `arn:aws:iam::${this.#host.location.accountId}:role${path}${name}`;
  }

  #byArn(arn: string): StoredRole | undefined {
    const role = this.#roles.get(arn.slice(arn.lastIndexOf('/') + 1));
    return role?.arn === arn ? role : undefined;
  }

  #find(name: string): StoredRole {
    const role = this.#roles.get(name);
    if (role === undefined) throw errors.noSuchRole(name);
    return role;
  }

  #inline({ RoleName: role, PolicyName: name }: PolicyName): PolicyDocument {
    const document = this.#find(role).inline.get(name);
    if (document === undefined) throw errors.noSuchEntity(`The role policy with name ${name} cannot be found.`);
    return document;
  }

  #readTrust(text: string): PolicyDocument {
    return readDocument(text, 'trust', this.#host.facts, { key: 'trustCharacters', name: 'ACLSizePerRole' });
  }

  #describe(role: StoredRole): Role {
    return {
      Path: role.path,
      RoleName: role.name,
      RoleId: role.id,
      Arn: role.arn,
      CreateDate: new Date(role.created),
      AssumeRolePolicyDocument: encodeDocument(role.trust),
      ...(role.description === undefined ? {} : { Description: role.description }),
      MaxSessionDuration: 3600,
    };
  }

  #describePolicy(arn: string): Policy {
    return this.#policies.describe(arn, this.#attachments(arn));
  }

  /** How many roles have that policy. */
  #attachments(arn: string): number {
    return [...this.#roles.values()].filter(({ attached }) => attached.has(arn)).length;
  }
}

/** An operation that nobody but the account's owner calls here: its resources are not told apart. */
function operation<Input, Output>(action: string, run: (input: Input) => Output): Operation<Input, Output> {
  return { action, resources: () => ['*'], run };
}
