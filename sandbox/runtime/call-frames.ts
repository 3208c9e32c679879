/** Who raised an error, and with what arguments: QuickJS tells its stack hook only where. */
import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core';
import type { GuestHandle } from './guest-handle.ts';

/** Byte offsets in a JSStackFrame of quickjs-ng 0.12.1 for 32-bit WebAssembly, proved by `framesAreKnown`. */
const frame = { previous: 0, function: 8, values: 16, code: 28, count: 34 } as const;
const bytesPerValue = 8;
const mostFrames = 64;
const mostValues = 8;
/** Bytes of QuickJS's instruction for a method call. */
const bytesOfCall = 3;
/** The opcode of a method call, learned when the offsets are proved. */
let methodCall: number | undefined;

/** What one guest's frames look like; undefined fields mean that nothing can be said. */
interface Raised {
  readonly function: bigint | undefined;
  /** The first arguments. */
  readonly values: bigint[];
  /** `this`, where the engine still has it next to the arguments. */
  readonly receiver: bigint | undefined;
}

const nobody: Raised = { function: undefined, values: [], receiver: undefined };

/** The frame below the one that runs `hook`: the function that raised the error which the hook is called for. */
function raisedUnder(guest: GuestHandle, hook: bigint): Raised | undefined {
  const memory = guest.engine.memory();
  const inside = (pointer: number): boolean => pointer > 64 && pointer < memory.byteLength - 64;
  let pointer = guest.currentFrame;
  for (let steps = 0; inside(pointer) && steps < mostFrames; steps += 1) {
    const isHook = memory.getBigUint64(pointer + frame.function, true) === hook;
    pointer = memory.getUint32(pointer + frame.previous, true);
    if (!isHook) continue;
    // Below the hook is nothing when the host itself asked for a text to be parsed.
    if (!inside(pointer)) return nobody;
    const raised = memory.getBigUint64(pointer + frame.function, true);
    const values = memory.getUint32(pointer + frame.values, true);
    const count = Math.min(memory.getUint16(pointer + frame.count, true), mostValues);
    if (!inside(values)) return { function: raised, values: [], receiver: undefined };
    // A method's arguments lie on its caller's stack, above the method and what it was called on.
    const caller = memory.getUint32(pointer + frame.previous, true);
    const code = inside(caller) ? memory.getUint32(caller + frame.code, true) : 0;
    const opcode = inside(code) ? memory.getUint8(code - bytesOfCall) : undefined;
    const onStack = memory.getBigUint64(values - bytesPerValue, true) === raised;
    if (onStack) methodCall ??= opcode;
    const isMethod = onStack && opcode === methodCall;
    // Function.prototype.call hands on its own arguments, less the first.
    const given = inside(caller) ? memory.getUint32(caller + frame.values, true) : 0;
    const handedOn = given !== 0 && given + bytesPerValue === values;
    return {
      function: raised,
      values: Array.from({ length: count }, (_, index) => memory.getBigUint64(values + index * bytesPerValue, true)),
      receiver: isMethod
        ? memory.getBigUint64(values - 2 * bytesPerValue, true)
        : handedOn
          ? memory.getBigUint64(given, true)
          : undefined,
    };
  }
  return undefined;
}

/**
 * Adds to the host object a function `raisedBy(hook, what)`: with `arguments` it gives `[function, ...arguments]` of
 * the frame that raised the error, with `receiver` what its method was called on (only asked of built-in methods).
 */
export function addRaisedBy(guest: GuestHandle, object: QuickJSHandle): void {
  const { context } = guest;
  const handle = context.newFunction('raisedBy', (hook, what) => {
    const raised = raisedUnder(guest, guest.rawValue(hook));
    if (raised === undefined) return context.undefined;
    if (context.getString(what) === 'receiver') {
      return raised.receiver === undefined ? context.undefined : guest.keep(raised.receiver);
    }
    if (raised.function === undefined) return context.newArray();
    return listOf(
      context,
      [raised.function, ...raised.values].map((value) => guest.keep(value)),
    );
  });
  context.setProp(object, 'raisedBy', handle);
  handle.dispose();
}

/** Proves the offsets: what a probe sees of a known call. */
export function framesAreKnown(guest: GuestHandle): boolean {
  const { context } = guest;
  const object = context.newObject();
  addRaisedBy(guest, object);
  context.setProp(context.global, 'frameProbe', object);
  object.dispose();
  const source = `const list = [7]; let right = 0;
    const hook = () => {
      const [raised, first] = frameProbe.raisedBy(hook, 'arguments');
      right = raised === list.map && first === hook && frameProbe.raisedBy(hook, 'receiver') === list ? 1 : 0;
    };
    list.map(hook); delete globalThis.frameProbe; right`;
  return guest.evaluateNumber(source) === 1;
}

function listOf(context: QuickJSContext, handles: QuickJSHandle[]): QuickJSHandle {
  const list = context.newArray();
  handles.forEach((handle, index) => {
    context.setProp(list, index, handle);
    handle.dispose();
  });
  return list;
}
