/**
 * The block functions of MD5, SHA-1, SHA-256 and SHA-512 as one WebAssembly module, written out round by round.
 *
 * Source: RFC 1321 (MD5), FIPS 180-4 (SHA). JavaScript has no 64-bit rotations and rebuilds 32-bit ones from shifts, so
 * the same code in WebAssembly is two to five times as fast.
 */
import { block, i32, i64, name, section, signed, unsigned, vector } from '../wasm-binary.ts';

export type KernelName = 'md5' | 'sha1' | 'sha256' | 'sha512';

export interface Kernel {
  readonly blockBytes: number;
  readonly stateBytes: number;
  /** Bytes of the length in bits that ends a message. */
  readonly lengthBytes: 8 | 16;
  /** Whether messages are read, and results written, with the little end first. */
  readonly littleEndian: boolean;
  /** Takes the whole blocks of `bytes` from `start` to `end` into the state (words with the little end first, as WebAssembly has them). */
  compress(state: Uint8Array, bytes: Uint8Array, start: number, end: number): void;
}

const shapes = {
  md5: { blockBytes: 64, stateBytes: 16, lengthBytes: 8, littleEndian: true },
  sha1: { blockBytes: 64, stateBytes: 20, lengthBytes: 8, littleEndian: false },
  sha256: { blockBytes: 64, stateBytes: 32, lengthBytes: 8, littleEndian: false },
  sha512: { blockBytes: 128, stateBytes: 64, lengthBytes: 16, littleEndian: false },
} as const;

/** The state is at the start of the module's memory, the blocks of one call from here on. */
const dataStart = 1024;
/** Many calls of some hundred blocks let the engine notice that the function is worth optimising. */
const dataBytes = 32 * 1024;

let kernels: Readonly<Record<KernelName, Kernel>> | undefined;

/** The kernels; the module is compiled when the first is asked for. */
export function digestKernel(which: KernelName): Kernel {
  kernels ??= instantiate();
  return kernels[which];
}

function instantiate(): Readonly<Record<KernelName, Kernel>> {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes()));
  const memory = new Uint8Array((exports['memory'] as WebAssembly.Memory).buffer);
  const kernel = (which: KernelName): Kernel => {
    const shape = shapes[which];
    const run = exports[which] as (blocks: number) => void;
    const result = memory.subarray(0, shape.stateBytes);
    return {
      ...shape,
      compress(state, bytes, start, end) {
        memory.set(state);
        for (let at = start; at < end; at += dataBytes) {
          const to = Math.min(end, at + dataBytes);
          memory.set(at === 0 && to === bytes.length ? bytes : bytes.subarray(at, to), dataStart);
          run((to - at) / shape.blockBytes);
        }
        state.set(result);
      },
    };
  };
  return { md5: kernel('md5'), sha1: kernel('sha1'), sha256: kernel('sha256'), sha512: kernel('sha512') };
}

/** A piece of code that leaves one value on the stack, or one that leaves none. */
type Code = readonly number[];

/** The instructions of one word size. */
interface Word {
  readonly type: number;
  readonly bytes: 4 | 8;
  constant(value: bigint): Code;
  load(address: Code, offset: number): Code;
  store(address: Code, value: Code, offset: number): Code;
  add(...values: Code[]): Code;
  and(a: Code, b: Code): Code;
  or(a: Code, b: Code): Code;
  xor(...values: Code[]): Code;
  not(value: Code): Code;
  shiftLeft(value: Code, bits: number): Code;
  shiftRight(value: Code, bits: number): Code;
  rotateLeft(value: Code, bits: number): Code;
  rotateRight(value: Code, bits: number): Code;
}

function word(type: number, bytes: 4 | 8, constantOp: number, loadOp: number, storeOp: number, addOp: number): Word {
  // Within both sizes the operators follow addition in the same order.
  const op = { add: addOp, and: addOp + 7, or: addOp + 8, xor: addOp + 9, shiftLeft: addOp + 10 };
  const all = (operator: number, [first = [], ...rest]: Code[]): Code => [
    ...first,
    ...rest.flatMap((value) => [...value, operator]),
  ];
  const constant = (value: bigint): Code => [constantOp, ...signed(BigInt.asIntN(bytes * 8, value))];
  const by = (operator: number, value: Code, bits: number): Code => all(operator, [value, constant(BigInt(bits))]);
  const align = bytes === 4 ? 2 : 3;
  return {
    type,
    bytes,
    constant,
    load: (address, offset) => [...address, loadOp, align, ...unsigned(offset)],
    store: (address, value, offset) => [...address, ...value, storeOp, align, ...unsigned(offset)],
    add: (...values) => all(op.add, values),
    and: (a, b) => all(op.and, [a, b]),
    or: (a, b) => all(op.or, [a, b]),
    xor: (...values) => all(op.xor, values),
    not: (value) => all(op.xor, [value, constant(-1n)]),
    shiftLeft: (value, bits) => by(op.shiftLeft, value, bits),
    shiftRight: (value, bits) => by(op.shiftLeft + 2, value, bits),
    rotateLeft: (value, bits) => by(op.shiftLeft + 3, value, bits),
    rotateRight: (value, bits) => by(op.shiftLeft + 4, value, bits),
  };
}

