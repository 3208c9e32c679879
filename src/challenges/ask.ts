/** What some expectations have to ask the account after a run: an API's answer, or IAM's decisions about the role. */
import type { Expectation } from '../../content/challenge-schema.ts';
import type { ApiCall, Session } from '../../sandbox/worker/session.types.ts';

/** The answer, or the error instead of one. */
export interface Asked {
  readonly output?: unknown;
  /** `NoSuchKey: The specified key does not exist.` */
  readonly error?: string;
}

/** Asks for what an expectation needs; nothing when it reads the trace alone. */
export async function ask(
  session: Session,
  expectation: Expectation,
  functionName: string,
): Promise<Asked | undefined> {
  try {
    if ('answer' in expectation) {
      const { service, operation, input } = expectation.answer;
      return { output: await call(session, { service, operation, input }) };
    }
    if ('role' in expectation) return { output: await decisions(session, expectation.do, functionName) };
    return undefined;
  } catch (error) {
    // The sandbox's own failures are not answers.
    if (!(error instanceof Error) || error.name.startsWith('Sandbox')) throw error;
    return { error: `${error.name}: ${error.message}` };
  }
}

/** Condition keys that every call of the function would have. */
const keysOfEveryCall = (role: string) =>
  Object.entries({
    'aws:SecureTransport': 'true',
    'aws:RequestedRegion': 'us-east-1',
    'aws:PrincipalArn': role,
    'aws:PrincipalAccount': role.split(':')[4] ?? '',
    'aws:PrincipalType': 'AssumedRole',
  }).map(([ContextKeyName, value]) => ({ ContextKeyName, ContextKeyValues: [value] }));

async function call(session: Session, apiCall: ApiCall): Promise<unknown> {
  return (await session.run({ kind: 'call', call: apiCall })).output;
}

async function decisions(
  session: Session,
  permissions: readonly { readonly action: string; readonly resource: string }[],
  FunctionName: string,
): Promise<readonly unknown[]> {
  const found = await call(session, { service: 'lambda', operation: 'GetFunction', input: { FunctionName } });
  const { Configuration } = found as { readonly Configuration: { readonly Role: string } };
  const decided: unknown[] = [];
  for (const { action, resource } of permissions) {
    const role = Configuration.Role;
    const input = {
      PolicySourceArn: role,
      ActionNames: [action],
      ResourceArns: [resource],
      ContextEntries: keysOfEveryCall(role),
    };
    const output = await call(session, { service: 'iam', operation: 'SimulatePrincipalPolicy', input });
    const { EvaluationResults } = output as {
      readonly EvaluationResults: readonly { readonly EvalDecision: string }[];
    };
    decided.push(EvaluationResults[0]?.EvalDecision);
  }
  return decided;
}
