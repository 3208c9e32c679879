/**
 * Makes a WebAssembly module count its work: turns of its loops by what they are made of, and bytes that are filled or
 * copied at once. The count goes down in an exported global; below zero the module traps. So work has a measure that is
 * the same on every machine, and even a single call of a built-in function ends. A unit is about half a nanosecond.
 */
import {
  i32,
  name,
  readSections,
  section,
  signed,
  unsigned,
  vector,
  writeSections,
  type Section,
} from './wasm-binary.ts';

/** Where the count begins: as far as an i32 goes. */
const mostWork = 2n ** 31n - 1n;

/** What a turn of a loop is worth: itself, its instructions and its calls, as far as one turn usually comes to them. */
const perTurn = { itself: 1, instruction: 1 / 4, mostInstructions: 40, call: 3, mostCalls: 6 };

/** A loop of so many instructions is an interpreter's, and a turn of it one instruction of its own. */
const interpreter = { leastInstructions: 5000, work: 6 };

/** What a move of bytes is worth, and each four of them. */
const perMove = { itself: 10, bytesShift: 2 };

/** Leaves the stack as it is. */
const countTurn = (left: number, work: number): number[] => [
  ...[0x23, ...unsigned(left), 0x41, ...signed(BigInt(work)), 0x6b, 0x24, ...unsigned(left)],
  ...trapBelowZero(left),
];

/** The number of bytes is on top of the stack, and stays there; `scratch` is a local to keep it in. */
const countBytes = (left: number, scratch: number): number[] => [
  ...[0x22, ...unsigned(scratch), 0x23, ...unsigned(left), 0x20, ...unsigned(scratch)],
  ...[0x41, perMove.bytesShift, 0x76, 0x41, ...signed(BigInt(perMove.itself)), 0x6a, 0x6b, 0x24, ...unsigned(left)],
  ...trapBelowZero(left),
];

const trapBelowZero = (left: number): number[] => [0x23, ...unsigned(left), 0x41, 0, 0x48, 0x04, 0x40, 0x00, 0x0b];

/** Which functions, by their indices, are counted in another way. */
export interface FunctionWork {
  /** Nothing in these. */
  readonly uncounted: readonly number[];
  /** So much more for each turn of their loops: they wait for memory that no cache holds. */
  readonly moreATurn: Readonly<Record<number, number>>;
  /** So much for each call: they do much without a loop. */
  readonly moreACall: Readonly<Record<number, number>>;
}

/** The module with its work counted in the global `workLeft`. */
export function countWork(module: Uint8Array, special: FunctionWork): Uint8Array<ArrayBuffer> {
  const sections = readSections(module);
  const imports = new Reader(bytesOf(sections, section.import)).imports();
  const globals = new Reader(bytesOf(sections, section.global));
  const left = imports.globals + globals.unsigned();
  const types = new Reader(bytesOf(sections, section.type)).parameterCounts();
  const functions = new Reader(bytesOf(sections, section.function)).indices();
  return writeSections(
    sections.map(({ id, content }): Section => {
      if (id === section.global) return { id, content: appended(content, [i32, 1, 0x41, ...signed(mostWork), 0x0b]) };
      if (id === section.export) return { id, content: appended(content, [...name('workLeft'), 3, ...unsigned(left)]) };
      if (id !== section.code) return { id, content };
      const code = new Reader(content);
      const bodies = Array.from({ length: code.unsigned() }, (_value, index) => {
        const body = code.take(code.unsigned());
        const at = imports.functions + index;
        if (special.uncounted.includes(at)) return body;
        const more = { turn: special.moreATurn[at] ?? 0, call: special.moreACall[at] ?? 0 };
        return countedBody(body, left, types[functions[index]!]!, more);
      });
      return {
        id,
        content: joined([unsigned(bodies.length), ...bodies.flatMap((body) => [unsigned(body.length), body])]),
      };
    }),
  );
}

const bytesOf = (sections: readonly Section[], id: number): Uint8Array =>
  sections.find((one) => one.id === id)?.content ?? new Uint8Array([0]);

/** A vector with one more item. */
function appended(content: Uint8Array, item: readonly number[]): Uint8Array {
  const reader = new Reader(content);
  const count = reader.unsigned();
  return joined([unsigned(count + 1), content.subarray(reader.at), item]);
}

function joined(parts: readonly (Uint8Array | readonly number[])[]): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

