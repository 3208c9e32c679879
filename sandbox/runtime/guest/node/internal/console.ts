/** Pure helpers of console: the text of console.table, and formatting with options. */
import { inspect } from './inspect.ts';
import { textWidth } from './inspect/strings.ts';
import { isMap, isSet } from '../util/types.ts';

export { formatWithOptions } from './inspect.ts';

const line = {
  left: '├',
  right: '┤',
  cross: '┼',
  topLeft: '┌',
  topRight: '┐',
  topCross: '┬',
  bottomLeft: '└',
  bottomRight: '┘',
  bottomCross: '┴',
};

function render(head: string[], columns: string[][]): string {
  const rowCount = Math.max(0, ...columns.map((column) => column.length));
  const widths = head.map((title, index) => Math.max(textWidth(title), ...(columns[index] ?? []).map(textWidth)) + 2);
  const rule = (left: string, cross: string, right: string): string =>
    `${left}${widths.map((width) => '─'.repeat(width)).join(cross)}${right}\n`;
  const row = (cells: string[]): string =>
    `│${cells.map((cell, index) => ` ${cell}${' '.repeat((widths[index] as number) - textWidth(cell) - 1)}`).join('│')}│\n`;
  let text = rule(line.topLeft, line.topCross, line.topRight) + row(head) + rule(line.left, line.cross, line.right);
  for (let index = 0; index < rowCount; index++) text += row(columns.map((column) => column[index] ?? ''));
  return text + rule(line.bottomLeft, line.bottomCross, line.bottomRight).trimEnd();
}

const cell = (value: unknown): string =>
  inspect(value, {
    maxArrayLength: 3,
    breakLength: Infinity,
    depth:
      typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 2 ? -1 : 0,
  });

const indexTitle = '(index)';
const iterationTitle = '(iteration index)';
const valuesTitle = 'Values';

/** What console.table prints for tabular data; undefined when the data is not tabular and is logged as it is. */
export function table(data: any, columns?: readonly string[]): string | undefined {
  if (data === null || typeof data !== 'object') return undefined;
  if (isMap(data)) {
    const entries = [...(data as Map<unknown, unknown>)];
    return render(
      [iterationTitle, 'Key', valuesTitle],
      [
        entries.map((_, index) => String(index)),
        entries.map(([key]) => cell(key)),
        entries.map(([, value]) => cell(value)),
      ],
    );
  }
  const isIterated = isSet(data);
  const rows: [string, unknown][] = isIterated
    ? [...(data as Set<unknown>)].map((value, index) => [String(index), value])
    : Object.keys(data as object).map((key) => [key, data[key]]);
  const cells = new Map<string, string[]>();
  const values: string[] = [];
  let hasValues = false;
  for (const name of columns ?? []) cells.set(name, []);
  rows.forEach(([, item], index) => {
    if (item === null || (typeof item !== 'object' && typeof item !== 'function') || typeof item === 'function') {
      hasValues = true;
      values[index] = cell(item);
      return;
    }
    for (const key of columns ?? Object.keys(item)) {
      if (!Object.hasOwn(item, key)) continue;
      const column = cells.get(key) ?? [];
      column[index] = cell((item as Record<string, unknown>)[key]);
      cells.set(key, column);
    }
  });
  const filled = (column: string[]): string[] => rows.map((_, index) => column[index] ?? '');
  const head = [isIterated ? iterationTitle : indexTitle, ...cells.keys()];
  const body = [rows.map(([key]) => key), ...[...cells.values()].map(filled)];
  if (hasValues) {
    head.push(valuesTitle);
    body.push(filled(values));
  }
  return render(head, body);
}
