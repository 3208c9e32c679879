/** What the policies of the function's role decide: `role: may-not, do: [{ action: s3:PutObject, resource: … }]`. */
import type { Judge } from '../finding.ts';
import { sayList } from '../words.ts';

/** A permission in words. */
const sayPermission = ({ action, resource }: { readonly action: string; readonly resource: string }): string =>
  `\`${action}\` on \`${resource}\``;

type Permissions = readonly Parameters<typeof sayPermission>[0][];

function sayWrong(may: boolean, wrong: Permissions, all: Permissions): string {
  if (wrong.length === 0) return 'So IAM decides.';
  if (wrong.length === all.length && all.length > 1) return may ? 'It may do none of it.' : 'It may do all of it.';
  return `It ${may ? 'may not' : 'may'} do ${sayList(wrong.map(sayPermission))}.`;
}

export const judgeRole: Judge<'role'> = ({ role, do: permissions }, _observation, { asked }) => {
  const may = role === 'may';
  const expected = `The role ${may ? 'may' : 'may not'} do ${sayList(permissions.map(sayPermission))}.`;
  if (asked?.error !== undefined) return { met: false, expected, saw: `IAM answered with an error: ${asked.error}.` };
  const decisions = Array.isArray(asked?.output) ? (asked.output as readonly unknown[]) : [];
  const wrong = permissions.filter((_, index) => (decisions[index] === 'allowed') !== may);
  return { met: wrong.length === 0, expected, saw: sayWrong(may, wrong, permissions) };
};
