/** An account with a function that runs real code, for stories about what it does with services. */
import { createAccount, type Account, type AccountOptions } from '../../../sandbox/account.ts';
import type { CreateFunctionRequest } from '../../../sandbox/lambda/api.types.ts';
import { loadEngine, type Engine } from '../../../sandbox/runtime/engine.ts';
import type { PolicyStatement } from '../../../sandbox/services/service.ts';

let shared: Promise<Engine> | undefined;

/** An account on the engine that all tests of a file share. */
export async function openAccount(options: AccountOptions = {}): Promise<Account> {
  shared ??= loadEngine();
  return createAccount({ engine: await shared, ...options });
}

export const lambdaTrust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

/** A role that Lambda may assume, with one inline policy. Returns its ARN. */
export async function createRole(
  account: Account,
  statements: readonly PolicyStatement[],
  name = 'worker-role',
): Promise<string> {
  const { Role } = await account.iam.createRole({ RoleName: name, AssumeRolePolicyDocument: lambdaTrust });
  if (statements.length > 0) {
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    await account.iam.putRolePolicy({ RoleName: name, PolicyName: 'work', PolicyDocument });
  }
  return Role.Arn;
}

/** Allows everything of some services: `allow('s3')`. */
export const allow = (...services: string[]): PolicyStatement => ({
  Effect: 'Allow',
  Action: services.map((service) => `${service}:*`),
  Resource: '*',
});

export interface Deployment extends Partial<Omit<CreateFunctionRequest, 'Code'>> {
  readonly files?: Record<string, string>;
}

/** Deploys `body` as an ES module's handler, or the files. */
export async function deploy(account: Account, source: string, settings: Deployment = {}): Promise<void> {
  const { files, ...configuration } = settings;
  await account.lambda.createFunction({
    FunctionName: 'worker',
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    MemorySize: 1769,
    Timeout: 30,
    Code: { Files: files ?? { 'index.mjs': source } },
    ...configuration,
  });
}

/** The parsed answer of one invocation. */
export async function invoke(account: Account, payload: unknown = {}, name = 'worker'): Promise<unknown> {
  const { Payload } = await account.lambda.invoke({ FunctionName: name, Payload: JSON.stringify(payload) });
  return JSON.parse(Payload) as unknown;
}
