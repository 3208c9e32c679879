/** Parsed sources, kept for the errors that may follow, and finding the node that an error is about. */
import { parse, type Options } from 'acorn';
import { childNodes } from './syntax-tree.ts';
import type { Tree } from './print-expression.ts';

const scriptOptions: Options = {
  ecmaVersion: 'latest',
  sourceType: 'script',
  allowReturnOutsideFunction: true,
  allowHashBang: true,
};
const moduleOptions: Options = { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true };

/** A source with its syntax tree. */
export interface ParsedSource {
  readonly source: string;
  /** All nodes, parents before children. */
  readonly nodes: readonly Tree[];
  readonly parents: ReadonlyMap<Tree, Tree>;
}

/** Errors come in bunches from the same few files. */
const mostKept = 8;
const kept = new Map<string, ParsedSource>();

/** Parses a source, or gives the tree of the last time. Throws acorn's SyntaxError. */
export function parseSource(source: string, isModule: boolean): ParsedSource {
  const key = `${isModule ? 'module' : 'script'}:${source}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const tree = parse(source, isModule ? moduleOptions : scriptOptions) as unknown as Tree;
  const nodes: Tree[] = [];
  const parents = new Map<Tree, Tree>();
  const visit = (node: Tree): void => {
    nodes.push(node);
    for (const child of childNodes(node) as Tree[]) {
      parents.set(child, node);
      visit(child);
    }
  };
  visit(tree);
  const parsed = { source, nodes, parents };
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value!);
  kept.set(key, parsed);
  return parsed;
}

const isFunction = (node: Tree): boolean => /Function/.test(node.type);
const isScope = (node: Tree): boolean => isFunction(node) || node.type === 'Program';

/** The innermost function around an offset, or the program. */
export function scopeAt({ nodes }: ParsedSource, offset: number): Tree {
  return nodes.findLast((node) => isScope(node) && node.start <= offset && offset < node.end) ?? nodes[0]!;
}

/** The function of a text that is around or nearest behind an offset. */
export function scopeOfText({ nodes, source }: ParsedSource, text: string, offset: number): Tree | undefined {
  const same = nodes.filter((node) => isFunction(node) && text.endsWith(source.slice(node.start, node.end)));
  const longest = Math.max(...same.map((node) => node.end - node.start));
  const found = same.filter((node) => node.end - node.start === longest);
  return (
    found.findLast((node) => node.start <= offset && offset < node.end) ?? found.find((node) => node.start >= offset)
  );
}

/** The innermost function around a node, or the program. */
export function scopeOf({ parents, nodes }: ParsedSource, node: Tree): Tree {
  for (let above = parents.get(node); above !== undefined; above = parents.get(above)) if (isScope(above)) return above;
  return nodes[0]!;
}

/** Where QuickJS puts an operation: at the property name of a member, else where the operand starts. */
export function anchor(node: Tree): number {
  const subject = (
    ['CallExpression', 'NewExpression', 'TaggedTemplateExpression'].includes(node.type)
      ? (node['callee'] ?? node['tag'])
      : node
  ) as Tree;
  if (subject.type === 'ChainExpression') return anchor(subject['expression'] as Tree);
  if (subject.type === 'MemberExpression') return (subject['property'] as Tree).start;
  if (subject.type === 'SequenceExpression') return (subject['expressions'] as Tree[]).at(-1)!.start;
  if (subject.type === 'LogicalExpression') return anchor({ ...node, callee: subject['right'] });
  if (subject !== node && subject.type === 'CallExpression') return anchor(subject);
  return subject.start;
}

/**
 * The node of the asked kind that an error at an offset is about. QuickJS marks only some operations; others carry the
 * place of the operation before them. So: a node at the place, else around it, else the next one of the function.
 */
export function nodeFor(
  parsed: ParsedSource,
  offset: number,
  wanted: (node: Tree) => boolean,
  scope = scopeAt(parsed, offset),
): Tree | undefined {
  const inScope = parsed.nodes.filter(
    (node) => node.start >= scope.start && node.end <= scope.end && wanted(node) && nearScope(parsed, node, scope),
  );
  return (
    inScope.findLast((node) => node.start === offset) ??
    inScope.findLast((node) => node.start <= offset && offset < node.end) ??
    inScope.find((node) => node.start > offset)
  );
}

/** Whether the node runs as part of the function itself, not of one inside it. */
function nearScope(parsed: ParsedSource, node: Tree, scope: Tree): boolean {
  return scopeOf(parsed, node) === scope;
}

/** What a name was given where it was declared nearest to a node. */
export function declarationOf(parsed: ParsedSource, from: Tree, name: string): Tree | undefined {
  const found = parsed.nodes.filter((node) => {
    const id = node['id'] as { type?: string; name?: string } | null | undefined;
    return id?.type === 'Identifier' && id.name === name;
  });
  for (let scope: Tree | undefined = from; scope !== undefined; scope = parsed.parents.get(scope)) {
    if (!isScope(scope)) continue;
    // A parameter of that name hides what lies further out.
    const parameters = (scope['params'] as { name?: string }[] | undefined) ?? [];
    if (parameters.some((parameter) => parameter.name === name)) return undefined;
    const here = found.find((node) => scopeOf(parsed, node) === scope);
    if (here !== undefined)
      return here.type === 'VariableDeclarator' ? ((here['init'] as Tree | null) ?? undefined) : here;
  }
  return undefined;
}
