/** Deep equality, loose and strict, as assert.deepEqual and util.isDeepStrictEqual define it. */
import * as types from '../util/types.ts';

type Pairs = Map<object, Set<object>>;

export function deepEqual(a: unknown, b: unknown, strict: boolean): boolean {
  return equal(a, b, strict, new Map());
}

function equal(a: any, b: any, strict: boolean, pairs: Pairs): boolean {
  if (a === b) return a !== 0 || !strict || Object.is(a, b);
  const bothObjects = typeof a === 'object' && typeof b === 'object' && a !== null && b !== null;
  if (!bothObjects) {
    if (Number.isNaN(a) && Number.isNaN(b)) return true;
    if (strict) return false;
    // eslint-disable-next-line eqeqeq -- loose equality is what is asked for
    return (a === null || typeof a !== 'object') && (b === null || typeof b !== 'object') ? a == b : false;
  }
  if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (Object.prototype.toString.call(a) !== Object.prototype.toString.call(b)) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  // Cycles: a pair that is being compared further up counts as equal.
  const partners = pairs.get(a) ?? new Set();
  if (partners.has(b)) return true;
  pairs.set(a, partners.add(b));
  const result = sameContents(a, b, strict, pairs) && sameProperties(a, b, strict, pairs);
  partners.delete(b);
  return result;
}

function sameContents(a: any, b: any, strict: boolean, pairs: Pairs): boolean {
  if (Array.isArray(a)) return a.length === b.length;
  if (types.isDate(a)) return types.isDate(b) && Object.is(a.getTime(), b.getTime());
  if (types.isRegExp(a)) return types.isRegExp(b) && String(a) === String(b) && a.lastIndex === b.lastIndex;
  if (types.isNativeError(a) || a instanceof Error) {
    if (a.message !== b.message || a.name !== b.name) return false;
    return equal(a.cause, b.cause, strict, pairs) && equal(a.errors, b.errors, strict, pairs);
  }
  if (ArrayBuffer.isView(a)) return sameViews(a, b, strict);
  if (types.isAnyArrayBuffer(a)) return types.isAnyArrayBuffer(b) && sameBytes(new Uint8Array(a), new Uint8Array(b));
  if (types.isSet(a)) return types.isSet(b) && a.size === b.size && sameMembers([...a], [...b], strict, pairs);
  if (types.isMap(a)) return types.isMap(b) && a.size === b.size && sameEntries(a, b, strict, pairs);
  if (types.isBoxedPrimitive(a)) return types.isBoxedPrimitive(b) && Object.is(a.valueOf(), b.valueOf());
  if (types.isPromise(a) || types.isWeakMap(a) || types.isWeakSet(a) || a instanceof WeakRef) return false;
  return true;
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);

function sameViews(a: any, b: any, strict: boolean): boolean {
  if (!ArrayBuffer.isView(b)) return false;
  const isFloat = /^Float/.test(types.typedArrayName(a) ?? '');
  if (!isFloat) {
    const bytes = (view: ArrayBufferView): Uint8Array =>
      new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset, view.byteLength);
    return sameBytes(bytes(a as ArrayBufferView), bytes(b));
  }
  const [left, right] = [a as Float64Array, b as Float64Array];
  return (
    left.length === right.length &&
    left.every((value, index) =>
      strict
        ? Object.is(value, right[index])
        : value === right[index] || (Number.isNaN(value) && Number.isNaN(right[index])),
    )
  );
}

/** Every member has a partner of its own. */
function sameMembers(a: unknown[], b: unknown[], strict: boolean, pairs: Pairs): boolean {
  const rest = [...b];
  return a.every((member) => {
    let index = rest.findIndex((other) => Object.is(member, other));
    if (index === -1) index = rest.findIndex((other) => equal(member, other, strict, pairs));
    if (index === -1) return false;
    rest.splice(index, 1);
    return true;
  });
}

function sameEntries(a: Map<unknown, unknown>, b: Map<unknown, unknown>, strict: boolean, pairs: Pairs): boolean {
  const unmatched: [unknown, unknown][] = [];
  for (const [key, value] of a) {
    if (b.has(key)) {
      if (!equal(value, b.get(key), strict, pairs)) return false;
    } else {
      if (strict && (typeof key !== 'object' || key === null)) return false;
      unmatched.push([key, value]);
    }
  }
  const others = [...b].filter(([key]) => !a.has(key));
  return sameMembers(unmatched, others, strict, pairs);
}

function sameProperties(a: any, b: any, strict: boolean, pairs: Pairs): boolean {
  const keys = ownKeys(a, strict);
  if (keys.length !== ownKeys(b, strict).length) return false;
  return keys.every(
    (key) => Object.prototype.propertyIsEnumerable.call(b, key) && equal(a[key], b[key], strict, pairs),
  );
}

function ownKeys(value: object, strict: boolean): PropertyKey[] {
  const isView = ArrayBuffer.isView(value);
  const names: PropertyKey[] = Object.keys(value).filter((key) => !isView || !/^\d+$/.test(key));
  if (!strict) return names;
  return names.concat(
    Object.getOwnPropertySymbols(value).filter((key) => Object.prototype.propertyIsEnumerable.call(value, key)),
  );
}
