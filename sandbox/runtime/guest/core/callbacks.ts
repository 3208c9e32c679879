/** The check that Node makes of every callback it is given. */

export type Callback = (...values: unknown[]) => void;

/** Throws Node's ERR_INVALID_ARG_TYPE unless the value is a function. */
export function requireCallback(value: unknown): asserts value is Callback {
  if (typeof value === 'function') return;
  const received =
    value === undefined || value === null
      ? `Received ${String(value)}`
      : typeof value === 'object'
        ? 'Received an instance of Object'
        : `Received type ${typeof value} (${typeof value === 'string' ? `'${value}'` : String(value)})`;
  const error = new TypeError(`The "callback" argument must be of type function. ${received}`);
  throw Object.assign(error, { code: 'ERR_INVALID_ARG_TYPE' });
}
