/** The `cidr` operator: blocks of IPv4 and IPv6 addresses. */
import { InvalidPatternError } from './invalid-pattern-error.ts';

export interface IpAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

export interface CidrBlock {
  contains(address: IpAddress): boolean;
}

/** Undefined when the text is no address. */
export function parseIpAddress(text: string): IpAddress | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

/** `10.0.0.0/24`, `2001:db8::/32`. @throws {InvalidPatternError} */
export function parseCidr(text: string, path: readonly string[]): CidrBlock {
  const [start = '', mask, ...rest] = text.split('/');
  if (mask === undefined || rest.length > 0) throw new InvalidPatternError("Malformed CIDR, one '/' required", path);
  const first = parseIpAddress(start);
  if (first === undefined) throw new InvalidPatternError(`Nonstandard IP address: ${start}`, path);
  if (!/^\d{1,3}$/.test(mask)) throw new InvalidPatternError('Malformed CIDR, mask bits must be an integer', path);
  if (Number(mask) > first.bits)
    throw new InvalidPatternError(`Malformed CIDR, mask bits must be <= ${first.bits}`, path);
  const freeBits = BigInt(first.bits - Number(mask));
  return {
    contains: ({ bits, value }) => bits === first.bits && value >> freeBits === first.value >> freeBits,
  };
}

function parseIpv4(text: string): IpAddress | undefined {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return undefined;
  const bytes = text.split('.').map(Number);
  if (bytes.some((byte) => byte > 255)) return undefined;
  return { bits: 32, value: bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) };
}

function parseIpv6(text: string): IpAddress | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...(tail ?? [])];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return { bits: 128, value: groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n) };
}
