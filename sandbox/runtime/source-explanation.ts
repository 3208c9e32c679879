/** What the source says at the place of an error: V8 names the expression, QuickJS only the kind of mistake. */
import { isIdentifierStart, parse, tokTypes, type Node, type TokenType } from 'acorn';
import { childNodes } from './syntax-tree.ts';

type Tree = Node & Record<string, unknown>;

const commonJsOptions = {
  ecmaVersion: 'latest',
  sourceType: 'script',
  allowReturnOutsideFunction: true,
  allowHashBang: true,
  locations: true,
} as const;
const moduleOptions = { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true, locations: true } as const;

/** V8's message for an engine error at a place (1-based), or '' when the source does not tell. */
export function explainError(message: string, source: string, isModule: boolean, line: number, column: number): string {
  let tree: Tree;
  try {
    tree = parse(source, isModule ? moduleOptions : commonJsOptions) as unknown as Tree;
  } catch (error) {
    return message.startsWith('syntax:') ? describeSyntaxError(error as SyntaxProblem, source, isModule) : '';
  }
  if (message.startsWith('syntax:')) return '';
  const offset = offsetOf(source, line, column);
  const at: Tree[] = [];
  const onLine: Tree[] = [];
  const visit = (node: Tree): void => {
    if (anchor(node) === offset) at.push(node);
    if ((node as unknown as { loc: { start: { line: number } } }).loc.start.line === line) onLine.push(node);
    childNodes(node).forEach((child) => visit(child as Tree));
  };
  visit(tree);
  return describe(message, at, onLine);
}

function describe(message: string, at: Tree[], onLine: Tree[]): string {
  const last = <T>(list: T[]): T | undefined => list[list.length - 1];
  const pick = (types: string[]): Tree | undefined =>
    last(at.filter((node) => types.includes(node.type))) ?? onLine.find((node) => types.includes(node.type));
  if (message === 'not a function' || message === 'not a constructor') {
    const call = last(
      at.filter((node) => ['CallExpression', 'NewExpression', 'TaggedTemplateExpression'].includes(node.type)),
    );
    if (call === undefined) return '';
    const text = print((call['callee'] ?? call['tag']) as Tree);
    return `${text} is not a ${call.type === 'NewExpression' ? 'constructor' : 'function'}`;
  }
  if (message === 'value is not iterable' || /^cannot read property 'Symbol\.iterator' of/.test(message)) {
    return describeIterable(
      message,
      pick(['ForOfStatement', 'SpreadElement', 'VariableDeclarator', 'AssignmentExpression', 'YieldExpression']),
    );
  }
  if (message.startsWith('Cannot convert undefined or null')) {
    const pattern = onLine.find((node) => node.type === 'ObjectPattern');
    if (pattern === undefined) return '';
    const owner = onLine.find((node) => node['id'] === pattern || node['left'] === pattern);
    const value = owner === undefined ? 'undefined' : print((owner['init'] ?? owner['right']) as Tree);
    const kind = value === 'null' ? 'null' : 'undefined';
    const key = (pattern['properties'] as Tree[])[0]?.['key'] as Tree | undefined;
    return key === undefined
      ? `Cannot destructure '${value}' as it is ${kind}.`
      : `Cannot destructure property '${print(key)}' of '${value}' as it is ${kind}.`;
  }
  const readOnly = /^'(.*)' is read-only$/s.exec(message);
  if (readOnly !== null) {
    const name = readOnly[1]!;
    const assignment = onLine.find(
      (node) =>
        ['AssignmentExpression', 'UpdateExpression'].includes(node.type) &&
        ((node['left'] ?? node['argument']) as Tree).type === 'MemberExpression',
    );
    const direct = onLine.some(
      (node) =>
        ['AssignmentExpression', 'UpdateExpression'].includes(node.type) &&
        ((node['left'] ?? node['argument']) as { name?: string }).name === name,
    );
    if (direct || assignment === undefined) return '';
    return `Cannot assign to read only property '${name}' of object '${/^\d+$/.test(name) ? '[object Array]' : '#<Object>'}'`;
  }
  if (message === 'object is not extensible') {
    const assignment = onLine.find((node) => node.type === 'AssignmentExpression');
    const property = (assignment?.['left'] as Tree | undefined)?.['property'] as Tree | undefined;
    return property === undefined ? '' : `Cannot add property ${print(property)}, object is not extensible`;
  }
  if (message === "invalid 'in' operand") {
    const expression = onLine.find((node) => node.type === 'BinaryExpression' && node['operator'] === 'in');
    if (expression === undefined) return '';
    const [left, right] = [expression['left'] as Tree, expression['right'] as Tree];
    if (left.type !== 'Literal' || right.type !== 'Literal') return '';
    return `Cannot use 'in' operator to search for '${String(left['value'])}' in ${String(right['value'])}`;
  }
  if (message === "invalid 'instanceof' right operand") {
    const expression = onLine.find((node) => node.type === 'BinaryExpression' && node['operator'] === 'instanceof');
    const right = expression?.['right'] as Tree | undefined;
    return `Right-hand side of 'instanceof' is not ${right?.type === 'Literal' ? 'an object' : 'callable'}`;
  }
  return '';
}

function describeIterable(message: string, node: Tree | undefined): string {
  const value = /of (undefined|null)$/.exec(message)?.[1];
  if (node === undefined) return value === undefined ? '' : `${value} is not iterable`;
  if (node.type === 'SpreadElement') return 'Spread syntax requires ...iterable[Symbol.iterator] to be a function';
  const expression = (node['init'] ?? node['right'] ?? node['argument']) as Tree | undefined | null;
  if (expression === undefined || expression === null) return '';
  const text = print(expression);
  const literal = text === 'undefined' || text === 'null';
  return literal
    ? `${text} is not iterable (cannot read property Symbol(Symbol.iterator))`
    : `${expression.type === 'ObjectExpression' ? '{(intermediate value)}' : text} is not iterable`;
}

