/** After the build: makes the addresses in pages and styles relative, and gives each page its Content-Security-Policy. */
import { glob, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { relativeLinks, relativeStyleLinks } from './relative-links.ts';
import { withSecurityPolicy } from './security-policy.ts';

/** The Astro integration. One build then runs at a site's root, in any folder of it, and on a local server. */
export function finishPages(): AstroIntegration {
  return {
    name: 'finish-pages',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const root = fileURLToPath(dir);
        const pages = await Array.fromAsync(glob('**/*.html', { cwd: root }));
        for (const page of pages) {
          await change(root + page, (html) => withSecurityPolicy(relativeLinks(html, page)));
        }
        for (const sheet of await Array.fromAsync(glob('**/*.css', { cwd: root }))) {
          await change(root + sheet, (css) => relativeStyleLinks(css, sheet));
        }
        logger.info(`${pages.length} pages made relative and given their security policy`);
      },
    },
  };
}

async function change(file: string, edit: (text: string) => string): Promise<void> {
  await writeFile(file, edit(await readFile(file, 'utf8')));
}
