/** One record in several tabs, and what happens to storage: nothing that was done in an open tab is lost. */
import { describe, expect, it, vi } from 'vitest';
import { climb, type EntryStore } from '../../src/progress/database.ts';
import type { Entry, NewEntry } from '../../src/progress/entry.ts';
import type { TabRecord } from '../../src/progress/tab-record.ts';
import { BrowserFake } from './browser-fake.ts';

const opened = (lesson: string): NewEntry => ({ kind: 'lesson-opened', lesson });
const draft = (value: unknown, version = 'v1'): NewEntry => ({ kind: 'draft-kept', draft: 'a/b', version, value });
const lessons = (record: TabRecord) => record.entries.map((entry) => ('lesson' in entry ? entry.lesson : entry.kind));
const values = (entries: Iterable<Entry>) =>
  [...entries].flatMap((entry) => (entry.kind === 'draft-kept' ? [entry.value] : []));

describe('a record', () => {
  it('has what was added after the browser was closed and opened', async () => {
    const browser = new BrowserFake();
    await (await browser.open()).add(opened('a'));
    browser.now += 10;
    expect(await (await browser.open()).add(opened('b'))).toEqual({
      kind: 'lesson-opened',
      lesson: 'b',
      id: 'id-2',
      at: 1_000_010,
    });
    expect(lessons(await browser.open())).toEqual(['a', 'b']);
  });

  it('tells another tab at once, and that tab its listeners', async () => {
    const browser = new BrowserFake();
    const [one, two] = [await browser.open(), await browser.open()];
    const heard = vi.fn();
    two.subscribe(heard);
    await one.add(opened('a'));
    expect(lessons(two)).toEqual(['a']);
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it('counts a fact before it is stored', async () => {
    const record = await new BrowserFake().open();
    const done = record.add(opened('a'));
    expect(lessons(record)).toEqual(['a']);
    await done;
  });

  it('keeps the order of facts of the same millisecond', async () => {
    const record = await new BrowserFake().open();
    for (const lesson of ['c', 'a', 'b', 'd']) await record.add(opened(lesson));
    expect(lessons(record)).toEqual(['c', 'a', 'b', 'd']);
  });

  it('stores one row for a draft however often it is typed in', async () => {
    const browser = new BrowserFake();
    const record = await browser.open();
    for (let typed = 0; typed < 50; typed += 1) await record.add(draft(typed));
    await record.add(draft('other edition', 'v2'));
    expect(values(browser.rows.values())).toEqual([49, 'other edition']);
  });

  it('keeps the later of two drafts typed in two tabs that do not hear each other', async () => {
    const browser = new BrowserFake();
    const [one, two] = [await browser.openDeaf(), await browser.openDeaf()];
    await two.add(draft('older'));
    browser.now += 1;
    await one.add(draft('later'));
    expect(values(browser.rows.values())).toEqual(['older', 'later']);
    expect(values((await browser.open()).entries)).toEqual(['later']);
    expect(values(browser.rows.values())).toEqual(['later']);
  });

  it('is not changed by what a caller does to its objects afterwards', async () => {
    const record = await new BrowserFake().open();
    const value = { text: 'typed' };
    await record.add(draft(value));
    value.text = 'changed';
    expect(values(record.entries)).toEqual([{ text: 'typed' }]);
  });
});

describe('deleting', () => {
  it('deletes from the store and in other tabs, and can be taken back', async () => {
    const browser = new BrowserFake();
    const [one, two] = [await browser.open(), await browser.open()];
    await one.add(opened('a'));
    await two.add(opened('b'));
    const all = one.entries;
    expect(await one.remove(all)).toBe(true);
    expect([...browser.rows]).toEqual([]);
    expect(two.entries).toEqual([]);
    expect(await one.merge(all)).toBe(true);
    expect(lessons(two)).toEqual(['a', 'b']);
    expect(browser.rows.size).toBe(2);
  });

  it('reaches a tab that was put aside, when it comes back', async () => {
    const browser = new BrowserFake();
    const [aside, other] = [await browser.openDeaf(), await browser.open()];
    await aside.add(opened('a'));
    await other.reload();
    await other.remove(other.entries);
    await other.add(opened('b'));
    await aside.reload();
    expect(lessons(aside)).toEqual(['b']);
  });

  it('holds against what was being read meanwhile', async () => {
    const browser = new BrowserFake();
    const other = await browser.open();
    const old = await other.add(opened('a'));
    let goOn: () => void = () => undefined;
    const slow = browser.tab(async (events) => {
      const store = await browser.connect(events);
      const readAll = async () => {
        const rows = await store.readAll();
        await new Promise<void>((resolve) => (goOn = resolve));
        return rows;
      };
      return { ...store, readAll };
    });
    const opening = slow.open();
    await vi.waitUntil(() => browser.connections.length === 2);
    await Promise.resolve();
    await other.remove([old]);
    goOn();
    await opening;
    expect(slow.entries).toEqual([]);
  });
});

describe('when storage', () => {
  it('is denied, the tab has what was done in it, and other tabs hear of it', async () => {
    const browser = new BrowserFake();
    const denied = () => Promise.reject(new DOMException('denied', 'SecurityError'));
    const [one, two] = [browser.tab(denied), browser.tab(denied)];
    await Promise.all([one.open(), two.open()]);
    await one.add(opened('a'));
    expect(one.storage).toBe('denied');
    expect(lessons(one)).toEqual(['a']);
    expect(lessons(two)).toEqual(['a']);
  });

  it('is full, it says so, keeps the fact, and stores it when there is room again', async () => {
    const browser = new BrowserFake();
    const record = await browser.open();
    browser.failsWith = 'QuotaExceededError';
    await record.add(opened('a'));
    expect(record.storage).toBe('full');
    expect(lessons(record)).toEqual(['a']);
    browser.failsWith = undefined;
    await record.add(opened('b'));
    expect(record.storage).toBe('kept');
    expect(lessons(await browser.open())).toEqual(['a', 'b']);
  });

  it('is taken by a newer version of the course, a tab with the newer version stores for the old one', async () => {
    const browser = new BrowserFake();
    const [old, young] = [await browser.open(), await browser.open()];
    browser.connections[0]?.outdated?.();
    expect(old.storage).toBe('outdated');
    await old.add(opened('a'));
    expect(old.storage).toBe('outdated');
    expect(lessons(young)).toEqual(['a']);
    await vi.waitUntil(() => browser.rows.size === 1);
  });

  it('is taken by a newer version while it is being read, the tab has what was there and says so', async () => {
    const browser = new BrowserFake();
    await (await browser.open()).add(opened('before'));
    const record = browser.tab(async (events) => {
      const store = await browser.connect(events);
      return {
        ...store,
        readAll: async () => {
          const read = await store.readAll();
          events.outdated?.();
          return read;
        },
      };
    });
    await record.open();
    expect(record.storage).toBe('outdated');
    expect(lessons(record)).toEqual(['before']);
  });

  it('has been used by a newer version of the course, nothing is read or written', async () => {
    const browser = new BrowserFake();
    const record = browser.tab(() => Promise.reject(new DOMException('newer', 'VersionError')));
    await record.open();
    expect(record.storage).toBe('outdated');
  });

  it('is held by an older tab, the page goes on and stores everything when it is let go', async () => {
    const browser = new BrowserFake();
    await (await browser.open()).add(opened('before'));
    let letGo: (store: EntryStore) => void = () => undefined;
    const record = browser.tab((events) => {
      events.blocked?.();
      return new Promise((resolve) => (letGo = resolve));
    });
    await record.open();
    expect(record.storage).toBe('blocked');
    browser.now += 1;
    await record.add(opened('meanwhile'));
    expect(lessons(record)).toEqual(['meanwhile']);
    letGo(await browser.connect({}));
    await vi.waitUntil(() => record.storage === 'kept' && browser.rows.size === 2);
    expect(lessons(record)).toEqual(['before', 'meanwhile']);
  });

  it('never answers, the page goes on after three seconds', async () => {
    vi.useFakeTimers();
    try {
      const record = new BrowserFake().tab(() => new Promise(() => undefined));
      const opening = record.open();
      await vi.advanceTimersByTimeAsync(3000);
      await opening;
      expect(record.storage).toBe('blocked');
    } finally {
      vi.useRealTimers();
    }
  });

  it('is closed by the browser, the next fact opens it again', async () => {
    const browser = new BrowserFake();
    const record = await browser.open();
    browser.closeAll();
    await record.add(opened('a'));
    expect(record.storage).toBe('kept');
    expect(browser.rows.size).toBe(1);
    browser.connections[1]?.closed?.();
    await record.add(opened('b'));
    expect(browser.connections).toHaveLength(3);
    expect(browser.rows.size).toBe(2);
  });
});

describe('clocks that are wrong', () => {
  const day = 24 * 60 * 60 * 1000;

  it('let what is typed later win on the same machine', async () => {
    const browser = new BrowserFake();
    const record = await browser.open();
    browser.now += day;
    await record.add(draft('clock ahead'));
    browser.now -= day;
    await record.add(draft('clock right'));
    expect(values(record.entries)).toEqual(['clock right']);
  });

  it('do not make a draft win over later ones after the clock is put right', async () => {
    const browser = new BrowserFake();
    browser.now += day;
    await (await browser.open()).add(draft('clock ahead'));
    browser.now -= day;
    const record = await browser.open();
    expect(record.entries.map(({ at }) => at)).toEqual([0]);
    expect([...browser.rows.values()].map(({ at }) => at)).toEqual([0]);
    await record.merge([{ ...draft('from a file'), id: 'file-1', at: browser.now - 1 }]);
    expect(values(record.entries)).toEqual(['from a file']);
  });

  it('do not put what was done after today', async () => {
    const browser = new BrowserFake();
    browser.now += day;
    await (await browser.open()).add(opened('a'));
    browser.now -= day;
    expect((await browser.open()).entries.map(({ at }) => at)).toEqual([browser.now]);
  });
});

describe('the versions of the database', () => {
  const ladder = ['one', 'two', 'three'].map((name) => (steps: string[]) => void steps.push(name));
  const from = (version: number) => {
    const steps: string[] = [];
    climb(steps, version, ladder);
    return steps;
  };

  it('are climbed one after the other, from wherever a browser left off', () => {
    expect(from(0)).toEqual(['one', 'two', 'three']);
    expect(from(2)).toEqual(['three']);
    expect(from(3)).toEqual([]);
  });
});
