/** Texts put into a source, none with a line break: lines stay where they are, and columns can be told back. */

export interface Edit {
  readonly at: number;
  readonly text: string;
  /** Ends what an earlier edit began: of several at one place the innermost comes first. */
  readonly closes?: boolean;
}

/** Inserts the texts. Edits were noted from the outside in. */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  let result = '';
  let from = 0;
  for (const edit of inOrder(edits)) {
    result += source.slice(from, edit.at) + edit.text;
    from = edit.at;
  }
  return result + source.slice(from);
}

/** The column in the source of a place in the edited one; lines and columns from 1. */
export function columnBefore(source: string, edits: readonly Edit[], line: number, column: number): number {
  let start = 0;
  for (let current = 1; current < line; current += 1) start = source.indexOf('\n', start) + 1;
  const end = source.indexOf('\n', start);
  let shift = 0;
  for (const { at, text } of inOrder(edits)) {
    if (at < start || (end >= 0 && at > end)) continue;
    const place = at - start + shift;
    if (column - 1 < place) break;
    if (column - 1 < place + text.length) return at - start + 1;
    shift += text.length;
  }
  return column - shift;
}

const inOrder = (edits: readonly Edit[]): Edit[] =>
  edits
    .map((edit, index) => ({ ...edit, index: edit.closes === true ? -index - 1 : index }))
    .sort((a, b) => a.at - b.at || a.index - b.index);
