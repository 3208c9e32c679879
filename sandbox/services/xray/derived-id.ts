/** Ids of subsegments, which nothing in the trace has: made from what they belong to, so that a reader stays pure. */

/** 16 hexadecimal digits, the same for the same texts. */
export function derivedId(of: string, what: string): string {
  return `${hash(`${of} ${what}`, 0x811c9dc5)}${hash(`${what} ${of}`, 0x9e3779b9)}`;
}

/** FNV-1a. */
function hash(text: string, from: number): string {
  let value = from;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return (value >>> 0).toString(16).padStart(8, '0');
}
