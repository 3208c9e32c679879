/** Whether the browser has promised not to delete the record by itself, and asking it to. */
import { isWorthKeeping } from './copy-reminder.ts';
import type { LearnerRecord } from './entry.ts';

/** `unknown` where the browser does not say: pages without https are not told. */
export type Persistence = 'promised' | 'not-promised' | 'unknown';

const askedKey = 'coldstart.persistence-asked';

export async function readPersistence(): Promise<Persistence> {
  const promised = await storageManager()
    ?.persisted()
    .catch(() => undefined);
  return promised === undefined ? 'unknown' : promised ? 'promised' : 'not-promised';
}

/** Some browsers ask the learner, others decide by themselves. */
export async function askForPersistence(): Promise<Persistence> {
  await storageManager()
    ?.persist()
    .catch(() => false);
  return readPersistence();
}

/** Asks, once on this device, when there is something that would be missed. */
export function askWhenWorthIt(record: LearnerRecord): void {
  const stop = record.subscribe(() => {
    if (!record.entries.some(isWorthKeeping)) return;
    stop();
    try {
      if (localStorage.getItem(askedKey) !== null) return;
      localStorage.setItem(askedKey, 'yes');
    } catch {
      return;
    }
    void readPersistence().then((state) => (state === 'not-promised' ? askForPersistence() : state));
  });
}

/** Pages without https have none, whatever the type says. */
const storageManager = (): StorageManager | undefined => (navigator as Partial<Navigator>).storage;
