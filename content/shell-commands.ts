/** The single commands of a shell script as lists of words, with their lines. Pure. */
import { parse } from 'shell-quote';

export interface ShellCommand {
  /** Program first; variables stay as they are written. */
  readonly words: readonly string[];
  /** 1-based line of the script on which it begins. */
  readonly line: number;
}

/** Commands joined by pipes, `&&` and the like, and those inside `$(…)`, each come by themselves; comments are left out. */
export function commandsOf(script: string): readonly ShellCommand[] {
  return logicalLines(script).flatMap(({ text, line }) => {
    const commands: string[][] = [[]];
    const around: string[][] = [];
    for (const token of parse(text, (name) => `$${name}`)) {
      const current = commands.at(-1) ?? [];
      if (typeof token === 'string') {
        if (token !== '') current.push(token);
      } else if ('op' in token) {
        if (token.op === 'glob') current.push(token.pattern);
        if (token.op === '(') around.push(current);
        // After a bracket the command around it goes on.
        if (token.op === ')') commands.push(...commands.splice(commands.indexOf(around.pop() ?? current), 1));
        else if (token.op !== 'glob') commands.push([]);
      }
    }
    return commands.filter((words) => words.length > 0).map((words) => ({ words, line }));
  });
}

/** Lines with their continuations and the quoted text that runs over several; `$(` and backquotes open commands of their own. */
function logicalLines(script: string): readonly { text: string; line: number }[] {
  const lines: { text: string; line: number }[] = [];
  let text = '';
  let quote = '';
  let line = 1;
  let begun = 1;
  const end = (): void => {
    if (text.trim() !== '') lines.push({ text, line: begun });
    text = '';
    begun = line;
  };
  for (let at = 0; at < script.length; at += 1) {
    const character = script.charAt(at);
    if (character === '\n') line += 1;
    if (character === '\\' && quote !== "'") {
      const next = script.charAt(at + 1);
      if (next === '\n') line += 1;
      text += next === '\n' ? ' ' : character + next;
      at += 1;
    } else if (quote !== '') {
      if (character === quote) quote = '';
      if (quote === '"' && script.startsWith('$(', at)) {
        // A command inside double quotes is a command all the same: the quotes end before it and begin after it.
        const inner = script.slice(at, closing(script, at + 1) + 1);
        text += `"${inner}"`;
        line += inner.split('\n').length - 1;
        at += inner.length - 1;
      } else {
        text += character;
      }
    } else if (character === '#' && /(^|\s)$/.test(text)) {
      while (at + 1 < script.length && script.charAt(at + 1) !== '\n') at += 1;
    } else if (character === '\n') {
      end();
    } else {
      if (character === '"' || character === "'") quote = character;
      text += character;
    }
  }
  line += 1;
  end();
  return lines;
}

/** Where the bracket that opens at `open` is closed; the end when it is not. */
function closing(script: string, open: number): number {
  let depth = 0;
  for (let at = open; at < script.length; at += 1) {
    if (script.charAt(at) === '(') depth += 1;
    if (script.charAt(at) === ')' && (depth -= 1) === 0) return at;
  }
  return script.length - 1;
}
