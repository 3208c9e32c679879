/** Hosts: domains, IPv4 and IPv6 addresses, opaque hosts. Undefined stands for a host that is not valid. */
import punycode from 'punycode/punycode.es6.js';
import { percentDecode, percentEncode } from './percent.ts';

const forbidden = /[\x00\t\n\r #/:<>?@[\\\]^|]/;
const forbiddenInDomain = /[\x00-\x20"#%/:<>?@[\\\]^`{|}\x7f]/;

export function parseHost(text: string, isSpecial: boolean): string | undefined {
  if (text.startsWith('[')) {
    if (!text.endsWith(']')) return undefined;
    const pieces = parseIpv6(text.slice(1, -1));
    return pieces && `[${ipv6Text(pieces)}]`;
  }
  if (!isSpecial) return forbidden.test(text) ? undefined : percentEncode(text, 'control');
  const domain = domainToAscii(percentDecode(text));
  if (domain === undefined || domain === '' || forbiddenInDomain.test(domain)) return undefined;
  const labels = domain.split('.');
  if (labels.at(-1) === '' && labels.length > 1) labels.pop();
  const last = labels.at(-1) as string;
  if (!/^\d+$/.test(last) && !/^0x[0-9a-f]*$/i.test(last)) return domain;
  return parseIpv4(domain);
}

/** Lower case, NFC and punycode: Unicode's processing for the names that occur. */
export function domainToAscii(domain: string): string | undefined {
  const mapped = domain
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFC')
    .replace(/[\u3002\uff0e\uff61]/g, '.')
    .replace(/[\u00ad\u200b\u2060\ufeff]/g, '');
  if (!/[^\x00-\x7f]/.test(mapped))
    return mapped.split('.').every((label) => !label.startsWith('xn--') || isPunycode(label)) ? mapped : undefined;
  try {
    return punycode.toASCII(mapped);
  } catch {
    return undefined;
  }
}

function isPunycode(label: string): boolean {
  try {
    return punycode.toUnicode(label) !== label;
  } catch {
    return false;
  }
}

export function domainToUnicode(domain: string): string {
  return punycode.toUnicode(domain);
}

function parseIpv4(text: string): string | undefined {
  const parts = text.split('.');
  if (parts.at(-1) === '' && parts.length > 1) parts.pop();
  if (parts.length > 4) return undefined;
  const numbers: number[] = [];
  for (const part of parts) {
    let radix = 10;
    let digits = part;
    if (/^0x/i.test(part)) {
      radix = 16;
      digits = part.slice(2);
    } else if (part.length > 1 && part.startsWith('0')) {
      radix = 8;
      digits = part.slice(1);
    }
    if (part === '') return undefined;
    if (digits !== '' && !(radix === 10 ? /^\d+$/ : radix === 16 ? /^[0-9a-f]+$/i : /^[0-7]+$/).test(digits))
      return undefined;
    numbers.push(digits === '' ? 0 : Number.parseInt(digits, radix));
  }
  if (numbers.slice(0, -1).some((number) => number > 255)) return undefined;
  const last = numbers.at(-1) as number;
  if (last >= 256 ** (5 - numbers.length)) return undefined;
  let address = last;
  numbers.slice(0, -1).forEach((number, index) => (address += number * 256 ** (3 - index)));
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

function parseIpv6(text: string): number[] | undefined {
  let source = text;
  const embedded = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (embedded !== null) {
    const bytes = (embedded[2] as string).split('.').map(Number);
    if (bytes.some((byte) => byte > 255) || /(^|\.)0\d/.test(embedded[2] as string)) return undefined;
    const [a, b, c, d] = bytes as [number, number, number, number];
    source = `${embedded[1] as string}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  }
  const halves = source.split('::');
  if (halves.length > 2) return undefined;
  const pieces = (half: string): string[] => (half === '' ? [] : half.split(':'));
  const head = pieces(halves[0] as string);
  const tail = halves.length === 2 ? pieces(halves[1] as string) : [];
  if (![...head, ...tail].every((piece) => /^[0-9a-f]{1,4}$/i.test(piece))) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const zeros = Array.from({ length: missing }, () => '0');
  return [...head, ...zeros, ...tail].map((piece) => Number.parseInt(piece, 16));
}

function ipv6Text(pieces: number[]): string {
  let best = { start: -1, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && pieces[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  const hexed = pieces.map((piece) => piece.toString(16));
  if (best.start === -1) return hexed.join(':');
  return `${hexed.slice(0, best.start).join(':')}::${hexed.slice(best.start + best.length).join(':')}`;
}
