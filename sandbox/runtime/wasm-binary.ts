/** WebAssembly by the byte: the encodings, and a module's function table exported. */

export const i32 = 0x7f;
export const i64 = 0x7e;

/** Section ids. */
export const section = { type: 1, import: 2, function: 3, memory: 5, global: 6, export: 7, code: 10 } as const;

/** Signed LEB128, as constants are written. */
export function signed(value: bigint): number[] {
  const bytes: number[] = [];
  for (;;) {
    const low = Number(value & 0x7fn);
    value >>= 7n;
    const isLast = value === (low & 0x40 ? -1n : 0n);
    bytes.push(isLast ? low : low | 0x80);
    if (isLast) return bytes;
  }
}

/** LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  do {
    const low = value & 0x7f;
    value >>>= 7;
    bytes.push(value === 0 ? low : low | 0x80);
  } while (value !== 0);
  return bytes;
}

/** A name: its length, then its letters. */
export const name = (text: string): number[] => [...unsigned(text.length), ...[...text].map((c) => c.charCodeAt(0))];
/** A vector: its length, then its items. */
export const vector = (items: number[][]): number[] => [...unsigned(items.length), ...items.flat()];
/** A section or a function body: an id, a length, the content. */
export const block = (id: number, body: number[]): number[] => [id, ...unsigned(body.length), ...body];

/** The module with one more export, `functionTable`. Throws when the bytes are not a WebAssembly module. */
export function exportFunctionTable(module: Uint8Array): Uint8Array<ArrayBuffer> {
  if (module.length < 8 || module[0] !== 0 || module[1] !== 0x61) throw new Error('not a WebAssembly file');
  let at = 8;
  const readUnsigned = (): number => {
    let result = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = module[at++] ?? 0;
      result |= (byte & 0x7f) << shift;
      if ((byte & 0x80) === 0) return result >>> 0;
    }
  };
  while (at < module.length) {
    const start = at;
    const id = module[at++];
    const size = readUnsigned();
    const end = at + size;
    if (id === section.export) {
      const count = readUnsigned();
      const entries = module.subarray(at, end);
      const table = [...name('functionTable'), 1, 0];
      const header = unsigned(count + 1);
      const length = unsigned(header.length + entries.length + table.length);
      const result = new Uint8Array(
        start + 1 + length.length + header.length + entries.length + table.length + (module.length - end),
      );
      let to = 0;
      for (const part of [
        module.subarray(0, start),
        [section.export],
        length,
        header,
        entries,
        table,
        module.subarray(end),
      ]) {
        result.set(part, to);
        to += part.length;
      }
      return result;
    }
    at = end;
  }
  throw new Error('the WebAssembly file exports nothing');
}
