/** Event source mappings have ids that nobody can know before: in texts of a call, `{mapping worker}` stands for one. */
import type { Account } from '../account.ts';
import { mappings } from './views/account-view.ts';

/** The same input with the ids of the mappings of the functions that it names; a name without mapping stays. */
export function named(account: Account, value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replace(
      /^\{mapping ([\w-]+)\}$/,
      (text, name: string) => mappings(account).find(({ functionName }) => functionName === name)?.id ?? text,
    );
  }
  if (Array.isArray(value)) return value.map((item) => named(account, item));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, named(account, item)]));
}
