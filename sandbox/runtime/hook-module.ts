/**
 * The WebAssembly module that stands between QuickJS and its allocator, and forwards promise rejections.
 *
 * QuickJS keeps its allocator as five pointers in the runtime's structure. With these functions in their place its
 * bookkeeping is exact (its own build cannot tell the size of a block), every allocation is counted, and the high-water
 * mark holds what was there for a moment only.
 */
import { block, i32, i64, name, section, signed, unsigned, vector } from './wasm-binary.ts';

/** What the module exports. Functions have the exact WebAssembly types that QuickJS calls through its table. */
export interface HookExports {
  /** `(context, promise, reason, handled, opaque)`: forwards to the JavaScript import. */
  readonly rejection: (...values: unknown[]) => void;
  /** `(pointer) -> bytes`: the size of a block, which dlmalloc keeps in front of it. Called at each allocation and release. */
  readonly usableSize: (pointer: number) => number;
  /** `(opaque, size) -> pointer` */
  readonly malloc: (opaque: number, size: number) => number;
  /** `(opaque, count, size) -> pointer` */
  readonly calloc: (opaque: number, count: number, size: number) => number;
  /** `(opaque, pointer, size) -> pointer` */
  readonly realloc: (opaque: number, pointer: number, size: number) => number;
  /** Allocations and releases so far, modulo 2^32. */
  readonly operations: WebAssembly.Global;
  /** Bytes of those blocks so far, modulo 2^32. */
  readonly bytes: WebAssembly.Global;
  /** Address of the allocated-bytes field of the runtime that runs now; 0 for none. */
  readonly allocatedField: WebAssembly.Global;
  /** The most that field has been worth since it was last set. */
  readonly highWater: WebAssembly.Global;
  /** The least. */
  readonly lowWater: WebAssembly.Global;
  /** Places in the table of the allocator's own functions. */
  readonly mallocIndex: WebAssembly.Global;
  readonly callocIndex: WebAssembly.Global;
  readonly reallocIndex: WebAssembly.Global;
}

/** What an allocation or release takes of the work that is left; see wasm-work.ts. */
const workPerAllocation = 120;

const op = {
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  return: 0x0f,
  call: 0x10,
  callIndirect: 0x11,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  load: 0x28,
  constant: 0x41,
  isZero: 0x45,
  less: 0x49,
  greater: 0x4b,
  add: 0x6a,
  subtract: 0x6b,
  and: 0x71,
} as const;
const nothing = 0x40;

const types = { rejection: 0, unary: 1, binary: 2, ternary: 3, note: 4 } as const;
const functions = { rejection: 0, usableSize: 1, malloc: 2, calloc: 3, realloc: 4, chunkSize: 5, note: 6 } as const;
/** The imported global comes first. */
const workLeft = 0;
const globals = [
  'operations',
  'bytes',
  'allocatedField',
  'highWater',
  'lowWater',
  'mallocIndex',
  'callocIndex',
  'reallocIndex',
];
const global = (which: string): number => globals.indexOf(which) + 1;

const body = (locals: number, code: number[]): number[] => {
  const content = [...(locals === 0 ? [0] : [1, locals, i32]), ...code, op.end];
  return [...unsigned(content.length), ...content];
};

/** Parameter 0, a pointer: the size word in front of it without its flag bits, less the word itself; 0 for null. */
const chunkSize = body(0, [
  ...[op.localGet, 0, op.isZero, op.if, i32, op.constant, 0, op.else],
  ...[op.localGet, 0, op.constant, 4, op.subtract, op.load, 2, 0],
  ...[op.constant, 0x78, op.and, op.constant, 4, op.subtract, op.end],
]);

