/** Errors of the runtime's own making. */

/** An error of the runtime itself, such as Runtime.HandlerNotFound. */
export function runtimeError(name: string, message: string): Error {
  const error = new Error(message);
  Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true });
  return error;
}
