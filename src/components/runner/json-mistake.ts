/** Finds the first mistake in a JSON text, with its place: every browser's own message is different. Pure. */

export interface JsonMistake {
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** What is wrong, as a sentence without its place. */
  readonly reason: string;
  /** The line before the mistake and from it on, shortened: `{"order": ` and `1042,}`. */
  readonly before: string;
  readonly after: string;
}

type Expectation = 'value' | 'first-key' | 'key' | 'colon' | 'first-item' | 'after-value' | 'end';

const space = /[ \t\n\r]*/y;
const number = /-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const word = /[\p{L}\p{N}_$]+/uy;
// Control characters are what JSON forbids in strings.
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;

/** The first mistake of `text`, or nothing when it is JSON. `what` is what the text is called in the reason. */
export function findJsonMistake(text: string, what = 'event'): JsonMistake | undefined {
  if (text.trim() === '') return mistakeAt(text, 0, `The ${what} is empty. Write {} where there are no fields.`);
  const open: ('{' | '[')[] = [];
  let expect: Expectation = 'value';
  let at = 0;
  const matches = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  const afterValue = (): Expectation => (open.length === 0 ? 'end' : 'after-value');

  for (;;) {
    at += matches(space)?.length ?? 0;
    const next = text[at];
    if (next === undefined) return expect === 'end' ? undefined : mistakeAt(text, at, unfinished(open.at(-1), what));
    const isClosing = next === '}' || next === ']';
    if (isClosing && (expect === 'after-value' || expect === 'first-key' || expect === 'first-item')) {
      const opening = open.at(-1);
      if ((next === '}') !== (opening === '{')) return mistakeAt(text, at, `This ${next} closes nothing that is open.`);
      open.pop();
      expect = afterValue();
      at += 1;
    } else if (expect === 'after-value') {
      if (next !== ',') return mistakeAt(text, at, `A comma or ${open.at(-1) === '{' ? '}' : ']'} is missing here.`);
      expect = open.at(-1) === '{' ? 'key' : 'value';
      at += 1;
    } else if (expect === 'colon') {
      if (next !== ':') return mistakeAt(text, at, 'A colon is missing between the name and its value.');
      expect = 'value';
      at += 1;
    } else if (expect === 'end') {
      return mistakeAt(text, at, `The ${what} is complete before this; nothing may follow it.`);
    } else if (expect === 'key' || expect === 'first-key') {
      const key = matches(string);
      if (key === undefined) return mistakeAt(text, at, keyReason(next));
      expect = 'colon';
      at += key.length;
    } else if (next === '{' || next === '[') {
      open.push(next);
      expect = next === '{' ? 'first-key' : 'first-item';
      at += 1;
    } else {
      const value = matches(string) ?? matches(number) ?? matches(word);
      const isWord = value !== undefined && /^[\p{L}_$]/u.test(value);
      if (value === undefined || (isWord && !['true', 'false', 'null'].includes(value))) {
        return mistakeAt(text, at, valueReason(next, value));
      }
      expect = afterValue();
      at += value.length;
    }
  }
}

function unfinished(opening: '{' | '[' | undefined, what: string): string {
  if (opening === undefined) return `The ${what} ends too early.`;
  return `The ${what} ends too early: a ${opening === '{' ? '}' : ']'} is missing.`;
}

function keyReason(next: string): string {
  if (next === '}') return 'A comma before } is not allowed in JSON.';
  if (next === "'") return 'Names stand in double quotes, not in single ones.';
  if (next === '"') return 'This name is not closed, or holds a character that has to be escaped.';
  return 'A name in double quotes is missing here.';
}

function valueReason(next: string, value: string | undefined): string {
  if (next === ']') return 'A comma before ] is not allowed in JSON.';
  if (next === "'") return 'Texts stand in double quotes, not in single ones.';
  if (next === '"') return 'This text is not closed, or holds a character that has to be escaped.';
  if (next === '/') return 'JSON has no comments.';
  if (value !== undefined) return `"${value}" is not a value in JSON; a text stands in double quotes.`;
  return 'A value is missing here.';
}

function mistakeAt(text: string, at: number, reason: string): JsonMistake {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const lineEnd = text.indexOf('\n', at);
  const line = text.slice(0, at).split('\n').length;
  const after = text.slice(at, lineEnd === -1 ? undefined : lineEnd);
  return {
    line,
    column: at - lineStart + 1,
    reason,
    before: text.slice(Math.max(lineStart, at - 30), at),
    after: after.slice(0, 30),
  };
}
