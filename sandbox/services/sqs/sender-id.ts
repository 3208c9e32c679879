/** Who sent a message, as its SenderId names them: by ids that look as IAM's do. */
import { sha256 } from '@noble/hashes/sha2.js';
import type { Caller } from '../service.ts';

/** `AROA…:session` for a role, `AIDA…` for a service, the account's number for its owner. */
export function principalId(caller: Caller, accountId: string): string {
  if (caller.kind === 'account') return accountId;
  if (caller.kind === 'service') return `AIDA${idOf(caller.principal)}`;
  return `AROA${idOf(caller.roleArn)}:${caller.sessionArn.split('/').at(-1) ?? ''}`;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function idOf(text: string): string {
  const bytes = sha256(new TextEncoder().encode(text)).subarray(0, 17);
  return Array.from(bytes, (byte) => alphabet.charAt(byte % alphabet.length)).join('');
}
