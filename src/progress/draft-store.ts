/** Where what the learner typed in one editor survives: in the record, a moment after the last keystroke. */
import type { DraftKept, LearnerRecord } from './entry.ts';

/** A draft as it was found: not checked yet, whoever reads it repairs it. */
export interface StoredDraft {
  readonly value: unknown;
  /** It was made for another edition of the lesson. */
  readonly otherVersion: boolean;
}

/** Real ms from the last keystroke to the record. */
const pause = 400;

/** The drafts of one editor, by version of the text it starts from. */
export class DraftStore {
  readonly #open: () => Promise<LearnerRecord>;
  readonly #draft: string;
  readonly #version: string;
  #waiting: { readonly value: unknown } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `draft` names the editor: `<lesson>/<function>`. The record is opened when it is needed. */
  constructor(open: () => Promise<LearnerRecord>, draft: string, version: string) {
    this.#open = open;
    this.#draft = draft;
    this.#version = version;
  }

  /** The draft for this version, else the latest for another version, else nothing. */
  async read(): Promise<StoredDraft | undefined> {
    const drafts = this.#kept(await this.#open());
    const own = drafts.find(({ version }) => version === this.#version);
    const found = own ?? drafts.at(-1);
    return found && { value: found.value, otherVersion: found !== own };
  }

  /** Keeps a draft for this version, at the latest when `flush` is called. */
  write(value: unknown): void {
    this.#waiting = { value };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), pause);
  }

  /** Keeps at once what was typed last: before the page goes. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    const waiting = this.#waiting;
    if (!waiting) return;
    this.#waiting = undefined;
    const record = await this.#open();
    await record.add({ kind: 'draft-kept', draft: this.#draft, version: this.#version, value: waiting.value });
  }

  /** Forgets the draft for this version. */
  async forget(): Promise<void> {
    clearTimeout(this.#timer);
    this.#waiting = undefined;
    await this.#forget((version) => version === this.#version);
  }

  /** Forgets the drafts for other versions. */
  async forgetOthers(): Promise<void> {
    await this.#forget((version) => version !== this.#version);
  }

  async #forget(wanted: (version: string) => boolean): Promise<void> {
    const record = await this.#open();
    for (const { version } of this.#kept(record).filter((draft) => wanted(draft.version))) {
      await record.add({ kind: 'draft-kept', draft: this.#draft, version, value: null });
    }
  }

  #kept(record: LearnerRecord): readonly DraftKept[] {
    return record.entries.filter(
      (entry): entry is DraftKept => entry.kind === 'draft-kept' && entry.draft === this.#draft && entry.value !== null,
    );
  }
}
