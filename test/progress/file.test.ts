/** Files with a record: they come back as they went, and what is wrong with one is mended or said. */
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/progress/entry.ts';
import { mergeEntries } from '../../src/progress/fact-set.ts';
import { RecordFileError, refuseTooLarge } from '../../src/progress/file/format.ts';
import { readRecordFile } from '../../src/progress/file/read-file.ts';
import { writeRecordFile } from '../../src/progress/file/write-file.ts';
import { fc } from '../runner/property.ts';
import { anyEntries } from './any-entry.ts';

const now = Date.UTC(2026, 10, 25, 12);
const opened = (id: string, lesson = 'cold'): Entry => ({ kind: 'lesson-opened', id, at: now - 1000, lesson });
const file = (entries: readonly unknown[], head: object = {}) =>
  JSON.stringify({ course: 'Coldstart', version: 1, entries, ...head });
const reading = (text: string) =>
  readRecordFile(text, now).then(
    ({ entries, repairs }) => ({ entries, repairs }),
    (error: unknown) => {
      expect(error).toBeInstanceOf(RecordFileError);
      return (error as Error).message;
    },
  );

describe('a file', () => {
  it('can be read by a person', () => {
    const { name, text } = writeRecordFile(
      [opened('b'), { kind: 'draft-kept', id: 'a', at: 0, draft: 'cold/f', version: 'v1', value: { event: '{}' } }],
      now,
    );
    expect(name).toMatch(/^coldstart-record-2026-11-2\d\.json$/);
    expect(text).toBe(`{
  "course": "Coldstart",
  "content": "learner record",
  "version": 1,
  "exported": "2026-11-25T12:00:00.000Z",
  "entries": [
    { "at": null, "kind": "draft-kept", "draft": "cold/f", "id": "a", "value": {"event":"{}"}, "version": "v1" },
    { "at": "2026-11-25T11:59:59.000Z", "kind": "lesson-opened", "id": "b", "lesson": "cold" }
  ]
}
`);
  });

  it('of an empty record is a file, too', async () => {
    expect(await reading(writeRecordFile([], now).text)).toEqual({ entries: [], repairs: [] });
  });

  it('brings back every record', async () => {
    await fc.assert(
      fc.asyncProperty(anyEntries, async (entries) => {
        const kept = mergeEntries(entries, []);
        expect(await reading(writeRecordFile(kept, now).text)).toEqual({ entries: kept, repairs: [] });
      }),
    );
  });

  it('imported on two devices both ways makes two equal records', async () => {
    await fc.assert(
      fc.asyncProperty(anyEntries, anyEntries, async (one, two) => {
        const fileOf = async (entries: readonly Entry[]) =>
          (await readRecordFile(writeRecordFile(mergeEntries(entries, []), now).text, now)).entries;
        expect(mergeEntries(one, await fileOf(two))).toEqual(mergeEntries(two, await fileOf(one)));
      }),
    );
  });

  it('that was cut anywhere gives what is whole in it, or says what it is', async () => {
    const { text } = writeRecordFile([opened('a'), opened('b', 'warm'), opened('c')], now);
    const read = await Promise.all(Array.from({ length: text.length }, (_, end) => reading(text.slice(0, end))));
    const counts = read.map((result) => (typeof result === 'string' ? -1 : result.entries.length));
    expect([...new Set(counts)].sort()).toEqual([-1, 0, 1, 2, 3]);
    expect(read[text.lastIndexOf('"warm"')]).toEqual({
      entries: [opened('a')],
      repairs: ['The file is damaged, probably cut: what could be read of it is taken.'],
    });
  });

  it('may have been through an editor: byte order mark, other line ends, reformatted, reordered', async () => {
    const entries = [opened('a'), opened('b')];
    const { text } = writeRecordFile(entries, now);
    for (const changed of [
      `\uFEFF${text}`,
      text.replaceAll('\n', '\r\n'),
      JSON.stringify(JSON.parse(text)),
      JSON.stringify({ ...(JSON.parse(text) as object), entries: [...entries].reverse() }),
      JSON.stringify(JSON.parse(text), null, 4),
    ]) {
      expect(await reading(changed)).toEqual({ entries, repairs: [] });
    }
  });
});

