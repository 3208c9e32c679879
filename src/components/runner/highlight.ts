/** Colours code while pages are built. */
import { createHighlighter, type Highlighter } from 'shiki';
import { codeTheme } from './code-theme.ts';
import type { HighlightedFile } from './runner-data.ts';

let highlighter: Promise<Highlighter> | undefined;

const languageOf = (path: string): string => {
  if (/\.[cm]?js$/.test(path)) return 'javascript';
  return /\.(json|yaml)$/.exec(path)?.[1] ?? 'text';
};

/** Each file as HTML whose colours are the page's custom properties. */
export async function highlightFiles(files: Readonly<Record<string, string>>): Promise<readonly HighlightedFile[]> {
  highlighter ??= createHighlighter({ themes: [codeTheme], langs: ['javascript', 'json', 'yaml'] });
  const shiki = await highlighter;
  return Object.entries(files).map(([path, code]) => ({
    path,
    html: shiki.codeToHtml(code.replace(/\n$/, ''), {
      lang: languageOf(path),
      theme: codeTheme.name,
    }),
  }));
}
