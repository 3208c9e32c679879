/** Drafts: kept in the record a moment after the last key, one for each edition, taken over from where they were before. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hasDraft, hintDrafts } from '../../src/progress/draft-hint.ts';
import { DraftStore } from '../../src/progress/draft-store.ts';
import { memoryRecord } from '../../src/progress/memory-record.ts';
import { draftFromOld, readOldDrafts, removeOldDrafts } from '../../src/progress/old-drafts.ts';

function storage(items: Record<string, string> = {}): Storage {
  const map = { ...items };
  Object.defineProperties(map, {
    getItem: { value: (key: string) => map[key] ?? null },
    setItem: { value: (key: string, value: string) => (map[key] = value) },
    removeItem: { value: (key: string) => Reflect.deleteProperty(map, key) },
  });
  return map as unknown as Storage;
}

const denied = (): Storage => {
  throw new DOMException('denied', 'SecurityError');
};

describe('the drafts of an editor', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const editors = () => {
    const record = memoryRecord();
    const store = (version: string, draft = 'lesson/checkout') => new DraftStore(async () => record, draft, version);
    return { record, store };
  };

  it('are one fact for a burst of keys', async () => {
    const { record, store } = editors();
    const typed = store('v1');
    for (const text of ['a', 'ab', 'abc']) {
      typed.write({ event: text });
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(record.entries).toEqual([]);
    await vi.advanceTimersByTimeAsync(300);
    expect(record.entries.map((entry) => 'value' in entry && entry.value)).toEqual([{ event: 'abc' }]);
  });

  it('are kept at once when the page goes', async () => {
    const { store } = editors();
    const typed = store('v1');
    typed.write('last keys');
    await typed.flush();
    expect(await store('v1').read()).toEqual({ value: 'last keys', otherVersion: false });
  });

  it('are one for each edition of the lesson, and that of another edition is offered', async () => {
    const { store } = editors();
    store('v1').write('old');
    await vi.runAllTimersAsync();
    expect(await store('v2').read()).toEqual({ value: 'old', otherVersion: true });
    store('v2').write('new');
    await vi.runAllTimersAsync();
    expect(await store('v2').read()).toEqual({ value: 'new', otherVersion: false });
    expect(await store('v1').read()).toEqual({ value: 'old', otherVersion: false });
    expect(await store('v1', 'lesson/check').read()).toBeUndefined();
  });

  it('are forgotten when asked, also what was being typed', async () => {
    const { store } = editors();
    for (const version of ['v1', 'v2']) store(version).write(version);
    await vi.runAllTimersAsync();
    const second = store('v2');
    second.write('more');
    await second.forget();
    await vi.runAllTimersAsync();
    expect(await second.read()).toEqual({ value: 'v1', otherVersion: true });
    await second.forgetOthers();
    expect(await second.read()).toBeUndefined();
  });
});

describe('the hint', () => {
  it('names the editors that have a draft', async () => {
    const kept = storage();
    const record = memoryRecord();
    await record.add({ kind: 'draft-kept', draft: 'a/b', version: 'v1', value: 1 });
    await record.add({ kind: 'draft-kept', draft: 'a/c', version: 'v1', value: null });
    hintDrafts(record.entries, () => kept);
    expect(hasDraft('a/b', () => kept)).toBe(true);
    expect(hasDraft('a/c', () => kept)).toBe(false);
    await record.add({ kind: 'draft-kept', draft: 'a/b', version: 'v1', value: null });
    hintDrafts(record.entries, () => kept);
    expect(hasDraft('a/b', () => kept)).toBe(false);
    expect(Object.keys(kept)).toEqual([]);
  });

  it('knows drafts of the older kind, and says no where it cannot know', () => {
    const kept = storage({ 'coldstart.draft/a/b@v1': '{}', 'coldstart.drafts': '{"damaged' });
    expect(hasDraft('a/b', () => storage({ 'coldstart.draft/a/b@v1': '{}' }))).toBe(true);
    expect(hasDraft('a', () => kept)).toBe(false);
    expect(hasDraft('a/b', denied)).toBe(false);
    expect(() => hintDrafts([], denied)).not.toThrow();
  });
});

describe('drafts of the older kind', () => {
  it('become facts, the damaged ones stay where they are', () => {
    const kept = storage({
      'coldstart.draft/cold-and-warm-starts/checkout@0a1b': '{"event":"{}"}',
      'coldstart.draft/cut/short@0a1b': '{"event":',
      'coldstart:theme': 'dark',
    });
    const drafts = readOldDrafts(kept);
    expect(drafts).toEqual([
      {
        kind: 'draft-kept',
        id: 'old-draft:cold-and-warm-starts/checkout@0a1b',
        at: 0,
        draft: 'cold-and-warm-starts/checkout',
        version: '0a1b',
        value: { event: '{}' },
      },
    ]);
    removeOldDrafts(kept, drafts);
    expect(Object.keys(kept).sort()).toEqual(['coldstart.draft/cut/short@0a1b', 'coldstart:theme']);
  });

  it('never replace what was typed since, however often they are taken over', async () => {
    const record = memoryRecord();
    await record.add({ kind: 'draft-kept', draft: 'a/b', version: 'v1', value: 'newer' });
    await record.merge([draftFromOld('a/b', 'v1', 'old'), draftFromOld('a/c', 'v1', 'other')]);
    await record.merge([draftFromOld('a/c', 'v1', 'other')]);
    expect(record.entries.map((entry) => 'value' in entry && entry.value)).toEqual(['other', 'newer']);
  });
});
