/** What the learner's record says about one challenge, and what is written there. */
import { hintsDraft } from '../../progress/draft-names.ts';
import type { LearnerRecord } from '../../progress/entry.ts';
import { openRecord } from '../../progress/record.ts';

/** How a learner stands with a challenge. */
export interface Standing {
  /** Hints that have been opened so far. */
  readonly hints: number;
  /** When all checks passed for the first time, of what is asked now. Real ms since the Unix epoch. */
  readonly passedAt?: number;
}

/** Reads how a learner stands with a challenge whose hash is `hash`. Pure. */
export function standingOf(entries: LearnerRecord['entries'], id: string, hash: string): Standing {
  let hints = 0;
  let passedAt: number | undefined;
  for (const entry of entries) {
    if (entry.kind === 'draft-kept' && entry.draft === hintsDraft(id)) {
      if (typeof entry.value === 'number') hints = Math.max(hints, entry.value);
    } else if (entry.kind === 'challenge-passed' && entry.challenge === id && entry.hash === hash) {
      passedAt ??= entry.at;
    }
  }
  return passedAt === undefined ? { hints } : { hints, passedAt };
}

interface Asked {
  readonly id: string;
  readonly hash: string;
}

export class ChallengeRecord {
  readonly #asked: Asked;
  readonly #onChange: (standing: Standing) => void;
  readonly #record: Promise<LearnerRecord> | undefined;

  constructor(asked: Asked, onChange: (standing: Standing) => void) {
    this.#asked = asked;
    this.#onChange = onChange;
    // While a page is built there is no record.
    if (typeof document !== 'undefined') this.#record = openRecord();
  }

  /** Tells how the learner stands, now and after every change. Returns how to stop. */
  follow(): () => void {
    let stop: (() => void) | undefined;
    let stopped = false;
    void this.#record?.then((record) => {
      if (stopped) return;
      const tell = () => this.#onChange(standingOf(record.entries, this.#asked.id, this.#asked.hash));
      tell();
      stop = record.subscribe(tell);
    });
    return () => {
      stopped = true;
      stop?.();
    };
  }

  /** All checks passed. Only the first time is a fact worth keeping. */
  async passed(hints: number): Promise<void> {
    const { id, hash } = this.#asked;
    const record = await this.#record;
    if (!record || standingOf(record.entries, id, hash).passedAt !== undefined) return;
    await record.add({ kind: 'challenge-passed', challenge: id, hash, hints });
  }

  async openedHints(count: number): Promise<void> {
    const { id, hash } = this.#asked;
    const record = await this.#record;
    if (!record || standingOf(record.entries, id, hash).hints >= count) return;
    await record.add({ kind: 'draft-kept', draft: hintsDraft(id), version: hash, value: count });
  }
}
