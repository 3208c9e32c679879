/** node:util/types: what kind of built-in object a value is, whatever its prototype claims. */

/** A check that first looks at the prototype chain (cheap) and then asks the object's internal slot. */
function slotCheck(constructor: () => any, probe: (value: any) => unknown): (value: unknown) => boolean {
  return (value) => {
    if (typeof value !== 'object' || value === null || !(value instanceof constructor())) return false;
    try {
      probe(value);
      return true;
    } catch {
      return false;
    }
  };
}

const getterOf = (prototype: object, name: PropertyKey): ((this: unknown) => unknown) =>
  Object.getOwnPropertyDescriptor(prototype, name)?.get as (this: unknown) => unknown;

const mapSize = getterOf(Map.prototype, 'size');
const setSize = getterOf(Set.prototype, 'size');
const bufferLength = getterOf(ArrayBuffer.prototype, 'byteLength');
const sharedLength = getterOf(SharedArrayBuffer.prototype, 'byteLength');
const viewLength = getterOf(DataView.prototype, 'byteLength');
const typedArrayTag = getterOf(Object.getPrototypeOf(Uint8Array.prototype) as object, Symbol.toStringTag);
const dateTime = Date.prototype.getTime;
const regexSource = getterOf(RegExp.prototype, 'flags');
const weakMapHas = WeakMap.prototype.has;
const weakSetHas = WeakSet.prototype.has;
const promiseThen = Promise.prototype.then;
const slots = {
  Number: Number.prototype.valueOf,
  String: String.prototype.valueOf,
  Boolean: Boolean.prototype.valueOf,
  BigInt: BigInt.prototype.valueOf,
  Symbol: Symbol.prototype.valueOf,
};
const objectTag = (value: unknown): string => Object.prototype.toString.call(value);

export const isMap = slotCheck(
  () => Map,
  (value) => mapSize.call(value),
);
export const isSet = slotCheck(
  () => Set,
  (value) => setSize.call(value),
);
export const isDate = slotCheck(
  () => Date,
  (value) => dateTime.call(value),
);
export const isRegExp = slotCheck(
  () => RegExp,
  (value) => {
    regexSource.call(value);
    if (objectTag(value) !== '[object RegExp]') throw new TypeError();
  },
);
export const isWeakMap = slotCheck(
  () => WeakMap,
  (value) => weakMapHas.call(value, value),
);
export const isWeakSet = slotCheck(
  () => WeakSet,
  (value) => weakSetHas.call(value, value),
);
export const isArrayBuffer = slotCheck(
  () => ArrayBuffer,
  (value) => bufferLength.call(value),
);
export const isSharedArrayBuffer = slotCheck(
  () => SharedArrayBuffer,
  (value) => sharedLength.call(value),
);
export const isDataView = slotCheck(
  () => DataView,
  (value) => viewLength.call(value),
);
export const isNumberObject = slotCheck(
  () => Number,
  (value) => slots.Number.call(value),
);
export const isStringObject = slotCheck(
  () => String,
  (value) => slots.String.call(value),
);
export const isBooleanObject = slotCheck(
  () => Boolean,
  (value) => slots.Boolean.call(value),
);
export const isBigIntObject = slotCheck(
  () => BigInt,
  (value) => slots.BigInt.call(value),
);
export const isSymbolObject = slotCheck(
  () => Symbol,
  (value) => slots.Symbol.call(value),
);

export function isPromise(value: unknown): boolean {
  // `Promise.prototype.then` has no probe without an effect; the tag tells promises from objects with its prototype.
  return value instanceof Promise && value !== Promise.prototype && typeof promiseThen === 'function';
}

export const isAnyArrayBuffer = (value: unknown): boolean => isArrayBuffer(value) || isSharedArrayBuffer(value);
export const isArrayBufferView = (value: unknown): boolean => ArrayBuffer.isView(value);
export const isNativeError = (value: unknown): boolean => internals.isError(value);
export const isArgumentsObject = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !(Symbol.toStringTag in value) &&
  objectTag(value) === '[object Arguments]';
export const isBoxedPrimitive = (value: unknown): boolean =>
  isNumberObject(value) ||
  isStringObject(value) ||
  isBooleanObject(value) ||
  isBigIntObject(value) ||
  isSymbolObject(value);
export const isProxy = (value: unknown): boolean => internals.proxyDetails(value) !== undefined;
export const isExternal = (_value: unknown): boolean => false;

export function isModuleNamespaceObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== null) return false;
  const tag = Object.getOwnPropertyDescriptor(value, Symbol.toStringTag);
  return tag?.value === 'Module' && tag.writable === false;
}

const functionKind = (value: unknown): string => (typeof value === 'function' ? objectTag(value) : '');

export const isAsyncFunction = (value: unknown): boolean =>
  /^\[object Async(Generator)?Function\]$/.test(functionKind(value));
export const isGeneratorFunction = (value: unknown): boolean =>
  /^\[object (Async)?GeneratorFunction\]$/.test(functionKind(value));
export const isGeneratorObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && /^\[object (Async)?Generator\]$/.test(objectTag(value));
export const isMapIterator = (value: unknown): boolean => objectTag(value) === '[object Map Iterator]';
export const isSetIterator = (value: unknown): boolean => objectTag(value) === '[object Set Iterator]';

/** The concrete type of a typed array ('Uint8Array'), or undefined for anything else. */
export const typedArrayName = (value: unknown): string | undefined => typedArrayTag.call(value) as string | undefined;

const typedArrayCheck =
  (name: string) =>
  (value: unknown): boolean =>
    typedArrayName(value) === name;

export const isTypedArray = (value: unknown): boolean => typedArrayName(value) !== undefined;
export const isUint8Array = typedArrayCheck('Uint8Array');
export const isUint8ClampedArray = typedArrayCheck('Uint8ClampedArray');
export const isUint16Array = typedArrayCheck('Uint16Array');
export const isUint32Array = typedArrayCheck('Uint32Array');
export const isInt8Array = typedArrayCheck('Int8Array');
export const isInt16Array = typedArrayCheck('Int16Array');
export const isInt32Array = typedArrayCheck('Int32Array');
export const isFloat32Array = typedArrayCheck('Float32Array');
export const isFloat64Array = typedArrayCheck('Float64Array');
export const isBigInt64Array = typedArrayCheck('BigInt64Array');
export const isBigUint64Array = typedArrayCheck('BigUint64Array');
export const isKeyObject = (_value: unknown): boolean => false;
export const isCryptoKey = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && objectTag(value) === '[object CryptoKey]';
