/**
 * Values on their way between the guest and the host: JSON text, with bytes apart. Both sides use this file.
 * Bytes, times and numbers that JSON does not have become objects with one key that begins with `$`; keys of the
 * value's own that begin so get another `$`.
 */

const { parse, stringify } = JSON;

export interface Packed {
  readonly text: string;
  readonly parts: readonly Uint8Array[];
}

/** Functions, symbols and undefined are left out, as JSON leaves them out. */
export function pack(value: unknown): Packed {
  const parts: Uint8Array[] = [];
  const walk = (item: unknown): unknown => {
    if (typeof item === 'number') return Number.isFinite(item) ? item : { $number: String(item) };
    if (typeof item === 'bigint') return { $bigint: String(item) };
    if (typeof item !== 'object' || item === null) return item;
    if (ArrayBuffer.isView(item)) {
      return { $bytes: parts.push(new Uint8Array(item.buffer, item.byteOffset, item.byteLength)) - 1 };
    }
    if (item instanceof ArrayBuffer) return { $bytes: parts.push(new Uint8Array(item)) - 1 };
    if (item instanceof Date) return { $time: item.getTime() };
    if (Array.isArray(item)) return item.map(walk);
    if (item instanceof Set) return [...(item as Set<unknown>)].map(walk);
    const entries = item instanceof Map ? [...(item as Map<unknown, unknown>)] : Object.entries(item);
    const packed: Record<string, unknown> = {};
    for (const [key, member] of entries) {
      const name = String(key);
      packed[name.startsWith('$') ? `$${name}` : name] = walk(member);
    }
    return packed;
  };
  return { text: stringify(walk(value)) ?? 'null', parts };
}

/** What `pack` was given. */
export function unpack({ text, parts }: Packed): unknown {
  const walk = (item: unknown): unknown => {
    if (typeof item !== 'object' || item === null) return item;
    if (Array.isArray(item)) return item.map(walk);
    const record = item as Record<string, unknown>;
    if ('$bytes' in record) return parts[Number(record['$bytes'])];
    if ('$time' in record) return new Date(record['$time'] as number);
    if ('$number' in record) return Number(record['$number']);
    if ('$bigint' in record) return BigInt(record['$bigint'] as string);
    const unpacked: Record<string, unknown> = {};
    for (const [key, member] of Object.entries(record)) {
      // Defined, since a key may be one that assigning gives a meaning, such as __proto__.
      const name = key.startsWith('$$') ? key.slice(1) : key;
      Object.defineProperty(unpacked, name, {
        value: walk(member),
        writable: true,
        enumerable: true,
        configurable: true,
      });
    }
    return unpacked;
  };
  return walk(parse(text));
}
