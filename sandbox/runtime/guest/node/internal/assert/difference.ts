/** The line-by-line difference that assert prints when two values are not equal. */

/** Pairs of lines: '+' only in actual, '-' only in expected, ' ' in both. */
type Line = [mark: '+' | '-' | ' ', text: string];

/** Longer inputs are compared position by position: the table below grows with their product. */
const longestForTable = 1000;

function compareLines(actual: string[], expected: string[]): Line[] {
  if (actual.length > longestForTable || expected.length > longestForTable) {
    return Array.from({ length: Math.max(actual.length, expected.length) }, (_, index): Line[] => {
      const [a, b] = [actual[index], expected[index]];
      if (a === b) return [[' ', a as string]];
      return [...(a === undefined ? [] : [['+', a] as Line]), ...(b === undefined ? [] : [['-', b] as Line])];
    }).flat();
  }
  // Longest common subsequence from the end, then one walk from the start.
  const lengths = Array.from({ length: actual.length + 1 }, () => new Uint16Array(expected.length + 1));
  const same = (a: string, b: string): boolean => a === b || a === `${b},` || `${a},` === b;
  for (let i = actual.length - 1; i >= 0; i--) {
    for (let j = expected.length - 1; j >= 0; j--) {
      const row = lengths[i] as Uint16Array;
      const below = lengths[i + 1] as Uint16Array;
      row[j] = same(actual[i] as string, expected[j] as string)
        ? (below[j + 1] as number) + 1
        : Math.max(below[j] as number, row[j + 1] as number);
    }
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < actual.length || j < expected.length) {
    const [a, b] = [actual[i], expected[j]];
    if (a !== undefined && b !== undefined && same(a, b)) {
      lines.push([' ', a]);
      i++;
      j++;
    } else if (
      a !== undefined &&
      (b === undefined ||
        ((lengths[i + 1] as Uint16Array)[j] as number) >= ((lengths[i] as Uint16Array)[j + 1] as number))
    ) {
      lines.push(['+', a]);
      i++;
    } else {
      lines.push(['-', b as string]);
      j++;
    }
  }
  return lines;
}

/** Equal lines in a row beyond which the rest is left out. */
const collapseAfter = 5;

/** The lines with their marks; long runs of equal lines are cut after their start. */
export function difference(actual: string, expected: string): { text: string; skipped: boolean } {
  const lines = compareLines(actual.split('\n'), expected.split('\n'));
  const output: string[] = [];
  let skipped = false;
  let run = 0;
  lines.forEach(([mark, text], index) => {
    if (mark === ' ') {
      if (run++ < collapseAfter) output.push(`  ${text}`);
      return;
    }
    // Leaving out one or two lines is not worth a mark of its own.
    if (run > collapseAfter + 2) {
      output.push('...', `  ${lines[index - 1]?.[1] ?? ''}`);
      skipped = true;
    } else {
      for (let shown = collapseAfter; shown < run; shown++) output.push(`  ${lines[index - run + shown]?.[1] ?? ''}`);
    }
    run = 0;
    output.push(`${mark} ${text}`);
  });
  return { text: output.join('\n').trimEnd(), skipped };
}
