/**
 * The record as one tab has it: facts count here at once, go to the store, and to the other tabs. Whatever happens to
 * the store, the tab keeps what it knows and goes on.
 */
import type { ConnectionEvents, EntryStore } from './database.ts';
import type { Entry, LearnerRecord, NewEntry } from './entry.ts';
import { FactSet, keyOf, type Change } from './fact-set.ts';
import { datePossibly } from './possible-dates.ts';
import type { Tabs } from './tabs.ts';

/**
 * Whether facts are stored: `kept`; `opening` for a moment; `denied` by the browser; `full`, no room is left; `blocked`
 * by a tab with an older version of the course; `outdated`, a newer version of the course has taken over.
 */
export type StorageState = 'opening' | 'kept' | 'denied' | 'full' | 'blocked' | 'outdated';

/** The record with what only the page about it needs: taking in many facts, and taking out some. */
export interface KeptRecord extends LearnerRecord {
  readonly storage: StorageState;
  /** Union with facts from elsewhere, already checked. Answers whether they are stored. */
  merge(entries: readonly Entry[]): Promise<boolean>;
  /** Deletes facts, here and in every tab. Answers whether they are gone from the store. */
  remove(entries: readonly Entry[]): Promise<boolean>;
}

/** The world around a record. */
export interface RecordSurroundings {
  readonly connect?: (events: ConnectionEvents) => Promise<EntryStore>;
  readonly tabs?: Tabs;
  /** Real time, ms since the Unix epoch. */
  readonly now?: () => number;
  readonly newId?: () => string;
}

/** A page waits this long for storage, in ms, and then goes on without; what comes later is taken in. */
const patience = 3000;

export class TabRecord implements KeptRecord {
  readonly #facts = new FactSet();
  readonly #listeners = new Set<() => void>();
  readonly #surroundings: RecordSurroundings;
  readonly #now: () => number;
  /** What the store does not have yet: facts, and keys that have to go. */
  readonly #unstored = new Map<string, Entry>();
  readonly #undropped = new Set<string>();
  /** Keys that went while the store was being read: what was read may still have them. */
  #goneWhileReading: Set<string> | undefined;
  #connection: Promise<EntryStore> | undefined;
  #storage: StorageState;
  #lastAt = 0;

  constructor(surroundings: RecordSurroundings = {}) {
    this.#surroundings = surroundings;
    this.#now = surroundings.now ?? Date.now;
    this.#storage = surroundings.connect ? 'opening' : 'denied';
    surroundings.tabs?.listen(({ added, dropped, stored }) => {
      this.#facts.drop(dropped);
      const taken = this.#facts.take(added);
      // All that the other tab dropped, known here or not: what is being read may still have it.
      const change = this.#change({ added: taken.added, dropped: [...dropped, ...taken.dropped] });
      if (!stored && this.#storage === 'kept') void this.#store(change);
    });
  }

  get entries(): readonly Entry[] {
    return this.#facts.inOrder;
  }

  get storage(): StorageState {
    return this.#storage;
  }

  /** Reads what is stored. Resolves when the record can be used, with or without storage. */
  async open(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stop = (): void => undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patience);
      stop = this.subscribe(() => {
        if (this.#storage !== 'opening') resolve();
      });
    });
    await Promise.race([this.reload(), enough]);
    clearTimeout(timer);
    stop();
    if (this.#storage === 'opening') this.#became('blocked');
  }

