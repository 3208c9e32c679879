/** The name of a stack frame as V8 shows it: with its class or object in front. */
import type { ParsedSource } from './parsed-source.ts';
import { print, type Tree } from './print-expression.ts';

/** `name` is the function's own, and `scope` the function. */
export function frameName(parsed: ParsedSource, scope: Tree, name: string): string {
  const holder = parsed.parents.get(scope);
  if (holder === undefined) return name;
  const assigned = holder['left'] as Tree | undefined;
  if (name === '' && holder['right'] === scope && assigned?.type === 'MemberExpression') return print(assigned);
  if (name === '') return name;
  if (holder.type === 'MethodDefinition') {
    const body = parsed.parents.get(holder)!;
    const owner = (parsed.parents.get(body)?.['id'] as { name?: string } | null | undefined)?.name;
    if (holder['kind'] === 'constructor') return `new ${owner ?? name}`;
    const key = holder['key'] as Tree;
    if (key.type === 'PrivateIdentifier' || holder['kind'] !== 'method') return name;
    return owner !== undefined && print(key) === name ? `${owner}.${name}` : name;
  }
  const isMember = holder.type === 'Property' && parsed.parents.get(holder)?.type === 'ObjectExpression';
  return isMember && holder['value'] === scope && keyName(holder) === name ? `Object.${name}` : name;
}

const keyName = (property: Tree): string => print(property['key'] as Tree);
