/** One function with all that is configured around it: role, versions, aliases, concurrency, asynchronous invocation. */
import type { Account } from '../../account.ts';
import type { Denials } from '../denials.ts';
import { jsonOf } from '../json-output.ts';
import type { FunctionView, PermissionView } from '../lab.types.ts';
import { read, readIfThere } from './read.ts';

interface Configuration {
  readonly FunctionName: string;
  readonly FunctionArn: string;
  readonly Role: string;
  readonly [member: string]: unknown;
}

/** All functions, by name. */
export function functionViews(account: Account, denials: Denials): readonly FunctionView[] {
  const { Functions } = read<{ Functions: readonly Configuration[] }>(account, 'lambda', 'ListFunctions');
  return Functions.map((configuration) => functionView(account, configuration, denials));
}

function functionView(account: Account, configuration: Configuration, denials: Denials): FunctionView {
  const { FunctionName, FunctionArn: arn, Role } = configuration;
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as in read.ts
  const ask = <Output>(operation: string): Output => read<Output>(account, 'lambda', operation, { FunctionName });
  const { ReservedConcurrentExecutions: reserved } = ask<{ ReservedConcurrentExecutions?: number }>(
    'GetFunctionConcurrency',
  );
  const { Versions } = ask<{ Versions: { Version: string }[] }>('ListVersionsByFunction');
  const url = readIfThere<{ FunctionUrl: string }>(account, 'lambda', 'GetFunctionUrlConfig', { FunctionName });
  const asynchronous = asynchronousOf(account, FunctionName);
  const aliases = ask<{
    Aliases: {
      Name: string;
      FunctionVersion: string;
      RoutingConfig?: { AdditionalVersionWeights?: Record<string, number> };
    }[];
  }>('ListAliases').Aliases;
  return {
    name: FunctionName,
    arn,
    configuration: jsonOf(configuration) as FunctionView['configuration'],
    ...roleOf(account, Role),
    ...(reserved === undefined ? {} : { reserved }),
    versions: Versions.map(({ Version }) => Version),
    denied: denials.of(Role),
    permissions: [undefined, ...aliases.map(({ Name }) => Name)].flatMap((qualifier) =>
      permissionsOf(account, FunctionName, qualifier),
    ),
    aliases: aliases.map(({ Name: name, FunctionVersion: version, RoutingConfig }) => ({
      name,
      version,
      weights: RoutingConfig?.AdditionalVersionWeights ?? {},
    })),
    provisioned: ask<{
      ProvisionedConcurrencyConfigs: {
        FunctionArn: string;
        RequestedProvisionedConcurrentExecutions: number;
        Status: string;
      }[];
    }>('ListProvisionedConcurrencyConfigs').ProvisionedConcurrencyConfigs.map((config) => ({
      qualifier: config.FunctionArn.slice(config.FunctionArn.lastIndexOf(':') + 1),
      requested: config.RequestedProvisionedConcurrentExecutions,
      status: config.Status,
    })),
    ...(asynchronous === undefined ? {} : { asynchronous }),
    ...(url === undefined ? {} : { url: url.FunctionUrl }),
  };
}

function roleOf(
  account: Account,
  roleArn: string,
): Pick<FunctionView, 'roleName' | 'attachedPolicies' | 'inlinePolicies'> {
  const RoleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  const attached = readIfThere<{ AttachedPolicies: { PolicyName: string }[] }>(
    account,
    'iam',
    'ListAttachedRolePolicies',
    { RoleName },
  );
  const inline = readIfThere<{ PolicyNames: string[] }>(account, 'iam', 'ListRolePolicies', { RoleName });
  return {
    roleName: RoleName,
    attachedPolicies: attached?.AttachedPolicies.map(({ PolicyName }) => PolicyName) ?? [],
    inlinePolicies: (inline?.PolicyNames ?? []).map((name) => {
      const { PolicyDocument } = read<{ PolicyDocument: string }>(account, 'iam', 'GetRolePolicy', {
        RoleName,
        PolicyName: name,
      });
      return { name, document: decodeURIComponent(PolicyDocument) };
    }),
  };
}

interface Statement {
  readonly Sid: string;
  readonly Action: string;
  readonly Principal: string | Readonly<Record<string, string>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The statements of the function's policy, or of an alias's own. */
function permissionsOf(
  account: Account,
  FunctionName: string,
  Qualifier: string | undefined,
): readonly PermissionView[] {
  const input = { FunctionName, ...(Qualifier === undefined ? {} : { Qualifier }) };
  const found = readIfThere<{ Policy: string }>(account, 'lambda', 'GetPolicy', input);
  if (found === undefined) return [];
  const { Statement } = JSON.parse(found.Policy) as { readonly Statement: readonly Statement[] };
  return Statement.map(({ Sid: id, Action: action, Principal, Condition = {} }) => {
    const conditions = Object.assign({}, ...Object.values(Condition)) as Readonly<Record<string, string>>;
    const source = conditions['AWS:SourceArn'];
    const principal = typeof Principal === 'string' ? Principal : Object.values(Principal).join(', ');
    return {
      id,
      action,
      principal,
      ...(Qualifier === undefined ? {} : { qualifier: Qualifier }),
      ...(source === undefined ? {} : { source }),
    };
  });
}

function asynchronousOf(account: Account, FunctionName: string): FunctionView['asynchronous'] {
  const found = readIfThere<{
    MaximumRetryAttempts?: number;
    MaximumEventAgeInSeconds?: number;
    DestinationConfig: { OnSuccess?: { Destination?: string }; OnFailure?: { Destination?: string } };
  }>(account, 'lambda', 'GetFunctionEventInvokeConfig', { FunctionName });
  if (found === undefined) return undefined;
  const { MaximumRetryAttempts: retries, MaximumEventAgeInSeconds: age, DestinationConfig: to } = found;
  const onSuccess = to.OnSuccess?.Destination;
  const onFailure = to.OnFailure?.Destination;
  return {
    ...(retries === undefined ? {} : { retries }),
    ...(age === undefined ? {} : { maximumAgeSeconds: age }),
    ...(onSuccess === undefined ? {} : { onSuccess }),
    ...(onFailure === undefined ? {} : { onFailure }),
  };
}
