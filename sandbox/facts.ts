/** Facts as the sandbox takes them: AWS numbers, prices and texts as data, each with its source and date. */

export interface Fact {
  readonly id: string;
  readonly topic: string;
  /** One sentence in our own words. */
  readonly statement: string;
  /** A number, text, list or record of numbers; null when the statement is all there is. */
  readonly value: unknown;
  readonly unit: string | null;
  /** Where AWS says so; for modelled numbers, what the model rests on. */
  readonly source: string;
  /** Day of the last check, `YYYY-MM-DD`; null when nobody has looked yet. */
  readonly checked: string | null;
  /** True when AWS publishes no number and the value is this simulator's model. */
  readonly modelled?: boolean | undefined;
  readonly note?: string | undefined;
}

/** All facts by id. */
export type Facts = ReadonlyMap<string, Fact>;

/** The sandbox needs a fact that is not there, or has another form than it needs. */
export class FactError extends Error {
  override readonly name = 'FactError';
}

/** Facts by id. */
export function indexFacts(list: readonly Fact[]): Facts {
  return new Map(list.map((fact) => [fact.id, fact]));
}

/**
 * A number of a fact: its whole value, or the field that `path` names (`tiers.0.usd`).
 * @throws {FactError}
 */
export function factNumber(facts: Facts, id: string, path?: string): number {
  const value = factValue(facts, id, path);
  if (typeof value !== 'number') throw new FactError(`The fact ${named(id, path)} must be a number.`);
  return value;
}

/** As `factNumber`, for a text. */
export function factText(facts: Facts, id: string, path?: string): string {
  const value = factValue(facts, id, path);
  if (typeof value !== 'string') throw new FactError(`The fact ${named(id, path)} must be a text.`);
  return value;
}

/** As `factNumber`, for a list of texts. */
export function factTexts(facts: Facts, id: string, path?: string): readonly string[] {
  const value = factValue(facts, id, path);
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    throw new FactError(`The fact ${named(id, path)} must be a list of texts.`);
  }
  return value;
}

/** As `factNumber`, for a value of any form. */
export function factValue(facts: Facts, id: string, path?: string): unknown {
  const fact = facts.get(id);
  if (fact === undefined) throw new FactError(`There is no fact ${id}.`);
  let value = fact.value;
  for (const key of path === undefined ? [] : path.split('.')) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  return value;
}

const named = (id: string, path?: string): string => (path === undefined ? id : `${id}.${path}`);
