/** What the source says at the place of an error: V8 names the expression, QuickJS only the kind of mistake. */
import {
  anchor,
  declarationOf,
  nodeFor,
  parseSource,
  scopeAt,
  scopeOfText,
  type ParsedSource,
} from './parsed-source.ts';
import { describeDestructuring, describeIterable } from './destructuring-message.ts';
import { knownValue, print, type KnownValue, type Tree } from './print-expression.ts';
import { describeSyntaxError, type SyntaxProblem } from './syntax-message.ts';

/** An error in its source, with what explanations need. */
export interface Mistake {
  readonly parsed: ParsedSource;
  readonly offset: number;
  /** The function that raised the error. */
  readonly scope: Tree;
  readonly message: string;
  /** Kinds of the arguments that the function was called with, as V8 prints them: `undefined`, `object null`. */
  readonly values: readonly string[];
  /** The node of a kind that the error is about. */
  readonly find: (...types: string[]) => Tree | undefined;
  /** The value of an expression, as far as the source tells. */
  readonly known: (node: Tree) => KnownValue | undefined;
}

/** V8's words, and where V8 puts the error (an offset), when that is elsewhere. */
export interface Explanation {
  readonly text: string;
  readonly offset?: number;
}

/**
 * V8's message for an engine error at a place (1-based), or '' when the source does not tell. Otherwise
 * `line:column:message`. After characters U+0001, `message` may carry the JSON list of the kinds of the function's arguments, and the
 * function's text.
 */
export function explainError(message: string, source: string, isModule: boolean, line: number, column: number): string {
  const [text = '', values = '[]', body = ''] = message.split('\u0001');
  let parsed: ParsedSource;
  try {
    parsed = parseSource(source, isModule);
  } catch (error) {
    if (!text.startsWith('syntax:')) return '';
    return reply({ text: describeSyntaxError(error as SyntaxProblem, source, isModule) }, source, line, column);
  }
  if (text.startsWith('syntax:')) {
    const refused = refusedPattern(parsed);
    return refused === undefined ? '' : reply(refused, source, line, column);
  }
  const place = offsetOf(source, line, column);
  const scope = (body === '' ? undefined : scopeOfText(parsed, body, place)) ?? scopeAt(parsed, place);
  // A function that is one expression begins, for QuickJS, where the statement around it does.
  const offset = Math.max(place, scope.start);
  const mistake: Mistake = {
    parsed,
    offset,
    scope,
    message: text,
    values: JSON.parse(values) as string[],
    find: (...types) => nodeFor(parsed, offset, (node) => types.includes(node.type), scope),
    known: (node) => knownValue(node, source, (name) => declarationOf(parsed, scope, name)),
  };
  if (text.startsWith('frame:')) return describeFrame(parsed, place, scope, text.slice('frame:'.length), line, column);
  if (text.startsWith('eval:')) return explainEvaluated(mistake, isModule, line, column);
  const explained = describe(mistake);
  return explained === undefined ? '' : reply(explained, source, line, column);
}