describe('what is no record is refused with the reason', () => {
  it.each([
    ['', 'This is empty.'],
    ['  \n', 'This is empty.'],
    ['not json', 'This is not a record of this course, and not JSON.'],
    ['<!doctype html><p>{', 'This is not a record of this course, and not JSON.'],
    ['{"course": "Cold', 'This is not a record of this course, and not JSON.'],
    ['null', 'This is JSON, but not a record of this course.'],
    ['[1, 2]', 'This is JSON, but not a record of this course.'],
    ['{"entries": "many"}', 'This is JSON, but not a record of this course.'],
    ['{"name": "package", "version": "1.0.0"}', 'This is JSON, but not a record of this course.'],
    [file([], { course: 'Warmstart <b>' }), 'This is the record of another course: Warmstart <b>.'],
    [
      file([opened('a')], { version: 2 }),
      'This file was written by a newer edition of the course. Reload this page; if it stays so, take the file to where it was made.',
    ],
    [
      file([{ kind: 'lesson-opened' }]),
      'Nothing in this file could be read. 1 damaged entry left out. Entry 1, lesson-opened: id is missing or not a text.',
    ],
  ])('%s', async (text, message) => expect(await reading(text)).toBe(message));

  it('fifty megabytes, before any of it is read', async () => {
    const message = /^This is 50 MB, and a record of this course never has more than 25 MB/;
    expect(() => refuseTooLarge(50_000_000)).toThrow(message);
    expect(await reading(' '.repeat(50_000_000))).toMatch(message);
  });
});