function countedBody(
  body: Uint8Array,
  left: number,
  parameters: number,
  more: { readonly turn: number; readonly call: number },
): Uint8Array {
  const reader = new Reader(body);
  const groups = Array.from({ length: reader.unsigned() }, () => [reader.unsigned(), reader.byte()] as const);
  const scratch = groups.reduce((total, [count]) => total + count, parameters);
  const start = reader.at;
  const additions: { readonly at: number; readonly code: () => readonly number[] }[] = [];
  /** What is open: blocks belong to the loop around them. */
  const open: { isLoop: boolean; loop: Loop }[] = [];
  let loop: Loop = { instructions: 0, calls: 0 };
  if (more.call > 0) additions.push({ at: start, code: () => countTurn(left, more.call) });
  while (reader.at < body.length) {
    const at = reader.at;
    const kind = reader.instruction();
    loop.instructions += 1;
    if (kind === 'call') loop.calls += 1;
    else if (kind === 'bytes') additions.push({ at, code: () => countBytes(left, scratch) });
    else if (kind === 'block') open.push({ isLoop: false, loop });
    else if (kind === 'loop') {
      open.push({ isLoop: true, loop });
      const own = (loop = { instructions: 0, calls: 0 });
      additions.push({ at: reader.at, code: () => countTurn(left, workOf(own) + more.turn) });
    } else if (kind === 'end') loop = open.pop()?.loop ?? loop;
  }
  if (additions.length === 0) return body;
  const parts: (Uint8Array | readonly number[])[] = [
    vector([...groups, [1, i32] as const].map(([count, type]) => [...unsigned(count), type])),
  ];
  let copied = start;
  for (const { at, code } of additions) {
    parts.push(body.subarray(copied, at), code());
    copied = at;
  }
  parts.push(body.subarray(copied));
  return joined(parts);
}

/** A loop by what one turn of it may do, without the loops inside it. */
interface Loop {
  instructions: number;
  calls: number;
}

function workOf({ instructions, calls }: Loop): number {
  if (instructions >= interpreter.leastInstructions) return interpreter.work;
  const { itself, instruction, mostInstructions, call, mostCalls } = perTurn;
  return Math.ceil(itself + Math.min(instructions, mostInstructions) * instruction + Math.min(calls, mostCalls) * call);
}

/** Reads what a module is made of. Source: WebAssembly core specification 2.0, binary format. */
class Reader {
  readonly #bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  byte(): number {
    return this.#bytes[this.at++]!;
  }

  unsigned(): number {
    let result = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      result += (byte & 0x7f) * 2 ** shift;
      if ((byte & 0x80) === 0) return result;
    }
  }

  take(length: number): Uint8Array {
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }

  /** A number of any size whose value does not matter. */
  #skipNumber(): void {
    while ((this.byte() & 0x80) !== 0);
  }

  indices(): number[] {
    return Array.from({ length: this.unsigned() }, () => this.unsigned());
  }

  /** How many parameters each function type has. */
  parameterCounts(): number[] {
    return Array.from({ length: this.unsigned() }, () => {
      this.byte();
      const parameters = this.unsigned();
      this.take(parameters);
      this.take(this.unsigned());
      return parameters;
    });
  }

  /** How many functions and globals are imported. */
  imports(): { functions: number; globals: number } {
    const found = { functions: 0, globals: 0 };
    for (let left = this.unsigned(); left > 0; left -= 1) {
      this.take(this.unsigned());
      this.take(this.unsigned());
      const kind = this.byte();
      if (kind === 0) {
        this.unsigned();
        found.functions += 1;
      } else if (kind === 3) {
        this.take(2);
        found.globals += 1;
      } else {
        if (kind === 1) this.byte();
        const limited = this.byte() & 1;
        this.unsigned();
        if (limited === 1) this.unsigned();
      }
    }
    return found;
  }

  /** Goes past one instruction; says what is counted of it. */
  instruction(): 'loop' | 'block' | 'end' | 'call' | 'bytes' | undefined {
    const op = this.byte();
    if (op === 0x02 || op === 0x03 || op === 0x04) {
      this.#skipNumber();
      return op === 0x03 ? 'loop' : 'block';
    }
    if (op === 0x0b) return 'end';
    if (op === 0x0c || op === 0x0d || op === 0xd2 || (op >= 0x20 && op <= 0x26)) this.#skipNumber();
    else if (op === 0x0e) for (let left = this.unsigned() + 1; left > 0; left -= 1) this.#skipNumber();
    else if (op === 0x10) {
      this.#skipNumber();
      return 'call';
    } else if (op === 0x11) {
      this.#skipNumber();
      this.#skipNumber();
      return 'call';
    } else if (op === 0x1c) this.take(this.unsigned());
    else if (op >= 0x28 && op <= 0x3e) {
      this.#skipNumber();
      this.#skipNumber();
    } else if (op === 0x3f || op === 0x40 || op === 0xd0) this.byte();
    else if (op === 0x41 || op === 0x42) this.#skipNumber();
    else if (op === 0x43) this.take(4);
    else if (op === 0x44) this.take(8);
    else if (op === 0xfc) return this.#extended();
    return undefined;
  }

  #extended(): 'bytes' | undefined {
    const op = this.unsigned();
    if (op === 8 || op === 10 || op === 12 || op === 14) {
      this.#skipNumber();
      this.#skipNumber();
    } else if (op > 7) this.#skipNumber();
    return op === 10 || op === 11 ? 'bytes' : undefined;
  }
}
