/** SimulatePrincipalPolicy: what a role's policies would decide, without a call. Source: IAM API reference. */
import type { ConditionKeys } from '../service.ts';
import { evaluatePolicies, type NamedPolicy } from './evaluate.ts';

export interface SimulationInput {
  /** The role's ARN. */
  readonly PolicySourceArn: string;
  readonly ActionNames: readonly string[];
  /** `*` when left out. */
  readonly ResourceArns?: readonly string[];
  readonly ContextEntries?: readonly {
    readonly ContextKeyName: string;
    readonly ContextKeyValues: readonly string[];
  }[];
}

export interface SimulationResult {
  readonly EvalActionName: string;
  readonly EvalResourceName: string;
  readonly EvalDecision: 'allowed' | 'explicitDeny' | 'implicitDeny';
  readonly MatchedStatements: readonly { readonly SourcePolicyId: string }[];
}

/** One result for each action on each resource, by the identity-based policies alone. */
export function simulate(
  { ActionNames, ResourceArns = ['*'], ContextEntries = [] }: SimulationInput,
  identityPolicies: readonly NamedPolicy[],
): readonly SimulationResult[] {
  const context: ConditionKeys = Object.fromEntries(
    ContextEntries.map(({ ContextKeyName, ContextKeyValues }) => [ContextKeyName, ContextKeyValues]),
  );
  return ActionNames.flatMap((action) =>
    ResourceArns.map((resource) => {
      const { decision, why } = evaluatePolicies({ action, resource, context, identityPolicies });
      return {
        EvalActionName: action,
        EvalResourceName: resource,
        EvalDecision: decision,
        MatchedStatements: why.map(({ policy }) => ({ SourcePolicyId: policy })),
      };
    }),
  );
}
