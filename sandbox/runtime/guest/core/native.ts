/** Calls of the host's native functions: see native/native-functions.ts. */
import type { CallNative } from '../internals.ts';
import { packText } from './crossing.ts';
import type { Host } from './host.ts';

/** Array buffers of the host are not part of the guest's memory until they are copied. */
const received = (value: unknown): unknown => {
  if (value === false) return new Uint8Array(0);
  return value instanceof ArrayBuffer ? new Uint8Array(value).slice() : value;
};

const sent = (value: unknown): unknown => {
  if (typeof value === 'string') return packText(value);
  if (!(value instanceof Uint8Array)) return value;
  if (value.length === 0) return false;
  return wholeBuffer(value);
};

/** A buffer of exactly these bytes; their own where they are all of it. */
export function wholeBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer, length } = bytes;
  return length === buffer.byteLength && buffer instanceof ArrayBuffer ? buffer : new Uint8Array(bytes).buffer;
}

export const createNative = (host: Host): CallNative =>
  ((name: string, ...values: unknown[]) => received(host.native(name, ...values.map(sent)))) as CallNative;
