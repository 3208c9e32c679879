/** QuickJS's error messages in V8's words, since Lambda's Node.js runs on V8 and handlers log what they catch. */
import type { Host } from '../host.ts';
import { describeBuiltIn, describeBuiltInSyntax, type BuiltInCall } from '../messages/built-ins.ts';
import { printWithKind } from '../messages/describe-value.ts';
import { commonJsWrapper } from '../names.ts';
import { syntaxWords } from '../messages/syntax-words.ts';

/** A QuickJS call site. */
export interface CallSite {
  getFunction(): unknown;
  getFunctionName(): string | null;
  getFileName(): string | null;
  getLineNumber(): number;
  getColumnNumber(): number;
  isNative(): boolean;
}

/** Where V8 puts the error, when that is elsewhere than QuickJS does. */
export interface Position {
  readonly site: CallSite;
  readonly line: number;
  readonly column: number;
}

type Rule = readonly [RegExp, string | ((match: RegExpExecArray, functionName: string) => string)];

const symbolKey = (key: string): string => (/^Symbol\./.test(key) ? `Symbol(${key})` : key);
const superFirst =
  "Must call super constructor in derived class before accessing 'this' or returning from derived constructor";

/** What the source is asked about, and the words where it does not tell. */
const asked: readonly Rule[] = [
  [
    /^cannot read property '(.*)' of (undefined|null)$/s,
    ([, key, value]) =>
      key === 'Symbol.iterator'
        ? `${value === 'null' ? 'object null' : value!} is not iterable (cannot read property Symbol(Symbol.iterator))`
        : `Cannot read properties of ${value!} (reading '${symbolKey(key!)}')`,
  ],
  [/^not a function$|^(.+ is )?not a constructor$/, ([text]) => text],
  [/^value is not iterable$/, 'object is not iterable (cannot read property Symbol(Symbol.iterator))'],
  [/^Cannot convert undefined or null to object$/, ([text]) => text],
  [/^'(.*)' is read-only$/s, 'Assignment to constant variable.'],
  [/^object is not extensible$/, 'Cannot add property, object is not extensible'],
  [/^no setter for property$/, 'Cannot set property of #<Object> which has only a getter'],
  [/^could not delete property$/, 'Cannot delete property of #<Object>'],
  [/^not an object$/, ([text]) => text],
  [/^parent class must be constructor$/, 'Class extends value undefined is not a constructor or null'],
  [/^invalid brand on object$/, 'Receiver must be an instance of its class'],
  [
    /^private class field '(#.+)' does not exist$/,
    ([, name]) => `Cannot read private member ${name!} from an object whose class did not declare it`,
  ],
  [/^invalid 'instanceof' right operand$/, "Right-hand side of 'instanceof' is not callable"],
  [/^invalid 'in' operand$/, "Cannot use 'in' operator to search for a key in a primitive value"],
];

