/** Regular expressions with the v flag, which the engine accepts and gets wrong: literals are rewritten. */
import { parse, type Node } from 'acorn';
import { SetNotationError, withoutSetNotation } from './set-notation.ts';
import { childNodes } from './syntax-tree.ts';

/** The function of guest/core that makes such an expression show what was written. */
const literal = 'globalThis.__nodeModuleBridge.unicodeSets().literal';

/** Whether code like this may make regular expressions of the v flag out of texts. */
export const mayConstructUnicodeSets = (source: string): boolean =>
  /\bRegExp\b/.test(source) && /(['"`])[dgimsy]*v[dgimsy]*\1/.test(source);

/**
 * The source with literals of the v flag in terms of u; lines stay where they are. A literal that V8 would refuse makes
 * the source throw what V8 throws.
 */
export function replaceUnicodeSets(source: string, sourceType: 'module' | 'script'): string {
  if (!/\/[dgimsy]*v[dgimsy]*(?![\w$])/.test(source)) return source;
  let tree: Node;
  try {
    tree = parse(source, { ecmaVersion: 'latest', sourceType, allowHashBang: true, allowReturnOutsideFunction: true });
  } catch {
    return source;
  }
  const edits: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  let refused: string | undefined;
  const visit = (node: Node): void => {
    const { regex } = node as Node & { regex?: { pattern: string; flags: string } };
    if (regex?.flags.includes('v') === true) {
      const { pattern, flags } = regex;
      try {
        const translated = `/${withoutSetNotation(pattern)}/${flags.replace('v', 'u')}`;
        edits.push({ start: node.start, end: node.end, text: `${literal}(${translated}, ${JSON.stringify(pattern)})` });
      } catch (error) {
        if (!(error instanceof SetNotationError)) throw error;
        refused ??= `Invalid regular expression: /${pattern}/${flags}: ${error.message}`;
      }
    }
    childNodes(node).forEach(visit);
  };
  visit(tree);
  if (refused !== undefined) return `throw new SyntaxError(${JSON.stringify(refused)});`;
  let text = source;
  for (const { start, end, text: replacement } of edits.sort((a, b) => b.start - a.start)) {
    text = text.slice(0, start) + replacement + text.slice(end);
  }
  return text;
}
