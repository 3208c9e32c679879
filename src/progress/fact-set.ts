/** The facts of a record as a set: one order, the union of what is put together, and the latest where one value counts. */
import type { Entry } from './entry.ts';

/** What a fact is the value of, where only the latest counts; nothing where every fact counts. */
export function slotOf(entry: Entry): string | undefined {
  switch (entry.kind) {
    case 'draft-kept':
      // A draft for another edition of a lesson is another draft: it is offered to the learner, not overwritten.
      return JSON.stringify([entry.kind, entry.draft, entry.version]);
    case 'setting-chosen':
      return JSON.stringify([entry.kind, entry.setting]);
    case 'checklist-item-set':
      return JSON.stringify([entry.kind, entry.item]);
    default:
      return undefined;
  }
}

/** Under what a fact is stored: no two facts that may both exist share it. */
export function keyOf(entry: Entry): string {
  const slot = slotOf(entry);
  return slot === undefined ? entry.id : `${slot} ${entry.id}`;
}

/** The order of facts: when they happened, and by id and content where that is the same. Negative when `a` is first. */
export function compareEntries(a: Entry, b: Entry): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.id !== b.id) return a.id < b.id ? -1 : 1;
  const [textA, textB] = [canonical(a), canonical(b)];
  return textA === textB ? 0 : textA < textB ? -1 : 1;
}

/** What a change did to a set: the facts that are new in it, and the keys of those that are gone. */
export interface Change {
  readonly added: readonly Entry[];
  readonly dropped: readonly string[];
}

export class FactSet {
  /** By slot, else by id. */
  readonly #facts = new Map<string, Entry>();
  #inOrder: readonly Entry[] | undefined;

  constructor(entries: Iterable<Entry> = []) {
    this.take(entries);
  }

  /** All facts in the order in which they happened; the same array until something changes. */
  get inOrder(): readonly Entry[] {
    return (this.#inOrder ??= [...this.#facts.values()].sort(compareEntries));
  }

  /** The fact that counts where this one would, if any. */
  rivalOf(entry: Entry): Entry | undefined {
    return this.#facts.get(slotOf(entry) ?? entry.id);
  }

  /** Union with other facts. Commutative, associative, idempotent: what counts hangs on the facts alone. */
  take(entries: Iterable<Entry>): Change {
    const added = new Map<string, Entry>();
    const dropped = new Set<string>();
    for (const entry of entries) {
      const slot = slotOf(entry);
      const place = slot ?? entry.id;
      const rival = this.#facts.get(place);
      if (rival) {
        const order = compareEntries(entry, rival);
        // Of two tellings of one fact the earlier counts; of two values the later.
        if (slot === undefined ? order >= 0 : order <= 0) continue;
        added.delete(keyOf(rival));
        dropped.add(keyOf(rival));
      }
      this.#facts.set(place, entry);
      added.set(keyOf(entry), entry);
      dropped.delete(keyOf(entry));
    }
    if (added.size > 0) this.#inOrder = undefined;
    return { added: [...added.values()], dropped: [...dropped] };
  }

  /** Takes facts out. */
  drop(keys: Iterable<string>): Change {
    const wanted = new Set(keys);
    const dropped: string[] = [];
    for (const [place, entry] of this.#facts) {
      if (!wanted.has(keyOf(entry))) continue;
      this.#facts.delete(place);
      dropped.push(keyOf(entry));
    }
    if (dropped.length > 0) this.#inOrder = undefined;
    return { added: [], dropped };
  }
}

/** All facts of both records, in order. */
export function mergeEntries(a: Iterable<Entry>, b: Iterable<Entry>): readonly Entry[] {
  const set = new FactSet(a);
  set.take(b);
  return set.inOrder;
}

/** What has to be taken out and put back to go from `after` to `before`. */
export function wayBack(
  before: readonly Entry[],
  after: readonly Entry[],
): { readonly out: readonly Entry[]; readonly back: readonly Entry[] } {
  const [had, has] = [new Set(before), new Set(after)];
  return { out: after.filter((entry) => !had.has(entry)), back: before.filter((entry) => !has.has(entry)) };
}

/** A value as JSON text that does not hang on the order of its keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
