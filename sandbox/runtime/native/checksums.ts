/** The checksums of gzip and zlib: CRC-32 (RFC 1952) and Adler-32 (RFC 1950). */

const table = Uint32Array.from({ length: 256 }, (_value, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  return crc;
});

/** Goes on from the checksum of what came before. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  for (let index = 0; index < bytes.length; index += 1) crc = (crc >>> 8) ^ table[(crc ^ bytes[index]!) & 255]!;
  return ~crc >>> 0;
}

/** So many sums stay below 2^32 before they have to be taken modulo 65,521. */
const stretch = 3800;

export function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (let at = 0; at < bytes.length; at += stretch) {
    const end = Math.min(at + stretch, bytes.length);
    for (let index = at; index < end; index += 1) b += a += bytes[index]!;
    a %= 65_521;
    b %= 65_521;
  }
  return b * 65_536 + a;
}
