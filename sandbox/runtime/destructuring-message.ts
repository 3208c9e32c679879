/** V8's words for taking apart what is nothing or cannot be iterated: patterns, loops, spreads. */
import type { Explanation, Mistake } from './source-explanation.ts';
import { nodeFor } from './parsed-source.ts';
import { print, type Tree } from './print-expression.ts';

const none = 'is not iterable (cannot read property Symbol(Symbol.iterator))';
const afterCall = 'is not a function or its return value is not iterable';

/** Where the value of a pattern comes from: an expression, a loop, or an argument of the function. */
interface Origin {
  readonly pattern: Tree;
  readonly value?: Tree | undefined;
  readonly loop?: Tree | undefined;
  /** The argument's index. */
  readonly argument?: number | undefined;
}

/** The pattern of a type whose value the error is about. */
function originOf(
  { parsed, offset, scope, values }: Mistake,
  type: 'ObjectPattern' | 'ArrayPattern',
): Origin | undefined {
  const holds = (node: Tree): boolean => {
    if (node.type === 'VariableDeclarator') return (node['id'] as Tree).type === type && Boolean(node['init']);
    if (node.type === 'AssignmentExpression') return (node['left'] as Tree).type === type;
    return node.type === 'ForOfStatement' && patternOfLoop(node)?.type === type;
  };
  const parameterOf = (owner: Tree): Origin | undefined => {
    const parameters = (owner['params'] as Tree[] | undefined) ?? [];
    const plain = parameters.map((one) => (one.type === 'AssignmentPattern' ? (one['left'] as Tree) : one));
    const nothing = (index: number): boolean => /^(undefined|object null)$/.test(values[index] ?? 'undefined');
    const index = plain.findIndex(
      (one, at) => one.type === type && (type === 'ArrayPattern' || nothing(at) || values.length === 0),
    );
    const found = index < 0 ? plain.findIndex((one) => one.type === type) : index;
    return found < 0 ? undefined : { pattern: plain[found]!, argument: found };
  };
  // Parameters come before anything that the function does.
  const own = offset === scope.start ? parameterOf(scope) : undefined;
  if (own !== undefined) return own;
  const node = nodeFor(parsed, offset, holds, scope);
  if (node === undefined) return undefined;
  if (node.type === 'ForOfStatement') return { pattern: patternOfLoop(node)!, loop: node };
  return { pattern: (node['id'] ?? node['left']) as Tree, value: (node['init'] ?? node['right']) as Tree };
}

function patternOfLoop(loop: Tree): Tree | undefined {
  const left = loop['left'] as Tree;
  return left.type === 'VariableDeclaration' ? ((left['declarations'] as Tree[])[0]!['id'] as Tree) : left;
}

/** `const { a } = nothing`. */
export function describeDestructuring(mistake: Mistake): Explanation | undefined {
  const here = mistake.parsed.nodes.find((node) => node.start === mistake.offset && node['operator'] === 'delete');
  if (here !== undefined) return undefined;
  const origin = originOf(mistake, 'ObjectPattern');
  if (origin === undefined) return undefined;
  const { pattern } = origin;
  const given = origin.argument === undefined ? undefined : (mistake.values[origin.argument] ?? 'undefined');
  const known = origin.value === undefined ? undefined : mistake.known(origin.value);
  const kind = (given ?? known?.type) === 'object null' || known?.type === 'null' ? 'null' : 'undefined';
  const first = (pattern['properties'] as Tree[])[0];
  const isThere = known !== undefined && !/^(undefined|null)$/.test(known.type);
  const argumentThere = given !== undefined && !/^(undefined|object null)$/.test(given);
  const inner = (pattern['properties'] as Tree[]).map(nested).find((found) => found !== undefined);
  if (inner !== undefined && (isThere || argumentThere)) return describeInner(inner);
  const source = origin.loop !== undefined ? '.for' : (given ?? print(origin.value!));
  return patternMessage(first, source, kind);
}

function patternMessage(first: Tree | undefined, source: string, kind: string): Explanation {
  const key = first?.['key'] as Tree | undefined;
  if (first === undefined || key === undefined || first['computed'] === true) {
    return { text: `Cannot destructure '${source}' as it is ${kind}.` };
  }
  if ((first['value'] as Tree).type === 'AssignmentPattern') {
    return { text: `Cannot read properties of ${kind} (reading '${keyText(key)}')`, offset: key.start };
  }
  return { text: `Cannot destructure property '${keyText(key)}' of '${source}' as it is ${kind}.`, offset: key.start };
}

/** The pattern inside a property, with the default in front of it. */
function nested(property: Tree): { pattern: Tree; fallback: Tree | undefined } | undefined {
  const value = property['value'] as Tree | undefined;
  if (value?.type === 'ObjectPattern') return { pattern: value, fallback: undefined };
  if (value?.type === 'AssignmentPattern' && (value['left'] as Tree).type === 'ObjectPattern') {
    return { pattern: value['left'] as Tree, fallback: value['right'] as Tree };
  }
  return undefined;
}

