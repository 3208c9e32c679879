/** Errors of the runtime's own making. */

/** An error of the runtime itself, such as Runtime.HandlerNotFound. */
export function runtimeError(name: string, message: string): Error {
  return new RuntimeError(name, message);
}

/** The name is there when the stack's first line is written: while the error is made. */
class RuntimeError extends Error {
  constructor(name: string, message: string) {
    super(message);
    Object.defineProperty(this, 'name', { value: name, configurable: true, writable: true });
  }
}
