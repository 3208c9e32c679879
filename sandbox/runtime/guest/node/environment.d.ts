/** What the function around every library module provides (see GuestModule in internals.ts). */
declare const internals: import('../internals.ts').GuestInternals;

/** `require` under a name that the bundler leaves alone: for modules needed only when a function is called. */
declare function load<Module = any>(name: string): Module;
