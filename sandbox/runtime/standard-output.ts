/** What a process writes to standard output, by lines: each becomes a log event when it ends. */

export class StandardOutput {
  #unfinished = '';

  /** The lines that end in `text`, the first with what was waiting for its end. */
  write(text: string): string[] {
    const lines = (this.#unfinished + text).split('\n');
    this.#unfinished = lines.pop() ?? '';
    return lines;
  }

  /** The line that has not ended, as if it had; undefined when there is none. */
  flush(): string | undefined {
    const line = this.#unfinished;
    this.#unfinished = '';
    return line === '' ? undefined : line;
  }
}
