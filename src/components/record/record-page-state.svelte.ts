/** The state of the page about the record: the record as it is now, what was done here and can be undone. */
import { tick } from 'svelte';
import type { CourseIndex } from '../../progress/course-index.ts';
import type { Entry } from '../../progress/entry.ts';
import { wayBack } from '../../progress/fact-set.ts';
import { loadCourseIndex } from '../../progress/load-index.ts';
import { askForPersistence, type Persistence, readPersistence } from '../../progress/persistence.ts';
import type { KeptRecord, StorageState } from '../../progress/tab-record.ts';

/** Which part of the page something was done in. */
export type PagePart = 'import' | 'reset';

/** Something that was done here and can be undone until the page is left. */
export interface Deed {
  readonly part: PagePart;
  readonly text: string;
  readonly undo: () => Promise<void>;
}

export class RecordPageState {
  readonly record: KeptRecord;
  entries = $state.raw<readonly Entry[]>([]);
  storage = $state<StorageState>('opening');
  persistence = $state<Persistence>('unknown');
  /** Names of lessons and challenges; the page works without. */
  index = $state.raw<CourseIndex | undefined>();
  deeds = $state.raw<readonly Deed[]>([]);
  /** Settles when it is known whether there is an index. */
  readonly indexLoaded: Promise<void>;
  /** What a screen reader is told at the next pause. */
  said = $state('');

  constructor(record: KeptRecord) {
    this.record = record;
    this.#look();
    record.subscribe(() => this.#look());
    void readPersistence().then((persistence) => (this.persistence = persistence));
    this.indexLoaded = loadCourseIndex().then(
      (index) => {
        this.index = index;
      },
      () => undefined,
    );
  }

  #look(): void {
    this.entries = this.record.entries;
    this.storage = this.record.storage;
  }

  /** Announces; the same words twice are announced twice. */
  say(text: string): void {
    this.said = '';
    void tick().then(() => (this.said = text));
  }

  async askForPersistence(): Promise<void> {
    this.persistence = await askForPersistence();
    this.say(
      this.persistence === 'promised'
        ? 'The browser promises to keep your record.'
        : 'The browser does not promise it. Keep a copy now and then.',
    );
  }

  /** Adds facts to the record. */
  async takeIn(incoming: readonly Entry[], text: string): Promise<void> {
    const before = this.record.entries;
    await this.record.merge(incoming);
    const { out, back } = wayBack(before, this.record.entries);
    this.#did('import', text, async () => {
      await this.record.remove(out);
      await this.record.merge(back);
    });
  }

  /** Takes facts out of the record. */
  async takeOut(facts: readonly Entry[], text: string): Promise<void> {
    await this.record.remove(facts);
    this.#did('reset', text, async () => {
      await this.record.merge(facts);
    });
  }

  #did(part: PagePart, text: string, takeBack: () => Promise<void>): void {
    const deed: Deed = {
      part,
      text,
      undo: async () => {
        await takeBack();
        this.deeds = this.deeds.filter((other) => other !== deed);
        this.say('Undone. Your record is as it was.');
      },
    };
    this.deeds = [deed, ...this.deeds];
    this.say(`${text} Undo is available.`);
  }
}
