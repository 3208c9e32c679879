/** What the host computes for the guest: digests, key derivation, compression and long texts, against Node's own. */
import crypto from 'node:crypto';
import zlib from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compress, expand, ExpansionLimitError } from '../../../sandbox/runtime/native/compression.ts';
import { hashFunction, resultOf } from '../../../sandbox/runtime/native/digests.ts';
import { hkdf, pbkdf2, scrypt, startHmac } from '../../../sandbox/runtime/native/key-derivation.ts';
import { createAccount } from '../../../sandbox/account.ts';
import { runInNode } from '../guest/guest.ts';

const hashNames =
  'md5 ripemd160 sha1 sha224 sha256 sha384 sha512 sha512-224 sha512-256 sha3-224 sha3-256 sha3-384 sha3-512'.split(' ');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = fc.uint8Array({ maxLength: 600 });

test.each(hashNames)('%s, its HMAC and its derived keys are those of OpenSSL, however the bytes come', (name) => {
  const hash = hashFunction(name);
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 4 }), bytes, (parts, key) => {
      const whole = Buffer.concat(parts);
      const digest = hash.start();
      const mac = startHmac(hash, key);
      for (const part of parts) {
        digest.update(part);
        mac.update(part);
      }
      const copy = digest.copy();
      expect(hex(resultOf(digest, hash))).toBe(crypto.createHash(name).update(whole).digest('hex'));
      expect(hex(resultOf(copy, hash))).toBe(crypto.createHash(name).update(whole).digest('hex'));
      expect(hex(resultOf(mac, hash))).toBe(crypto.createHmac(name, key).update(whole).digest('hex'));
    }),
  );
  fc.assert(
    fc.property(
      bytes,
      bytes,
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 200 }),
      (key, salt, n, length) => {
        expect(hex(pbkdf2(hash, key, salt, n, length))).toBe(
          crypto.pbkdf2Sync(key, salt, n, length, name).toString('hex'),
        );
        const info = salt.subarray(0, 50);
        expect(hex(hkdf(hash, key, salt, info, length))).toBe(
          hex(new Uint8Array(crypto.hkdfSync(name, key, salt, info, length))),
        );
      },
    ),
    { numRuns: 25 },
  );
});

test('scrypt is that of OpenSSL', () => {
  expect(hex(scrypt(Buffer.from('pw'), Buffer.from('salt'), { N: 64, r: 8, p: 2 }, 40))).toBe(
    crypto.scryptSync('pw', 'salt', 40, { N: 64, r: 8, p: 2 }).toString('hex'),
  );
});

const formats = [
  { format: 'gzip', pack: zlib.gzipSync, unpack: zlib.gunzipSync },
  { format: 'deflate', pack: zlib.deflateSync, unpack: zlib.inflateSync },
  { format: 'deflateRaw', pack: zlib.deflateRawSync, unpack: zlib.inflateRawSync },
] as const;
const data = fc.oneof(
  bytes,
  fc.tuple(fc.string({ maxLength: 30 }), fc.nat(3000)).map(([text, count]) => Buffer.from(text.repeat(count))),
);

test.each(formats)('$format: what one packs the other unpacks', ({ format, pack, unpack }) => {
  fc.assert(
    fc.property(data, fc.constantFrom(0, 1, 6, 9), (input, level) => {
      expect(hex(unpack(compress(format, input, level as 6)))).toBe(hex(input));
      expect(hex(expand(format, pack(input), Infinity) as Uint8Array)).toBe(hex(input));
    }),
  );
});

/** What came out, or zlib's error. */
const outcome = (work: () => Uint8Array | { code: string; message: string }): string => {
  try {
    const result = work();
    return result instanceof Uint8Array ? hex(result) : `${result.code} ${result.message}`;
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return `${code} ${message}`;
  }
};

test.each(formats)('$format: cut or damaged data is refused in zlib’s words', ({ format, pack, unpack }) => {
  fc.assert(
    fc.property(data, fc.double({ min: 0, max: 1, noNaN: true }), (input, where) => {
      const packed = pack(input);
      const cut = packed.subarray(0, Math.floor(packed.length * where));
      expect(outcome(() => expand(format, cut, Infinity))).toBe(outcome(() => unpack(cut)));
    }),
  );
  const tail = Buffer.from(pack('some text, some text'));
  tail.writeUInt8(tail.readUInt8(tail.length - 3) ^ 0xff, tail.length - 3);
  expect(outcome(() => expand(format, tail, Infinity))).toBe(outcome(() => unpack(tail)));
});

test('gzip files after one another come out as one; zeros may follow, other bytes may not', () => {
  const [one, two] = [zlib.gzipSync('one, '), zlib.gzipSync('two')];
  const text = (...parts: Uint8Array[]): string =>
    Buffer.from(expand('gzip', Buffer.concat(parts), Infinity) as Uint8Array).toString();
  expect(text(one, two)).toBe('one, two');
  expect(text(one, two, Buffer.alloc(9))).toBe('one, two');
  expect(expand('gzip', Buffer.concat([one, Buffer.from('rest')]), Infinity)).toEqual({
    code: 'Z_DATA_ERROR',
    message: 'incorrect header check',
  });
});

test('a small file that grows huge stops at the limit', () => {
  const bomb = zlib.gzipSync(Buffer.alloc(50_000_000));
  expect(() => expand('gzip', bomb, 1_000_000)).toThrow(ExpansionLimitError);
});

