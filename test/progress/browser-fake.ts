/** A browser's storage and channel between tabs, as far as records need them, in memory and with failures on demand. */
import type { ConnectionEvents, EntryStore } from '../../src/progress/database.ts';
import type { Entry } from '../../src/progress/entry.ts';
import { keyOf } from '../../src/progress/fact-set.ts';
import { TabRecord } from '../../src/progress/tab-record.ts';
import type { TabMessage, Tabs } from '../../src/progress/tabs.ts';

export class BrowserFake {
  readonly rows = new Map<string, Entry>();
  /** Real time, ms. */
  now = 1_000_000;
  /** What the next writes fail with, as a DOMException's name. */
  failsWith: string | undefined;
  readonly #listeners = new Map<object, (message: TabMessage) => void>();
  readonly connections: ConnectionEvents[] = [];
  readonly #closers: (() => void)[] = [];
  #ids = 0;

  /** A new tab whose record is not open yet. `connect` stands in for the database's own door. */
  tab(connect?: (events: ConnectionEvents) => Promise<EntryStore>): TabRecord {
    const key = {};
    const tabs: Tabs = {
      tell: (message) => {
        for (const [other, listener] of this.#listeners) if (other !== key) listener(structuredClone(message));
      },
      listen: (listener) => this.#listeners.set(key, listener),
      close: () => this.#listeners.delete(key),
    };
    return new TabRecord({
      tabs,
      connect: connect ?? ((events) => this.connect(events)),
      now: () => this.now,
      newId: () => `id-${++this.#ids}`,
    });
  }

  async open(): Promise<TabRecord> {
    const record = this.tab();
    await record.open();
    return record;
  }

  /** A tab that is open and neither tells nor hears the others: put aside, or a moment before it would hear. */
  async openDeaf(): Promise<TabRecord> {
    const record = new TabRecord({
      connect: (events) => this.connect(events),
      now: () => this.now,
      newId: () => `id-${++this.#ids}`,
    });
    await record.open();
    return record;
  }

  /** The browser closes all connections without telling. */
  closeAll(): void {
    for (const close of this.#closers) close();
  }

  async connect(events: ConnectionEvents): Promise<EntryStore> {
    this.connections.push(events);
    let open = true;
    this.#closers.push(() => (open = false));
    return {
      readAll: async () => [...this.rows.values()],
      write: async (added, dropped) => {
        if (!open) throw new DOMException('closed', 'InvalidStateError');
        if (this.failsWith !== undefined) throw new DOMException('no', this.failsWith);
        for (const key of dropped) this.rows.delete(key);
        for (const entry of added) this.rows.set(keyOf(entry), structuredClone(entry));
      },
      close: () => (open = false),
    };
  }
}
