/** The Node library in the guest: each module is compiled when it is first asked for. */
import type { Host, SdkModel } from './host.ts';
import { loaderError } from './loader-error.ts';

/** What loading a built-in module costs, in ticks. */
const ticksPerModule = 20_000;

/** Returns the function that gives a library module's exports. Throws ERR_UNKNOWN_BUILTIN_MODULE. */
export function createLibrary(host: Host, sdk: SdkModel['ticks'], internals: () => unknown): (name: string) => unknown {
  const cache = new Map<string, { exports: unknown }>();
  let depth = 0;
  let clients = 0;
  /** The AWS SDK is JavaScript that Lambda reads from its disk: that takes its time. */
  const ticksOf = (name: string): number => {
    if (!name.startsWith('@')) return ticksPerModule;
    return clients++ === 0 ? sdk.firstClient : sdk.furtherClient;
  };
  const library = (name: string): unknown => {
    const cached = cache.get(name);
    if (cached !== undefined) return cached.exports;
    // Node has these modules compiled into it: loading them costs a function next to nothing.
    if (depth++ === 0) host.suspendMeter(0);
    try {
      return load(name);
    } finally {
      if (--depth === 0) {
        host.resumeMeter();
        if (!name.startsWith('lambda/')) host.meter(ticksOf(name));
      }
    }
  };
  const load = (name: string): unknown => {
    const evaluate = host.compileLibrary(name);
    if (evaluate === undefined)
      throw loaderError('ERR_UNKNOWN_BUILTIN_MODULE', `No such built-in module: node:${name}`);
    const module = { exports: {} as unknown };
    cache.set(name, module);
    evaluate(module.exports, library, module, internals());
    return module.exports;
  };
  return library;
}
