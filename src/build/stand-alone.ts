/**
 * Makes the page for addresses that lead nowhere stand alone. A host serves it at any depth, so nothing in it may hang
 * on where it is: its styles move into it, its script files and typefaces go, and its links stay at the server's root
 * until the page's own script has found the site.
 */

/** `readStyle` gives the text of a style sheet by its path below the site's root. */
export async function standAlone(html: string, readStyle: (path: string) => Promise<string>): Promise<string> {
  let page = html
    .replace(/<script\b[^>]*\ssrc="[^"]*"[^>]*><\/script>/g, '')
    .replace(/<link\b[^>]*\srel="(?:shortcut icon|preload|modulepreload)"[^>]*>/g, '');
  for (const [link, path] of page.matchAll(/<link\b[^>]*\srel="stylesheet"[^>]*\shref="\/([^"]*)"[^>]*>/g)) {
    const media = /\smedia="([^"]*)"/.exec(link)?.[1];
    const css = (await readStyle(path ?? '')).replace(/@font-face\s*\{[^}]*\}/g, '');
    page = page.replace(link, () => `<style${media ? ` media="${media}"` : ''}>${css}</style>`);
  }
  return page;
}
