/** Where the engine differs from V8 and a small patch mends it. */

type Method = (this: unknown, ...values: unknown[]) => unknown;

function replace(target: object, name: string, create: (original: Method) => Method): void {
  const descriptor = Object.getOwnPropertyDescriptor(target, name);
  if (descriptor === undefined) return;
  const method = create(descriptor.value as Method);
  Object.defineProperty(method, 'name', { value: name, configurable: true });
  Object.defineProperty(target, name, { ...descriptor, value: method });
}

/** V8 names the time zone in words; Lambda's is UTC. */
function nameTimeZone(original: Method): Method {
  return function (this: unknown) {
    return (original.call(this) as string).replace(/GMT\+0000$/, 'GMT+0000 (Coordinated Universal Time)');
  };
}

/** An iterator helper that ends early must close its source only when that can be closed; arrays' cannot. */
function closeOptionally(original: Method): Method {
  return function (this: unknown) {
    try {
      return original.call(this);
    } catch (error) {
      if (error instanceof TypeError && error.message.endsWith('not a function'))
        return { value: undefined, done: true };
      throw error;
    }
  };
}

/** ES2025, which the guest's types don't know yet. */
interface IteratorHelpers {
  take(limit: number): object;
}

/** Patches the built-ins of a fresh guest. */
export function repairEngine(): void {
  const helper = ([].values() as unknown as IteratorHelpers).take(0);
  replace(Date.prototype, 'toString', nameTimeZone);
  replace(Date.prototype, 'toTimeString', nameTimeZone);
  replace(Object.getPrototypeOf(helper) as object, 'return', closeOptionally);
}
