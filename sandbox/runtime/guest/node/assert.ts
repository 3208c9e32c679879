/** node:assert. */
import { AssertionError } from './internal/assert/assertion-error.ts';
import { deepEqual } from './internal/comparisons.ts';
import { codedError, invalidArgType, invalidArgValue } from './internal/errors.ts';
import { inspect } from './internal/inspect.ts';
import { isRegExp } from './util/types.ts';

type Message = string | Error | undefined;

function fail(actual: unknown, expected: unknown, message: Message, operator: string): never {
  if (message instanceof Error) throw message;
  throw new AssertionError({ message, actual, expected, operator });
}

/** A check by the result of a comparison. */
const check =
  (operator: string, compare: (actual: any, expected: any) => boolean) =>
  (...args: unknown[]): void => {
    if (args.length < 2)
      throw codedError(TypeError, 'ERR_MISSING_ARGS', 'The "actual" and "expected" arguments must be specified');
    const [actual, expected, message] = args;
    if (!compare(actual, expected)) fail(actual, expected, message as Message, operator);
  };

function ok(...args: unknown[]): void {
  const [value, message] = args;
  if (value) return;
  if (message instanceof Error) throw message;
  let text = message as string | undefined;
  let generated = false;
  if (args.length === 0) {
    text = 'No value argument passed to `assert.ok()`';
    generated = true;
  } else if (message == null) {
    // Node quotes the source of the call here, which a process without sources cannot; this is what it says then.
    text = 'The expression evaluated to a falsy value:\n\n  ' + `assert(${inspect(value)})\n`;
    generated = true;
  }
  const error = new AssertionError({ message: text, actual: value, expected: true, operator: '==' });
  Object.assign(error, { generatedMessage: generated });
  throw error;
}

// eslint-disable-next-line eqeqeq -- what assert.equal means
const looselyEqual = (a: unknown, b: unknown): boolean => a == b || (Number.isNaN(a) && Number.isNaN(b));

/** The compared properties of an error; its name heads the difference. */
class Comparison {}

/** Whether a thrown value is what was expected; throws a better explanation where there is one. */
function matchesExpectation(actual: any, expected: any, message: Message, operator: string): void {
  if (typeof expected === 'function') {
    if (expected.prototype !== undefined && actual instanceof expected) return;
    if (Object.prototype.isPrototypeOf.call(Error, expected)) {
      const received = actual?.constructor?.name
        ? `"${actual.constructor.name as string}"`
        : `"${inspect(actual, { depth: -1 })}"`;
      const detail = actual instanceof Error ? `\n\nError message:\n\n${actual.message}` : '';
      const text = `The error is expected to be an instance of "${expected.name as string}". Received ${received}${detail}`;
      if (message instanceof Error) throw message;
      throw Object.assign(new AssertionError({ message: message ?? text, actual, expected, operator }), {
        generatedMessage: message === undefined,
      });
    }
    const result: unknown = Reflect.apply(expected, {}, [actual]);
    if (result === true) return;
    const name = expected.name ? `The "${expected.name as string}" validation function` : 'The validation function';
    const detail = actual instanceof Error ? `\n\nCaught error:\n\n${String(actual)}` : '';
    fail(
      actual,
      expected,
      message ?? `${name} is expected to return "true". Received ${inspect(result)}${detail}`,
      operator,
    );
  }
  if (isRegExp(expected)) {
    if ((expected as RegExp).test(String(actual))) return;
    if (message instanceof Error) throw message;
    const text = `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(String(actual))}\n`;
    throw Object.assign(new AssertionError({ message: message ?? text, actual, expected, operator }), {
      generatedMessage: message === undefined,
    });
  }
  if (typeof actual !== 'object' || actual === null)
    fail(actual, expected, message, operator === 'throws' ? 'throws' : 'rejects');
  const keys = Object.keys(expected as object);
  if (expected instanceof Error) keys.push('name', 'message');
  else if (keys.length === 0) throw invalidArgValue('error', expected, 'may not be an empty object');
  for (const key of keys) {
    if (typeof actual[key] === 'string' && isRegExp(expected[key]) && (expected[key] as RegExp).test(actual[key]))
      continue;
    if (key in actual && deepEqual(actual[key], expected[key], true)) continue;
    const pick = (source: any): object =>
      Object.fromEntries(keys.filter((name) => name in source).map((name) => [name, source[name]]));
    const shown = Object.assign(new Comparison(), pick(actual));
    const wanted = Object.assign(new Comparison(), pick(expected));
    for (const name of keys)
      if (
        isRegExp((wanted as any)[name]) &&
        typeof actual[name] === 'string' &&
        (wanted as any)[name].test(actual[name])
      )
        (wanted as any)[name] = actual[name];
    const error = new AssertionError({
      message: message as string | undefined,
      actual: shown,
      expected: wanted,
      operator: 'deepStrictEqual',
    });
    if (message instanceof Error) throw message;
    throw Object.assign(error, { actual, expected, operator });
  }
}

