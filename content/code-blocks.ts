/** The fenced code blocks of a page, with the lines they stand on. Pure. */

export interface CodeBlock {
  /** What stands behind the fence: `sh`, `yaml`. */
  readonly language: string;
  readonly text: string;
  /** 1-based line of its first line of code in the file. */
  readonly line: number;
}

/** `mdx` is the text of a whole file. A block indented as part of a list loses that indentation. */
export function codeBlocksOf(mdx: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  for (const match of mdx.matchAll(/^([ \t]*)(`{3,}|~{3,})([\w-]*)[^\n]*\n([\s\S]*?)^[ \t]*\2[ \t]*$/gm)) {
    const [, indentation = '', , language = '', code = ''] = match;
    const line = mdx.slice(0, match.index).split('\n').length + 1;
    const text = code.replace(new RegExp(`^${indentation}`, 'gm'), '');
    blocks.push({ language, text, line });
  }
  return blocks;
}
