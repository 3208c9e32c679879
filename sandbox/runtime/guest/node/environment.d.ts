/** What the function around every library module provides (see GuestModule in internals.ts). */
declare const internals: import('../internals.ts').GuestInternals;

/** `require` under a name that the bundler leaves alone: for modules needed only when a function is called. */
declare function load<Module = any>(name: string): Module;

declare module 'readable-stream/lib/stream.js' {
  const stream: unknown;
  export default stream;
}

declare module 'path-browserify' {
  const path: {
    join(...parts: string[]): string;
    resolve(...parts: string[]): string;
    relative(from: string, to: string): string;
    basename(path: string, suffix?: string): string;
    normalize(path: string): string;
    isAbsolute(path: string): boolean;
    dirname(path: string): string;
    extname(path: string): string;
    parse(path: string): object;
  };
  export default path;
}

declare module 'punycode/punycode.es6.js' {
  const punycode: {
    toASCII(domain: string): string;
    toUnicode(domain: string): string;
    encode(text: string): string;
    decode(text: string): string;
    ucs2: object;
    version: string;
  };
  export default punycode;
}
