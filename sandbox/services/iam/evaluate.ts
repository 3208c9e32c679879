/**
 * Whether policies allow a request: an explicit Deny wins, then any Allow, else it is denied implicitly.
 * Pure, for services, quizzes and challenges alike. Source: IAM guide, policy evaluation logic, within one account.
 */
import type { ConditionKeys, PolicyDocument, PolicyPrincipal, PolicyStatement } from '../service.ts';
import { conditionsHold, valuesOf } from './conditions.ts';
import { matchesAction, matchesArn, matchesWildcard } from './wildcards.ts';

export interface NamedPolicy {
  /** Its name or ARN, as results name it. */
  readonly name: string;
  readonly document: PolicyDocument;
}

/** Who makes the request, as the Principal of a resource-based policy can name it. */
export interface RequestPrincipal {
  /** `arn:aws:iam::123456789012:role/name` */
  readonly roleArn?: string;
  /** `arn:aws:sts::123456789012:assumed-role/name/session` */
  readonly sessionArn?: string;
  readonly accountId?: string;
  /** `s3.amazonaws.com` */
  readonly service?: string;
}

export interface EvaluationRequest {
  /** `s3:GetObject` */
  readonly action: string;
  /** An ARN, or `*` when the action has no resource. */
  readonly resource: string;
  readonly principal?: RequestPrincipal;
  /** Condition keys of the request. */
  readonly context?: ConditionKeys;
  readonly identityPolicies?: readonly NamedPolicy[];
  readonly resourcePolicies?: readonly NamedPolicy[];
}

/** A statement that applies to the request. */
export interface MatchedStatement {
  /** The policy's name. */
  readonly policy: string;
  readonly type: 'identity-based' | 'resource-based';
  /** Where in `Statement`, from 0. */
  readonly index: number;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
}

export interface Evaluation {
  /** In the words of IAM's SimulatePrincipalPolicy. */
  readonly decision: 'allowed' | 'explicitDeny' | 'implicitDeny';
  /** The statements that decided: the Deny ones if there are any, else the Allow ones. */
  readonly why: readonly MatchedStatement[];
}

export function evaluatePolicies(request: EvaluationRequest): Evaluation {
  const matched: MatchedStatement[] = [];
  for (const policy of request.identityPolicies ?? []) {
    collect(policy, 'identity-based', request, matched, () => true);
  }
  for (const policy of request.resourcePolicies ?? []) {
    collect(policy, 'resource-based', request, matched, (statement) => principalApplies(statement, request.principal));
  }
  const denying = matched.filter(({ effect }) => effect === 'Deny');
  if (denying.length > 0) return { decision: 'explicitDeny', why: denying };
  return { decision: matched.length > 0 ? 'allowed' : 'implicitDeny', why: matched };
}

function collect(
  { name, document }: NamedPolicy,
  type: MatchedStatement['type'],
  request: EvaluationRequest,
  matched: MatchedStatement[],
  applies: (statement: PolicyStatement) => boolean,
): void {
  document.Statement.forEach((statement, index) => {
    if (!applies(statement) || !statementApplies(statement, document, request)) return;
    const sid = statement.Sid === undefined ? {} : { sid: statement.Sid };
    matched.push({ policy: name, type, index, ...sid, effect: statement.Effect });
  });
}

function statementApplies(
  statement: PolicyStatement,
  document: PolicyDocument,
  { action, resource, context = {} }: EvaluationRequest,
): boolean {
  const { Action, NotAction, Resource, NotResource, Condition } = statement;
  const actionApplies =
    Action === undefined
      ? !list(NotAction).some((pattern) => matchesAction(pattern, action))
      : list(Action).some((pattern) => matchesAction(pattern, action));
  if (!actionApplies) return false;
  const resolve = resolver(document, context);
  const covers = (pattern: string): boolean => {
    const resolved = resolve(pattern);
    return resolved !== undefined && matchesArn(resolved, resource);
  };
  if (Resource !== undefined && !list(Resource).some(covers)) return false;
  if (NotResource !== undefined && list(NotResource).some(covers)) return false;
  return conditionsHold(Condition, context, resolve);
}

/**
 * Policy variables, `${aws:PrincipalAccount}` or `${key, 'default'}`; only policies of version 2012-10-17 have them.
 * `${*}`, `${?}` and `${$}` stand for the characters themselves, which no name of this simulator needs.
 */
function resolver(document: PolicyDocument, context: ConditionKeys): (text: string) => string | undefined {
  return (text) => {
    if (document.Version !== '2012-10-17' || !text.includes('${')) return text;
    const missing: string[] = [];
    const resolved = text.replace(/\$\{([^},]+)(?:,\s*'([^']*)')?\}/g, (_all, key: string, otherwise?: string) => {
      if (/^[*?$]$/.test(key)) return key;
      const value = valuesOf(context, key.trim())?.[0] ?? otherwise;
      if (value === undefined) missing.push(key);
      return value ?? '';
    });
    return missing.length === 0 ? resolved : undefined;
  };
}

/** Whether a resource-based policy's statement is about this caller. */
function principalApplies(
  { Principal, NotPrincipal, Effect }: PolicyStatement,
  caller: RequestPrincipal = {},
): boolean {
  if (NotPrincipal !== undefined) return !names(NotPrincipal, caller, true);
  return Principal !== undefined && names(Principal, caller, Effect === 'Deny');
}

/**
 * `wholeAccount`: whether naming the account means everybody in it. A Deny does; an Allow only lets the account's own
 * policies decide, which they do anyway.
 */
function names(principal: PolicyPrincipal, caller: RequestPrincipal, wholeAccount: boolean): boolean {
  if (principal === '*') return true;
  return Object.entries(principal).some(([kind, values]) =>
    list(values).some((value) => {
      if (kind === 'Service') return caller.service !== undefined && value === caller.service;
      if (kind !== 'AWS') return false;
      if (value === '*') return true;
      const { accountId } = caller;
      if (accountId !== undefined && (value === accountId || value === `arn:aws:iam::${accountId}:root`)) {
        return wholeAccount;
      }
      return [caller.roleArn, caller.sessionArn].some((arn) => arn !== undefined && matchesWildcard(value, arn));
    }),
  );
}

const list = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;
