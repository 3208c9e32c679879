/** V8's words for the syntax errors that acorn finds. */
import { tokenizer, type Token } from 'acorn';
import { setNotationProblem } from './set-notation.ts';

/** What acorn throws. */
export interface SyntaxProblem {
  readonly message: string;
  readonly pos: number;
  readonly raisedAt: number;
}

const awaitOutside = 'await is only valid in async functions and the top level bodies of modules';
const badToken = 'Invalid or unexpected token';

/** acorn's words and V8's; the first that fits counts. `#` is what acorn names. */
const words: readonly (readonly [RegExp, string])[] = [
  [/^Identifier '(.+)' has already been declared$/, "Identifier '#' has already been declared"],
  [/^'return' outside of function$/, 'Illegal return statement'],
  [/^Unterminated template/, 'Unexpected end of input'],
  [/^Unterminated string|^Unterminated comment|^Unexpected character/, badToken],
  [/^Unterminated regular/, 'Invalid regular expression: missing /'],
  [/^Invalid regular expression flag/, 'Invalid regular expression flags'],
  [/^Private field '(#.+)' must be declared/, "Private field '#' must be declared in an enclosing class"],
  [
    /^Assigning to (?:rvalue|\(|new\.target)|^Parenthesized pattern|^Optional chaining cannot appear in left/,
    'Invalid left-hand side in assignment',
  ],
  [/^Binding (?:rvalue|member)|^Cannot assign to|^Unexpected parenthesized/, 'Invalid destructuring assignment target'],
  [/^Deleting local variable/, 'Delete of an unqualified identifier in strict mode.'],
  [/^(?:Binding|Assigning to) (?:eval|arguments) in strict/, 'Unexpected eval or arguments in strict mode'],
  [
    /^The keyword '(?:let|static|yield|interface|package|private|protected|public|implements)' is reserved/,
    'Unexpected strict mode reserved word',
  ],
  [/^let is disallowed/, 'let is disallowed as a lexically bound name'],
  [
    /^The keyword 'await' is reserved|^Cannot use keyword 'await'|^Await expression cannot|^Cannot use 'await'/,
    awaitOutside,
  ],
  [/^The keyword 'enum' is reserved/, 'Unexpected reserved word'],
  [/^Yield expression cannot/, 'Yield expression not allowed in formal parameter'],
  [/^'super' keyword|^'super' outside|^super\(\) call/i, "'super' keyword unexpected here"],
  [/^'new\.target' can only/, 'new.target expression is not allowed here'],
  [/^Cannot use 'import\.meta' outside/, "Cannot use 'import.meta' outside a module"],
  [/^Duplicate constructor/, 'A class may only have one constructor'],
  [/^Duplicate export '(.+)'/, "Duplicate export of '#'"],
  [/^Export '(.+)' is not defined/, "Export '#' is not defined in module"],
  [/^Redefinition of __proto__/, 'Duplicate __proto__ fields are not allowed in object literals'],
  [/^Shorthand property assignments/, 'Invalid shorthand property initializer'],
  [/^Label '(.+)' is already/, "Label '#' has already been declared"],
  [/^Unsyntactic break/, 'Illegal break statement'],
  [/^Unsyntactic continue/, 'Illegal continue statement: no surrounding iteration statement'],
  [/^Multiple default/, 'More than one default clause in switch statement'],
  [/^Missing catch or finally/, 'Missing catch or finally after try'],
  [/^Illegal newline after throw/, 'Illegal newline after throw'],
  [/^'with' in strict/, 'Strict mode code may not include a with statement'],
  [/^Octal literal in strict|^Invalid number$|^Legacy octal/i, 'Octal literals are not allowed in strict mode.'],
  [/^Octal (?:escape|literal in template)/, 'Octal escape sequences are not allowed in strict mode.'],
  [/^Code point out of bounds/, 'Undefined Unicode code-point'],
  [/^Bad character escape|^Invalid Unicode escape|^Expecting Unicode/, 'Invalid Unicode escape sequence'],
  [
    /^Numeric separator is not allowed at the last/,
    'Numeric separators are not allowed at the end of numeric literals',
  ],
  [/^Numeric separator must be exactly/, 'Only one underscore is allowed as numeric separator'],
  [/^Identifier directly after number|^Expected number in radix/, badToken],
  [/^Complex binding patterns require/, 'Missing initializer in destructuring declaration'],
  [/^getter should have no/, 'Getter must not have any formal parameters.'],
  [/^setter should have exactly/, 'Setter must have exactly one formal parameter.'],
  [/^Optional chaining cannot appear in the callee/, 'Invalid optional chain from new expression'],
  [/^Optional chaining cannot appear in the tag/, 'Invalid tagged template on optional chain'],
  [/^Comma is not permitted after the rest|^Unexpected trailing comma/, 'Rest element must be last element'],
  [/^Argument name clash/, 'Duplicate parameter name not allowed in this context'],
  [/^for-(of|in) loop variable declaration may not/, 'for-# loop variable declaration may not have an initializer.'],
  [/^Escape sequence in keyword/, 'Keyword must not contain escaped characters'],
  [
    /^Class's constructor can't be an async|^Constructor can't be an async/,
    'Class constructor may not be an async method',
  ],
  [/^Constructor can't be a generator/, 'Class constructor may not be a generator'],
  [/^Constructor can't have get\/set/, 'Class constructor may not be an accessor'],
  [/^Lexical declaration cannot appear/, 'Lexical declaration cannot appear in a single-statement context'],
];

/** The message of V8 for acorn's; `isModule` decides what `import` and `await` mean, `strict` what words are reserved. */
export function describeSyntaxError(
  problem: SyntaxProblem,
  source: string,
  isModule: boolean,
  strict = isModule,
): string {
  const text = problem.message.replace(/ \(\d+:\d+\)$/, '');
  const at = problem.pos;
  const rest = source.slice(at);
  if (/^'import' and 'export' may/.test(text)) {
    if (rest.startsWith('import') && !isModule) return 'Cannot use import statement outside a module';
    return `Unexpected token '${/^\w+/.exec(rest)?.[0] ?? 'export'}'`;
  }
  const pattern = /^Invalid regular expression: (\/.*\/): (.*)$/s.exec(text);
  if (pattern !== null) {
    // The place is that of the pattern, behind its first slash.
    const flags = /^[a-z]*/.exec(source.slice(at + pattern[1]!.length - 1))![0];
    const reason = flags.includes('v') ? setNotationProblem(pattern[1]!.slice(1, -1)) : undefined;
    return `Invalid regular expression: ${pattern[1]!}${flags}: ${reason ?? regularExpressionWords(pattern[2]!)}`;
  }
  if (/^Comma is not permitted/.test(text) && surroundings(tokensBefore(source, at), source).opener === 'parameters') {
    return 'Rest parameter must be last formal parameter';
  }
  if (/^Octal literal in strict/.test(text) && rest.startsWith('\\'))
    return 'Octal escape sequences are not allowed in strict mode.';
  if (/^Bad character escape/.test(text) && source.slice(Math.max(at - 3, 0), at).includes('\\x'))
    return 'Invalid hexadecimal escape sequence';
  if (/^Unsyntactic (break|continue)/.test(text)) {
    const label = /^(?:break|continue)[ \t]+([\w$]+)/.exec(rest)?.[1];
    if (label !== undefined) return `Undefined label '${label}'`;
  }
  if (/^Assigning to rvalue/.test(text)) {
    const tokens = tokensBefore(source, at);
    const after = /^(?:[\w$.]+)\s*(\+\+|--)/.exec(rest);
    if (after !== null) return 'Invalid left-hand side expression in postfix operation';
    if (/^(\+\+|--)$/.test(textOf(tokens.at(-1), source)))
      return 'Invalid left-hand side expression in prefix operation';
    if (/^\s*for\b/.test(source.slice(source.lastIndexOf('\n', at) + 1, at)))
      return 'Invalid left-hand side in for-loop';
  }
  const known = words.find(([mine]) => mine.test(text));
  // In a module the word is always reserved.
  if (known?.[1] === awaitOutside && isModule) return 'Unexpected reserved word';
  if (known !== undefined) return known[1].replace('#', known[0].exec(text)?.[1] ?? '');
  return describeToken(at, source, isModule, strict);
}

function regularExpressionWords(text: string): string {
  const same: Record<string, string> = {
    'Unterminated group': 'Unterminated group',
    "Unmatched ')'": "Unmatched ')'",
    'Duplicate capture group name': 'Duplicate capture group name',
    'Invalid named reference': 'Invalid named reference',
    'Invalid named capture referenced': 'Invalid named capture referenced',
    'Lone quantifier brackets': 'Lone quantifier brackets',
  };
  return same[text] ?? text;
}

function tokensBefore(source: string, position: number): Token[] {
  const tokens: Token[] = [];
  try {
    for (const token of tokenizer(source, { ecmaVersion: 'latest', allowHashBang: true })) {
      if (token.start >= position) break;
      tokens.push(token);
    }
  } catch {
    // What cannot be read lies at or behind the error.
  }
  return tokens;
}

const textOf = (token: Token | undefined, source: string): string =>
  token === undefined ? '' : source.slice(token.start, token.end);

const keywords =
  /^(break|case|catch|class|const|continue|debugger|default|delete|do|else|export|extends|finally|for|function|if|import|in|instanceof|new|return|super|switch|this|throw|try|typeof|var|void|while|with|null|true|false)$/;
const controls = /^(if|for|while|switch|with|catch|await)$/;

/** What opened the innermost bracket before the error, and the token in front of the error. */
function surroundings(tokens: readonly Token[], source: string): { opener: string; last: string } {
  const open: string[] = [];
  tokens.forEach((token, index) => {
    const text = textOf(token, source);
    const before = textOf(tokens[index - 1], source);
    if (text === '(') {
      const isFunction = before === 'function' || textOf(tokens[index - 2], source) === 'function';
      const isCall =
        /[\w$)\]`"']$/.test(before) &&
        !controls.test(before) &&
        !isFunction &&
        !/^(return|typeof|in|of|case|void|delete|throw|new)$/.test(before);
      open.push(isFunction ? 'parameters' : isCall ? 'call' : '(');
    } else if (text === '{' || text === '[' || text === '${') {
      const isClass = before === 'class' || /^(class|extends)$/.test(textOf(tokens[index - 2], source));
      open.push(text === '{' && isClass ? 'class' : text);
    } else if (/^[)}\]]$/.test(text)) open.pop();
  });
  return { opener: open.at(-1) ?? '', last: textOf(tokens.at(-1), source) };
}

const endsExpression = (text: string): boolean =>
  /[\w$)\]}"'`]$/.test(text) && !(keywords.test(text) && !/^(this|null|true|false|super)$/.test(text));

function describeToken(position: number, source: string, isModule: boolean, strict: boolean): string {
  const rest = source.slice(position);
  const tokens = tokensBefore(source, position);
  const { opener, last } = surroundings(tokens, source);
  const word = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/u.exec(rest)?.[0];
  if (opener === 'call' && endsExpression(last) && !(word === 'async' || last === '=>'))
    return 'missing ) after argument list';
  if (opener === '${' && endsExpression(last)) return 'Missing } in template expression';
  const statement = tokens.length >= 2 ? textOf(tokens.at(-2), source) : '';
  if (statement === 'const' && endsExpression(last)) return 'Missing initializer in const declaration';
  if (/^\s*$/.test(rest)) return 'Unexpected end of input';
  if (last === 'let' && strict && (/^\d/.test(rest) || (word !== undefined && keywords.test(word))))
    return 'Unexpected strict mode reserved word';
  if (last === 'await' && /^[\d"'([{`]/.test(rest)) return awaitOutside;
  if (opener === 'class' && rest.startsWith(':')) return `Unexpected identifier '${last}'`;
  if (last === 'function' && rest.startsWith('(')) return 'Function statements require a function name';
  if (/^["']/.test(rest)) return 'Unexpected string';
  if (/^`/.test(rest)) return 'Unexpected template string';
  if (/^\.?\d/.test(rest)) return /^\d+[\p{ID_Start}$_]/u.test(rest) ? badToken : 'Unexpected number';
  if (last === 'await' && word !== undefined && !keywords.test(word)) return awaitOutside;
  if (word === 'await') return isModule ? 'Unexpected reserved word' : awaitOutside;
  if (word === 'enum') return 'Unexpected reserved word';
  if (word !== undefined) return keywords.test(word) ? `Unexpected token '${word}'` : `Unexpected identifier '${word}'`;
  const privateName = /^#[\w$]+/.exec(rest)?.[0];
  if (privateName !== undefined) return `Private field '${privateName}' must be declared in an enclosing class`;
  if (/^[@#\\]/.test(rest)) return badToken;
  if (rest.startsWith('**')) {
    return 'Unary operator used immediately before exponentiation expression. Parenthesis must be used to disambiguate operator precedence';
  }
  const punctuation =
    /^(=>|\.{3}|\*\*=?|[=!]==?|&&=?|\|\|=?|\?\?=?|\?\.|\+\+|--|<<=?|>>>?=?|[<>]=|[-+*/%&|^]=|[^\s])/.exec(rest)?.[0] ??
    '';
  return `Unexpected token '${punctuation}'`;
}