function splitExpectation(name: string, error: unknown, message: Message): { expected: unknown; message: Message } {
  if (typeof error === 'string') {
    if (message !== undefined) throw invalidArgType('error', ['Function', 'Error', 'RegExp', 'Object'], error);
    return { expected: undefined, message: error };
  }
  if (error != null && typeof error !== 'object' && typeof error !== 'function') {
    throw invalidArgType('error', ['Function', 'Error', 'RegExp', 'Object'], error);
  }
  void name;
  return { expected: error, message };
}

function expectThrown(
  operator: string,
  thrown: { value: unknown } | undefined,
  error: unknown,
  message: Message,
): void {
  const { expected, message: text } = splitExpectation(operator, error, message);
  if (thrown === undefined) {
    const name = (expected as { name?: string } | undefined)?.name;
    const kind = operator === 'rejects' ? 'rejection' : 'exception';
    if (text instanceof Error) throw text;
    const details = `${name ? ` (${name})` : ''}${text ? `: ${text}` : '.'}`;
    throw new AssertionError({ message: `Missing expected ${kind}${details}`, actual: undefined, expected, operator });
  }
  if (expected != null) matchesExpectation(thrown.value, expected, text, operator);
}

function expectNotThrown(
  operator: string,
  thrown: { value: unknown } | undefined,
  error: unknown,
  message: Message,
): void {
  if (thrown === undefined) return;
  const { expected, message: text } = splitExpectation(operator, error, message);
  if (
    expected != null &&
    !(typeof expected === 'function' && thrown.value instanceof expected) &&
    !(isRegExp(expected) && (expected as RegExp).test(String(thrown.value)))
  ) {
    throw thrown.value;
  }
  const kind = operator === 'doesNotReject' ? 'rejection' : 'exception';
  const details = text ? `: ${String(text)}` : '.';
  const actual = (thrown.value as Error | undefined)?.message;
  throw new AssertionError({
    message: `Got unwanted ${kind}${details}\nActual message: "${String(actual)}"`,
    actual: thrown.value,
    expected,
    operator,
  });
}

function caught(block: unknown): { value: unknown } | undefined {
  if (typeof block !== 'function') throw invalidArgType('fn', 'function', block);
  try {
    block();
    return undefined;
  } catch (value) {
    return { value };
  }
}

async function caughtLater(block: any): Promise<{ value: unknown } | undefined> {
  let promise = block;
  if (typeof block === 'function') {
    promise = block();
    if (typeof promise?.then !== 'function') {
      throw codedError(
        TypeError,
        'ERR_INVALID_RETURN_VALUE',
        `Expected instance of Promise to be returned from the "promiseFn" function but got ${promise === null ? 'null' : `type ${typeof promise}`}.`,
      );
    }
  } else if (typeof block?.then !== 'function') {
    throw invalidArgType('promiseFn', ['function', 'Promise'], block);
  }
  try {
    await promise;
    return undefined;
  } catch (value) {
    return { value };
  }
}

