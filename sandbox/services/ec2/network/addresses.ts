/** IPv4 addresses and CIDR blocks. Pure. */

/** `10.0.0.0/16` as its first address and the number of fixed bits; undefined for any other text. */
export function parseCidr(text: string): { readonly first: number; readonly bits: number } | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (match === null) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, bits = 0] = match.slice(1).map(Number);
  if ([a, b, c, d].some((byte) => byte > 255) || bits > 32) return undefined;
  return { first: ((a << 24) | (b << 16) | (c << 8) | d) >>> 0, bits };
}

/** Whether all addresses of `inner` are in `outer`. A text that is no CIDR block contains nothing. */
export function containsCidr(outer: string, inner: string): boolean {
  const wide = parseCidr(outer);
  const narrow = parseCidr(inner);
  if (wide === undefined || narrow === undefined || narrow.bits < wide.bits) return false;
  const mask = wide.bits === 0 ? 0 : (0xffffffff << (32 - wide.bits)) >>> 0;
  return (wide.first & mask) >>> 0 === (narrow.first & mask) >>> 0;
}

/** The address at that place in a block: `addressAt('10.0.1.0/24', 4)` is 10.0.1.4. */
export function addressAt(cidr: string, index: number): string {
  const { first = 0 } = parseCidr(cidr) ?? {};
  const address = (first + index) >>> 0;
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}
