/** Words of an expression: names, `#names`, `:values`, numbers and signs, with the places where they stand. */
export interface Token {
  readonly kind: 'word' | 'name' | 'value' | 'number' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

/** The token that cannot be read comes as a sign of its own; the parser refuses it. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const pattern = /\s*(?:(#[\w]+)|(:[\w]+)|([A-Za-z][\w]*)|(\d+)|(<>|<=|>=|[=<>()+\-,.[\]])|(\S))/gy;
  pattern.lastIndex = 0;
  for (;;) {
    const match = pattern.exec(text);
    if (match === null) break;
    const [whole, name, value, word, number, sign, other] = match;
    const found = name ?? value ?? word ?? number ?? sign ?? other ?? '';
    const kind = name ? 'name' : value ? 'value' : word ? 'word' : number ? 'number' : 'sign';
    tokens.push({ kind, text: found, at: match.index + whole.length - found.length });
  }
  tokens.push({ kind: 'end', text: '<EOF>', at: text.length });
  return tokens;
}
