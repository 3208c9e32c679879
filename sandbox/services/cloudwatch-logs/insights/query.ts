/** A Logs Insights query: commands joined by `|`, each turning rows into rows. Source: Logs Insights query syntax. */
import {
  isTrue,
  readExpression,
  TokenReader,
  unquote,
  type Evaluate,
  type FieldValue,
  type Row,
} from './expression.ts';
import { readStats } from './stats.ts';
import { malformed, tokenize } from './tokens.ts';

type Command = (rows: readonly Row[]) => readonly Row[];

export interface InsightsQuery {
  /** Fields of the result in order; when a query names none, `@timestamp` and `@message`. */
  readonly fields: readonly string[];
  run(rows: readonly Row[]): readonly Row[];
}

/**
 * Reads a query with the commands fields, display, filter, parse, stats, sort, limit and dedup.
 * `defaultLimit`: the rows of an answer to a query that says none.
 * @throws {ApiError} MalformedQueryException
 */
export function parseQuery(query: string, defaultLimit: number): InsightsQuery {
  const reader = new TokenReader(tokenize(query));
  const commands: Command[] = [];
  let fields: readonly string[] = ['@timestamp', '@message'];
  let limit = defaultLimit;
  let isSorted = false;
  let isStatistic = false;
  do {
    const token = reader.take();
    switch (token.text.toLowerCase()) {
      case 'fields':
      case 'display': {
        const columns = readColumns(reader);
        commands.push((rows) => rows.map((row) => withColumns(row, columns)));
        fields = columns.map(({ name }) => name);
        break;
      }
      case 'filter': {
        const test = readExpression(reader);
        commands.push((rows) => rows.filter((row) => isTrue(test(row))));
        break;
      }
      case 'parse': {
        commands.push(readParse(reader));
        break;
      }
      case 'stats': {
        const stats = readStats(reader);
        commands.push((rows) => stats.run(rows));
        fields = stats.fields;
        isStatistic = true;
        break;
      }
      case 'sort': {
        commands.push(readSort(reader));
        isSorted = true;
        break;
      }
      case 'limit': {
        const count = reader.take();
        if (count.kind !== 'number')
          throw malformed(`after limit there should be a number, not ${count.text}`, count.at);
        limit = Number(count.text);
        break;
      }
      case 'dedup': {
        const names = readNames(reader);
        commands.push((rows) => firstOfEach(rows, names));
        break;
      }
      default:
        throw malformed(
          `${token.text} is not a command that is simulated; there are fields, display, filter, parse, stats, sort, limit and dedup`,
          token.at,
        );
    }
  } while (reader.takeIf('|'));
  const { next } = reader;
  if (next.kind !== 'end') throw malformed(`there should be | or the end, not ${next.text}`, next.at);
  return {
    fields,
    run(rows) {
      let result = rows;
      // Without a sort, the newest event is first.
      if (!isSorted && !isStatistic) result = [...result].reverse();
      for (const command of commands) result = command(result);
      return result.slice(0, limit);
    },
  };
}

interface Column {
  readonly name: string;
  readonly value: Evaluate;
}

function readColumns(reader: TokenReader): readonly Column[] {
  const columns: Column[] = [];
  do {
    const { text } = reader.next;
    const value = readExpression(reader);
    columns.push({ name: reader.takeIf('as') ? reader.name() : text.replaceAll('`', ''), value });
  } while (reader.takeIf(','));
  return columns;
}

/** Other fields stay: later commands may use them. */
function withColumns(row: Row, columns: readonly Column[]): Row {
  const added: Record<string, FieldValue> = {};
  for (const { name, value } of columns) added[name] = value(row);
  return { ...row, ...added };
}

function readNames(reader: TokenReader): readonly string[] {
  const names: string[] = [];
  do names.push(reader.name());
  while (reader.takeIf(','));
  return names;
}

/** `parse @message "user=*, id=*" as user, id`, or `parse @message like /…(?<name>…)/`. */
function readParse(reader: TokenReader): Command {
  const field = reader.next.kind === 'name' ? reader.name() : '@message';
  const isRegular = reader.takeIf('like');
  const token = reader.take();
  if (!isRegular && token.kind !== 'text')
    throw malformed(`there should be a text in quotes, not ${token.text}`, token.at);
  const source = isRegular
    ? token.text.replace(/^\/|\/i?$/g, '')
    : unquote(token.text)
        .split('*')
        .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
        .join('(.*?)')
        .replace(/\(\.\*\?\)$/, '(.*)');
  const names = reader.takeIf('as') ? readNames(reader) : [];
  let pattern: RegExp;
  try {
    pattern = new RegExp(source, 's');
  } catch (error) {
    throw malformed(`${source} is not a regular expression: ${String(error)}`, token.at);
  }
  return (rows) =>
    rows.map((row) => {
      const match = pattern.exec(String(row[field] ?? ''));
      if (match === null) return row;
      const byPlace = Object.fromEntries(names.map((name, index) => [name, match[index + 1]]));
      return { ...row, ...match.groups, ...byPlace };
    });
}

function readSort(reader: TokenReader): Command {
  const keys: { value: Evaluate; descending: boolean }[] = [];
  do {
    const value = readExpression(reader);
    const descending = reader.takeIf('desc');
    if (!descending) reader.takeIf('asc');
    keys.push({ value, descending });
  } while (reader.takeIf(','));
  return (rows) =>
    [...rows].sort((a, b) => {
      for (const { value, descending } of keys) {
        const order = compare(value(a), value(b));
        if (order !== 0) return descending ? -order : order;
      }
      return 0;
    });
}

function compare(a: FieldValue, b: FieldValue): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}

function firstOfEach(rows: readonly Row[], names: readonly string[]): readonly Row[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const key = JSON.stringify(names.map((name) => row[name] ?? null));
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