function matchText(text: unknown, pattern: unknown, message: Message, wanted: boolean): void {
  if (!isRegExp(pattern)) throw invalidArgType('regexp', 'RegExp', pattern);
  if (typeof text === 'string' && (pattern as RegExp).test(text) === wanted) return;
  if (message instanceof Error) throw message;
  const operator = wanted ? 'match' : 'doesNotMatch';
  const generated =
    typeof text === 'string'
      ? `The input ${wanted ? 'did not match the regular expression' : 'was expected to not match the regular expression'} ${inspect(pattern)}. Input:\n\n${inspect(text)}\n`
      : `The "string" argument must be of type string. Received type ${typeof text} (${inspect(text)})`;
  const error = new AssertionError({ message: message ?? generated, actual: text, expected: pattern, operator });
  throw Object.assign(error, { generatedMessage: message === undefined });
}

function partially(actual: any, expected: any): boolean {
  if (typeof expected !== 'object' || expected === null || typeof actual !== 'object' || actual === null)
    return deepEqual(actual, expected, true);
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return false;
    let at = 0;
    return expected.every((item) => {
      while (at < actual.length && !partially(actual[at], item)) at++;
      return at++ < actual.length;
    });
  }
  if (expected instanceof Map || expected instanceof Set || expected instanceof Date || expected instanceof RegExp)
    return deepEqual(actual, expected, true);
  return Reflect.ownKeys(expected as object).every((key) => key in actual && partially(actual[key], expected[key]));
}

const strictChecks = {
  strictEqual: check('strictEqual', Object.is),
  notStrictEqual: check('notStrictEqual', (a, b) => !Object.is(a, b)),
  deepStrictEqual: check('deepStrictEqual', (a, b) => deepEqual(a, b, true)),
  notDeepStrictEqual: check('notDeepStrictEqual', (a, b) => !deepEqual(a, b, true)),
  partialDeepStrictEqual: check('partialDeepStrictEqual', partially),
};

const assert = Object.assign((...args: unknown[]): void => ok(...args), {
  AssertionError,
  ok,
  ...strictChecks,
  equal: check('==', looselyEqual),
  notEqual: check('!=', (a, b) => !looselyEqual(a, b)),
  deepEqual: check('deepEqual', (a, b) => deepEqual(a, b, false)),
  notDeepEqual: check('notDeepEqual', (a, b) => !deepEqual(a, b, false)),
  fail(message?: unknown): never {
    if (message instanceof Error) throw message;
    const error = new AssertionError({ message: message === undefined ? 'Failed' : String(message), operator: 'fail' });
    throw Object.assign(error, { generatedMessage: message === undefined });
  },
  ifError(value: unknown): void {
    if (value == null) return;
    const text =
      value instanceof Error ? (value.message === '' ? value.constructor.name : value.message) : inspect(value);
    throw new AssertionError({
      message: `ifError got unwanted exception: ${text}`,
      actual: value,
      expected: null,
      operator: 'ifError',
    });
  },
  match: (text: unknown, pattern: unknown, message?: Message): void => matchText(text, pattern, message, true),
  doesNotMatch: (text: unknown, pattern: unknown, message?: Message): void => matchText(text, pattern, message, false),
  throws: (block: unknown, error?: unknown, message?: Message): void =>
    expectThrown('throws', caught(block), error, message),
  doesNotThrow: (block: unknown, error?: unknown, message?: Message): void =>
    expectNotThrown('doesNotThrow', caught(block), error, message),
  async rejects(block: unknown, error?: unknown, message?: Message): Promise<void> {
    expectThrown('rejects', await caughtLater(block), error, message);
  },
  async doesNotReject(block: unknown, error?: unknown, message?: Message): Promise<void> {
    expectNotThrown('doesNotReject', await caughtLater(block), error, message);
  },
});

const strict = Object.assign((...args: unknown[]): void => ok(...args), assert, {
  equal: strictChecks.strictEqual,
  notEqual: strictChecks.notStrictEqual,
  deepEqual: strictChecks.deepStrictEqual,
  notDeepEqual: strictChecks.notDeepStrictEqual,
});
Object.defineProperty(assert, 'name', { value: 'ok' });
Object.defineProperty(strict, 'name', { value: 'strict' });

const moduleExports = Object.assign(assert, { strict: Object.assign(strict, { strict }) });
export default moduleExports;
