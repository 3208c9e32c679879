/** Statements of resource-based policies: how AddPermission writes them, and whom they let in. */
import type { AddPermissionRequest } from '../api/permissions.types.ts';

type Conditions = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: '*' | { readonly Service: string } | { readonly AWS: string };
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Conditions;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Id: 'default';
  readonly Statement: readonly PolicyStatement[];
}

/** What a policy is asked. */
export interface AccessRequest {
  /** `lambda:InvokeFunction` */
  readonly action: string;
  readonly principal: PolicyStatement['Principal'];
  /** Condition keys in lower case: `aws:sourcearn`. */
  readonly context: Readonly<Record<string, string>>;
}

/** The statement that a request for AddPermission makes. */
export function statementOf(request: AddPermissionRequest, resource: string): PolicyStatement {
  const equals = present({
    'AWS:SourceAccount': request.SourceAccount,
    'aws:PrincipalOrgID': request.PrincipalOrgID,
    'lambda:EventSourceToken': request.EventSourceToken,
    'lambda:FunctionUrlAuthType': request.FunctionUrlAuthType,
  });
  const arns = present({ 'AWS:SourceArn': request.SourceArn });
  const flags = present({ 'lambda:InvokedViaFunctionUrl': request.InvokedViaFunctionUrl?.toString() });
  const conditions = Object.entries({ StringEquals: equals, ArnLike: arns, Bool: flags }).filter(
    ([, keys]) => Object.keys(keys).length > 0,
  );
  return Object.freeze({
    Sid: request.StatementId,
    Effect: 'Allow',
    Principal: principalOf(request.Principal),
    Action: request.Action,
    Resource: resource,
    ...(conditions.length === 0 ? {} : { Condition: Object.fromEntries(conditions) }),
  });
}

/** A service, everybody, or an account or identity. */
function principalOf(principal: string): PolicyStatement['Principal'] {
  if (principal === '*') return '*';
  if (/^[a-z0-9.-]+\.amazonaws\.com$/.test(principal)) return { Service: principal };
  return { AWS: /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal };
}

/** Whether a principal of AddPermission is one of the kinds that there are. */
export function isPrincipal(principal: string): boolean {
  return /^(\*|\d{12}|[a-z0-9.-]+\.amazonaws\.com|arn:aws:(iam|sts)::\d{12}:.+)$/.test(principal);
}

export function allows(statement: PolicyStatement, { action, principal, context }: AccessRequest): boolean {
  if (!like(statement.Action.toLowerCase(), action.toLowerCase())) return false;
  if (statement.Principal !== '*' && !isSamePrincipal(statement.Principal, principal)) return false;
  return Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => {
      const given = context[key.toLowerCase()];
      if (given === undefined) return false;
      return operator === 'ArnLike' ? like(wanted, given) : wanted === given;
    }),
  );
}

function isSamePrincipal(
  wanted: Exclude<PolicyStatement['Principal'], '*'>,
  given: PolicyStatement['Principal'],
): boolean {
  if (given === '*') return false;
  if ('Service' in wanted) return 'Service' in given && given.Service === wanted.Service;
  if (!('AWS' in given)) return false;
  const [, , , , account] = given.AWS.split(':');
  return wanted.AWS === given.AWS || wanted.AWS === `arn:aws:iam::${account}:root`;
}

/** `*` stands for any text, `?` for one character. */
function like(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

function present(entries: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(entries).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
