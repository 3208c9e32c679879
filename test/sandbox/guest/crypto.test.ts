/** node:crypto, webcrypto and node:zlib inside the guest. */
import { expect, test } from 'vitest';
import { differencesFromNode, evaluateInGuest } from './guest.ts';

const prelude = "const z = require('zlib'), c = require('crypto'), u = require('util');";

test('hashes, signs and compresses', () => {
  expect(
    evaluateInGuest(prelude, [
      "c.createHash('sha256').update('abc').digest('hex')",
      "c.createHash('md5').update('abc').digest('hex')",
      "c.createHmac('sha256', 'key').update('data').digest('base64')",
      "crypto.subtle.digest('SHA-256', new TextEncoder().encode('abc')).then((d) => Buffer.from(d).toString('hex').slice(0, 16))",
      "z.gunzipSync(z.gzipSync('hello')).toString()",
      "z.gunzipSync(Buffer.from('not gzip'))",
      "z.brotliCompressSync('x')",
      "c.createCipheriv('aes-256-gcm', Buffer.alloc(32), Buffer.alloc(12))",
    ]),
  ).toEqual([
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    '900150983cd24fb0d6963f7d28e17f72',
    'UDH+PZicbRU3oBP6bnOdojRj/a7DtwE32Cjjas4iG9A=',
    'ba7816bf8f01cfea',
    'hello',
    'Error|Z_DATA_ERROR|incorrect header check',
    'Error|ERR_FEATURE_UNAVAILABLE_ON_PLATFORM|zlib.brotliCompressSync() is not available in this simulator: it has gzip and deflate',
    'Error|ERR_FEATURE_UNAVAILABLE_ON_PLATFORM|crypto.createCipheriv() is not available in this simulator',
  ]);
});

test('randomness comes from the seed: two guests draw the same', () => {
  const draw = (): unknown[] =>
    evaluateInGuest(prelude, ['c.randomUUID()', "c.randomBytes(4).toString('hex')", 'c.randomInt(1000)']);
  expect(draw()).toEqual(draw());
});

const expressions = [
  String.raw`z.gunzipSync(z.gzipSync('hello')).toString()`,
  String.raw`z.inflateSync(z.deflateSync('x'.repeat(1000))).length`,
  String.raw`z.inflateRawSync(z.deflateRawSync('raw')).toString()`,
  String.raw`z.unzipSync(z.gzipSync('u')).toString()`,
  String.raw`z.gunzipSync('H4sIAAAAAAAA')`,
  String.raw`z.gunzipSync(Buffer.from('H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA==','base64')).toString()`,
  String.raw`z.gunzipSync(Buffer.from('not gzip'))`,
  String.raw`z.inflateSync(Buffer.from([1,2,3]))`,
  String.raw`z.gunzipSync(Buffer.from(''))`,
  String.raw`z.gunzipSync(z.gzipSync('hello world').subarray(0,15))`,
  String.raw`z.gzipSync('hello').toString('hex')`,
  String.raw`z.gzipSync(5)`,
  String.raw`z.crc32('hello')`,
  String.raw`z.constants.Z_BEST_COMPRESSION`,
  String.raw`z.inflateSync(z.deflateSync('abcabcabc').subarray(0,5))`,
  String.raw`c.createHash('sha256').update('abc').digest('hex')`,
  String.raw`c.createHash('md5').update('a').update('b').digest('base64')`,
  String.raw`c.createHash('sha1').update(Buffer.from('x')).digest('hex')`,
  String.raw`c.createHash('sha512').update('é').digest('base64url')`,
  String.raw`c.createHash('sha384').update('').digest('hex')`,
  String.raw`c.createHash('nope')`,
  String.raw`c.createHash('SHA256').update('a').digest('latin1').length`,
  String.raw`c.createHmac('sha256','key').update('data').digest('hex')`,
  String.raw`c.createHmac('nope','k')`,
  String.raw`c.createHmac('sha256')`,
  String.raw`c.createHash('sha256').update(5)`,
  String.raw`(() => {const h=c.createHash('sha256');h.digest();h.digest()})()`,
  String.raw`(() => {const h=c.createHash('sha256');h.digest();h.update('x')})()`,
  String.raw`c.timingSafeEqual(Buffer.from('a'),Buffer.from('ab'))`,
  String.raw`c.timingSafeEqual(Buffer.from('ab'),Buffer.from('ab'))`,
  String.raw`c.timingSafeEqual('a','b')`,
  String.raw`c.pbkdf2Sync('p','s',10,16,'sha256').toString('hex')`,
  String.raw`c.pbkdf2Sync('p','s',10,16,'nope')`,
  String.raw`c.randomBytes(8).length`,
  String.raw`c.randomBytes(-1)`,
  String.raw`c.randomBytes('x')`,
  String.raw`/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(c.randomUUID())`,
  String.raw`(() => {const n=c.randomInt(5);return n>=0&&n<5})()`,
  String.raw`c.randomInt(5,5)`,
  String.raw`c.randomInt('x')`,
  String.raw`c.randomInt(1.5)`,
  String.raw`c.getHashes().includes('sha256')`,
  String.raw`c.hash('sha1','abc')`,
  String.raw`c.scryptSync('p','s',16,{N:16}).toString('hex')`,
  String.raw`Buffer.from(c.hkdfSync('sha256','key','salt','info',16)).toString('hex')`,
  String.raw`c.createHash('sha256').update('a').copy().digest('hex')`,
  String.raw`crypto.getRandomValues(new Uint8Array(4)).length`,
  String.raw`crypto.getRandomValues([])`,
  String.raw`c.webcrypto===crypto`,
  String.raw`u.inspect(c.createHash('md5')).slice(0,6)`,
  String.raw`c.createHash('sha512-256').update('a').digest('hex')`,
  String.raw`c.createHash('sha3-256').update('a').digest('hex')`,
];

test('gives what Node gives', async () => {
  const shown = expressions.map((expression) => `((v) => (v instanceof Uint8Array ? u.inspect(v) : v))(${expression})`);
  expect(await differencesFromNode(prelude, shown)).toEqual([]);
});
