/** WebAssembly by the byte: the encodings, and changes to a module. */

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

/** One thing that a module exports: a function (kind 0), a table (1). */
export interface AddedExport {
  readonly name: string;
  readonly kind: number;
  readonly index: number;
}

/** One section of a module: its id and what is in it. */
export interface Section {
  readonly id: number;
  readonly content: Uint8Array;
}

/** The sections of a module. Throws when the bytes are no WebAssembly module. */
export function readSections(module: Uint8Array): Section[] {
  if (module.length < 8 || module[0] !== 0 || module[1] !== 0x61) throw new Error('not a WebAssembly file');
  const sections: Section[] = [];
  let at = 8;
  while (at < module.length) {
    const id = module[at++]!;
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = module[at++] ?? 0;
      size |= (byte & 0x7f) << shift;
      if ((byte & 0x80) === 0) break;
    }
    sections.push({ id, content: module.subarray(at, at + size) });
    at += size;
  }
  return sections;
}

/** The module of these sections. */
export function writeSections(sections: readonly Section[]): Uint8Array<ArrayBuffer> {
  const heads = sections.map(({ id, content }) => [id, ...unsigned(content.length)]);
  const length = sections.reduce((total, { content }, index) => total + heads[index]!.length + content.length, 8);
  const module = new Uint8Array(length);
  module.set([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  let at = 8;
  sections.forEach(({ content }, index) => {
    module.set(heads[index]!, at);
    module.set(content, at + heads[index]!.length);
    at += heads[index]!.length + content.length;
  });
  return module;
}

/** The module with more exports. */
export function addExports(module: Uint8Array, added: readonly AddedExport[]): Uint8Array<ArrayBuffer> {
  return writeSections(
    readSections(module).map(({ id, content }) => {
      if (id !== section.export) return { id, content };
      const items = added.flatMap((one) => [...name(one.name), one.kind, ...unsigned(one.index)]);
      let at = 0;
      let count = 0;
      do count |= (content[at]! & 0x7f) << (7 * at);
      while ((content[at++]! & 0x80) !== 0);
      return { id, content: new Uint8Array([...unsigned(count + added.length), ...content.subarray(at), ...items]) };
    }),
  );
}

/** The module with other bytes in `count` places; throws unless `from` is there exactly so often. -1 stands for any byte. */
export function replaceBytes(
  module: Uint8Array<ArrayBuffer>,
  {
    from,
    to,
    count = 1,
  }: { readonly from: readonly number[]; readonly to: readonly number[]; readonly count?: number },
): Uint8Array<ArrayBuffer> {
  const places: number[] = [];
  for (let at = module.indexOf(from[0]!); at >= 0; at = module.indexOf(from[0]!, at + 1)) {
    if (from.every((byte, index) => byte < 0 || module[at + index] === byte)) places.push(at);
  }
  if (places.length !== count) throw new Error('the WebAssembly file is not the one this code was written for');
  const result = module.slice();
  for (const place of places) {
    to.forEach((byte, index) => {
      if (byte >= 0) result[place + index] = byte;
    });
  }
  return result;
}