/** Where QuickJS puts an operation: at the property name of a member, else where the operand starts. */
function anchor(node: Tree): number {
  const subject = (
    ['CallExpression', 'NewExpression', 'TaggedTemplateExpression'].includes(node.type)
      ? (node['callee'] ?? node['tag'])
      : node
  ) as Tree;
  if (subject.type === 'ChainExpression') return anchor(subject['expression'] as Tree);
  if (subject.type === 'MemberExpression' && subject['computed'] !== true) return (subject['property'] as Tree).start;
  if (subject !== node && subject.type === 'CallExpression') return anchor(subject);
  return subject.start;
}

/** An expression as V8's messages print it. */
function print(node: Tree): string {
  switch (node.type) {
    case 'Identifier':
    case 'PrivateIdentifier':
      return `${node.type === 'PrivateIdentifier' ? '#' : ''}${String(node['name'])}`;
    case 'ThisExpression':
      return 'this';
    case 'Super':
      return 'super';
    case 'Literal':
      return typeof node['value'] === 'string' ? JSON.stringify(node['value']) : String(node['raw']);
    case 'MemberExpression': {
      const object = (node['object'] as Tree).type === 'Super' ? '(intermediate value)' : print(node['object'] as Tree);
      const property = node['property'] as Tree;
      const optional = node['optional'] === true ? '?.' : '';
      if (node['computed'] !== true) return `${object}${optional || '.'}${print(property)}`;
      if (property.type === 'Literal' && typeof property['value'] === 'string') return `${object}.${property['value']}`;
      return `${object}${optional}[${print(property)}]`;
    }
    case 'CallExpression':
      return `${print(node['callee'] as Tree)}(...)`;
    case 'ChainExpression':
    case 'ParenthesizedExpression':
      return print(node['expression'] as Tree);
    case 'UnaryExpression':
      return `(${String(node['operator'])}${print(node['argument'] as Tree)})`;
    default:
      return '(intermediate value)';
  }
}

interface SyntaxProblem {
  readonly message: string;
  readonly pos: number;
  readonly raisedAt: number;
}

/** V8's words for a syntax error that acorn found. */
function describeSyntaxError(problem: SyntaxProblem, source: string, isModule: boolean): string {
  const text = problem.message.replace(/ \(\d+:\d+\)$/, '');
  const declared = /^Identifier '(.+)' has already been declared$/.exec(text);
  if (declared !== null) return text;
  if (/import' and 'export' may/.test(text) || /'import' and 'export' may/.test(text)) {
    return source.startsWith('import', problem.pos)
      ? 'Cannot use import statement outside a module'
      : "Unexpected token 'export'";
  }
  if (/^'return' outside of function$/.test(text)) return 'Illegal return statement';
  if (/await/.test(text))
    return isModule
      ? 'Unexpected reserved word'
      : 'await is only valid in async functions and the top level bodies of modules';
  if (/^Unterminated template/.test(text)) return 'Unterminated template literal';
  if (/^Unterminated string/.test(text)) return 'Invalid or unexpected token';
  if (/^Unterminated regular/.test(text)) return 'Invalid regular expression: missing /';
  if (/^Private field '#(.+)' must be declared/.test(text)) return text;
  if (/^Assigning to rvalue/.test(text)) return 'Invalid left-hand side in assignment';
  if (/^Missing initializer in const/.test(text) || /^Unexpected token/.test(text))
    return describeToken(problem.pos, source, text);
  return /^Unexpected/.test(text) ? describeToken(problem.pos, source, text) : text;
}

function describeToken(position: number, source: string, text: string): string {
  const rest = source.slice(position);
  if (/^\s*$/.test(rest))
    return /\([^)]*$/.test(source.slice(0, position).split('\n').at(-1) ?? '') && !/[{]\s*$/.test(source)
      ? 'missing ) after argument list'
      : 'Unexpected end of input';
  const word = /^[\w$]+/.exec(rest)?.[0];
  if (/^["']/.test(rest)) return 'Unexpected string';
  if (/^`/.test(rest)) return 'Unexpected template string';
  if (/^\d/.test(rest)) return 'Unexpected number';
  if (word !== undefined) {
    const keyword = Object.values(tokTypes as unknown as Record<string, TokenType>).some(
      (type) => type.keyword === word,
    );
    if (/^Missing initializer/.test(text)) return 'Missing initializer in const declaration';
    return keyword ? `Unexpected token '${word}'` : `Unexpected identifier '${word}'`;
  }
  const punctuation =
    /^(=>|\.{3}|\*\*|[=!]==?|&&|\|\||\?\?|\?\.|\+\+|--|<<|>>>?|[<>]=|[-+*/%&|^]=|[^\s])/.exec(rest)?.[0] ?? '';
  if (isIdentifierStart(punctuation.codePointAt(0) ?? 0) || /[@#\\]/.test(punctuation))
    return 'Invalid or unexpected token';
  if (/^Missing initializer/.test(text)) return 'Missing initializer in const declaration';
  const before = source.slice(0, position);
  const depth = [...before].reduce((open, character) => open + (character === '(' ? 1 : character === ')' ? -1 : 0), 0);
  if (depth > 0 && punctuation === ';') return 'missing ) after argument list';
  return `Unexpected token '${punctuation}'`;
}

function offsetOf(source: string, line: number, column: number): number {
  let offset = 0;
  for (let current = 1; current < line; current++) {
    const end = source.indexOf('\n', offset);
    if (end < 0) break;
    offset = end + 1;
  }
  return offset + column - 1;
}
