/** The record's database in the browser: one store of facts, its versions, and what can happen to an open connection. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Entry } from './entry.ts';
import { keyOf } from './fact-set.ts';

/** Where facts are stored; the database in a browser, something simpler in tests. */
export interface EntryStore {
  readAll(): Promise<readonly Entry[]>;
  /** All or nothing, and on disk when it resolves. Rejects when it could not be done. */
  write(added: readonly Entry[], dropped: readonly string[]): Promise<void>;
  close(): void;
}

/** What happens to a connection from outside. */
export interface ConnectionEvents {
  /** Another tab holds an older version of the database and does not let go. */
  readonly blocked?: () => void;
  /** A newer version of the course needs the database: this connection is closed, and none can be opened again. */
  readonly outdated?: () => void;
  /** The browser closed the connection. */
  readonly closed?: () => void;
}

const databaseName = 'coldstart';

interface Schema extends DBSchema {
  entries: { key: string; value: Entry };
}

/** Steps of a database from one version to the next; the first makes version 1. One that was published never changes. */
export type Ladder<Database> = readonly ((database: Database) => void)[];

const ladder: Ladder<IDBPDatabase<Schema>> = [(database) => void database.createObjectStore('entries')];

/** Takes a database of version `from` to the newest. */
export function climb<Database>(database: Database, from: number, steps: Ladder<Database>): void {
  for (const step of steps.slice(from)) step(database);
}

/** Rejects when the browser denies storage or a newer version of the course has been here. */
export async function openDatabase(events: ConnectionEvents = {}): Promise<EntryStore> {
  const database = await openDB<Schema>(databaseName, ladder.length, {
    upgrade: (upgraded, from) => climb(upgraded, from, ladder),
    blocked: () => events.blocked?.(),
    blocking: (_current, _blocked, event) => {
      (event.target as IDBDatabase).close();
      events.outdated?.();
    },
    terminated: () => events.closed?.(),
  });
  return {
    readAll: () => database.getAll('entries'),
    async write(added, dropped) {
      const transaction = database.transaction('entries', 'readwrite', { durability: 'strict' });
      const requests = [
        ...dropped.map((key) => transaction.store.delete(key)),
        ...added.map((entry) => transaction.store.put(entry, keyOf(entry))),
      ];
      // Said at once, so that it happens even when the page is gone before the requests have answered.
      transaction.commit();
      await Promise.all([...requests, transaction.done]);
    },
    close: () => database.close(),
  };
}
