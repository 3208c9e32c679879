/** Regular expressions with the v flag, which the engine accepts and gets wrong. */
import { parse, type Node } from 'acorn';
import { childNodes } from './syntax-tree.ts';

/** What only the v flag has: nested classes, `--`, `&&`, `\q{}` and properties of strings. */
const setNotation = /--|&&|\\q\{|\\p\{(?:Basic_Emoji|Emoji_Keycap_Sequence|RGI_[A-Za-z_]+)\}/;

function hasSetNotation(pattern: string): boolean {
  if (setNotation.test(pattern)) return true;
  let isInClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at];
    if (character === '\\') at += 1;
    else if (character === ']') isInClass = false;
    else if (character === '[') {
      if (isInClass) return true;
      isInClass = true;
    }
  }
  return false;
}

/**
 * The source with `u` for `v` where both mean the same. A literal that needs the v flag cannot be simulated: then the
 * source throws a SyntaxError that says so.
 */
export function replaceUnicodeSets(source: string, sourceType: 'module' | 'script'): string {
  if (!/\/[dgimsy]*v[dgimsy]*(?![\w$])/.test(source)) return source;
  let tree: Node;
  try {
    tree = parse(source, { ecmaVersion: 'latest', sourceType, allowHashBang: true, allowReturnOutsideFunction: true });
  } catch {
    return source;
  }
  let text = source;
  let refused: string | undefined;
  const visit = (node: Node): void => {
    const { regex } = node as Node & { regex?: { pattern: string; flags: string } };
    if (regex?.flags.includes('v') === true) {
      if (hasSetNotation(regex.pattern)) refused ??= `/${regex.pattern}/${regex.flags}`;
      const flags = regex.flags.replace('v', 'u');
      text = `${text.slice(0, node.end - flags.length)}${flags}${text.slice(node.end)}`;
    }
    childNodes(node).forEach(visit);
  };
  visit(tree);
  if (refused === undefined) return text;
  const message = `The simulator has no set notation in regular expressions: ${refused}`;
  return `throw new SyntaxError(${JSON.stringify(message)});`;
}
