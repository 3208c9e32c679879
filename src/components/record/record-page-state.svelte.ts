/** The state of the page about the record: the record as it is now, what was done here and can be undone. */
import { tick } from 'svelte';
import type { CourseIndex } from '../../progress/course-index.ts';
import type { Entry } from '../../progress/entry.ts';
import { wayBack } from '../../progress/fact-set.ts';
import { loadCourseIndex } from '../../progress/load-index.ts';
import type { KeptRecord } from '../../progress/tab-record.ts';

/** Which part of the page something was done in. */
export type PagePart = 'import' | 'reset';

/** Something that was done here and can be undone until the page is left. */
export interface Deed {
  readonly part: PagePart;
  readonly text: string;
  readonly undo: () => Promise<void>;
}

export class RecordPageState {
  #record: KeptRecord | undefined;
  /** False while nothing is known of the record. */
  ready = $state(false);
  entries = $state.raw<readonly Entry[]>([]);
  /** Names of lessons and challenges; the page works without. */
  index = $state.raw<CourseIndex | undefined>();
  /** Settles when it is known whether there is an index. */
  indexLoaded: Promise<void> = Promise.resolve();
  deeds = $state.raw<readonly Deed[]>([]);
  /** What a screen reader is told at the next pause. */
  said = $state('');

  /** While the page is built, and until this is called, the state is that of an empty record. */
  begin(record: KeptRecord): void {
    this.#record = record;
    const look = () => (this.entries = record.entries);
    look();
    this.ready = true;
    record.subscribe(look);
    this.indexLoaded = loadCourseIndex().then(
      (index) => {
        this.index = index;
      },
      () => undefined,
    );
  }

  /** What is done to the record before it is there is an error of the page. */
  get record(): KeptRecord {
    if (!this.#record) throw new Error('The record is not open yet.');
    return this.#record;
  }

  /** Announces; the same words twice are announced twice. */
  say(text: string): void {
    this.said = '';
    void tick().then(() => (this.said = text));
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
