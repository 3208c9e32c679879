/** The Proxy constructor, which remembers what each proxy stands for: Node's inspect shows that without its traps. */

export interface ProxyDetails {
  readonly target: unknown;
  readonly handler: unknown;
}

/** Replaces the global Proxy; the function that returns tells proxies from other values. */
export function rememberProxies(): (value: unknown) => ProxyDetails | undefined {
  const native = Proxy;
  const known = new WeakMap<object, ProxyDetails>();
  const { revocable } = native;
  const { get, set } = WeakMap.prototype;
  const { apply, construct } = Reflect;
  const remember = (proxy: object, target: unknown, handler: unknown): void => {
    apply(set as (key: object, value: unknown) => unknown, known, [proxy, { target, handler }]);
  };
  function ProxyWithMemory(target: object, handler: object): object {
    if (new.target === undefined) throw new TypeError("Constructor Proxy requires 'new'");
    const proxy = construct(native, [target, handler]) as object;
    remember(proxy, target, handler);
    return proxy;
  }
  ProxyWithMemory.revocable = (target: object, handler: object) => {
    const made = apply(revocable, native, [target, handler]) as ReturnType<typeof revocable>;
    remember(made.proxy as object, target, handler);
    return made;
  };
  Object.defineProperty(ProxyWithMemory, 'name', { value: 'Proxy', configurable: true });
  Object.defineProperty(ProxyWithMemory, 'prototype', { value: undefined });
  Object.defineProperty(globalThis, 'Proxy', {
    value: ProxyWithMemory,
    writable: true,
    configurable: true,
    enumerable: false,
  });
  return (value) =>
    (typeof value === 'object' && value !== null) || typeof value === 'function'
      ? (apply(get as (key: object) => unknown, known, [value]) as ProxyDetails | undefined)
      : undefined;
}