const word32 = word(i32, 4, 0x41, 0x28, 0x36, 0x6a);
const word64 = word(i64, 8, 0x42, 0x29, 0x37, 0x7c);

const get = (local: number): Code => [0x20, ...unsigned(local)];
const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];
const tee = (local: number, value: Code): Code => [...value, 0x22, ...unsigned(local)];

/** Parameter 0 counts blocks down; local 1 is the address of the block; words of the algorithm follow. */
const [blocksLeft, address, firstWord] = [0, 1, 2];

/**
 * A function that loads the state, does the rounds and adds what was, once for each block. `rounds` gets the locals of
 * the state's words; after its last round each word must be back in its own local.
 */
function compression(which: KernelName, w: Word, locals: number, rounds: (state: readonly number[]) => Code): Code {
  const { blockBytes, stateBytes } = shapes[which];
  const state = Array.from({ length: stateBytes / w.bytes }, (_value, index) => firstWord + index);
  const nowhere = word32.constant(0n);
  const body = [
    ...set(address, word32.constant(BigInt(dataStart))),
    ...[0x03, 0x40],
    ...state.flatMap((local, index) => set(local, w.load(nowhere, index * w.bytes))),
    ...rounds(state),
    ...state.flatMap((local, index) =>
      w.store(nowhere, w.add(w.load(nowhere, index * w.bytes), get(local)), index * w.bytes),
    ),
    ...set(address, word32.add(get(address), word32.constant(BigInt(blockBytes)))),
    ...tee(blocksLeft, word32.add(get(blocksLeft), word32.constant(-1n))),
    ...[0x0d, 0, 0x0b, 0x0b],
  ];
  const declared = [
    ...vector([
      [1, i32],
      [...unsigned(state.length + locals), w.type],
    ]),
    ...body,
  ];
  return [...unsigned(declared.length), ...declared];
}

/** The names of the words after `round` rounds: instead of moving each word on, the next round calls it otherwise. */
const renamed = (state: readonly number[], round: number): number[] =>
  state.map((_local, index) => state[(((index - round) % state.length) + state.length) % state.length]!);

function md5(): Code {
  const w = word32;
  const shifts = [
    [7, 12, 17, 22],
    [5, 9, 14, 20],
    [4, 11, 16, 23],
    [6, 10, 15, 21],
  ];
  return compression('md5', w, 0, (state) =>
    Array.from({ length: 64 }, (_value, i) => {
      const [a, b, c, d] = renamed(state, i) as [number, number, number, number];
      const mixed = [
        () => w.xor(get(d), w.and(get(b), w.xor(get(c), get(d)))),
        () => w.xor(get(c), w.and(get(d), w.xor(get(b), get(c)))),
        () => w.xor(get(b), get(c), get(d)),
        () => w.xor(get(c), w.or(get(b), w.not(get(d)))),
      ][i >> 4]!();
      const from = [i, 5 * i + 1, 3 * i + 5, 7 * i][i >> 4]! % 16;
      const constant = BigInt(Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32));
      const sum = w.add(get(a), mixed, w.constant(constant), w.load(get(address), from * 4));
      return set(a, w.add(get(b), w.rotateLeft(sum, shifts[i >> 4]![i % 4]!)));
    }).flat(),
  );
}

/** The word at an address with its bytes turned round. */
function bigEndian(w: Word, offset: number, scratch: number): Code {
  const loaded = tee(scratch, w.load(get(address), offset));
  if (w.bytes === 4) {
    return w.or(
      w.and(w.rotateLeft(loaded, 8), w.constant(0x00ff00ffn)),
      w.and(w.rotateRight(get(scratch), 8), w.constant(0xff00ff00n)),
    );
  }
  const swapped = (value: Code, bits: number, mask: bigint): Code =>
    w.or(w.shiftLeft(w.and(value, w.constant(mask)), bits), w.and(w.shiftRight(get(scratch), bits), w.constant(mask)));
  const pairs = tee(scratch, swapped(loaded, 8, 0x00ff00ff00ff00ffn));
  return w.rotateLeft(swapped(pairs, 16, 0x0000ffff0000ffffn), 32);
}