/** What was released before is gone from the field by now: it is looked at for the least. */
const usableSize = body(2, [
  ...[op.localGet, 0, op.call, functions.chunkSize, op.localSet, 1],
  ...[op.globalGet, global('allocatedField'), op.if, nothing],
  ...[op.globalGet, global('allocatedField'), op.load, 2, 0, op.localTee, 2],
  ...[op.globalGet, global('lowWater'), op.less, op.if, nothing],
  ...[op.localGet, 2, op.globalSet, global('lowWater'), op.end, op.end],
  ...[op.globalGet, global('operations'), op.constant, 1, op.add, op.globalSet, global('operations')],
  ...[op.globalGet, global('bytes'), op.localGet, 1, op.add, op.globalSet, global('bytes')],
  ...[op.globalGet, workLeft, op.constant, ...signed(BigInt(workPerAllocation)), op.subtract, op.globalSet, workLeft],
  ...[op.localGet, 1],
]);

/** Parameters: a new block, and the bytes it takes the place of. Raises the high-water mark. */
const note = body(1, [
  ...[op.localGet, 0, op.isZero, op.if, nothing, op.return, op.end],
  ...[op.globalGet, global('allocatedField'), op.isZero, op.if, nothing, op.return, op.end],
  ...[op.globalGet, global('allocatedField'), op.load, 2, 0, op.localGet, 1, op.subtract],
  ...[op.localGet, 0, op.call, functions.chunkSize, op.add, op.localTee, 2],
  ...[op.globalGet, global('highWater'), op.greater, op.if, nothing],
  ...[op.localGet, 2, op.globalSet, global('highWater'), op.end],
]);

const allocate = (type: number, index: string, parameters: number): number[] =>
  body(1, [
    ...Array.from({ length: parameters }, (_value, parameter) => [op.localGet, parameter]).flat(),
    ...[op.globalGet, global(index), op.callIndirect, type, 0, op.localSet, parameters],
    ...[op.localGet, parameters, op.constant, 0, op.call, functions.note, op.localGet, parameters],
  ]);

const reallocate = body(2, [
  ...[op.localGet, 1, op.call, functions.chunkSize, op.localSet, 3],
  ...[op.localGet, 0, op.localGet, 1, op.localGet, 2],
  ...[op.globalGet, global('reallocIndex'), op.callIndirect, types.ternary, 0, op.localSet, 4],
  ...[op.localGet, 4, op.localGet, 3, op.call, functions.note, op.localGet, 4],
]);

const signature = (parameters: number[], results: number[]): number[] => [
  0x60,
  ...vector(parameters.map((type) => [type])),
  ...vector(results.map((type) => [type])),
];

/** The bytes of the hook module. Its imports: `e.memory`, `e.table`, `e.workLeft` and `e.rejection`. */
export function hookModuleBytes(): Uint8Array<ArrayBuffer> {
  const exported = (what: string, kind: number, index: number): number[] => [...name(what), kind, index];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...block(
      section.type,
      vector([
        signature([i32, i64, i64, i32, i32], []),
        signature([i32], [i32]),
        signature([i32, i32], [i32]),
        signature([i32, i32, i32], [i32]),
        signature([i32, i32], []),
      ]),
    ),
    ...block(
      section.import,
      vector([
        [...name('e'), ...name('rejection'), 0, types.rejection],
        [...name('e'), ...name('memory'), 2, 0, 0],
        [...name('e'), ...name('table'), 1, 0x70, 0, 0],
        [...name('e'), ...name('workLeft'), 3, i32, 1],
      ]),
    ),
    ...block(
      section.function,
      vector([[types.unary], [types.binary], [types.ternary], [types.ternary], [types.unary], [types.note]]),
    ),
    ...block(section.global, vector(globals.map(() => [i32, 1, op.constant, 0, op.end]))),
    ...block(
      section.export,
      vector([
        exported('rejection', 0, functions.rejection),
        exported('usableSize', 0, functions.usableSize),
        exported('malloc', 0, functions.malloc),
        exported('calloc', 0, functions.calloc),
        exported('realloc', 0, functions.realloc),
        ...globals.map((which) => exported(which, 3, global(which))),
      ]),
    ),
    ...block(
      section.code,
      vector([
        usableSize,
        allocate(types.binary, 'mallocIndex', 2),
        allocate(types.ternary, 'callocIndex', 3),
        reallocate,
        chunkSize,
        note,
      ]),
    ),
  ]);
}
