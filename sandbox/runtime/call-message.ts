/** What V8 says of calls of what is no function, and of `new` for what is no constructor. */
import { anchor, nodeFor } from './parsed-source.ts';
import { print, type Tree } from './print-expression.ts';
import type { Explanation, Mistake } from './source-explanation.ts';

const calls = ['CallExpression', 'NewExpression', 'TaggedTemplateExpression'];
const calleeOf = (call: Tree): Tree => (call['callee'] ?? call['tag']) as Tree;

/** The call that failed. Of calls of calls at one place it is the innermost, unless that surely is a function. */
function failedCall({ parsed, offset, scope, known }: Mistake): Tree | undefined {
  const all = parsed.nodes.filter((node) => calls.includes(node.type));
  const exact = all.filter((node) => anchor(node) === offset);
  const starting = all.filter((node) => {
    const callee = calleeOf(node);
    return callee.start === offset && (node.type === 'NewExpression' || callee['computed'] === true);
  });
  const found = [...starting, ...exact].sort((one, other) => other.end - one.end);
  const innermost = found.at(-1);
  if (innermost !== undefined && known(calleeOf(innermost))?.type === 'function') return found[0];
  return (
    innermost ??
    nodeFor(
      parsed,
      offset,
      (node) => calls.includes(node.type) && calleeOf(node).start <= offset && offset < calleeOf(node).end,
      scope,
    ) ??
    nodeFor(
      parsed,
      offset,
      (node) =>
        calls.includes(node.type) && /Parenth|Function|Object|Array|Unary|Conditional/.test(calleeOf(node).type),
      scope,
    )
  );
}

export function describeCall(mistake: Mistake): Explanation | undefined {
  const { parsed, offset, message, find } = mistake;
  const exact = parsed.nodes.find((node) => calls.includes(node.type) && anchor(node) === offset);
  if (message === 'not a function') {
    const loop = exact === undefined ? find('ForOfStatement') : undefined;
    if (loop?.['await'] === true) return { text: `${print(loop['right'] as Tree)} is not async iterable` };
  }
  const call = failedCall(mistake);
  if (call === undefined) return undefined;
  const callee = calleeOf(call);
  if (callee.type === 'Super') {
    const parent = parsed.nodes.findLast((node) => node['superClass'] && node.start <= offset && offset < node.end);
    const name = (parent?.['id'] as { name?: string } | null)?.name;
    const value = (parent?.['superClass'] as Tree | undefined)?.['raw'] === 'null' ? 'null' : 'undefined';
    return {
      text: `Super constructor ${value} of ${name === undefined ? 'anonymous class' : name} is not a constructor`,
    };
  }
  if (call.type === 'NewExpression') return { text: `${print(callee)} is not a constructor`, offset: call.start };
  const place = callee.type === 'MemberExpression' && callee['computed'] === true ? { offset: callee.end } : {};
  const inner = callee.type === 'CallExpression' ? { offset: callee.end } : place;
  return { text: `${print(callee)} is not a function`, ...inner };
}
