/** What the engine has and the V8 of a runtime has not: it goes, so that code which finds it missing says so here too. */

/** Newer than every runtime. */
const newerThanAll: Readonly<Record<string, readonly string[]>> = {
  Math: ['sumPrecise'],
  Iterator: ['concat', 'zip', 'zipKeyed'],
  'Map.prototype': ['getOrInsert', 'getOrInsertComputed'],
  'WeakMap.prototype': ['getOrInsert', 'getOrInsertComputed'],
  'ArrayBuffer.prototype': ['immutable', 'sliceToImmutable', 'transferToImmutable'],
};

/** In V8 13.6, which Node.js 24 has, and not in V8 12.4, which Node.js 22 has. */
const newerThanNode22: Readonly<Record<string, readonly string[]>> = {
  Error: ['isError'],
  Promise: ['try'],
  RegExp: ['escape'],
  Math: ['f16round'],
  globalThis: ['Float16Array'],
  'DataView.prototype': ['getFloat16', 'setFloat16'],
};

/** `generation` is the runtime client's: 3 on Node.js 22. */
export function removeAbsentFeatures(generation: 3 | 4): void {
  remove(newerThanAll);
  if (generation === 3) remove(newerThanNode22);
}

function remove(features: Readonly<Record<string, readonly string[]>>): void {
  const globals = globalThis as unknown as Record<string, Record<string, unknown>>;
  for (const [path, names] of Object.entries(features)) {
    const [name = '', member] = path.split('.');
    const owner = (member === undefined ? globals[name] : globals[name]?.[member]) as Record<string, unknown>;
    for (const feature of names) Reflect.deleteProperty(owner, feature);
  }
}