/** Groups with flags of their own, such as `(?i:a)`, parse, and the engine does not have them. */
function refusedPattern({ nodes }: ParsedSource): Explanation | undefined {
  for (const { type, start, ...literal } of nodes) {
    const regex = literal['regex'] as { pattern: string; flags: string } | undefined;
    if (type !== 'Literal' || regex === undefined || !/\(\?[ims]*-?[ims]+:/.test(regex.pattern)) continue;
    return { text: `Invalid regular expression: /${regex.pattern}/${regex.flags}: Invalid group`, offset: start };
  }
  return undefined;
}

function reply(explained: Explanation, source: string, line: number, column: number): string {
  if (explained.offset === undefined) return `${line}:${column}:${explained.text}`;
  const before = source.slice(0, explained.offset).split('\n');
  return `${before.length}:${before.at(-1)!.length + 1}:${explained.text}`;
}

/**
 * A stack frame as V8 shows it: `line:column:name`, where the name has its class or object in front. The name ends with
 * U+0001 when the place is a `new` expression.
 */
function describeFrame(
  parsed: ParsedSource,
  offset: number,
  scope: Tree,
  name: string,
  line: number,
  column: number,
): string {
  const made = parsed.nodes.find((node) => node.type === 'NewExpression' && anchor(node) === offset);
  const text = `${frameName(parsed, scope, name)}${made === undefined ? '' : '\u0001'}`;
  return reply(made === undefined ? { text } : { text, offset: made.start }, parsed.source, line, column);
}

function frameName(parsed: ParsedSource, scope: Tree, name: string): string {
  const holder = parsed.parents.get(scope);
  if (holder === undefined) return name;
  const assigned = holder['left'] as Tree | undefined;
  if (name === '' && holder['right'] === scope && assigned?.type === 'MemberExpression') return print(assigned);
  if (name === '') return name;
  if (holder.type === 'MethodDefinition') {
    const body = parsed.parents.get(holder)!;
    const owner = (parsed.parents.get(body)?.['id'] as { name?: string } | null | undefined)?.name;
    if (holder['kind'] === 'constructor') return `new ${owner ?? name}`;
    const key = holder['key'] as Tree;
    if (key.type === 'PrivateIdentifier' || holder['kind'] !== 'method') return name;
    return owner !== undefined && print(key) === name ? `${owner}.${name}` : name;
  }
  const isMember = holder.type === 'Property' && parsed.parents.get(holder)?.type === 'ObjectExpression';
  return isMember && holder['value'] === scope && keyName(holder) === name ? `Object.${name}` : name;
}

const keyName = (property: Tree): string => print(property['key'] as Tree);

function offsetOf(source: string, line: number, column: number): number {
  let offset = 0;
  for (let current = 1; current < line; current++) {
    const end = source.indexOf('\n', offset);
    if (end < 0) break;
    offset = end + 1;
  }
  return offset + column - 1;
}

/** A syntax error in what eval was given, when that is written in the source. */
function explainEvaluated(mistake: Mistake, isModule: boolean, line: number, column: number): string {
  const call = nodeFor(
    mistake.parsed,
    mistake.offset,
    (node) => (node['callee'] as { name?: string })?.name === 'eval',
  );
  const argument = (call?.['arguments'] as Tree[] | undefined)?.[0];
  const code = argument === undefined ? undefined : mistake.known(argument);
  if (code?.type !== 'string') return '';
  const text = describeEvaluated(code.text, isModule);
  return text === '' ? '' : `${line}:${column}:${text}`;
}

/** V8's words for the syntax error in a text that was evaluated; '' when acorn finds none. */
export function describeEvaluated(code: string, strict: boolean): string {
  try {
    parseSource(strict ? `'use strict';${code}` : code, false);
    return '';
  } catch (error) {
    const problem = error as SyntaxProblem;
    const shift = strict ? "'use strict';".length : 0;
    const moved = { message: problem.message, pos: problem.pos - shift, raisedAt: problem.raisedAt - shift };
    return describeSyntaxError(moved, code, false, strict);
  }
}

const assignments = ['AssignmentExpression', 'UpdateExpression'];
const targetOf = (node: Tree | undefined): Tree | undefined =>
  (node?.['left'] ?? node?.['argument']) as Tree | undefined;

function describe(mistake: Mistake): Explanation | undefined {
  const { message } = mistake;
  if (/^(not a function|.*not a constructor)$/.test(message)) return describeCall(mistake);
  if (message === 'value is not iterable' || /^cannot read property 'Symbol\.iterator' of/.test(message)) {
    return describeIterable(mistake);
  }
  if (message.startsWith('Cannot convert undefined or null')) return describeDestructuring(mistake);
  const read = /^cannot read property '(.*)' of (?:undefined|null)$/s.exec(message);
  if (read !== null) return describeRead(mistake, read[1]!);
  const readOnly = /^'(.*)' is read-only$/s.exec(message);
  if (readOnly !== null) return describeReadOnly(mistake, readOnly[1]!);
  switch (message) {
    case 'object is not extensible': {
      const target = targetOf(mistake.find(...assignments));
      if (target?.type !== 'MemberExpression') return undefined;
      return { text: `Cannot add property ${keyOf(mistake, target)}, object is not extensible` };
    }
    case 'no setter for property': {
      const target = targetOf(mistake.find(...assignments));
      if (target?.type !== 'MemberExpression') return undefined;
      if ((target['property'] as Tree).type === 'PrivateIdentifier') return undefined;
      return {
        text: `Cannot set property ${keyOf(mistake, target)} of ${owner(mistake, target).text} which has only a getter`,
      };
    }
    case 'could not delete property': {
      const target = targetOf(mistake.find('UnaryExpression'));
      if (target?.type !== 'MemberExpression') return undefined;
      return { text: `Cannot delete property '${keyOf(mistake, target)}' of ${owner(mistake, target).text}` };
    }
    case 'proxy: cannot set property': {
      const target = targetOf(mistake.find(...assignments));
      if (target?.type !== 'MemberExpression') return undefined;
      return { text: `'set' on proxy: trap returned falsish for property '${keyOf(mistake, target)}'` };
    }
    case 'not an object':
      return describePrimitive(mistake);
    case "invalid 'in' operand": {
      const expression = nodeFor(mistake.parsed, mistake.offset, (node) => node['operator'] === 'in', mistake.scope);
      if (expression === undefined) return undefined;
      const left = expression['left'] as Tree;
      const key = left.type === 'PrivateIdentifier' ? print(left) : (mistake.known(left)?.text ?? print(left));
      const right = mistake.known(expression['right'] as Tree)?.text ?? 'undefined';
      return { text: `Cannot use 'in' operator to search for '${key}' in ${right}` };
    }
    case "invalid 'instanceof' right operand": {
      const expression = nodeFor(
        mistake.parsed,
        mistake.offset,
        (node) => node['operator'] === 'instanceof',
        mistake.scope,
      );
      if (expression === undefined) return undefined;
      const right = expression['right'] as Tree;
      const value = mistake.known(right);
      const isObject = value === undefined ? right.type === 'Identifier' : /object|function/.test(value.type);
      return { text: `Right-hand side of 'instanceof' is not ${isObject ? 'callable' : 'an object'}` };
    }
    case 'parent class must be constructor': {
      const found = nodeFor(mistake.parsed, mistake.offset, (node) => Boolean(node['superClass']), mistake.scope);
      if (found === undefined) return undefined;
      const parent = found['superClass'] as Tree;
      const text = mistake.known(parent)?.text ?? (parent.type === 'Identifier' ? '#<Object>' : 'undefined');
      return { text: `Class extends value ${text} is not a constructor or null`, offset: parent.start };
    }
    case 'invalid brand on object': {
      const name = enclosingClass(mistake);
      return { text: `Receiver must be ${name === undefined ? 'class anonymous' : `an instance of class ${name}`}` };
    }
    default:
      return describePrivate(mistake);
  }
}

const calls = ['CallExpression', 'NewExpression', 'TaggedTemplateExpression'];
const calleeOf = (call: Tree): Tree => (call['callee'] ?? call['tag']) as Tree;

/** The call that failed. Of calls of calls at one place it is the innermost, unless that surely is a function. */
function failedCall({ parsed, offset, scope, known }: Mistake): Tree | undefined {
  const all = parsed.nodes.filter((node) => calls.includes(node.type));
  const exact = all.filter((node) => anchor(node) === offset);
  const starting = all.filter((node) => {
    const callee = calleeOf(node);
    return callee.start === offset && (node.type === 'NewExpression' || callee['computed'] === true);
  });
  const found = [...starting, ...exact].sort((one, other) => other.end - one.end);
  const innermost = found.at(-1);
  if (innermost !== undefined && known(calleeOf(innermost))?.type === 'function') return found[0];
  return (
    innermost ??
    nodeFor(
      parsed,
      offset,
      (node) => calls.includes(node.type) && calleeOf(node).start <= offset && offset < calleeOf(node).end,
      scope,
    ) ??
    nodeFor(
      parsed,
      offset,
      (node) =>
        calls.includes(node.type) && /Parenth|Function|Object|Array|Unary|Conditional/.test(calleeOf(node).type),
      scope,
    )
  );
}

function describeCall(mistake: Mistake): Explanation | undefined {
  const { parsed, offset, message, find } = mistake;
  const exact = parsed.nodes.find((node) => calls.includes(node.type) && anchor(node) === offset);
  if (message === 'not a function') {
    const loop = exact === undefined ? find('ForOfStatement') : undefined;
    if (loop?.['await'] === true) return { text: `${print(loop['right'] as Tree)} is not async iterable` };
  }
  const call = failedCall(mistake);
  if (call === undefined) return undefined;
  const callee = calleeOf(call);
  if (callee.type === 'Super') {
    const parent = parsed.nodes.findLast((node) => node['superClass'] && node.start <= offset && offset < node.end);
    const name = (parent?.['id'] as { name?: string } | null)?.name;
    const value = (parent?.['superClass'] as Tree | undefined)?.['raw'] === 'null' ? 'null' : 'undefined';
    return {
      text: `Super constructor ${value} of ${name === undefined ? 'anonymous class' : name} is not a constructor`,
    };
  }
  if (call.type === 'NewExpression') return { text: `${print(callee)} is not a constructor`, offset: call.start };
  const place = callee.type === 'MemberExpression' && callee['computed'] === true ? { offset: callee.end } : {};
  const inner = callee.type === 'CallExpression' ? { offset: callee.end } : place;
  return { text: `${print(callee)} is not a function`, ...inner };
}

function describeRead(mistake: Mistake, key: string): Explanation | undefined {
  const reads = (node: Tree): boolean => {
    if (node.type !== 'MemberExpression') return false;
    const property = node['property'] as Tree;
    if (node['computed'] !== true) return property['name'] === key;
    return property.type !== 'Literal' || String(property['value']) === key;
  };
  const { parsed, offset, message } = mistake;
  const atPlace = parsed.nodes.filter((node) => node.start === offset && reads(node));
  const member = atPlace.find((node) => knownName(node) === key) ?? atPlace.at(-1) ?? nodeFor(parsed, offset, reads);
  if (member === undefined) return undefined;
  const property = member['property'] as Tree;
  const value = / of null$/.test(message) ? 'null' : 'undefined';
  const computed = member['computed'] === true;
  const place = computed ? property.start - 1 : property.start;
  const known = computed ? mistake.known(property) : undefined;
  const wellKnown = key.startsWith('Symbol.') ? `Symbol(${key})` : key;
  const name = known !== undefined && /symbol|object/.test(known.type) ? known.text : wellKnown;
  return { text: `Cannot read properties of ${value} (reading '${name}')`, offset: place };
}

const knownName = (node: Tree): unknown => (node['property'] as { name?: string }).name;

function describeReadOnly(mistake: Mistake, name: string): Explanation | undefined {
  const { parsed, offset } = mistake;
  const assignment = nodeFor(parsed, offset, (node) => {
    if (!assignments.includes(node.type)) return false;
    const target = targetOf(node)!;
    return target.type === 'MemberExpression' || /Pattern/.test(target.type) || target['name'] === name;
  });
  const target = targetOf(assignment);
  if (name.startsWith('#') && target?.type !== 'MemberExpression')
    return { text: `'${name}' was defined without a getter` };
  if (target?.type !== 'MemberExpression') {
    const isGlobal = /^(undefined|NaN|Infinity)$/.test(name);
    if (isGlobal) return { text: `Cannot assign to read only property '${name}' of object '#<Object>'` };
    return { text: 'Assignment to constant variable.', ...operatorPlace(mistake, assignment) };
  }
  if ((target['property'] as Tree).type === 'PrivateIdentifier') {
    return { text: describePrivateWrite(mistake, name, target) };
  }
  const { text, type } = owner(mistake, target);
  const kind = type === 'string' || type === 'function' ? type : 'object';
  return {
    text: `Cannot assign to read only property '${name}' of ${kind} '${text}'`,
    ...operatorPlace(mistake, assignment),
  };
}

/** V8 puts an assignment at its operator. */
function operatorPlace({ parsed }: Mistake, node: Tree | undefined): { offset?: number } {
  const target = targetOf(node);
  if (node === undefined || target === undefined) return {};
  if (node['prefix'] === true) return { offset: target.start };
  const gap = /^\s*/.exec(parsed.source.slice(target.end))![0].length;
  return { offset: target.end + gap };
}

function describePrivateWrite({ parsed }: Mistake, name: string, _target: Tree): string {
  const method = parsed.nodes.some(
    (node) => node.type === 'MethodDefinition' && node['kind'] === 'method' && print(node['key'] as Tree) === name,
  );
  return method ? `Private method '${name}' is not writable` : `'${name}' was defined without a setter`;
}

function describePrivate({ message, parsed, offset }: Mistake): Explanation | undefined {
  const name = /^private class field '(#.+)' does not exist$/.exec(message)?.[1];
  if (name === undefined) return undefined;
  const written = nodeFor(parsed, offset, (node) => {
    const property = targetOf(node)?.['property'] as Tree | undefined;
    return assignments.includes(node.type) && property !== undefined && print(property) === name;
  });
  const how = written !== undefined && written['operator'] === '=' ? 'write private member' : 'read private member';
  return {
    text: `Cannot ${how} ${name} ${how.startsWith('write') ? 'to' : 'from'} an object whose class did not declare it`,
  };
}

/** Fields of a primitive value cannot be written; private ones of nothing cannot be read. */
function describePrimitive(mistake: Mistake): Explanation | undefined {
  const { parsed, offset } = mistake;
  const target = targetOf(parsed.nodes.find((node) => node.start === offset && assignments.includes(node.type)));
  if (target?.type === 'MemberExpression' && (target['property'] as Tree).type !== 'PrivateIdentifier') {
    const value = mistake.known(target['object'] as Tree);
    if (value === undefined) return undefined;
    const key = keyOf(mistake, target);
    if (value.type === 'string' && /^\d+$/.test(key) && Number(key) < value.text.length) {
      return { text: `Cannot assign to read only property '${key}' of string '${value.text}'` };
    }
    return { text: `Cannot create property '${key}' on ${value.type} '${value.text}'` };
  }
  const within = nodeFor(parsed, offset, (node) => node['operator'] === 'in');
  if (within !== undefined && (within['left'] as Tree).type === 'PrivateIdentifier') {
    const right = mistake.values[0]?.replace(/^(number|boolean|string) /, '') ?? 'undefined';
    return { text: `Cannot use 'in' operator to search for '${print(within['left'] as Tree)}' in ${right}` };
  }
  const read = nodeFor(parsed, offset, (node) => (node['property'] as Tree | undefined)?.type === 'PrivateIdentifier');
  if (read === undefined) return undefined;
  const nothing = mistake.values[0] === 'object null' ? 'null' : 'undefined';
  return { text: `Cannot read properties of ${nothing} (reading '${print(read['property'] as Tree)}')` };
}

function keyOf(mistake: Mistake, member: Tree): string {
  const property = member['property'] as Tree;
  return member['computed'] === true ? (mistake.known(property)?.text ?? print(property)) : print(property);
}

function owner(mistake: Mistake, member: Tree): KnownValue {
  const object = member['object'] as Tree;
  const known = mistake.known(object);
  if (known !== undefined) return known;
  if (
    object.type === 'Identifier' &&
    /^(Object|Array|String|Number|Date|Map|Set|Promise|RegExp|Error)$/.test(String(object['name']))
  ) {
    return { text: `function ${String(object['name'])}() { [native code] }`, type: 'function' };
  }
  const name = object.type === 'ThisExpression' ? enclosingClass(mistake) : undefined;
  return { text: `#<${name ?? 'Object'}>`, type: 'object' };
}

function enclosingClass({ parsed, offset }: Mistake): string | undefined {
  const around = parsed.nodes.findLast(
    (node) => /^Class(Declaration|Expression)$/.test(node.type) && node.start <= offset && offset < node.end,
  );
  return (around?.['id'] as { name?: string } | null | undefined)?.name;
}
