/** Errors of the runtime's own making. */

/** An error of the runtime itself, such as Runtime.HandlerNotFound. */
export function runtimeError(name: string, message: string): Error {
  // On the prototype the name is there when the stack's first line is written: while the error is made.
  class RuntimeError extends Error {}
  Object.defineProperty(RuntimeError.prototype, 'name', { value: name, configurable: true, writable: true });
  return new RuntimeError(message);
}
