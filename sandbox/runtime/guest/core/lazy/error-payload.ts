/** How the runtime turns what was thrown into the caller's payload and into log text, by runtime generation. */

export interface ErrorPayload {
  errorType?: unknown;
  errorMessage?: unknown;
  trace?: string[];
}

const { stringify } = JSON;

/** Whether the runtime takes the value for an error: real errors, and on generation 3 whatever looks like one. */
function countsAsError(value: unknown, generation: 3 | 4): value is Error {
  if (value instanceof Error) return true;
  if (generation === 4 || value === null || typeof value !== 'object') return false;
  const { name, message, stack } = value as Record<string, unknown>;
  return [name, message, stack].every((part) => typeof part === 'string' && part !== '');
}

const escapeDelete = (text: string): string => text.replaceAll('\x7F', '%7F');

/** The payload of the Invoke API for something thrown or rejected. Never throws. */
export function toPayload(thrown: unknown, generation: 3 | 4): ErrorPayload {
  try {
    if (countsAsError(thrown, generation)) {
      const stack = thrown.stack ?? stackAtOverflow(thrown) ?? (generation === 4 ? '' : undefined);
      if (stack === undefined) throw new TypeError('an error without a stack');
      return {
        errorType: escapeDelete(thrown.name),
        errorMessage: escapeDelete(thrown.message),
        trace: stack === '' ? [] : escapeDelete(stack).split('\n'),
      };
    }
    if (generation === 3 && (thrown === null || thrown === undefined)) {
      return { errorType: 'string', errorMessage: 'handled', trace: [] };
    }
    if (generation === 3 && typeof thrown === 'symbol') return toPayload(symbolToString(), generation);
    return { errorType: thrown === null ? 'object' : typeof thrown, errorMessage: String(thrown), trace: [] };
  } catch {
    const problem: ErrorPayload = {
      errorType: 'handled',
      errorMessage:
        'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
    };
    if (generation === 4) problem.trace = [];
    return problem;
  }
}

/** At the end of the stack QuickJS cannot ask for a stack text; V8 always has one. */
function stackAtOverflow(error: Error): string | undefined {
  return error instanceof RangeError && /^Maximum call stack/.test(error.message) ? String(error) : undefined;
}

function symbolToString(): TypeError {
  return new TypeError('Cannot convert a Symbol value to a string');
}

/** The JSON that follows `Invoke Error` in a text log: own fields included, nested errors alike. */
export function toLogJson(thrown: unknown, generation: 3 | 4): string {
  /** What stands for an error in the JSON, and what each value stands in. */
  const errors = new Map<unknown, Error>();
  const holders = new Map<unknown, unknown>();
  const isInside = (error: Error, holder: unknown): boolean => {
    for (let at = holder; at !== undefined; at = holders.get(at)) if (errors.get(at) === error) return true;
    return false;
  };
  try {
    const text = stringify(thrown, function (this: unknown, _key, value: unknown) {
      if (typeof value !== 'object' || value === null) return value;
      if (!(value instanceof Error)) {
        holders.set(value, this);
        return value;
      }
      // Each error becomes a new object, so that stringify itself would not notice the cycle.
      if (isInside(value, this)) throw new TypeError('Converting circular structure to JSON');
      const { name, message, stack } = value;
      const shown: Record<string, unknown> = {
        errorType: name,
        errorMessage: message,
        code: (value as { code?: unknown }).code,
        ...value,
      };
      if (typeof stack === 'string') shown['stack'] = stack.split('\n');
      errors.set(shown, value);
      holders.set(shown, this);
      return shown;
    });
    return text ?? stringify(toPayload(thrown, generation));
  } catch {
    return stringify(toPayload(thrown, generation));
  }
}
