/** Colours code while pages are built. */
import { createHighlighter, type Highlighter } from 'shiki';
import { codeTheme } from './code-theme.ts';
import type { HighlightedFile } from './runner-data.ts';

let highlighter: Promise<Highlighter> | undefined;

/** Each file as HTML whose colours are the page's custom properties. */
export async function highlightFiles(files: Readonly<Record<string, string>>): Promise<readonly HighlightedFile[]> {
  highlighter ??= createHighlighter({ themes: [codeTheme], langs: ['javascript', 'json'] });
  const shiki = await highlighter;
  return Object.entries(files).map(([path, code]) => ({
    path,
    html: shiki.codeToHtml(code.replace(/\n$/, ''), {
      lang: /\.[cm]?js$/.test(path) ? 'javascript' : path.endsWith('.json') ? 'json' : 'text',
      theme: codeTheme.name,
    }),
  }));
}
