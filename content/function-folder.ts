/** Reads a function's folder: its files, `function.yaml`, and the events in `events/`. Node only. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { parse } from 'yaml';
import type { FunctionDefinition } from '../sandbox/worker/session.types.ts';
import { parseContent } from './mistakes.ts';
import { functionSchema, type FunctionConfiguration } from './schema.ts';

/** One file of `events/`. */
export interface TestEvent {
  /** Its name without `.json`. */
  readonly name: string;
  /** JSON text as its author wrote it; whether it is JSON is for the reader to check. */
  readonly text: string;
  /** For messages. */
  readonly file: string;
}

export interface FunctionFolder {
  /** Named after the folder. */
  readonly definition: FunctionDefinition;
  /** What `function.yaml` says, defaults included, with the steps of the recorded run. */
  readonly configuration: FunctionConfiguration;
  /** In the order of their names. */
  readonly events: readonly TestEvent[];
}

/** The folder is not one that holds a function. The message names it and says what to do. */
export class FunctionFolderError extends Error {
  override readonly name = 'FunctionFolderError';
}

const configurationFile = 'function.yaml';
const eventsFolder = 'events';

/**
 * Reads a folder; `root` is what paths in messages are relative to. Of another version of a function the folder holds
 * what differs: files that it does not have, and what its function.yaml does not say, are those of `base`.
 * @throws {FunctionFolderError} when there is no such folder or no code in it, `ContentMistakeError` for a bad function.yaml
 */
export async function readFunctionFolder(
  folder: string,
  root = process.cwd(),
  base?: FunctionFolder,
): Promise<FunctionFolder> {
  const paths = await listFiles(folder, root);
  const shown = relative(root, folder) || '.';
  const configuration = await readConfiguration(folder, shown, paths, base?.configuration);
  const files: Record<string, string> = { ...base?.definition.Files };
  const events: TestEvent[] = [];
  for (const path of paths) {
    if (path === configurationFile) continue;
    const text = await readText(join(folder, path), `${shown}/${path}`);
    const event = /^events\/([^/]+)\.json$/.exec(path)?.[1];
    if (event !== undefined) events.push({ name: event, text, file: `${shown}/${path}` });
    else if (!path.startsWith(`${eventsFolder}/`)) files[path] = text;
  }
  if (Object.keys(files).length === 0) {
    throw new FunctionFolderError(`${shown} holds no code. Put the handler's file there: index.mjs.`);
  }
  const { recorded: _, account, ...settings } = configuration;
  return {
    definition: {
      FunctionName: base?.definition.FunctionName ?? functionName(folder),
      ...present(settings),
      Files: files,
      ...(account.length > 0 && { account }),
    },
    configuration,
    events: events.length > 0 ? events : (base?.events ?? []),
  };
}

async function listFiles(folder: string, root: string): Promise<string[]> {
  const shown = relative(root, folder) || '.';
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .filter((path) => !path.split('/').some((part) => part.startsWith('.')))
      .sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      throw new FunctionFolderError(`There is no folder ${shown}. Give the path of a function's folder.`);
    if (code === 'ENOTDIR') throw new FunctionFolderError(`${shown} is a file. Give the folder that it is in.`);
    throw error;
  }
}

async function readConfiguration(
  folder: string,
  shown: string,
  paths: readonly string[],
  base: FunctionConfiguration | undefined,
): Promise<FunctionConfiguration> {
  if (!paths.includes(configurationFile)) return base ?? functionSchema.parse({});
  const file = `${shown}/${configurationFile}`;
  const text = await readFile(join(folder, configurationFile), 'utf8');
  const read = parseContent(functionSchema, { file, text: text.trim() === '' ? '{}' : text });
  if (base === undefined) return read;
  const said = Object.keys((parse(text) ?? {}) as object);
  return { ...base, ...Object.fromEntries(Object.entries(read).filter(([key]) => said.includes(key))) };
}

/** Source files are text; anything that is not UTF-8 has no place in an editor or a shared link. */
async function readText(path: string, shown: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(path));
  } catch (error) {
    if (error instanceof TypeError) throw new FunctionFolderError(`${shown} is not a text file. Leave it out.`);
    throw error;
  }
}

/** The folder's name as a function may be called. */
function functionName(folder: string): string {
  return (
    basename(join(folder, '.'))
      .replace(/[^a-zA-Z0-9-_]/g, '-')
      .slice(0, 64) || 'function'
  );
}

/** The settings without optional properties that are `undefined`, as the API takes them. */
function present(
  settings: Omit<FunctionConfiguration, 'recorded' | 'account'>,
): Omit<FunctionDefinition, 'FunctionName' | 'Files' | 'account'> {
  return JSON.parse(JSON.stringify(settings)) as Omit<FunctionDefinition, 'FunctionName' | 'Files' | 'account'>;
}