function describeInner({ pattern, fallback }: { pattern: Tree; fallback: Tree | undefined }): Explanation {
  const first = (pattern['properties'] as Tree[])[0];
  if (fallback !== undefined) {
    const text = print(fallback);
    return patternMessage(first, text, text === 'null' ? 'null' : 'undefined');
  }
  const key = first?.['key'] as Tree | undefined;
  if (key === undefined) return { text: "Cannot destructure 'undefined' as it is undefined." };
  return { text: `Cannot read properties of undefined (reading '${keyText(key)}')`, offset: key.start };
}

const keyText = (key: Tree): string => (key.type === 'Literal' ? String(key['value']) : print(key));

/** Array patterns, for-of, spreads and yield*. */
export function describeIterable(mistake: Mistake): Explanation | undefined {
  const { parsed, offset, message } = mistake;
  const nothing = /of (undefined|null)$/.exec(message)?.[1];
  const kinds = ['SpreadElement', 'ForOfStatement', 'YieldExpression', 'ArrayPattern'];
  const call = parsed.nodes.find(
    (node) => node.start <= offset && offset < node.end && spreads(node) && callPlace(node) === offset,
  );
  const node =
    call !== undefined
      ? (call['arguments'] as Tree[]).find((one) => one.type === 'SpreadElement')
      : nodeFor(
          parsed,
          offset,
          (one) => kinds.includes(one.type) && (one.type !== 'YieldExpression' || one['delegate'] === true),
          mistake.scope,
        );
  if (node === undefined) return undefined;
  if (node.type === 'SpreadElement') return describeSpread(mistake, node, call !== undefined, nothing);
  if (
    node.type === 'ArrayPattern' ||
    (node.type === 'ForOfStatement' && patternOfLoop(node)?.type === 'ArrayPattern' && yieldsMany(node))
  ) {
    return describeArrayPattern(mistake, nothing);
  }
  const value = (node['right'] ?? node['argument']) as Tree;
  if (node.type === 'YieldExpression') {
    const known = mistake.known(value);
    const text =
      known === undefined
        ? 'object'
        : /undefined|object|function|symbol/.test(known.type)
          ? known.type
          : `${known.type} ${known.text}`;
    return { text: `${nothing ?? text} ${none}` };
  }
  return {
    text: named(value),
    offset: value.type === 'MemberExpression' ? (value['property'] as Tree).start : value.start,
  };
}

const spreads = (node: Tree): boolean =>
  /^(Call|New)Expression$/.test(node.type) && (node['arguments'] as Tree[]).some((one) => one.type === 'SpreadElement');

function callPlace(node: Tree): number {
  const callee = node['callee'] as Tree;
  return callee.type === 'MemberExpression' ? (callee['property'] as Tree).start : callee.start;
}

/** Whether what the loop runs over is surely iterable, so that one of its values is not. */
function yieldsMany(loop: Tree): boolean {
  const right = loop['right'] as Tree;
  if (right.type === 'ArrayExpression') return true;
  const callee = right['callee'] as Tree | undefined;
  if (callee === undefined) return false;
  return right.type === 'NewExpression' || /^Object\.(entries|keys|values)$/.test(print(callee));
}

const named = (value: Tree): string =>
  value.type === 'CallExpression'
    ? `${print(value['callee'] as Tree)} ${afterCall}`
    : `${print(value)} is not iterable`;

function describeSpread(mistake: Mistake, node: Tree, inCall: boolean, nothing: string | undefined): Explanation {
  const value = node['argument'] as Tree;
  const place = value.type === 'MemberExpression' ? (value['property'] as Tree).start : value.start;
  if (!inCall) return { text: named(value), offset: place };
  if (nothing !== undefined) return { text: `${print(value)} is not iterable (cannot read property undefined)` };
  const known = mistake.known(value);
  const isLast =
    /^(number|string|boolean)$/.test(known?.type ?? '') &&
    (mistake.parsed.parents.get(node)?.['arguments'] as Tree[])[0] === node &&
    mistake.parsed.parents.get(node)?.type === 'NewExpression';
  return isLast
    ? { text: `${known!.type} ${known!.text} ${none}` }
    : { text: 'Spread syntax requires ...iterable[Symbol.iterator] to be a function' };
}

function describeArrayPattern(mistake: Mistake, nothing: string | undefined): Explanation | undefined {
  const origin = originOf(mistake, 'ArrayPattern');
  if (origin === undefined) return undefined;
  if (origin.loop !== undefined) return { text: '.for is not iterable' };
  if (origin.argument !== undefined) return { text: `${mistake.values[origin.argument] ?? 'undefined'} ${none}` };
  const value = origin.value!;
  if (value.type === 'CallExpression') return { text: named(value) };
  if (nothing !== undefined && !/^(Identifier|Literal)$/.test(value.type)) return { text: `${nothing} ${none}` };
  if (nothing !== undefined) return { text: `${print(value)} is not iterable` };
  const isAssignment = mistake.parsed.parents.get(origin.pattern)?.type === 'AssignmentExpression';
  return { text: isAssignment ? `object ${none}` : `${print(value)} is not iterable` };
}
