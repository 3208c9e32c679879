/** Draws a question: its numbers from a seed, and with them every open text and value. Pure. */
import { evaluate, type Scope } from './expression.ts';
import type { Drawing, Measured, Question, QuestionData, RunData, Value } from './question.ts';
import { randomOf } from './random.ts';
import { close } from './text.ts';

/** Numbers drawn, by name. */
export type Drawn = Readonly<Record<string, number>>;
/** What a run measured; nothing when it did not measure that. */
export type Measure = (name: string, given: readonly Value[]) => Value | undefined;

/** The seed of the first showing: everybody sees the same numbers and order on the page as it was built. */
export const firstSeed = ({ hash }: Pick<QuestionData, 'hash'>): number => Number.parseInt(hash.slice(0, 8), 16);

/** The question as the seed has it. `measure` takes the place of what was measured when the site was built. */
export function drawQuestion<Body = unknown>(data: QuestionData, seed: number, measure?: Measure): Question<Body> {
  const random = randomOf(seed);
  const drawn = Object.fromEntries(
    Object.entries(data.draw).map(([name, drawing]) => {
      const values = valuesOf(drawing);
      return [name, values[Math.floor(random() * values.length)] ?? 0];
    }),
  );
  return closeQuestion(data, drawn, seed, measure);
}

/** The question with these numbers. @throws {ExpressionError} */
export function closeQuestion<Body = unknown>(
  data: QuestionData,
  drawn: Drawn,
  seed: number,
  measure: Measure = measuredIn(data.run?.measured?.[drawKey(drawn)]),
): Question<Body> {
  const scope = scopeOf(data, drawn, measure);
  const { draw, computed: _, run, ...asked } = data;
  return {
    ...(close(asked, scope) as Question<Body>),
    ...(run && { run: closeRun(run, drawn) }),
    seed,
    redrawable: Object.keys(draw).length > 0,
  };
}

/** A run with these numbers; its steps know only what is drawn, because everything else may be measured in it. */
export function closeRun(run: RunData, drawn: Drawn): RunData {
  const { measured: _, definition, prices, ...open } = run;
  return { ...(close(open, { names: drawn }) as Pick<RunData, 'steps' | 'look'>), definition, prices };
}

/** The drawn numbers, and what is computed from them in order. @throws {ExpressionError} */
export function scopeOf(data: Pick<QuestionData, 'computed'>, drawn: Drawn, measure: Measure): Scope {
  const names: Record<string, Value> = { ...drawn };
  for (const [name, source] of Object.entries(data.computed)) names[name] = evaluate(source, { names, call: measure });
  return { names, call: measure };
}

/** Every combination of numbers that can be drawn, at most `most` of them. */
export function* drawings(draw: QuestionData['draw'], most = Infinity): Generator<Drawn> {
  const names = Object.keys(draw);
  const choices = names.map((name) => valuesOf(draw[name] ?? []));
  const count = Math.min(countDrawings(draw), most);
  for (let index = 0; index < count; index += 1) {
    let rest = index;
    yield Object.fromEntries(
      names.map((name, at) => {
        const values = choices[at] ?? [];
        const value = values[rest % values.length] ?? 0;
        rest = Math.floor(rest / values.length);
        return [name, value];
      }),
    );
  }
}

/** How many combinations there are; 1 when nothing is drawn. */
export function countDrawings(draw: QuestionData['draw']): number {
  return Object.values(draw).reduce((product, drawing) => product * valuesOf(drawing).length, 1);
}

/** Under which key a run's measurements for these numbers are kept. */
export function drawKey(drawn: Drawn): string {
  return Object.entries(drawn)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}

/** Under which key one measurement is kept: `billed(1)`. */
export function callKey(name: string, given: readonly Value[]): string {
  return `${name}(${given.map((value) => JSON.stringify(value)).join(',')})`;
}

const measuredIn =
  (measured: Measured | undefined): Measure =>
  (name, given) => {
    const key = callKey(name, given);
    return measured && Object.hasOwn(measured, key) ? measured[key] : undefined;
  };

function valuesOf(drawing: Drawing): readonly number[] {
  if (!('from' in drawing)) return drawing;
  const { from, to, step } = drawing;
  return Array.from({ length: Math.floor((to - from) / step + 1e-9) + 1 }, (_, index) => from + index * step);
}
