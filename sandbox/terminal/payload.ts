/** Which event a run sends, checked before anything runs. */
import { readFile } from 'node:fs/promises';
import { findJsonMistake } from '../lambda/json-text.ts';
import { UsageError, type InvokeOptions } from './options.ts';

interface NamedEvent {
  readonly name: string;
  readonly text: string;
  readonly file: string;
}

/** The JSON text of `--payload`, `--event`, the folder's first event, or `{}`. Throws `UsageError` when it is not JSON. */
export async function choosePayload(options: InvokeOptions, events: readonly NamedEvent[]): Promise<string> {
  if (options.payload !== undefined) return checked(options.payload, '--payload');
  if (options.event === undefined) {
    const [first] = events;
    return first === undefined ? '{}' : checked(first.text, first.file);
  }
  const named = events.find(({ name }) => name === options.event);
  if (named !== undefined) return checked(named.text, named.file);
  return checked(await readEvent(options.event, events), options.event);
}

async function readEvent(file: string, events: readonly NamedEvent[]): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    const known =
      events.length === 0
        ? 'The folder has no events/.'
        : `The folder has ${events.map(({ name }) => name).join(', ')}.`;
    throw new UsageError(`There is no event ${file}. ${known}`);
  }
}

function checked(text: string, from: string): string {
  const mistake = findJsonMistake(text);
  if (mistake === undefined) return text;
  const { line, column, found } = mistake;
  throw new UsageError(`${from}:${line}:${column}: is not JSON: unexpected ${found}.`);
}
