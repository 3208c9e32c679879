/** IAM's answer to "may this caller do that?", from the role's policies and the resource's own, with AWS's refusal. */
import { factText, factValue, type Facts } from '../../facts.ts';
import type { Clock } from '../../kernel/clock.ts';
import {
  ApiError,
  type Caller,
  type ConditionKeys,
  type PermissionRequest,
  type Permissions,
  type PolicyDocument,
} from '../service.ts';
import { evaluatePolicies, type Evaluation, type NamedPolicy, type RequestPrincipal } from './evaluate.ts';

export interface PermissionSources {
  readonly clock: Clock;
  readonly facts: Facts;
  readonly location: { readonly region: string; readonly accountId: string };
  /** Undefined when there is no such role. */
  readonly identityPolicies: (roleArn: string) => readonly NamedPolicy[] | undefined;
  readonly resourcePolicy: (resourceArn: string) => PolicyDocument | undefined;
}

export class AccountPermissions implements Permissions {
  readonly #sources: PermissionSources;

  constructor(sources: PermissionSources) {
    this.#sources = sources;
  }

  allows(request: PermissionRequest): boolean {
    return this.evaluate(request).decision === 'allowed';
  }

  require(request: PermissionRequest): void {
    const { caller, action, resource } = request;
    const { identityPolicies, facts } = this.#sources;
    if (caller.kind === 'role' && identityPolicies(caller.roleArn) === undefined) {
      // The role is gone: the credentials of the environment mean nobody any more.
      throw new ApiError('UnrecognizedClientException', 403, 'The security token included in the request is invalid.');
    }
    const evaluation = this.evaluate(request);
    if (evaluation.decision !== 'allowed') throw accessDenied(facts, caller, action, resource, evaluation);
  }

  /** The decision with the statements that made it. The account's owner may do everything. */
  evaluate({ caller, action, resource, conditions = {} }: PermissionRequest): Evaluation {
    if (caller.kind === 'account') return { decision: 'allowed', why: [] };
    const { identityPolicies, resourcePolicy } = this.#sources;
    const document = resource === '*' ? undefined : resourcePolicy(resource);
    return evaluatePolicies({
      action,
      resource,
      principal: this.#principal(caller),
      context: { ...this.#globalKeys(caller), ...conditions },
      identityPolicies: caller.kind === 'role' ? (identityPolicies(caller.roleArn) ?? []) : [],
      resourcePolicies: document === undefined ? [] : [{ name: `policy of ${resource}`, document }],
    });
  }

  #principal(caller: Exclude<Caller, { kind: 'account' }>): RequestPrincipal {
    if (caller.kind === 'service') return { service: caller.principal };
    const { roleArn, sessionArn } = caller;
    return { roleArn, sessionArn, accountId: this.#sources.location.accountId };
  }

  /** Source: IAM guide, AWS global condition context keys. */
  #globalKeys(caller: Exclude<Caller, { kind: 'account' }>): ConditionKeys {
    const { clock, location } = this.#sources;
    const { region, accountId } = location;
    const keys = {
      'aws:CurrentTime': new Date(clock.now).toISOString(),
      'aws:EpochTime': String(Math.floor(clock.now / 1000)),
      'aws:RequestedRegion': region,
      'aws:SecureTransport': 'true',
    };
    if (caller.kind === 'service') {
      const source = caller.sourceArn === undefined ? {} : { 'aws:SourceArn': caller.sourceArn };
      return { ...keys, ...source, 'aws:SourceAccount': accountId, 'aws:PrincipalServiceName': caller.principal };
    }
    const sourceFunction = caller.functionArn === undefined ? {} : { 'lambda:SourceFunctionArn': caller.functionArn };
    return {
      ...keys,
      ...sourceFunction,
      'aws:PrincipalArn': caller.roleArn,
      'aws:PrincipalAccount': accountId,
      'aws:PrincipalType': 'AssumedRole',
    };
  }
}

interface ServiceWords {
  readonly type: string;
  readonly status: number;
  readonly quotesResource?: boolean;
  readonly lowerCaseAction?: boolean;
  readonly prefix?: string;
  readonly before?: string;
}

/** The refusal in the words of the action's service. */
function accessDenied(
  facts: Facts,
  caller: Caller,
  action: string,
  resource: string,
  evaluation: Evaluation,
): ApiError {
  const [service = '', name = ''] = action.split(':');
  const all = factValue(facts, 'err-access-denied-services') as Readonly<Record<string, ServiceWords>>;
  const words = all[service] ?? { type: 'AccessDeniedException', status: 403 };
  const spelled = `${words.prefix ?? service}:${words.lowerCaseAction === true ? name.toLowerCase() : name}`;
  const text = (field: string): string => factText(facts, 'err-access-denied', field);
  const principal = caller.kind === 'role' ? caller.sessionArn : caller.kind === 'service' ? caller.principal : 'root';
  const values: Readonly<Record<string, string>> = {
    principal,
    action: spelled,
    resource: words.quotesResource === true ? `"${resource}"` : resource,
  };
  const fill = (template: string, more = values): string =>
    template.replace(/\{(\w+)\}/g, (braces, key: string) => more[key] ?? braces);
  const reason = fill(text(reasonField(caller, evaluation)));
  const message = fill(text(resource === '*' ? 'withoutResource' : 'onResource'), { ...values, reason });
  return new ApiError(words.type, words.status, `${words.before ?? ''}${message}`);
}

function reasonField(caller: Caller, { decision, why }: Evaluation): string {
  if (decision === 'explicitDeny') return why[0]?.type === 'resource-based' ? 'explicitResource' : 'explicitIdentity';
  return caller.kind === 'service' ? 'implicitResource' : 'implicit';
}
