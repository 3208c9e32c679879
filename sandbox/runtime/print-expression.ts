/** Expressions as V8's error messages print them, and values that the source alone tells. */
import type { Node } from 'acorn';

/** A node of any type, with its fields by name. */
export type Tree = Node & Record<string, unknown>;

const intermediate = '(intermediate value)';

/** An expression as V8 names it in a message: what is neither a name nor a literal is an intermediate value. */
export function print(node: Tree): string {
  switch (node.type) {
    case 'Identifier':
      return String(node['name']);
    case 'PrivateIdentifier':
      return `#${String(node['name'])}`;
    case 'ThisExpression':
      return 'this';
    case 'Super':
      return 'super';
    case 'Literal':
      return printLiteral(node);
    case 'MemberExpression':
      return printMember(node);
    case 'CallExpression':
      return `${print(node['callee'] as Tree)}(...)`;
    case 'NewExpression':
      return `(intermediate value)`;
    case 'ImportExpression':
      return `import(...)`;
    case 'ChainExpression':
      return print(node['expression'] as Tree);
    case 'UnaryExpression':
      return `(${spaced(String(node['operator']))}${print(node['argument'] as Tree)})`;
    case 'UpdateExpression':
      return node['prefix'] === true
        ? `(${String(node['operator'])}${print(node['argument'] as Tree)})`
        : `(${print(node['argument'] as Tree)}${String(node['operator'])})`;
    case 'BinaryExpression':
    case 'LogicalExpression':
      return `(${print(node['left'] as Tree)} ${String(node['operator'])} ${print(node['right'] as Tree)})`;
    case 'SequenceExpression':
      return `(${(node['expressions'] as Tree[]).map(print).join(' , ')})`;
    case 'ConditionalExpression':
      return intermediate.repeat(3);
    case 'ObjectExpression':
      return `{${intermediate.repeat((node['properties'] as Tree[]).length)}}`;
    case 'ArrayExpression':
      return `[${(node['elements'] as (Tree | null)[]).map((item) => (item === null ? '' : print(item))).join(',')}]`;
    default:
      return intermediate;
  }
}

const spaced = (operator: string): string => (/^[a-z]/.test(operator) ? `${operator} ` : operator);

function printLiteral(node: Tree): string {
  if (typeof node['value'] === 'string') return `"${node['value']}"`;
  return String(node['raw']);
}

function printMember(node: Tree): string {
  const object = (node['object'] as Tree).type === 'Super' ? intermediate : print(node['object'] as Tree);
  const property = node['property'] as Tree;
  const optional = node['optional'] === true ? '?.' : '';
  if (node['computed'] !== true) return `${object}${optional || '.'}${print(property)}`;
  if (property.type === 'Literal' && typeof property['value'] === 'string') return `${object}.${property['value']}`;
  return `${object}${optional}[${print(property)}]`;
}

/** A value that the source tells: how V8 prints it in a message, and its kind. */
export interface KnownValue {
  /** `undefined`, `5`, `text`, `#<Foo>`, `[object Array]`, or a function's source. */
  readonly text: string;
  readonly type: 'undefined' | 'null' | 'number' | 'string' | 'boolean' | 'object' | 'function' | 'symbol' | 'bigint';
  /** Elements of an array that is written out. */
  readonly length?: number;
}

/** Finds what a name was given when it was declared. */
export type Declarations = (name: string) => Tree | undefined;

/** The value of an expression, as far as the source tells without running it. */
export function knownValue(node: Tree, source: string, declared: Declarations, depth = 0): KnownValue | undefined {
  const again = (next: Tree): KnownValue | undefined =>
    depth > 5 ? undefined : knownValue(next, source, declared, depth + 1);
  switch (node.type) {
    case 'Literal': {
      const { value } = node as unknown as { value: string | number | bigint | boolean | RegExp | null };
      if (value === null) return node['raw'] === 'null' ? { text: 'null', type: 'null' } : undefined;
      if (value instanceof RegExp) return { text: String(node['raw']), type: 'object' };
      return { text: String(value), type: typeof value as 'number' };
    }
    case 'TemplateLiteral': {
      const parts = node['quasis'] as Tree[];
      const text = (parts[0]!['value'] as { cooked?: string }).cooked;
      return parts.length === 1 && text !== undefined ? { text, type: 'string' } : undefined;
    }
    case 'Identifier': {
      if (node['name'] === 'undefined') return { text: 'undefined', type: 'undefined' };
      const value = declared(String(node['name']));
      return value === undefined || value === node ? undefined : again(value);
    }
    case 'ObjectExpression':
      return { text: '#<Object>', type: 'object' };
    case 'ArrayExpression': {
      const elements = node['elements'] as (Tree | null)[];
      const spread = elements.some((item) => item?.type === 'SpreadElement');
      return { text: '[object Array]', type: 'object', ...(spread ? {} : { length: elements.length }) };
    }
    case 'NewExpression': {
      const name = (node['callee'] as { name?: string }).name;
      if (name === undefined) return undefined;
      const printed = /^(Date|RegExp|Array)$/.test(name) ? `[object ${name}]` : `#<${name}>`;
      return { text: printed, type: 'object' };
    }
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'ClassExpression':
      return { text: source.slice(node.start, node.end), type: 'function' };
    case 'CallExpression': {
      const callee = print(node['callee'] as Tree);
      const first = (node['arguments'] as Tree[])[0];
      if (/^Object\.(freeze|seal|preventExtensions|defineProperty|assign)$/.test(callee) && first) return again(first);
      if (callee === 'Symbol')
        return { text: `Symbol(${first === undefined ? '' : (again(first)?.text ?? '')})`, type: 'symbol' };
      return undefined;
    }
    case 'MemberExpression': {
      const owner = node['computed'] === true ? undefined : writtenObject(node['object'] as Tree, declared);
      if (owner === undefined) return undefined;
      const found = (owner['properties'] as Tree[]).find(
        (item) => (item['key'] as { name?: string } | undefined)?.name === (node['property'] as { name?: string }).name,
      );
      if (found !== undefined) return again(found['value'] as Tree);
      return (owner['properties'] as Tree[]).some((item) => item.type === 'SpreadElement')
        ? undefined
        : { text: 'undefined', type: 'undefined' };
    }
    default:
      return undefined;
  }
}

/** The object literal that an expression stands for, when it is written in the source. */
function writtenObject(node: Tree, declared: Declarations): Tree | undefined {
  if (node.type === 'ObjectExpression') return node;
  if (node.type === 'CallExpression' && /^Object\.(freeze|seal)$/.test(print(node['callee'] as Tree))) {
    return writtenObject((node['arguments'] as Tree[])[0] ?? node, () => undefined);
  }
  const value = node.type === 'Identifier' ? declared(String(node['name'])) : undefined;
  return value === undefined || value === node ? undefined : writtenObject(value, () => undefined);
}
