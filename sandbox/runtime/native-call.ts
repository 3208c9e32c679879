/** Native functions as the guest calls them: values are copied on their way in and out. */
import type { QuickJSHandle } from 'quickjs-emscripten-core';
import type { GuestHandle } from './guest-handle.ts';
import { unpackText } from './guest/core/crossing.ts';
import type { NativeFunctions } from './native/native-functions.ts';

/**
 * Calls a native function with copies of the values: texts, numbers, bytes as array buffers, and `false` for no bytes at
 * all. What it gives crosses likewise.
 */
export function callNative(
  guest: Pick<GuestHandle, 'context' | 'newText'>,
  functions: NativeFunctions,
  name: string,
  values: readonly QuickJSHandle[],
): QuickJSHandle | undefined {
  const { context } = guest;
  const borrowed: { dispose(): void }[] = [];
  const given = values.map((value) => {
    switch (context.typeof(value)) {
      case 'number':
        return context.getNumber(value);
      case 'string':
        return unpackText(context.getString(value));
      case 'boolean':
        return new Uint8Array(0);
      case 'undefined':
        return undefined;
      default: {
        const bytes = context.getArrayBuffer(value);
        borrowed.push(bytes);
        return bytes.value;
      }
    }
  });
  const byName = functions as unknown as Record<string, (...all: unknown[]) => unknown>;
  const result = byName[name]!(...given);
  for (const bytes of borrowed) bytes.dispose();
  if (typeof result === 'number') return context.newNumber(result);
  if (typeof result === 'string') return guest.newText(result);
  if (result === null) return context.null;
  if (!(result instanceof Uint8Array)) return undefined;
  if (result.length === 0) return context.false;
  return context.newArrayBuffer(wholeBuffer(result));
}

/** A buffer of exactly these bytes; their own where they are all of it. */
export const wholeBuffer = (bytes: Uint8Array): ArrayBufferLike =>
  bytes.length === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
