/**
 * Loops of `for await`. When one is left early, by an error too, QuickJS goes on before its iterator has closed. So the
 * source is rewritten: what a loop runs over remembers that it is closing, and the loop waits for that.
 */
import { parse, type Node } from 'acorn';
import { applyEdits, type Edit } from './source-edits.ts';
import { childNodes } from './syntax-tree.ts';

type Tree = Node & Record<string, unknown>;

/** Makes what a loop runs over; see guest/core/closing-loop.ts and `bridgeName` in guest/core/names.ts. */
const before = '{const $closing=globalThis.__nodeModuleBridge.closingLoop();try{';
const after =
  '}catch($error){if($closing.pending)try{await $closing.pending}catch{}finally{$closing.pending=undefined}throw $error}' +
  'finally{if($closing.pending)await $closing.pending}}';

/** The source with such loops rewritten; lines stay where they are. Source that does not parse comes back as it is. */
export const waitForClosing = (source: string, isModule: boolean): string =>
  applyEdits(source, closingEdits(source, isModule));

/** The last source that was asked about: each frame of a stack asks again. */
let latest: { readonly source: string; readonly edits: readonly Edit[] } | undefined;

/** What is put into a source for its loops. */
export function closingEdits(source: string, isModule: boolean): readonly Edit[] {
  if (!/\bfor\s+await\b/.test(source)) return [];
  if (latest?.source !== source) latest = { source, edits: findEdits(source, isModule) };
  return latest.edits;
}

function findEdits(source: string, isModule: boolean): Edit[] {
  let tree: Tree;
  try {
    tree = parse(source, {
      ecmaVersion: 'latest',
      sourceType: isModule ? 'module' : 'script',
      allowHashBang: true,
      allowReturnOutsideFunction: true,
    }) as unknown as Tree;
  } catch {
    return [];
  }
  const edits: Edit[] = [];
  const visit = (node: Tree, labelled: Tree | undefined): void => {
    if (node.type === 'ForOfStatement' && node['await'] === true) {
      const right = node['right'] as Tree;
      edits.push(
        { at: (labelled ?? node).start, text: before },
        { at: node.end, text: after, closes: true },
        { at: right.start, text: '$closing.of(' },
        { at: right.end, text: ')', closes: true },
      );
    }
    const around = node.type === 'LabeledStatement' ? (labelled ?? node) : undefined;
    for (const child of childNodes(node)) visit(child as Tree, around);
  };
  visit(tree, undefined);
  return edits;
}
