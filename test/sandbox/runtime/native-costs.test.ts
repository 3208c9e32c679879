/**
 * What hashing, key derivation and compression take in virtual time on one full vCPU, held to what Node.js 24 takes for
 * the same on a 2.x GHz server: within a factor of two of the times written here. `npm run bench` measures them anew.
 */
import { expect, test } from 'vitest';
import { createAccount } from '../../../sandbox/account.ts';

const orders = 'JSON.stringify(Array.from({ length: 12000 }, (_, i) => ({ id: i, name: "n" + (i * 7919) % 1000 })))';

/** The preparation, the work, and the ms that it takes in Node.js. */
const works: readonly (readonly [name: string, preparation: string, work: string, ms: number])[] = [
  ['SHA-256 of 16 MiB', 'const b = Buffer.alloc(2 ** 24);', 'createHash("sha256").update(b).digest()', 15],
  ['SHA-512 of 16 MiB', 'const b = Buffer.alloc(2 ** 24);', 'createHash("sha512").update(b).digest()', 25],
  ['MD5 of 16 MiB', 'const b = Buffer.alloc(2 ** 24);', 'createHash("md5").update(b).digest()', 25],
  ['PBKDF2 with SHA-512', '', 'pbkdf2Sync("secret", "salt", 100000, 64, "sha512")', 90],
  ['PBKDF2 with SHA-256', '', 'pbkdf2Sync("secret", "salt", 100000, 32, "sha256")', 30],
  ['scrypt as it is by default', '', 'scryptSync("secret", "salt", 64)', 44],
  ['gzip of JSON', `const text = ${orders};`, 'gzipSync(text)', 2.2],
  ['gzip of random bytes', 'const b = randomBytes(2 ** 20);', 'gzipSync(b)', 50],
  ['gzip of one text over and over', 'const b = Buffer.alloc(2 ** 22, "to and fro, ");', 'gzipSync(b)', 15],
  ['gunzip of JSON', `const zipped = gzipSync(${orders});`, 'gunzipSync(zipped)', 0.55],
];

test.each(works)('%s', async (_name, preparation, work, ms) => {
  const account = await createAccount({ seed: 7 });
  await account.lambda.createFunction({
    FunctionName: 'native',
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: {
      Files: {
        'index.mjs': `import { createHash, pbkdf2Sync, randomBytes, scryptSync } from 'node:crypto';
          import { gunzipSync, gzipSync } from 'node:zlib';
          export const handler = async () => {
            ${preparation}
            const start = performance.now();
            ${work};
            return performance.now() - start;
          };`,
      },
    },
    MemorySize: 1769,
    Timeout: 60,
  });
  const { Payload } = await account.lambda.invoke({ FunctionName: 'native', Payload: '{}' });
  account.dispose();
  expect(Number(Payload)).toBeGreaterThan(ms / 2);
  expect(Number(Payload)).toBeLessThan(ms * 2);
});
