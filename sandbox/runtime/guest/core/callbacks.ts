/** The check that Node makes of every callback it is given. */

export type Callback = (...values: unknown[]) => void;

/** Throws Node's ERR_INVALID_ARG_TYPE unless the value is a function. */
export function requireCallback(value: unknown): asserts value is Callback {
  if (typeof value === 'function') return;
  const error = new TypeError(`The "callback" argument must be of type function. ${received(value)}`);
  throw Object.assign(error, { code: 'ERR_INVALID_ARG_TYPE' });
}

/** How Node's ERR_INVALID_ARG_TYPE names what it was given. */
export function received(value: unknown): string {
  if (value === undefined || value === null) return `Received ${String(value)}`;
  if (typeof value === 'function') return `Received function ${value.name}`;
  if (typeof value === 'object') {
    const name = (value as { constructor?: { name?: unknown } }).constructor?.name;
    return typeof name === 'string' && name !== ''
      ? `Received an instance of ${name}`
      : 'Received [Object: null prototype] {}';
  }
  const shown = typeof value === 'string' ? `'${value}'` : typeof value === 'bigint' ? `${value}n` : String(value);
  return `Received type ${typeof value} (${shown.length > 28 ? `${shown.slice(0, 25)}...` : shown})`;
}