describe('what is wrong in a file is left out or put right, and said', () => {
  const good = opened('good');
  const draft = { kind: 'draft-kept', id: 'd', at: now, draft: 'cold/f', version: 'v1' };
  it.each<[string, unknown, string]>([
    ['null', null, 'Entry 1, is not a fact.'],
    ['a list', [good], 'Entry 1, is not a fact.'],
    ['no kind', { id: 'a', at: 1 }, 'Entry 1, is not a fact.'],
    ['a lesson that is a number', { ...good, lesson: 7 }, 'Entry 1, lesson-opened: lesson is missing or not a text.'],
    ['an endless id', { ...good, id: 'x'.repeat(300) }, 'Entry 1, lesson-opened: id is not a name.'],
    ['a lesson called __proto__', { ...good, lesson: '__proto__' }, 'Entry 1, lesson-opened: lesson is not a name.'],
    [
      'a lesson called constructor',
      { ...good, lesson: 'constructor' },
      'Entry 1, lesson-opened: lesson is not a name.',
    ],
    ['markup as an id', { ...good, id: '<img src=x>' }, 'Entry 1, lesson-opened: id is not a name.'],
    ['a date before all time', { ...good, at: -1 }, 'Entry 1, lesson-opened: at is not a date.'],
    ['a date beyond all time', { ...good, at: 1e300 }, 'Entry 1, lesson-opened: at is not a date.'],
    ['a date that is none', { ...good, at: 'yesterday' }, 'Entry 1, lesson-opened: at is not a date.'],
    [
      'a draft of a megabyte and more',
      { ...draft, value: 'x'.repeat(1_000_001) },
      'Entry 1, draft-kept: value is too large.',
    ],
    [
      'a year in one sitting',
      { ...good, kind: 'time-spent', seconds: 3e7 },
      'Entry 1, time-spent: seconds is more than a day.',
    ],
  ])('%s', async (_name, entry, reason) => {
    expect(await reading(file([entry, good]))).toEqual({
      entries: [good],
      repairs: ['1 damaged entry left out.', reason],
    });
  });

  it('a value nested beyond reason', async () => {
    const nested = `${'['.repeat(5000)}${']'.repeat(5000)}`;
    const text = file([{ ...draft, value: 'NESTED' }, good]).replace('"NESTED"', nested);
    expect(await reading(text)).toEqual({
      entries: [good],
      repairs: ['1 damaged entry left out.', 'Entry 1, draft-kept: value is nested too deeply.'],
    });
  });

  it('keys that reach into objects', async () => {
    const text = file([{ ...draft, value: 'HOSTILE' }], {}).replace(
      '"HOSTILE"',
      '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},"files":{"index.mjs":"x"}}',
    );
    const hostile = text.replace('{"course"', '{"__proto__":{"entries":[]},"course"');
    const { entries } = await readRecordFile(hostile, now);
    expect(entries).toEqual([{ ...draft, value: { files: { 'index.mjs': 'x' } } }]);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('kinds that only a newer edition knows', async () => {
    const later = { kind: 'badge-won', id: 'a', at: 1 };
    expect(await reading(file([later, later, good]))).toEqual({
      entries: [good],
      repairs: ['2 of the kind “badge-won”, which this edition of the course does not know, left out.'],
    });
    expect(await reading(file([{ kind: 'toString', id: 'a', at: 1 }, good]))).toMatchObject({ entries: [good] });
  });

  it('optional fields that are wrong, and fields that do not belong', async () => {
    const answer = {
      kind: 'answer-given',
      id: 'a',
      at: 5,
      question: 'cold/a',
      hash: 'h',
      correct: true,
      given: 1,
      place: 'lesson',
    };
    const { entries } = await readRecordFile(file([{ ...answer, confidence: 'very', seed: 'x', more: 1 }]), now);
    expect(entries).toEqual([answer]);
  });

  it('an answer that does not say what was chosen', async () => {
    const answer = {
      kind: 'answer-given',
      id: 'a',
      at: 5,
      question: 'cold/a',
      hash: 'h',
      correct: true,
      place: 'lesson',
    };
    expect(await reading(file([answer]))).toEqual({ entries: [{ ...answer, given: null }], repairs: [] });
  });

  it('one id twice', async () => {
    expect(await reading(file([good, good]))).toEqual({ entries: [good], repairs: [] });
  });

  it('dates after today: such a draft replaces nothing, and such a deed counts as of today', async () => {
    const ahead = now + 365 * 24 * 60 * 60 * 1000;
    expect(
      await reading(
        file([
          { ...draft, value: 1, at: ahead },
          { ...good, at: ahead },
        ]),
      ),
    ).toEqual({
      entries: [
        { ...draft, value: 1, at: 0 },
        { ...good, at: now },
      ],
      repairs: ['2 from a clock that was ahead: they replace nothing that you have.'],
    });
  });

  it('a version that is missing', async () => {
    expect(await reading(file([good], { version: undefined }))).toEqual({
      entries: [good],
      repairs: ['The file does not say which version it is; it was read as the present one.'],
    });
  });

  it('many reasons are counted, and the first are told', async () => {
    const bad = Array.from({ length: 40 }, () => null);
    const read = await reading(file([...bad, good]));
    expect(read).toMatchObject({ repairs: { length: 4, 0: '40 damaged entries left out.' } });
  });
});

describe('older files', () => {
  it('version 0 had drafts as local storage kept them', async () => {
    const old = { course: 'Coldstart', version: 0, drafts: { 'cold/f@0a1b': { event: '{}' }, nonsense: 1 } };
    expect(await reading(JSON.stringify(old))).toEqual({
      entries: [
        {
          kind: 'draft-kept',
          id: 'old-draft:cold/f@0a1b',
          at: 0,
          draft: 'cold/f',
          version: '0a1b',
          value: { event: '{}' },
        },
      ],
      repairs: ['1 damaged entry left out.', 'Entry 2, draft-kept: draft is not a name.'],
    });
  });
});

it('any text either is read or says what is wrong with it', async () => {
  const json = fc.oneof(
    fc.json(),
    fc.string({ unit: 'binary' }),
    fc.array(fc.jsonValue()).map((entries) => file(entries)),
  );
  await fc.assert(
    fc.asyncProperty(json, async (text) => {
      await reading(text);
    }),
  );
});
