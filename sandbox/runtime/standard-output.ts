/** What a process writes to standard output, by lines: each becomes a log event when it ends. */

export class StandardOutput {
  #unfinished = '';

  /** The lines that end in `text`, the first with what was waiting for its end. */
  write(text: string): string[] {
    // What waits is not read again with each piece: a line may come in a million of them.
    const lines = text.split('\n');
    const last = lines.pop() ?? '';
    if (lines.length === 0) {
      this.#unfinished += last;
      return lines;
    }
    lines[0] = this.#unfinished + lines[0]!;
    this.#unfinished = last;
    return lines;
  }

  /** The line that has not ended, as if it had; undefined when there is none. */
  flush(): string | undefined {
    const line = this.#unfinished;
    this.#unfinished = '';
    return line === '' ? undefined : line;
  }
}
