/** What V8 says of members that cannot be read or written: of nothing, of primitive values, read-only and private ones. */
import { nodeFor } from './parsed-source.ts';
import { print, type KnownValue, type Tree } from './print-expression.ts';
import type { Explanation, Mistake } from './source-explanation.ts';

export const assignments = ['AssignmentExpression', 'UpdateExpression'];
export const targetOf = (node: Tree | undefined): Tree | undefined =>
  (node?.['left'] ?? node?.['argument']) as Tree | undefined;

export function describeRead(mistake: Mistake, key: string): Explanation | undefined {
  const reads = (node: Tree): boolean => {
    if (node.type !== 'MemberExpression') return false;
    const property = node['property'] as Tree;
    if (node['computed'] !== true) return property['name'] === key;
    return property.type !== 'Literal' || String(property['value']) === key;
  };
  const { parsed, offset, message } = mistake;
  const atPlace = parsed.nodes.filter((node) => node.start === offset && reads(node));
  const member = atPlace.find((node) => knownName(node) === key) ?? atPlace.at(-1) ?? nodeFor(parsed, offset, reads);
  if (member === undefined) return undefined;
  const property = member['property'] as Tree;
  const value = / of null$/.test(message) ? 'null' : 'undefined';
  const computed = member['computed'] === true;
  const place = computed ? property.start - 1 : property.start;
  const known = computed ? mistake.known(property) : undefined;
  const wellKnown = key.startsWith('Symbol.') ? `Symbol(${key})` : key;
  const name = known !== undefined && /symbol|object/.test(known.type) ? known.text : wellKnown;
  return { text: `Cannot read properties of ${value} (reading '${name}')`, offset: place };
}

const knownName = (node: Tree): unknown => (node['property'] as { name?: string }).name;

export function describeReadOnly(mistake: Mistake, name: string): Explanation | undefined {
  const { parsed, offset } = mistake;
  const assignment = nodeFor(parsed, offset, (node) => {
    if (!assignments.includes(node.type)) return false;
    const target = targetOf(node)!;
    return target.type === 'MemberExpression' || /Pattern/.test(target.type) || target['name'] === name;
  });
  const target = targetOf(assignment);
  if (name.startsWith('#') && target?.type !== 'MemberExpression')
    return { text: `'${name}' was defined without a getter` };
  if (target?.type !== 'MemberExpression') {
    const isGlobal = /^(undefined|NaN|Infinity)$/.test(name);
    if (isGlobal) return { text: `Cannot assign to read only property '${name}' of object '#<Object>'` };
    return { text: 'Assignment to constant variable.', ...operatorPlace(mistake, assignment) };
  }
  if ((target['property'] as Tree).type === 'PrivateIdentifier') {
    return { text: describePrivateWrite(mistake, name, target) };
  }
  const { text, type } = owner(mistake, target);
  const kind = type === 'string' || type === 'function' ? type : 'object';
  return {
    text: `Cannot assign to read only property '${name}' of ${kind} '${text}'`,
    ...operatorPlace(mistake, assignment),
  };
}

/** V8 puts an assignment at its operator. */
function operatorPlace({ parsed }: Mistake, node: Tree | undefined): { offset?: number } {
  const target = targetOf(node);
  if (node === undefined || target === undefined) return {};
  if (node['prefix'] === true) return { offset: target.start };
  const gap = /^\s*/.exec(parsed.source.slice(target.end))![0].length;
  return { offset: target.end + gap };
}

function describePrivateWrite({ parsed }: Mistake, name: string, _target: Tree): string {
  const method = parsed.nodes.some(
    (node) => node.type === 'MethodDefinition' && node['kind'] === 'method' && print(node['key'] as Tree) === name,
  );
  return method ? `Private method '${name}' is not writable` : `'${name}' was defined without a setter`;
}

export function describePrivate({ message, parsed, offset }: Mistake): Explanation | undefined {
  const name = /^private class field '(#.+)' does not exist$/.exec(message)?.[1];
  if (name === undefined) return undefined;
  const written = nodeFor(parsed, offset, (node) => {
    const property = targetOf(node)?.['property'] as Tree | undefined;
    return assignments.includes(node.type) && property !== undefined && print(property) === name;
  });
  const how = written !== undefined && written['operator'] === '=' ? 'write private member' : 'read private member';
  return {
    text: `Cannot ${how} ${name} ${how.startsWith('write') ? 'to' : 'from'} an object whose class did not declare it`,
  };
}

/** Fields of a primitive value cannot be written; private ones of nothing cannot be read. */
export function describePrimitive(mistake: Mistake): Explanation | undefined {
  const { parsed, offset } = mistake;
  const target = targetOf(parsed.nodes.find((node) => node.start === offset && assignments.includes(node.type)));
  if (target?.type === 'MemberExpression' && (target['property'] as Tree).type !== 'PrivateIdentifier') {
    const value = mistake.known(target['object'] as Tree);
    if (value === undefined) return undefined;
    const key = keyOf(mistake, target);
    if (value.type === 'string' && /^\d+$/.test(key) && Number(key) < value.text.length) {
      return { text: `Cannot assign to read only property '${key}' of string '${value.text}'` };
    }
    return { text: `Cannot create property '${key}' on ${value.type} '${value.text}'` };
  }
  const within = nodeFor(parsed, offset, (node) => node['operator'] === 'in');
  if (within !== undefined && (within['left'] as Tree).type === 'PrivateIdentifier') {
    const right = mistake.values[0]?.replace(/^(number|boolean|string) /, '') ?? 'undefined';
    return { text: `Cannot use 'in' operator to search for '${print(within['left'] as Tree)}' in ${right}` };
  }
  const read = nodeFor(parsed, offset, (node) => (node['property'] as Tree | undefined)?.type === 'PrivateIdentifier');
  if (read === undefined) return undefined;
  const nothing = mistake.values[0] === 'object null' ? 'null' : 'undefined';
  return { text: `Cannot read properties of ${nothing} (reading '${print(read['property'] as Tree)}')` };
}

export function keyOf(mistake: Mistake, member: Tree): string {
  const property = member['property'] as Tree;
  return member['computed'] === true ? (mistake.known(property)?.text ?? print(property)) : print(property);
}

export function owner(mistake: Mistake, member: Tree): KnownValue {
  const object = member['object'] as Tree;
  const known = mistake.known(object);
  if (known !== undefined) return known;
  if (
    object.type === 'Identifier' &&
    /^(Object|Array|String|Number|Date|Map|Set|Promise|RegExp|Error)$/.test(String(object['name']))
  ) {
    return { text: `function ${String(object['name'])}() { [native code] }`, type: 'function' };
  }
  const name = object.type === 'ThisExpression' ? enclosingClass(mistake) : undefined;
  return { text: `#<${name ?? 'Object'}>`, type: 'object' };
}

export function enclosingClass({ parsed, offset }: Mistake): string | undefined {
  const around = parsed.nodes.findLast(
    (node) => /^Class(Declaration|Expression)$/.test(node.type) && node.start <= offset && offset < node.end,
  );
  return (around?.['id'] as { name?: string } | null | undefined)?.name;
}
