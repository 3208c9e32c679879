/** The command `stats`: aggregates of rows, by groups. */
import { readExpression, type Evaluate, type FieldValue, type Row, type TokenReader } from './expression.ts';
import { malformed } from './tokens.ts';

type Aggregate = (rows: readonly Row[]) => FieldValue;

interface Column {
  readonly name: string;
  readonly aggregate: Aggregate;
}

/** Reads `stats count(*) as n, avg(@duration) by bin(5m), @logStream`. */
export function readStats(reader: TokenReader): {
  readonly fields: readonly string[];
  run(rows: readonly Row[]): readonly Row[];
} {
  const columns: Column[] = [];
  do columns.push(readAggregate(reader));
  while (reader.takeIf(','));
  const groups: { name: string; value: Evaluate }[] = [];
  if (reader.takeIf('by')) {
    do {
      const start = reader.next;
      const value = readExpression(reader);
      const own = start.text.toLowerCase() === 'bin' ? 'bin' : start.text.replaceAll('`', '');
      groups.push({ name: reader.takeIf('as') ? reader.name() : own, value });
    } while (reader.takeIf(','));
  }
  return {
    fields: [...groups.map(({ name }) => name), ...columns.map(({ name }) => name)],
    run(rows) {
      const byKey = new Map<string, { values: Record<string, FieldValue>; rows: Row[] }>();
      for (const row of rows) {
        const values = Object.fromEntries(groups.map(({ name, value }) => [name, value(row)]));
        const key = JSON.stringify(Object.values(values).map((value) => value ?? null));
        const group = byKey.get(key);
        if (group === undefined) byKey.set(key, { values, rows: [row] });
        else group.rows.push(row);
      }
      if (groups.length === 0 && byKey.size === 0) byKey.set('', { values: {}, rows: [] });
      return [...byKey.values()].map((group) => ({
        ...group.values,
        ...Object.fromEntries(columns.map(({ name, aggregate }) => [name, aggregate(group.rows)])),
      }));
    },
  };
}

const known = ['count', 'count_distinct', 'sum', 'avg', 'min', 'max', 'pct', 'earliest', 'latest'];

function readAggregate(reader: TokenReader): Column {
  const token = reader.next;
  const name = reader.name().toLowerCase();
  if (!known.includes(name)) {
    throw malformed(`the aggregate ${name} is not simulated; there are ${known.join(', ')}`, token.at);
  }
  reader.expect('(');
  let shown = '*';
  let value: Evaluate | undefined;
  if (!reader.takeIf('*') && reader.next.text !== ')') {
    shown = reader.next.text;
    value = readExpression(reader);
  }
  let percent = 50;
  if (name === 'pct') {
    reader.expect(',');
    const given = reader.take();
    if (given.kind !== 'number') throw malformed(`pct needs a number, not ${given.text}`, given.at);
    percent = Number(given.text);
  }
  reader.expect(')');
  if (value === undefined && name !== 'count') throw malformed(`${name} needs a field`, token.at);
  const own = name === 'pct' ? `pct(${shown}, ${percent})` : `${name}(${shown})`;
  return { name: reader.takeIf('as') ? reader.name() : own, aggregate: aggregateOf(name, value, percent) };
}

function aggregateOf(name: string, value: Evaluate | undefined, percent: number): Aggregate {
  const present = (rows: readonly Row[]): (string | number)[] =>
    rows.flatMap((row) => (value === undefined ? [] : (value(row) ?? [])));
  const numbers = (rows: readonly Row[]): number[] =>
    present(rows)
      .map(Number)
      .filter((one) => !Number.isNaN(one));
  const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);
  switch (name) {
    case 'count':
      return (rows) => (value === undefined ? rows.length : present(rows).length);
    case 'count_distinct':
      return (rows) => new Set(present(rows)).size;
    case 'sum':
      return (rows) => sum(numbers(rows));
    case 'avg':
      return (rows) => ifAny(numbers(rows), (values) => sum(values) / values.length);
    case 'min':
      return (rows) => ifAny(numbers(rows), (values) => values.reduce((a, b) => Math.min(a, b)));
    case 'max':
      return (rows) => ifAny(numbers(rows), (values) => values.reduce((a, b) => Math.max(a, b)));
    case 'pct':
      return (rows) => ifAny(numbers(rows), (values) => percentile(values, percent));
    case 'earliest':
      return (rows) => present(rows)[0];
    default:
      return (rows) => present(rows).at(-1);
  }
}

const ifAny = (values: readonly number[], compute: (values: readonly number[]) => number): FieldValue =>
  values.length === 0 ? undefined : compute(values);

/** The smallest value that at least `percent` percent of the values do not exceed. */
function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1);
  return sorted[place] ?? Number.NaN;
}
