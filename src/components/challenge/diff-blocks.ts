/** Two versions of a file as blocks: lines that both have, and lines that only one has, side by side. Pure. */
import { diffLines } from 'diff';

/** A stretch of a file in both versions. `same` blocks have the same lines on both sides. */
export interface DiffBlock {
  readonly same: boolean;
  readonly own: DiffSide;
  readonly solution: DiffSide;
}

export interface DiffSide {
  /** Number of the first line, 1-based. */
  readonly from: number;
  readonly lines: readonly string[];
}

/** The blocks of a file, in order; one block when the versions are the same. */
export function diffBlocks(own: string, solution: string): readonly DiffBlock[] {
  const blocks: DiffBlock[] = [];
  const next = { own: 1, solution: 1 };
  const add = (same: boolean, ownLines: readonly string[], solutionLines: readonly string[]) => {
    blocks.push({
      same,
      own: { from: next.own, lines: ownLines },
      solution: { from: next.solution, lines: solutionLines },
    });
    next.own += ownLines.length;
    next.solution += solutionLines.length;
  };
  let removed: readonly string[] = [];
  for (const change of diffLines(withEnd(own), withEnd(solution))) {
    const lines = change.value.replace(/\n$/, '').split('\n');
    if (change.removed) removed = lines;
    else if (change.added) {
      add(false, removed, lines);
      removed = [];
    } else {
      if (removed.length > 0) add(false, removed, []);
      removed = [];
      add(true, lines, lines);
    }
  }
  if (removed.length > 0) add(false, removed, []);
  return blocks;
}

/** Whether a file ends with a line break is nothing to show. */
const withEnd = (text: string): string => `${text.replaceAll('\r\n', '\n').replace(/\n+$/, '')}\n`;

/** `line 3`, `lines 3 to 5`, `nothing`. */
export function sayLines({ from, lines }: DiffSide): string {
  if (lines.length === 0) return 'nothing';
  return lines.length === 1 ? `line ${from}` : `lines ${from} to ${from + lines.length - 1}`;
}
