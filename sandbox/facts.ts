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
  /** Day of the last check, `YYYY-MM-DD`. */
  readonly checked: string;
  /** True when AWS publishes no number and the value is this simulator's model. */
  readonly modelled?: boolean;
  readonly note?: string;
}

/** All facts by id. */
export type Facts = ReadonlyMap<string, Fact>;
