/** The YAML at the head of a page. */
import type { YamlSource } from '../../content/mistakes.ts';

/** What stands between the two `---` lines. */
export function frontmatterOf(file: string, text: string): YamlSource {
  const yaml = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1] ?? '';
  return { file, text: yaml, firstLine: 2 };
}
