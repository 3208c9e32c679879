/** util.parseEnv: the lines of an .env file. */
import { validateString } from './validate.ts';

const line =
  /^\s*(?:export\s+)?([\w.-]+)\s*=[ \t]*(?:"((?:\\"|[^"])*)"|'([^']*)'|`([^`]*)`|([^#\r\n]*))?[ \t]*(?:#.*)?$/gm;

export function parseEnv(content: unknown): Record<string, string> {
  validateString(content, 'content');
  const result: Record<string, string> = {};
  for (const [, name, double, single, backtick, bare] of content.matchAll(line)) {
    result[name as string] = double?.replaceAll('\\n', '\n') ?? single ?? backtick ?? bare?.trim() ?? '';
  }
  return result;
}
