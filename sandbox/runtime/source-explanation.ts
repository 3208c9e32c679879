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
import { describeCall } from './call-message.ts';
import { describeDestructuring, describeIterable } from './destructuring-message.ts';
import { frameName } from './frame-name.ts';
import {
  assignments,
  describePrimitive,
  describePrivate,
  describeRead,
  describeReadOnly,
  enclosingClass,
  keyOf,
  owner,
  targetOf,
} from './member-message.ts';
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
