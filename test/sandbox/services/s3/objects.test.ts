/** Buckets and objects, by the names, outputs and errors of Amazon S3's API. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import type { ListObjectsV2Response } from '../../../../sandbox/services/s3/s3.types.ts';
import { S3 } from '../../../../sandbox/services/s3/s3.ts';
import { call, newHost, refusal } from '../host.ts';
import { refused, serviceAccount } from '../service-account.ts';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

async function withBucket(keys: readonly string[] = []): Promise<Account> {
  const account = await serviceAccount();
  await account.s3.createBucket({ Bucket: 'photos' });
  for (const Key of keys) await account.s3.putObject({ Bucket: 'photos', Key, Body: Key });
  return account;
}

test('an object is put, read, described, copied and deleted', async () => {
  const { s3, clock } = await withBucket();
  clock.advance({ milliseconds: 1500 });
  const put = await s3.putObject({
    Bucket: 'photos',
    Key: 'cats/tom.txt',
    Body: 'hello',
    ContentType: 'text/plain',
    Metadata: { Colour: 'grey' },
  });
  expect(put).toEqual({ ETag: '"5d41402abc4b2a76b9719d911017c592"', ServerSideEncryption: 'AES256' });

  const { Body, ...description } = await s3.getObject({ Bucket: 'photos', Key: 'cats/tom.txt' });
  expect(text(Body)).toBe('hello');
  expect(description).toEqual({
    AcceptRanges: 'bytes',
    LastModified: new Date('2026-01-05T09:00:01Z'),
    ContentLength: 5,
    ETag: '"5d41402abc4b2a76b9719d911017c592"',
    ContentType: 'text/plain',
    ServerSideEncryption: 'AES256',
    Metadata: { colour: 'grey' },
  });
  expect(await s3.headObject({ Bucket: 'photos', Key: 'cats/tom.txt' })).toEqual(description);

  await s3.copyObject({ Bucket: 'photos', Key: 'copy.txt', CopySource: 'photos/cats%2Ftom.txt' });
  expect((await s3.headObject({ Bucket: 'photos', Key: 'copy.txt' })).Metadata).toEqual({ colour: 'grey' });
  await s3.copyObject({
    Bucket: 'photos',
    Key: 'copy.txt',
    CopySource: 'photos/copy.txt',
    MetadataDirective: 'REPLACE',
    Metadata: { colour: 'blue' },
  });
  expect((await s3.headObject({ Bucket: 'photos', Key: 'copy.txt' })).Metadata).toEqual({ colour: 'blue' });

  await s3.deleteObject({ Bucket: 'photos', Key: 'cats/tom.txt' });
  expect(await refused(s3.getObject({ Bucket: 'photos', Key: 'cats/tom.txt' }))).toBe(
    'NoSuchKey: The specified key does not exist.',
  );
  expect(await s3.deleteObject({ Bucket: 'photos', Key: 'cats/tom.txt' })).toEqual({});
});

test('parts of an object', async () => {
  const { s3 } = await withBucket(['0123456789']);
  const part = async (Range: string): Promise<string> => {
    const { Body, ContentRange } = await s3.getObject({ Bucket: 'photos', Key: '0123456789', Range });
    return `${text(Body)} of ${ContentRange}`;
  };
  expect(await part('bytes=2-4')).toBe('234 of bytes 2-4/10');
  expect(await part('bytes=7-')).toBe('789 of bytes 7-9/10');
  expect(await part('bytes=-3')).toBe('789 of bytes 7-9/10');
  expect(await part('bytes=8-99')).toBe('89 of bytes 8-9/10');
  expect(await refused(part('bytes=10-'))).toBe('InvalidRange: The requested range is not satisfiable');
});

test('conditions: only a new key, only this very object', async () => {
  const { s3 } = await withBucket(['a']);
  const condition = 'PreconditionFailed: At least one of the pre-conditions you specified did not hold';
  const object = { Bucket: 'photos', Key: 'a' };
  expect(await refused(s3.putObject({ ...object, Body: 'x', IfNoneMatch: '*' }))).toBe(condition);
  expect(await refused(s3.putObject({ ...object, Body: 'x', IfMatch: '"00"' }))).toBe(condition);
  expect(await refused(s3.getObject({ ...object, IfMatch: '"00"' }))).toBe(condition);
  const { ETag } = await s3.headObject(object);
  expect(await refused(s3.putObject({ ...object, Body: 'y', IfMatch: ETag }))).toBe('no error');
  expect(await refused(s3.putObject({ Bucket: 'photos', Key: 'b', Body: 'x', IfNoneMatch: '*' }))).toBe('no error');
});

test.each<[string, (account: Account) => Promise<unknown>, string]>([
  [
    'a bucket that is not there',
    ({ s3 }) => s3.putObject({ Bucket: 'none', Key: 'a' }),
    'NoSuchBucket: The specified bucket does not exist',
  ],
  [
    'a name with capitals',
    ({ s3 }) => s3.createBucket({ Bucket: 'Photos' }),
    'InvalidBucketName: The specified bucket is not valid.',
  ],
  [
    'a name like an address',
    ({ s3 }) => s3.createBucket({ Bucket: '10.0.0.1' }),
    'InvalidBucketName: The specified bucket is not valid.',
  ],
  [
    'a bucket that is not empty',
    ({ s3 }) => s3.deleteBucket({ Bucket: 'photos' }),
    'BucketNotEmpty: The bucket you tried to delete is not empty',
  ],
  [
    'a key that is too long',
    ({ s3 }) => s3.putObject({ Bucket: 'photos', Key: 'é'.repeat(513) }),
    'KeyTooLongError: Your key is too long',
  ],
  [
    'a copy to itself',
    ({ s3 }) => s3.copyObject({ Bucket: 'photos', Key: 'a', CopySource: 'photos/a' }),
    "InvalidRequest: This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  ],
  [
    'a token that is none',
    ({ s3 }) => s3.listObjectsV2({ Bucket: 'photos', ContinuationToken: 'x' }),
    'InvalidArgument: The continuation token provided is incorrect',
  ],
  [
    'no bucket policy',
    ({ s3 }) => s3.getBucketPolicy({ Bucket: 'photos' }),
    'NoSuchBucketPolicy: The bucket policy does not exist',
  ],
  [
    'a policy with a mistake',
    ({ s3 }) => s3.putBucketPolicy({ Bucket: 'photos', Policy: '{"Statement":[]}' }),
    "MalformedPolicy: Policies must be valid JSON and the first byte must be '{'. Statement: The list is empty. A policy needs at least one statement.",
  ],
])('refused: %s', async (_name, call, message) => {
  expect(await refused(call(await withBucket(['a'])))).toBe(message);
});

test('creating one’s own bucket again succeeds in us-east-1 only', async () => {
  const here = await withBucket(['a']);
  expect(await here.s3.createBucket({ Bucket: 'photos' })).toEqual({ Location: '/photos' });
  expect((await here.s3.listObjectsV2({ Bucket: 'photos' })).KeyCount).toBe(1);
  const around = {
    permissions: { allows: () => true, require: () => undefined },
    deliveries: { deliver: () => undefined },
  };
  const there = new S3({ ...newHost(), location: { region: 'eu-west-1', accountId: '123456789012' } }, around);
  const create = () => call(there.operations.CreateBucket, { Bucket: 'photos' });
  create();
  expect(refusal(create)).toBe(
    'BucketAlreadyOwnedByYou: Your previous request to create the named bucket succeeded and you already own it.',
  );
});

test('several objects are deleted in one call', async () => {
  const { s3 } = await withBucket(['a', 'b', 'c']);
  expect(
    await s3.deleteObjects({ Bucket: 'photos', Delete: { Objects: [{ Key: 'a' }, { Key: 'b' }, { Key: 'none' }] } }),
  ).toEqual({ Deleted: [{ Key: 'a' }, { Key: 'b' }, { Key: 'none' }] });
  expect((await s3.listObjectsV2({ Bucket: 'photos' })).Contents?.map(({ Key }) => Key)).toEqual(['c']);
});

test('a listing makes folders of keys', async () => {
  const { s3 } = await withBucket(['cats/a', 'cats/b/c', 'dogs/x', 'readme', 'é']);
  const shown = ({ Contents, CommonPrefixes }: ListObjectsV2Response) => [
    ...(CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
    ...(Contents ?? []).map(({ Key }) => Key),
  ];
  const list = async (request: object) => shown(await s3.listObjectsV2({ Bucket: 'photos', ...request }));
  expect(await list({})).toEqual(['cats/a', 'cats/b/c', 'dogs/x', 'readme', 'é']);
  expect(await list({ Delimiter: '/' })).toEqual(['cats/', 'dogs/', 'readme', 'é']);
  expect(await list({ Prefix: 'cats/', Delimiter: '/' })).toEqual(['cats/b/', 'cats/a']);
  expect(await list({ Prefix: 'cats' })).toEqual(['cats/a', 'cats/b/c']);
  expect(await list({ StartAfter: 'dogs/x' })).toEqual(['readme', 'é']);
  expect(await list({ Prefix: 'none' })).toEqual([]);
});

test('an empty listing has no Contents', async () => {
  const { s3 } = await withBucket();
  expect(await s3.listObjectsV2({ Bucket: 'photos' })).toEqual({
    IsTruncated: false,
    Name: 'photos',
    Prefix: '',
    MaxKeys: 1000,
    KeyCount: 0,
  });
});

const key = fc.stringMatching(/^[ab/é]{1,5}$/);

test('law: pages together are the whole listing, in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(key, { maxLength: 12 }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom('', 'a', 'a/'),
      fc.constantFrom(undefined, '/'),
      async (keys, MaxKeys, Prefix, Delimiter) => {
        const { s3 } = await withBucket(keys);
        const request = { Bucket: 'photos', Prefix, ...(Delimiter === undefined ? {} : { Delimiter }) };
        const names: string[] = [];
        let token: string | undefined;
        do {
          const page: ListObjectsV2Response = await s3.listObjectsV2({
            ...request,
            MaxKeys,
            ...(token === undefined ? {} : { ContinuationToken: token }),
          });
          expect(page.KeyCount).toBeLessThanOrEqual(MaxKeys);
          names.push(
            ...(page.Contents ?? []).map(({ Key }) => Key),
            ...(page.CommonPrefixes ?? []).map((one) => one.Prefix),
          );
          token = page.NextContinuationToken;
          expect(page.IsTruncated).toBe(token !== undefined);
        } while (token !== undefined);
        const inPrefix = keys.filter((one) => one.startsWith(Prefix));
        const folderOf = (one: string): string => {
          const at = Delimiter === undefined ? -1 : one.indexOf(Delimiter, Prefix.length);
          return at < 0 ? one : one.slice(0, at + 1);
        };
        expect(names.sort()).toEqual([...new Set(inPrefix.map(folderOf))].sort());
      },
    ),
    { numRuns: 60 },
  );
});

test('law: a bucket is a map from keys to bytes', async () => {
  const command = fc.oneof(
    fc.record({ kind: fc.constant('put' as const), key, body: fc.string({ maxLength: 3 }) }),
    fc.record({ kind: fc.constant('delete' as const), key }),
    fc.record({ kind: fc.constant('copy' as const), key, to: key }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 15 }), async (commands) => {
      const { s3 } = await withBucket();
      const model = new Map<string, string>();
      for (const one of commands) {
        const object = { Bucket: 'photos', Key: one.key };
        if (one.kind === 'put') {
          await s3.putObject({ ...object, Body: one.body });
          model.set(one.key, one.body);
        } else if (one.kind === 'delete') {
          await s3.deleteObject(object);
          model.delete(one.key);
        } else {
          const copy = s3.copyObject({
            Bucket: 'photos',
            Key: one.to,
            CopySource: `photos/${encodeURIComponent(one.key)}`,
          });
          const body = model.get(one.key);
          if (body === undefined) expect(await refused(copy)).toMatch(/^NoSuchKey/);
          else if (one.key === one.to) expect(await refused(copy)).toMatch(/^InvalidRequest/);
          else {
            await copy;
            model.set(one.to, body);
          }
        }
      }
      const { Contents = [] } = await s3.listObjectsV2({ Bucket: 'photos' });
      const found = await Promise.all(
        Contents.map(async ({ Key }) => [Key, text((await s3.getObject({ Bucket: 'photos', Key })).Body)] as const),
      );
      expect(new Map(found)).toEqual(model);
      expect(Contents.map(({ Size }) => Size)).toEqual(
        Contents.map(({ Key }) => new TextEncoder().encode(model.get(Key)).length),
      );
    }),
    { numRuns: 60 },
  );
});