/** What needs no source. */
const plain: readonly Rule[] = [
  [
    /^cannot set property '(.*)' of (undefined|null)$/s,
    ([, key, value]) => `Cannot set properties of ${value!} (setting '${symbolKey(key!)}')`,
  ],
  [/^this is not initialized$/, superFirst],
  [
    /^(.+) is not initialized$/,
    ([, name]) => (name === 'this' ? superFirst : `Cannot access '${name!}' before initialization`),
  ],
  [/^'this' can be initialized only once$/, 'Super constructor may only be called once'],
  [
    /^derived class constructor must return an object or undefined$/,
    'Derived constructors may only return object or undefined',
  ],
  [
    /^class constructors must be invoked with 'new'$/,
    (_match, name) => `Class constructor ${name} cannot be invoked without 'new'`,
  ],
  [
    /^parent prototype must be an object or null$/,
    'Class extends value does not have valid prototype property undefined',
  ],
  [
    /^operand 'prototype' property is not an object$/,
    "Function has non-object prototype 'undefined' in instanceof check",
  ],
  [/^invalid array length$/, 'Invalid array length'],
  [/^invalid string length$/, 'Invalid string length'],
  [
    /^(?:toString\(\) )?radix (?:argument )?must be between 2 and 36$/,
    'toString() radix argument must be between 2 and 36',
  ],
  [/^cannot convert BigInt to number$/, 'Cannot mix BigInt and other types, use explicit conversions'],
  [/^bigint argument with unary \+$/, 'Cannot convert a BigInt value to a number'],
  [/^BigInt division by zero$/, 'Division by zero'],
  [/^BigInt negative exponent$/, 'undefined must be positive'],
  [/^BigInt operands are forbidden for >>>$/, 'BigInts have no unsigned right shift, use >> instead'],
  [/^BigInt is too large/, 'Maximum BigInt size exceeded'],
  [/^BigInt are forbidden in JSON\.stringify$/, 'Do not know how to serialize a BigInt'],
  [/^cannot convert symbol to (string|number)$/i, ([, type]) => `Cannot convert a Symbol value to a ${type!}`],
  [/^toPrimitive$/, 'Cannot convert object to primitive value'],
  [/^empty array$/, 'Reduce of empty array with no initial value'],
  [/^(expecting hex digit|malformed UTF-8|invalid character|expecting surrogate pair|expecting %)$/, 'URI malformed'],
  [/^(Date value is NaN|Invalid Date|invalid date)$/, 'Invalid time value'],
  [/^revoked proxy$/, "Cannot perform 'get' on a proxy that has been revoked"],
  [/^iterator must return an object$/, 'Iterator result is not an object'],
  [/^cannot invoke a running generator$/, 'Generator is already running'],
  [/^circular reference$/, 'Converting circular structure to JSON'],
];

const constructors = new Set<unknown>([
  ...[Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError, AggregateError],
]);
const { defineProperty, getOwnPropertyDescriptor } = Object;
const functionToString = Function.prototype.toString;
const { apply } = Reflect;
const longestSource = 20_000;

/**
 * Rewrites the message of an error that the engine made. Messages of the function's own errors stay as they are: `hook`
 * is what QuickJS calls, by which the host tells who raised the error. Gives where V8 puts it, if that differs.
 */
export function translateMessage(
  error: Error,
  sites: readonly CallSite[],
  host: Host,
  hook: unknown,
): Position | undefined {
  const message: unknown = getOwnPropertyDescriptor(error, 'message')?.value;
  if (typeof message !== 'string' || message.length > 400) return undefined;
  const raised = host.raisedBy(hook, 'arguments') as [unknown, ...unknown[]] | undefined;
  if (raised === undefined) return undefined;
  const [raiser, ...values] = raised;
  const [top] = sites;
  if (constructors.has(raiser) && top?.getFunction() !== raiser) return undefined;
  const own = sites.find((site) => isOwn(site));
  const ask = (text: string): string =>
    own === undefined
      ? host.explain(text, '', 0, 0)
      : host.explain(text, own.getFileName() ?? '', own.getLineNumber(), columnOf(own));
  const isBuiltIn = top?.isNative() === true && top.getFunction() === raiser;
  const call: BuiltInCall = {
    function: raiser,
    name: (raiser as { name?: string } | undefined)?.name ?? '',
    values,
    receiver: () => host.raisedBy(hook, 'receiver'),
  };
  if (error instanceof SyntaxError) {
    const said =
      top?.isNative() === true || isParse(call)
        ? describeBuiltInSyntax(message, call)
        : translateSyntax(message, sites, own, call, host, ask);
    if (said !== undefined && said !== '') setMessage(error, said);
    return undefined;
  }
  const moduleScope = /^(require|module|exports|__filename|__dirname) is not defined$/.exec(message);
  if (moduleScope !== null && own?.getFileName()?.startsWith('file://') === true) {
    const advice = moduleScope[1] === 'require' ? ', you can use import instead' : '';
    setMessage(error, `${message} in ES module scope${advice}`);
    return undefined;
  }
  if (isBuiltIn) {
    const said = describeBuiltIn(message, call) ?? wordsFor(plain, message, call.name);
    if (said !== undefined) setMessage(error, said);
    return undefined;
  }
  const functionName = top?.getFunctionName() ?? '';
  const fallback = wordsFor(asked, message, functionName);
  if (fallback === undefined) {
    const said = wordsFor(plain, message, functionName);
    if (said !== undefined) setMessage(error, said);
    return undefined;
  }
  // An error inside the library is not about the line that called it.
  const explained = own === top ? ask(`${message}\u0001${kinds(values)}\u0001${sourceOf(raiser)}`) : '';
  const parts = /^(\d+):(\d+):(.*)$/s.exec(explained);
  setMessage(error, parts?.[3] ?? fallback);
  return parts === null ? undefined : { site: own!, line: Number(parts[1]), column: Number(parts[2]) };
}