function sha1(): Code {
  const w = word32;
  const constants = [0x5a827999n, 0x6ed9eba1n, 0x8f1bbcdcn, 0xca62c1d6n];
  return compression('sha1', w, 17, (state) => {
    const schedule = Array.from({ length: 16 }, (_value, index) => firstWord + 5 + index);
    const scratch = firstWord + 21;
    return Array.from({ length: 80 }, (_value, i) => {
      const [a, b, c, d, e] = renamed(state, i) as [number, number, number, number, number];
      const scheduled = (back: number): Code => get(schedule[(i - back + 16) % 16]!);
      const next =
        i < 16
          ? bigEndian(w, i * 4, scratch)
          : w.rotateLeft(w.xor(scheduled(3), scheduled(8), scheduled(14), scheduled(16)), 1);
      const mixed = [
        () => w.xor(get(d), w.and(get(b), w.xor(get(c), get(d)))),
        () => w.xor(get(b), get(c), get(d)),
        () => w.or(w.and(get(b), get(c)), w.and(get(d), w.or(get(b), get(c)))),
        () => w.xor(get(b), get(c), get(d)),
      ][Math.floor(i / 20)]!();
      const constant = w.constant(constants[Math.floor(i / 20)]!);
      return [
        ...set(e, w.add(get(e), w.rotateLeft(get(a), 5), mixed, constant, tee(schedule[i % 16]!, next))),
        ...set(b, w.rotateLeft(get(b), 30)),
      ];
    }).flat();
  });
}

/** How far the words of SHA-2 are rotated; the last of the schedule's is a shift. */
const rotations = {
  sha256: {
    rounds: 64,
    state: [
      [2, 13, 22],
      [6, 11, 25],
    ],
    schedule: [
      [7, 18, 3],
      [17, 19, 10],
    ],
  },
  sha512: {
    rounds: 80,
    state: [
      [28, 34, 39],
      [14, 18, 41],
    ],
    schedule: [
      [1, 8, 7],
      [19, 61, 6],
    ],
  },
} as const;

function sha2(which: 'sha256' | 'sha512', w: Word): Code {
  const { rounds, state: turns, schedule: moves } = rotations[which];
  const rotated = (local: number, [x, y, z]: readonly [number, number, number]): Code =>
    w.xor(w.rotateRight(get(local), x), w.rotateRight(get(local), y), w.rotateRight(get(local), z));
  const moved = (local: number, [x, y, z]: readonly [number, number, number]): Code =>
    w.xor(w.rotateRight(get(local), x), w.rotateRight(get(local), y), w.shiftRight(get(local), z));
  return compression(which, w, 17, (state) => {
    const schedule = Array.from({ length: 16 }, (_value, index) => firstWord + 8 + index);
    const scratch = firstWord + 24;
    return Array.from({ length: rounds }, (_value, i) => {
      const [a, b, c, d, e, f, g, h] = renamed(state, i) as [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      const here = schedule[i % 16]!;
      const ahead = (steps: number): number => schedule[(i + steps) % 16]!;
      const next =
        i < 16
          ? bigEndian(w, i * w.bytes, scratch)
          : w.add(get(here), moved(ahead(1), moves[0]), get(ahead(9)), moved(ahead(14), moves[1]));
      const chosen = w.xor(get(g), w.and(get(e), w.xor(get(f), get(g))));
      const majority = w.or(w.and(get(a), get(b)), w.and(get(c), w.or(get(a), get(b))));
      // Of 64 bits SHA-256 has the upper half.
      const constant = w.constant(roundConstants[i]! >> BigInt(64 - w.bytes * 8));
      const sum = w.add(get(h), rotated(e, turns[1]), chosen, constant, tee(here, next));
      return [
        ...set(h, sum),
        ...set(d, w.add(get(d), get(h))),
        ...set(h, w.add(get(h), rotated(a, turns[0]), majority)),
      ];
    }).flat();
  });
}

/** The first 64 bits of the fractional parts of the cube roots of the first 80 primes. */
const roundConstants: readonly bigint[] = (() => {
  const primes: bigint[] = [];
  for (let n = 2n; primes.length < 80; n++) if (primes.every((prime) => n % prime !== 0n)) primes.push(n);
  return primes.map((prime) => {
    const cube = prime << 192n;
    let root = 1n << 68n;
    for (;;) {
      const better = (2n * root + cube / (root * root)) / 3n;
      if (better >= root) return root & 0xffff_ffff_ffff_ffffn;
      root = better;
    }
  });
})();

/** Exports `memory` and one function by each kernel's name: `(blocks: i32) -> nothing`. */
function moduleBytes(): Uint8Array<ArrayBuffer> {
  const functions: [KernelName, Code][] = [
    ['md5', md5()],
    ['sha1', sha1()],
    ['sha256', sha2('sha256', word32)],
    ['sha512', sha2('sha512', word64)],
  ];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...block(section.type, vector([[0x60, ...vector([[i32]]), ...vector([])]])),
    ...block(section.function, vector(functions.map(() => [0]))),
    ...block(section.memory, vector([[0, 1]])),
    ...block(
      section.export,
      vector([[...name('memory'), 2, 0], ...functions.map(([which], index) => [...name(which), 0, index])]),
    ),
    ...block(section.code, vector(functions.map(([, code]) => [...code]))),
  ]);
}
