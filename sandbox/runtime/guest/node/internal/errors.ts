/** Node's coded errors: the class by kind, the code, and the message texts of the codes that the library throws. */

type ErrorClass = new (message?: string, options?: ErrorOptions) => Error;

/** An error with a `code`, whose stack and string start with `Name [CODE]: message`, as Node's internal errors. */
export function codedError(
  Base: ErrorClass,
  code: string,
  message: string,
  options?: ErrorOptions,
): Error & { code: string } {
  const error = new Base(message, options) as Error & { code: string };
  const { stack } = error;
  if (typeof stack === 'string' && stack.startsWith(error.name)) {
    error.stack = `${error.name} [${code}]${stack.slice(error.name.length)}`;
  }
  Object.defineProperty(error, 'toString', {
    value(this: Error) {
      return `${this.name} [${code}]: ${this.message}`;
    },
    writable: true,
    configurable: true,
  });
  error.code = code;
  return error;
}

const quoted = (text: string): string => `'${text}'`;

const orList = (words: readonly string[]): string =>
  words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')}${words.length > 2 ? ',' : ''} or ${words.at(-1) ?? ''}`;

/** How Node describes the value that it did not want. */
export function describeReceived(value: unknown): string {
  if (value == null) return ` Received ${String(value)}`;
  if (typeof value === 'function') return ` Received function ${value.name}`;
  if (typeof value === 'object') {
    const name = (value as { constructor?: { name?: string } }).constructor?.name;
    return name
      ? ` Received an instance of ${name}`
      : ` Received ${load('internal/inspect').inspect(value, { depth: -1 })}`;
  }
  let text: string = load('internal/inspect').inspect(value, { colors: false });
  if (text.length > 28) text = `${text.slice(0, 25)}...`;
  return ` Received type ${typeof value} (${text})`;
}

const primitiveTypes = ['string', 'function', 'number', 'object', 'Function', 'Object', 'boolean', 'bigint', 'symbol'];

/** `The "size" argument must be of type number. Received ...` */
export function invalidArgType(name: string, expected: string | readonly string[], actual: unknown): Error {
  const wanted = typeof expected === 'string' ? [expected] : expected;
  const types = wanted.filter((word) => primitiveTypes.includes(word)).map((word) => word.toLowerCase());
  const instances = wanted.filter((word) => /^[A-Z]/.test(word) && !primitiveTypes.includes(word));
  const others = wanted.filter((word) => !primitiveTypes.includes(word) && !/^[A-Z]/.test(word));
  const clauses: string[] = [];
  if (types.length > 0) clauses.push(`${types.length > 1 ? 'one of type' : 'of type'} ${orList(types)}`);
  if (instances.length > 0) clauses.push(`an instance of ${orList(instances)}`);
  if (others.length > 0) clauses.push(others.length > 1 ? `one of ${orList(others)}` : (others[0] ?? ''));
  const subject = name.endsWith(' argument')
    ? `The ${name}`
    : `The "${name}" ${name.includes('.') ? 'property' : 'argument'}`;
  const message = `${subject} must be ${clauses.join(' or ')}.${describeReceived(actual)}`;
  return codedError(TypeError, 'ERR_INVALID_ARG_TYPE', message);
}

/** `The argument 'x' is invalid. Received ...`; `kind` by Node's rule: a dot in the name makes it a property. */
export function invalidArgValue(name: string, value: unknown, reason = 'is invalid'): Error {
  let text: string = load('internal/inspect').inspect(value);
  if (text.length > 128) text = `${text.slice(0, 128)}...`;
  const kind = name.includes('.') ? 'property' : 'argument';
  return codedError(TypeError, 'ERR_INVALID_ARG_VALUE', `The ${kind} ${quoted(name)} ${reason}. Received ${text}`);
}

const withSeparators = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, '_');

/** `The value of "offset" is out of range. It must be >= 0 and <= 4. Received 5` */
export function outOfRange(name: string, range: string, received: unknown): Error {
  let text: string;
  if (typeof received === 'number' && Number.isInteger(received) && Math.abs(received) > 2 ** 32) {
    text = withSeparators(String(received));
  } else if (typeof received === 'bigint') {
    const digits = String(received);
    text = `${received > 2n ** 32n || received < -(2n ** 32n) ? withSeparators(digits) : digits}n`;
  } else {
    text = load('internal/inspect').inspect(received);
  }
  const message = `The value of "${name}" is out of range. It must be ${range}. Received ${text}`;
  return codedError(RangeError, 'ERR_OUT_OF_RANGE', message);
}

/** The error of a function that the simulator does not have. `what` as Node's documentation names it. */
export function notSimulated(what: string, reason = 'is not available in this simulator'): Error {
  return codedError(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `${what} ${reason}`);
}

/** An AbortError as Node's promise functions reject with. */
export function abortError(signal?: { readonly reason?: unknown }): Error {
  const error = codedError(Error, 'ABORT_ERR', 'The operation was aborted', signal && { cause: signal.reason });
  error.name = 'AbortError';
  const { stack } = error;
  if (typeof stack === 'string') error.stack = stack.replace(/^Error \[ABORT_ERR\]/, 'AbortError');
  return error;
}
