/**
 * `await` in functions that use AsyncLocalStorage. QuickJS resumes an async function without a hook, so the source of
 * such functions is rewritten: the context is noted before each `await` and put back after it, also where it throws.
 */
import { parse, type Node } from 'acorn';
import { applyEdits, type Edit } from './source-edits.ts';
import { childNodes } from './syntax-tree.ts';

type Tree = Node & Record<string, unknown>;

/** The binding through which rewritten code reaches the context; see `bridgeName` in guest/core/names.ts. */
const bridge = 'globalThis.__nodeModuleBridge.context';

/** Whether a function with these files carries contexts at all. */
export function usesAsyncContext(sources: Iterable<string>): boolean {
  for (const source of sources) if (source.includes('AsyncLocalStorage')) return true;
  return false;
}

/** The source with its awaits rewritten; lines stay where they are. Source that does not parse comes back as it is. */
export function carryContextThroughAwait(source: string, isModule: boolean): string {
  if (!/\bawait\b/.test(source)) return source;
  let tree: Tree;
  try {
    tree = parse(source, {
      ecmaVersion: 'latest',
      sourceType: isModule ? 'module' : 'script',
      allowHashBang: true,
      allowReturnOutsideFunction: true,
      // An arrow function's body begins where its parentheses do.
      preserveParens: true,
    }) as unknown as Tree;
  } catch {
    return source;
  }
  const edits: Edit[] = [];
  const visit = (node: Tree, inAsync: boolean): void => {
    const isFunction = /Function/.test(node.type);
    const entersAsync = isFunction ? node['async'] === true : inAsync;
    if (isFunction && node['async'] === true) enterFunction(node, edits);
    if (inAsync && node.type === 'AwaitExpression') {
      edits.push(
        { at: node.start, text: '$context.after($noted = $context.get(), ' },
        { at: node.end, text: ')', closes: true },
      );
    }
    if (inAsync && node.type === 'CatchClause')
      edits.push({ at: (node['body'] as Tree).start + 1, text: '$context.set($noted);' });
    if (inAsync && node.type === 'TryStatement' && node['finalizer'] !== null) {
      edits.push({ at: (node['finalizer'] as Tree).start + 1, text: '$context.set($noted);' });
    }
    for (const child of childNodes(node)) visit(child as Tree, entersAsync);
  };
  visit(tree, false);
  return applyEdits(source, edits);
}

const prologue = `const $context = ${bridge}; let $noted = $context.get();`;

function enterFunction(node: Tree, edits: Edit[]): void {
  const body = node['body'] as Tree;
  if (body.type === 'BlockStatement') edits.push({ at: body.start + 1, text: prologue });
  else edits.push({ at: body.start, text: `{ ${prologue} return (` }, { at: body.end, text: ') }', closes: true });
}
