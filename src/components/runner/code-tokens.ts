/** JavaScript cut into keywords, strings, comments and the rest: enough to colour edited code without an editor. Pure. */

export interface CodeToken {
  readonly kind: 'keyword' | 'string' | 'comment' | 'plain';
  readonly text: string;
}

const keywords = new Set(
  (
    'as async await break case catch class const continue debugger default delete do else export extends false finally ' +
    'for from function if import in instanceof let new null of return static super switch this throw true try typeof ' +
    'undefined var void while with yield'
  ).split(' '),
);

const token =
  /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>'(?:[^'\\\n]|\\.)*'?|"(?:[^"\\\n]|\\.)*"?|`(?:[^`\\]|\\[\s\S])*`?)|(?<word>(?<!\.)[A-Za-z_$][\w$]*)/g;

/** The tokens of a text; joined they are the text again. */
export function tokensOf(code: string): readonly CodeToken[] {
  const tokens: CodeToken[] = [];
  const add = (kind: CodeToken['kind'], text: string) => {
    const last = tokens.at(-1);
    if (text === '') return;
    if (last?.kind === kind) tokens[tokens.length - 1] = { kind, text: last.text + text };
    else tokens.push({ kind, text });
  };
  let at = 0;
  for (const match of code.matchAll(token)) {
    const { comment, string, word } = match.groups ?? {};
    add('plain', code.slice(at, match.index));
    if (comment !== undefined) add('comment', comment);
    else if (string !== undefined) add('string', string);
    else add(keywords.has(word ?? '') ? 'keyword' : 'plain', match[0]);
    at = match.index + match[0].length;
  }
  add('plain', code.slice(at));
  return tokens;
}

/** The tokens of each line. */
export function linesOfTokens(code: string): readonly (readonly CodeToken[])[] {
  const lines: CodeToken[][] = [[]];
  for (const { kind, text } of tokensOf(code)) {
    for (const [index, piece] of text.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (piece !== '') lines.at(-1)?.push({ kind, text: piece });
    }
  }
  return lines;
}
