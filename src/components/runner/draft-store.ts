/** Where what the learner typed survives a reload: the browser's local storage, which may be denied or full. */

/** A draft as it was found: not checked yet, pass it to `repairInput`. */
export interface StoredDraft {
  readonly value: unknown;
  /** It was made for an older or newer version of the lesson. */
  readonly otherVersion: boolean;
}

const prefixOf = (key: string) => `coldstart.draft/${key}@`;

/** The drafts of one runner, by version of the lesson's code. Never throws: without storage it keeps nothing. */
export class DraftStore {
  readonly #prefix: string;
  readonly #version: string;
  readonly #storage: () => Storage;

  /** `storage` is asked each time, because a browser may deny it with an exception. */
  constructor(key: string, version: string, storage: () => Storage = () => localStorage) {
    this.#prefix = prefixOf(key);
    this.#version = version;
    this.#storage = storage;
  }

  /** The draft for this version, else one for another version, else nothing. */
  read(): StoredDraft | undefined {
    return quietly(() => {
      const own = parse(this.#storage().getItem(this.#prefix + this.#version));
      if (own !== undefined) return { value: own, otherVersion: false };
      const other = this.#otherKeys()[0];
      const value = other === undefined ? undefined : parse(this.#storage().getItem(other));
      return value === undefined ? undefined : { value, otherVersion: true };
    });
  }

  /** Keeps a draft for this version of the lesson. Answers whether it could. */
  write(value: unknown): boolean {
    return (
      quietly(() => {
        this.#storage().setItem(this.#prefix + this.#version, JSON.stringify(value));
        return true;
      }) ?? false
    );
  }

  /** Forgets the draft for this version. */
  forget(): void {
    quietly(() => this.#storage().removeItem(this.#prefix + this.#version));
  }

  /** Forgets the drafts for other versions of the lesson. */
  forgetOthers(): void {
    quietly(() => {
      for (const key of this.#otherKeys()) this.#storage().removeItem(key);
    });
  }

  #otherKeys(): string[] {
    const own = this.#prefix + this.#version;
    return Object.keys(this.#storage()).filter((key) => key.startsWith(this.#prefix) && key !== own);
  }
}

/** Whether some draft is kept for a runner; cheap enough to ask on every page. */
export function hasDraft(key: string, storage: () => Storage = () => localStorage): boolean {
  return quietly(() => Object.keys(storage()).some((name) => name.startsWith(prefixOf(key)))) ?? false;
}

function parse(text: string | null): unknown {
  if (text === null) return undefined;
  return quietly(() => JSON.parse(text) as unknown);
}

function quietly<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
