/** AssertionError and the messages it makes for each operator. */
import { inspect } from '../inspect.ts';
import { difference } from './difference.ts';

const introductions: Record<string, string> = {
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  partialDeepStrictEqual: 'Expected values to be partially and strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notIdentical: 'Values have same structure but are not reference-equal:',
  notDeepEqualUnequal: 'Expected values not to be loosely deep-equal:',
};

/** All of a value, one property a line. */
function inspectAll(value: unknown): string {
  return inspect(value, {
    compact: false,
    customInspect: false,
    depth: 1000,
    maxArrayLength: Infinity,
    showHidden: false,
    showProxy: false,
    sorted: true,
    getters: true,
    breakLength: Infinity,
  });
}

/** Node 24 prints the difference under a message of one's own too. */
const showsDifferenceUnderMessage = internals.configuration.runtime === 'nodejs24.x';

const isObject = (value: unknown): boolean =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/** An error without its stack, which would differ for errors made in different places. */
function withoutStack(error: Error): object {
  const copy = Object.assign(Object.create(Object.getPrototypeOf(error) as object) as object, error);
  Object.defineProperty(copy, 'message', { value: error.message });
  if (Object.hasOwn(error, 'cause')) {
    Object.defineProperty(copy, 'cause', {
      value: error.cause instanceof Error ? withoutStack(error.cause) : error.cause,
    });
  }
  return copy;
}

function unequalMessage(
  actual: unknown,
  expected: unknown,
  operator: string,
  customMessage: string | undefined,
): string {
  let key = operator;
  if (actual instanceof Error && expected instanceof Error) {
    actual = withoutStack(actual);
    expected = withoutStack(expected);
  }
  const [left, right] = [inspectAll(actual), inspectAll(expected)];
  if (operator === 'strictEqual' && isObject(actual) && isObject(expected))
    key = left === right ? 'notIdentical' : 'strictEqualObject';
  const introduction = customMessage ?? introductions[key];
  if (key === 'notIdentical') return `${introduction}\n\n${left}\n`;
  const isShort =
    !left.includes('\n') &&
    !right.includes('\n') &&
    (!isObject(actual) || !isObject(expected) || left.length + right.length <= 12);
  if (
    isShort &&
    left !== right &&
    left.length + right.length <= 82 &&
    (operator === 'strictEqual' || operator === 'deepStrictEqual')
  ) {
    const bothPrimitive = !isObject(actual) && !isObject(expected) && (actual !== 0 || expected !== 0);
    if (bothPrimitive && left.length + right.length <= 12) return `${introduction}\n\n${left} !== ${right}\n`;
    const label = '+ actual - expected';
    let indicator = '';
    if (bothPrimitive && left.length + right.length < 80) {
      let at = 0;
      while (left[at] === right[at]) at++;
      if (at > 2) indicator = `\n${' '.repeat(at + 2)}^`;
    }
    return `${introduction}\n${label}\n\n+ ${left}\n- ${right}${indicator}\n`;
  }
  const { text, skipped } = difference(left, right);
  return `${introduction}\n+ actual - expected${skipped ? '\n... Skipped lines' : ''}\n\n${text}\n`;
}

function equalMessage(actual: unknown, operator: string): string {
  let key = operator;
  if (operator === 'notStrictEqual' && isObject(actual)) key = 'notStrictEqualObject';
  const introduction = introductions[key] as string;
  const lines = inspectAll(actual).split('\n');
  if (lines.length > 50) lines.splice(46, lines.length - 46, '...');
  if (lines.length === 1)
    return `${introduction}${(lines[0] as string).length > 5 ? '\n\n' : ' '}${lines[0] as string}`;
  return `${introduction}\n\n${lines.join('\n')}\n`;
}

function otherMessage(actual: unknown, expected: unknown, operator: string): string {
  let left = inspectAll(actual);
  let right = inspectAll(expected);
  if (operator === 'deepEqual') {
    left = `${introductions['deepEqual'] as string}\n\n${left}\n\nshould loosely deep-equal\n\n`;
    return left + right;
  }
  if (operator === 'notDeepEqual')
    return `${introductions['notDeepEqualUnequal'] as string}\n\n${left}\n\nshould not loosely deep-equal\n\n${right}`;
  if (left.length > 512) left = `${left.slice(0, 509)}...`;
  if (right.length > 512) right = `${right.slice(0, 509)}...`;
  return `${left} ${operator} ${right}`;
}

function messageFor(actual: unknown, expected: unknown, operator: string): string {
  if (operator === 'deepStrictEqual' || operator === 'strictEqual' || operator === 'partialDeepStrictEqual') {
    return unequalMessage(actual, expected, operator, undefined);
  }
  if (operator === 'notDeepStrictEqual' || operator === 'notStrictEqual') return equalMessage(actual, operator);
  return otherMessage(actual, expected, operator);
}

export interface AssertionOptions {
  message?: string | undefined;
  actual?: unknown;
  expected?: unknown;
  operator: string;
}

export class AssertionError extends Error {
  readonly generatedMessage: boolean;
  readonly code = 'ERR_ASSERTION';
  readonly actual: unknown;
  readonly expected: unknown;
  readonly operator: string;
  diff = 'simple';

  constructor(options: AssertionOptions) {
    const { message, actual, expected, operator } = options;
    const withDifference =
      message !== undefined && showsDifferenceUnderMessage && /^(deepS|s)trictEqual$/.test(operator);
    super(
      withDifference
        ? unequalMessage(actual, expected, operator, String(message))
        : message === undefined
          ? messageFor(actual, expected, operator)
          : String(message),
    );
    this.generatedMessage = message === undefined;
    Object.defineProperty(this, 'name', {
      value: 'AssertionError [ERR_ASSERTION]',
      configurable: true,
      writable: true,
      enumerable: false,
    });
    // Read once while the name carries the code, as Node does: the stack starts with both.
    void this.stack;
    Object.defineProperty(this, 'name', {
      value: 'AssertionError',
      configurable: true,
      writable: true,
      enumerable: false,
    });
    this.actual = actual;
    this.expected = expected;
    this.operator = operator;
  }

  override toString(): string {
    return `${this.name} [${this.code}]: ${this.message}`;
  }
}
