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

/** Turkish and Azerbaijani have two letters i, with a dot and without. */
const keepsDots = (locales: unknown): boolean =>
  locales !== undefined && /^(tr|az)\b/i.test(String(Array.isArray(locales) ? locales[0] : locales));

/** The engine knows no locales here. */
const caseOfLocale = (change: (text: string) => string) => (original: Method) =>
  ({
    method(this: unknown, ...locales: unknown[]) {
      const text = original.call(this);
      return keepsDots(locales[0]) ? original.call(change(String(this))) : text;
    },
  }).method;

/** ES2025, which the guest's types don't know yet. */
interface IteratorHelpers {
  take(limit: number): object;
}

/** Patches the built-ins of a fresh guest. */
export function repairEngine(): void {
  const helper = ([].values() as unknown as IteratorHelpers).take(0);
  replace(Date.prototype, 'toString', nameTimeZone);
  replace(Date.prototype, 'toTimeString', nameTimeZone);
  replace(
    String.prototype,
    'toLocaleUpperCase',
    caseOfLocale((text) => text.replace(/i/g, '\u0130')),
  );
  replace(
    String.prototype,
    'toLocaleLowerCase',
    caseOfLocale((text) => text.replace(/I\u0307|\u0130/g, 'i').replace(/I/g, '\u0131')),
  );
  for (const name of ['dispose', 'asyncDispose']) {
    if (name in Symbol) continue;
    Object.defineProperty(Symbol, name, { value: Symbol(`Symbol.${name}`) });
  }
  replace(Object.getPrototypeOf(helper) as object, 'return', closeOptionally);
}