/** A site's column, from 1. QuickJS counts the first line's from 0, and the wrapper of a CommonJS file into it. */
export function columnOf(site: CallSite): number {
  if (site.getLineNumber() !== 1) return site.getColumnNumber();
  const wrapped = site.getFileName()?.startsWith('/') === true;
  const column = site.getColumnNumber();
  if (wrapped) return Math.max(column + 1 - commonJsWrapper.length, 1);
  return column <= 1 ? 1 : column + 1;
}

/** JSON.parse gives its error a place in the text, before its own frame. */
const isParse = ({ name }: BuiltInCall): boolean => name === 'parse';

function isOwn(site: CallSite): boolean {
  const file = site.getFileName();
  return file !== null && file !== '' && !file.startsWith('node:') && !file.startsWith('<') && site.getLineNumber() > 0;
}

function wordsFor(rules: readonly Rule[], message: string, functionName: string): string | undefined {
  for (const [pattern, words] of rules) {
    const match = pattern.exec(message);
    if (match !== null) return typeof words === 'string' ? words : words(match, functionName);
  }
  return undefined;
}

/** A function's text, by which the host finds it in its file. */
export function sourceOf(raiser: unknown): string {
  if (typeof raiser !== 'function') return '';
  const text = apply(functionToString, raiser, []) as string;
  return text.length > longestSource ? '' : text;
}

/** The kinds of the arguments, for messages that name what a parameter was given. */
const kinds = (values: readonly unknown[]): string =>
  JSON.stringify(values.map((value) => printWithKind(value).slice(0, 40)));

/** A text that could not be parsed: a file, or what eval and Function were given. */
function translateSyntax(
  message: string,
  sites: readonly CallSite[],
  own: CallSite | undefined,
  call: BuiltInCall,
  host: Host,
  ask: (text: string) => string,
): string | undefined {
  const file = sites[0]?.getFileName() ?? '';
  const words = (): string | undefined => syntaxWords(message);
  const tail = (reply: string): string | undefined => /^\d+:\d+:(.*)$/s.exec(reply)?.[1];
  if (!file.startsWith('<'))
    return (
      tail(ask(`syntax:${message}`)) ??
      (message.startsWith('Could not find export') ? host.explain(`syntax:${message}`, '', 0, 0) : words())
    );
  if (/Function$/.test(call.name) && call.values.length > 0) {
    const body = String(call.values.at(-1));
    const parameters = call.values.slice(0, -1).map(String).join(',');
    const prefix = call.name.startsWith('Async') ? 'async ' : '';
    const star = call.name.includes('Generator') ? '*' : '';
    const text = `(${prefix}function${star} anonymous(${parameters}\n) {\n${body}\n})`;
    return tail(host.explain('syntax:', `text:${text}`, 1, 1)) ?? words();
  }
  if (call.name === 'eval' && typeof call.values[0] === 'string') {
    return tail(host.explain('syntax:', `text:${call.values[0]}`, 1, 1)) ?? words();
  }
  return (own === undefined ? undefined : tail(ask(`eval:${message}`))) ?? words();
}

function setMessage(error: Error, message: string): void {
  defineProperty(error, 'message', { value: message, writable: true, configurable: true, enumerable: false });
}
