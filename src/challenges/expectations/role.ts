/** What the policies of the function's role decide: `role: may-not, do: [{ action: s3:PutObject, resource: … }]`. */
import type { Judge } from '../finding.ts';
import { sayList } from '../words.ts';

/** A permission in words. */
const sayPermission = ({ action, resource }: { readonly action: string; readonly resource: string }): string =>
  `\`${action}\` on \`${resource}\``;

export const judgeRole: Judge<'role'> = ({ role, do: permissions }, _observation, { asked }) => {
  const may = role === 'may';
  const expected = `The role ${may ? 'may' : 'may not'} ${sayList(permissions.map(sayPermission))}.`;
  if (asked?.error !== undefined) return { met: false, expected, saw: `IAM answered with an error: ${asked.error}.` };
  const decisions = Array.isArray(asked?.output) ? (asked.output as readonly unknown[]) : [];
  const wrong = permissions.filter((_, index) => (decisions[index] === 'allowed') !== may);
  const saw =
    wrong.length === 0 ? 'So IAM decides.' : `It ${may ? 'may not' : 'may'} ${sayList(wrong.map(sayPermission))}.`;
  return { met: wrong.length === 0, expected, saw };
};
