/** An account with a function whose processes follow a script. */
import { createAccount, type Account, type AccountOptions } from '../../../sandbox/account.ts';
import type { CreateFunctionRequest } from '../../../sandbox/lambda/api.types.ts';
import { scriptedProcesses, type ProcessRecord, type Script } from '../scripted-process.ts';

export interface Story {
  readonly account: Account;
  readonly processes: ProcessRecord[];
}

export const hello: CreateFunctionRequest = {
  FunctionName: 'hello',
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  Code: { Files: { 'index.mjs': 'export const handler = async () => "ok";' } },
  Architectures: ['arm64'],
};

export async function begin(
  script: Script = {},
  settings: Partial<CreateFunctionRequest> = {},
  options: AccountOptions = {},
): Promise<Story> {
  const { create, processes } = scriptedProcesses(script);
  const account = await createAccount({ createProcess: create, ...options });
  await account.lambda.createFunction({ ...hello, ...settings });
  return { account, processes };
}

/** The lines with request ids, environment ids and runtime ARNs cut short: what differs from seed to seed. */
export function plain(lines: readonly string[]): string[] {
  return lines.map((line) =>
    line
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g, '<id>')
      .replace(/runtime:[0-9a-f]{64}/g, 'runtime:<hash>'),
  );
}
