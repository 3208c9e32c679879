/** Error.prepareStackTrace as V8 has it, in front of the hook by which QuickJS lets stacks be written. */

type Hook = (error: Error, sites: unknown[]) => unknown;

/** `create` makes the real hook, when the first error is thrown. */
export function installStackHook(create: (userHook: () => unknown) => Hook): void {
  let userHook: unknown;
  let hook: Hook | undefined;
  const prepare: Hook = (error, sites) => {
    hook ??= create(() => userHook);
    return hook(error, sites);
  };
  (Error as unknown as { prepareStackTrace: unknown }).prepareStackTrace = prepare;
  Object.defineProperty(Error, 'prepareStackTrace', {
    get: () => userHook,
    set: (value: unknown) => {
      userHook = value;
    },
    configurable: true,
    enumerable: false,
  });
}
