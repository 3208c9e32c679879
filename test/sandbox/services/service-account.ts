/** An account whose functions never run: for stories about services alone. */
import { createAccount, type Account, type AccountOptions } from '../../../sandbox/account.ts';
import { scriptedProcesses } from '../scripted-process.ts';

export function serviceAccount(options: AccountOptions = {}): Promise<Account> {
  return createAccount({ createProcess: scriptedProcesses().create, ...options });
}

/** Name and text of the error that a call is refused with. */
export async function refused(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  return 'no error';
}
