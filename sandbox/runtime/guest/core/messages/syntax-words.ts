/** QuickJS's words for syntax errors in V8's, for texts whose source is not at hand. */

type Words = string | ((match: RegExpExecArray) => string);

const table: readonly (readonly [RegExp, Words])[] = [
  [/^unexpected token(?: in expression)?: ''$/, 'Unexpected end of input'],
  [/^unexpected token(?: in expression)?: '(.+)'$/s, ([, token]) => named(token!)],
  [/^invalid redefinition/, 'Identifier has already been declared'],
  [/^missing initializer for const/, 'Missing initializer in const declaration'],
  [/^return not in a function$/, 'Illegal return statement'],
  [/^break must be/, 'Illegal break statement'],
  [/^continue must be/, 'Illegal continue statement: no surrounding iteration statement'],
  [
    /^unexpected end of (string|comment)$|^invalid number literal$|^unexpected character$/,
    'Invalid or unexpected token',
  ],
  [/^unexpected end of regexp$|^unexpected line terminator in regexp$/, 'Invalid regular expression: missing /'],
  [/^invalid regular expression flags$/, 'Invalid regular expression flags'],
  [/^invalid assignment left-hand side$/, 'Invalid left-hand side in assignment'],
  [
    /^unsupported keyword: (\w+)$/,
    ([, word]) => (word === 'enum' ? 'Unexpected reserved word' : `Unexpected token '${word!}'`),
  ],
  [
    /^undefined private field '(#.+)'$/,
    ([, name]) => `Private field '${name!}' must be declared in an enclosing class`,
  ],
  [/^(super\(\) is only|'super' is only)/, "'super' keyword unexpected here"],
  [/^new\.target only/, 'new.target expression is not allowed here'],
  [/^import\.meta only/, "Cannot use 'import.meta' outside a module"],
  [/^expecting catch or finally$/, 'Missing catch or finally after try'],
  [/^line terminator not allowed after throw$/, 'Illegal newline after throw'],
  [/^duplicate default$/, 'More than one default clause in switch statement'],
  [/^invalid keyword: with$/, 'Strict mode code may not include a with statement'],
  [/^Octal literals are not allowed in strict mode$/, 'Octal literals are not allowed in strict mode.'],
];

const named = (token: string): string => {
  if (/^["']/.test(token)) return 'Unexpected string';
  if (/^\d/.test(token)) return 'Unexpected number';
  return `Unexpected token '${token}'`;
};

/** V8's words, or undefined where QuickJS's are the same or nothing better is known. */
export function syntaxWords(message: string): string | undefined {
  for (const [pattern, words] of table) {
    const match = pattern.exec(message);
    if (match !== null) return typeof words === 'string' ? words : words(match);
  }
  return undefined;
}