  /** Reads again what is stored: after a page comes back from where it could not listen to other tabs. */
  async reload(): Promise<void> {
    try {
      const store = await this.#connected();
      const before = this.entries.map(keyOf).filter((key) => !this.#unstored.has(key));
      const gone = (this.#goneWhileReading = new Set(this.#undropped));
      const found = (await store.readAll()).filter((entry) => !gone.has(keyOf(entry)));
      this.#goneWhileReading = undefined;
      const stored = new Set(found.map(keyOf));
      this.#change(this.#facts.drop(before.filter((key) => !stored.has(key))));
      const { added } = this.#change(this.#facts.take(found.map((entry) => datePossibly(entry, this.#now()))));
      // Rows that lost to others go, and dates that were put right stay so.
      const counted = new Set(this.entries.map(keyOf));
      const change = {
        added: added.filter((entry) => !found.includes(entry)),
        dropped: [...stored].filter((key) => !counted.has(key)),
      };
      this.#became('kept');
      const open = [...change.added, ...change.dropped, ...this.#unstored, ...this.#undropped];
      if (open.length > 0) await this.#store(change);
    } catch (error) {
      this.#failed(error);
    }
  }

  async add(entry: NewEntry): Promise<Entry> {
    const id = (this.#surroundings.newId ?? randomId)();
    // Plain data, whatever the caller does with its objects later.
    const fact = JSON.parse(JSON.stringify({ ...entry, id, at: this.#now() })) as Entry;
    const dated = { ...fact, at: this.#nextMoment(fact) };
    await this.merge([dated]);
    return dated;
  }

  async merge(entries: readonly Entry[]): Promise<boolean> {
    return this.#publish(this.#change(this.#facts.take(entries)));
  }

  async remove(entries: readonly Entry[]): Promise<boolean> {
    return this.#publish(this.#change(this.#facts.drop(entries.map(keyOf))));
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#surroundings.tabs?.close();
    void this.#connection?.then((store) => store.close()).catch(() => undefined);
  }

  /** Now; but later than this tab's last fact, and than the value that the fact replaces, whatever clocks say. */
  #nextMoment(entry: Entry): number {
    const sameMoment = entry.at <= this.#lastAt && entry.at > this.#lastAt - 1000;
    this.#lastAt = Math.max(sameMoment ? this.#lastAt + 1 : entry.at, (this.#facts.rivalOf(entry)?.at ?? -1) + 1);
    return this.#lastAt;
  }

  #change(change: Change): Change {
    for (const key of change.dropped) this.#goneWhileReading?.add(key);
    for (const entry of change.added) this.#goneWhileReading?.delete(keyOf(entry));
    if (change.added.length + change.dropped.length > 0) this.#call();
    return change;
  }

  async #publish(change: Change): Promise<boolean> {
    if (change.added.length + change.dropped.length === 0) return this.#unstored.size === 0;
    const stored = await this.#store(change);
    this.#surroundings.tabs?.tell({ ...change, stored });
    return stored;
  }

  /** Stores a change, and whatever could not be stored before. Never rejects. */
  async #store({ added, dropped }: Change): Promise<boolean> {
    for (const key of dropped) {
      this.#unstored.delete(key);
      this.#undropped.add(key);
    }
    for (const entry of added) {
      this.#undropped.delete(keyOf(entry));
      this.#unstored.set(keyOf(entry), entry);
    }
    // With `opening` and `blocked`, reading what is stored comes first, and then stores this.
    if (this.#storage !== 'kept' && this.#storage !== 'full') return false;
    try {
      await this.#write();
      this.#became('kept');
      return true;
    } catch (error) {
      this.#failed(error);
      return false;
    }
  }

  async #write(again = true): Promise<void> {
    const [facts, keys] = [[...this.#unstored], [...this.#undropped]];
    try {
      const store = await this.#connected();
      await store.write(
        facts.map(([, entry]) => entry),
        keys,
      );
    } catch (error) {
      // The browser had closed the connection.
      if (!again || !isNamed(error, 'InvalidStateError')) throw error;
      this.#connection = undefined;
      return this.#write(false);
    }
    for (const [key, entry] of facts) if (this.#unstored.get(key) === entry) this.#unstored.delete(key);
    for (const key of keys) this.#undropped.delete(key);
  }

  #connected(): Promise<EntryStore> {
    const { connect } = this.#surroundings;
    if (!connect) throw new DOMException('There is no storage here.', 'SecurityError');
    this.#connection ??= connect({
      blocked: () => this.#became('blocked'),
      outdated: () => this.#became('outdated'),
      // The next write opens it again.
      closed: () => (this.#connection = undefined),
    });
    return this.#connection;
  }

  #failed(error: unknown): void {
    if (isNamed(error, 'QuotaExceededError')) this.#became('full');
    else this.#became(isNamed(error, 'VersionError') ? 'outdated' : 'denied');
  }

  #became(state: StorageState): void {
    // What a newer version has taken over stays so until the page is loaded again, whatever was being read meanwhile.
    if (this.#storage === state || this.#storage === 'outdated') return;
    this.#storage = state;
    this.#call();
  }

  #call(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

const isNamed = (error: unknown, name: string): boolean => error instanceof DOMException && error.name === name;

/** 96 random bits. Not `randomUUID`, which pages served without https do not have. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