const conversionsOf = (seed: number, encodings: readonly string[]): string => `
  const random = (seed) => () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const outcomes = [];
  const { createHash } = require('crypto');
  for (const seed of [${seed}]) {
    const next = random(seed * 1e6);
    next();
    const length = Math.floor(next() * 200000) + 263000;
    const bytes = Buffer.alloc(length);
    for (let at = 0; at < length; at += 997) bytes[at] = next() * 256;
    const units = ['a', 'é', '€', '😀', '\\u{10ffff}', '\\ud800', 'xyz', '\\0'];
    let piece = '';
    for (let count = 0; count < 50; count++) piece += units[Math.floor(next() * (seed + 4))];
    const text = piece.repeat(Math.ceil(length / piece.length));
    const sum = (value) => createHash('md5').update(value).digest('hex');
    for (const encoding of ${JSON.stringify(encodings)}) {
      const decoded = bytes.toString(encoding);
      outcomes.push(decoded.length, sum(Buffer.from(decoded, 'utf16le')), sum(Buffer.from(decoded, encoding)));
      const encoded = Buffer.from(encoding.startsWith('base64') ? decoded + '??' + decoded : text, encoding);
      outcomes.push(Buffer.byteLength(decoded, encoding), encoded.length, sum(encoded), encoded.equals(Buffer.from(encoded)));
    }
    outcomes.push(sum(Buffer.from(new TextDecoder().decode(Buffer.from(text)))), Buffer.alloc(length, 'abc').compare(bytes));
    outcomes.push(sum(Buffer.alloc(length, piece)), createHash('sha1').update(text).copy().update(bytes).digest('hex'));
  }
  return outcomes;`;

async function invokeOnce(
  body: string,
  memorySizeMB = 1769,
): Promise<{ payload: unknown; durationMs: number; concluded: boolean }> {
  const account = await createAccount({ seed: 7 });
  await account.lambda.createFunction({
    FunctionName: 'native',
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: {
      Files: {
        'index.mjs': `import * as c from 'node:crypto'; import * as z from 'node:zlib'; import { createRequire } from 'node:module'; export const handler = async () => { ${body} };`,
      },
    },
    MemorySize: memorySizeMB,
    Timeout: 60,
  });
  const { Payload, trace } = await account.lambda.invoke({ FunctionName: 'native', Payload: '{}' });
  const concluded = account.trace.some(({ type }) => type === 'outcomeConcluded');
  account.dispose();
  return { payload: JSON.parse(Payload), durationMs: trace.durationMs, concluded };
}

test.each([
  [2, ['utf8', 'base64']],
  [2, ['base64url', 'hex']],
  [4, ['utf8']],
  [4, ['base64']],
  [4, ['latin1']],
  [4, ['base64url', 'hex']],
])('long texts and bytes convert as in Node, whatever stands where they are cut: %i, %j', async (seed, encodings) => {
  const conversions = conversionsOf(seed, encodings);
  const { payload } = await invokeOnce(`const require = createRequire(import.meta.url); ${conversions}`);
  expect(payload).toEqual(await runInNode(conversions));
});

test.each([
  [
    'const h = c.createHash("sha256"), b = Buffer.alloc(1e6, 7); for (let i = 0; i < 200; i++) h.update(b); return h.digest("hex").slice(0, 8)',
    crypto.createHash('sha256').update(Buffer.alloc(200e6, 7)).digest('hex').slice(0, 8),
  ],
  ['return c.pbkdf2Sync("password", "salt", 600000, 32, "sha256").toString("hex").slice(0, 8)', '669cfe52'],
  ['return z.gunzipSync(z.gzipSync(Buffer.alloc(25e6, "some text "))).length', 25_000_000],
  [
    'return z.gunzipSync(z.deflateSync("x".repeat(100)).subarray(0, 5))',
    { errorType: 'Error', errorMessage: 'incorrect header check' },
  ],
])('much work is computed, not concluded: %s', async (body, payload) => {
  const result = await invokeOnce(body);
  expect(result.concluded).toBe(false);
  if (typeof payload === 'object') expect(result.payload).toMatchObject(payload);
  else expect(result.payload).toBe(payload);
});

test('work takes virtual time by its size', async () => {
  const times: number[] = [];
  for (const megabytes of [10, 20, 40]) {
    const body = `const b = Buffer.alloc(1e6), h = c.createHash('sha512'); const start = performance.now(); for (let i = 0; i < ${megabytes}; i++) h.update(b); return performance.now() - start`;
    times.push((await invokeOnce(body)).payload as number);
  }
  const [ten = 0, twenty = 0, forty = 0] = times;
  expect(twenty / ten).toBeCloseTo(2, 1);
  expect(forty / twenty).toBeCloseTo(2, 1);
});

test.each([
  'for (;;) c.createHash("sha256").update("a").digest("hex")',
  'const b = Buffer.alloc(1e6); for (;;) c.createHash("md5").update(b).digest()',
  'const b = Buffer.alloc(1e6); for (;;) z.gzipSync(b)',
  'for (;;) c.randomBytes(1e6)',
  'return c.pbkdf2Sync("a", "b", 1e8, 32, "sha256")',
  'return c.randomBytes(2 ** 31 - 1).length',
  'const b = Buffer.alloc(1e6); for (;;) b.toString("base64")',
])('endless work ends as a timeout: %s', async (body) => {
  const result = await invokeOnce(body);
  expect(result).toMatchObject({ concluded: true, durationMs: 60_000 });
  expect(result.payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
});

test('data that expands beyond the memory ends the process for it', async () => {
  const body = `const packed = z.gzipSync(Buffer.alloc(10e6)); return z.gunzipSync(Buffer.concat(new Array(9).fill(packed))).length`;
  expect((await invokeOnce(body, 140)).payload).toMatchObject({ errorType: 'Runtime.OutOfMemory' });
});
