/** What a type may ask for while one of its questions is prepared: texts, values and runs, with facts put in. */
import type { Fact } from '../../sandbox/facts.ts';
import { formatFact, pick } from '../course/format-fact.ts';
import { drawings } from './draw.ts';
import { evaluate, ExpressionError, expressionsIn, mentioned } from './expression.ts';
import { isMeasurement } from './measurements.ts';
import { prepareRun, recordRuns, type RunWorld } from './prepare-run.ts';
import type { Value } from './question.ts';
import type { QuestionFields } from './pieces.ts';
import type { Path, Preparation } from './source.ts';
import { parseText, putFacts } from './text.ts';

/** The course's facts. */
export interface FactWorld {
  findFact(id: string): Fact | undefined;
}

const factCall = /\bfact\(\s*'([a-z0-9-]+)(?:\.([A-Za-z0-9.-]+))?'\s*\)/g;

export function preparationFor(
  question: Pick<QuestionFields, 'draw' | 'computed' | 'run'>,
  world: RunWorld & FactWorld,
  report: Preparation['report'],
): Preparation & { readonly computed: Readonly<Record<string, string>> } {
  const names = new Set(Object.keys(question.draw));
  const isClosed = names.size === 0 && !question.run;

  /** A fact, and the value of it that is meant: a number, text or list. */
  const valueOf = (id: string, field: string | undefined, path: Path) => {
    const fact = world.findFact(id);
    if (!fact) {
      report(path, `There is no fact "${id}".`, 'Correct the id, or add the fact to content/facts/.');
      return undefined;
    }
    const value = field === undefined ? fact.value : pick(fact.value, field);
    if (typeof value === 'number' || typeof value === 'string' || Array.isArray(value)) return { fact, value };
    const fields = typeof fact.value === 'object' && fact.value !== null ? Object.keys(fact.value).join(', ') : 'none';
    report(
      path,
      `The fact "${id}" has no single value${field ? ` "${field}"` : ''}.`,
      `Name one of its fields: ${fields}.`,
    );
    return undefined;
  };
  const factText = (path: Path) => (id: string, field: string | undefined) => {
    const found = valueOf(id, field, path);
    return found ? formatFact(found.fact, field, id) : '';
  };

  /** An expression with its facts put in, after everything it mentions was found to be there. */
  const expression = (source: string, path: Path): string => {
    const filled = source.replace(factCall, (_, id: string, field?: string) => {
      const value = valueOf(id, field, path)?.value ?? 0;
      return typeof value === 'number' ? `(${value})` : `'${String(value).replaceAll("'", '’')}'`;
    });
    const found = attempt(() => mentioned(filled), path);
    for (const name of found?.names ?? []) {
      if (!names.has(name))
        report(path, `"${name}" is not drawn or computed.`, `Draw it, or use one of: ${list(names)}.`);
    }
    for (const call of found?.calls ?? []) {
      if (!isMeasurement(call))
        report(path, `There is no function "${call}".`, 'See src/quiz/source.ts for those there are.');
      else if (!question.run) report(path, `"${call}" reads a run, and there is none.`, 'Give the question a run.');
    }
    return filled;
  };
  /** Reading or computing an expression, which may fail. */
  const attempt = <T>(work: () => T, path: Path): T | undefined => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      report(path, error.message, 'Correct the expression.');
      return undefined;
    }
  };
  const template = (text: string, path: Path): string =>
    text.replace(/\{=([^}]*)\}/g, (_, source: string) => `{=${expression(source, path)}}`);

  const text: Preparation['text'] = (source, path) => {
    return parseText(source, factText(path)).map((part) =>
      typeof part === 'object' && '{=}' in part ? { ...part, '{=}': template(part['{=}'], path) } : part,
    );
  };
  const value: Preparation['value'] = (source, path) => {
    if (typeof source === 'number') return source;
    const filled = expression(source, path);
    // With nothing drawn and nothing run it is a constant.
    return isClosed ? (attempt((): Value => evaluate(filled, { names: {} }), path) ?? 0) : { '=': filled };
  };
  const plain: Preparation['plain'] = (source, path) => {
    const facts = putFacts(source, factText(path));
    return expressionsIn(facts).length === 0 ? facts : { '{=}': template(facts, path) };
  };

  const computed: Record<string, string> = {};
  for (const [name, source] of Object.entries(question.computed)) {
    computed[name] = expression(source, ['computed', name]);
    names.add(name);
  }
  const tools = { text, value, report };
  const run: Preparation['run'] = async (source, path) => {
    const data = await prepareRun(source, path, world, tools);
    // That a run which disproves something can be run is found out now; the question's own run is recorded later.
    if (data && world.record && path.length > 1) {
      const first = [...drawings(question.draw, 1)][0] ?? {};
      const draw = Object.fromEntries(Object.entries(first).map(([name, number]) => [name, [number]]));
      await recordRuns(data, draw, world.record, (reason, mend) => report(path, reason, mend));
    }
    return data;
  };
  return { text, plain, value, run, report, computed };
}

const list = (names: ReadonlySet<string>): string => [...names].join(', ') || 'none';
