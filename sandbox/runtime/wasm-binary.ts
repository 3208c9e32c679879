/** WebAssembly by the byte: exports a module's function table, and assembles the module that holds the hooks. */

/** What the hook module exports: functions of the exact WebAssembly types that QuickJS calls through its table. */
export interface HookExports {
  /** `(context, promise, reason, handled, opaque)`: forwards to the JavaScript import. */
  readonly rejection: (...values: unknown[]) => void;
  /**
   * `(pointer) -> bytes`: the usable size of a block of emscripten's allocator (dlmalloc keeps it in front). QuickJS
   * asks for it at each allocation and each release, so it counts them too.
   */
  readonly usableSize: (pointer: number) => number;
  /** Allocations and releases so far, modulo 2^32. */
  readonly operations: WebAssembly.Global;
  /** Bytes of those blocks so far, modulo 2^32. */
  readonly bytes: WebAssembly.Global;
}

const i32 = 0x7f;
const i64 = 0x7e;

const section = { type: 1, import: 2, function: 3, global: 6, export: 7, code: 10 } as const;

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  do {
    const low = value & 0x7f;
    value >>>= 7;
    bytes.push(value === 0 ? low : low | 0x80);
  } while (value !== 0);
  return bytes;
}

const name = (text: string): number[] => [...unsigned(text.length), ...[...text].map((c) => c.charCodeAt(0))];
const vector = (items: number[][]): number[] => [...unsigned(items.length), ...items.flat()];
const block = (id: number, body: number[]): number[] => [id, ...unsigned(body.length), ...body];

/** The bytes of the hook module. Its imports: `e.memory`, `e.rejection`. */
export function hookModuleBytes(): Uint8Array<ArrayBuffer> {
  const rejectionType = [0x60, ...vector([[i32], [i64], [i64], [i32], [i32]]), 0];
  const usableSizeType = [0x60, ...vector([[i32]]), ...vector([[i32]])];
  const usableSizeBody = [
    ...[1, 1, i32], // one local: the size
    ...[0x20, 0, 0x45, 0x04, i32, 0x41, 0, 0x05], // if (pointer == 0) 0 else
    ...[0x20, 0, 0x41, 4, 0x6b, 0x28, 2, 0], // load32(pointer - 4): size of the chunk and three flag bits
    ...[0x41, 0x78, 0x71, 0x41, 4, 0x6b, 0x21, 1], // & -8, less the word in front: the size
    ...[0x23, 0, 0x41, 1, 0x6a, 0x24, 0], // operations += 1
    ...[0x23, 1, 0x20, 1, 0x6a, 0x24, 1], // bytes += size
    ...[0x20, 1],
    0x0b,
    0x0b,
  ];
  const zeroedCounter = [i32, 1, 0x41, 0, 0x0b];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...block(section.type, vector([rejectionType, usableSizeType])),
    ...block(
      section.import,
      vector([
        [...name('e'), ...name('rejection'), 0, 0],
        [...name('e'), ...name('memory'), 2, 0, 0],
      ]),
    ),
    ...block(section.function, vector([[1]])),
    ...block(section.global, vector([zeroedCounter, zeroedCounter])),
    ...block(
      section.export,
      vector([
        [...name('rejection'), 0, 0],
        [...name('usableSize'), 0, 1],
        [...name('operations'), 3, 0],
        [...name('bytes'), 3, 1],
      ]),
    ),
    ...block(section.code, vector([[...unsigned(usableSizeBody.length), ...usableSizeBody]])),
  ]);
}

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
