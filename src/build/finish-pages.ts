/**
 * After the build: drops links to styles that are loaded on demand, makes the addresses in pages and styles relative,
 * and gives each page its Content-Security-Policy.
 */
import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { lazyStyles } from './lazy-styles.ts';
import { relativeLinks, relativeStyleLinks } from './relative-links.ts';
import { withSecurityPolicy } from './security-policy.ts';
import { standAlone } from './stand-alone.ts';

/** The Astro integration. One build then runs at a site's root, in any folder of it, and on a local server. */
export function finishPages(): AstroIntegration {
  const { plugin, withoutLazyStyles } = lazyStyles();
  return {
    name: 'finish-pages',
    hooks: {
      'astro:config:setup': ({ updateConfig }) => {
        updateConfig({ vite: { plugins: [plugin] } });
      },
      'astro:build:done': async ({ dir, logger }) => {
        const root = fileURLToPath(dir);
        const pages = globSync('**/*.html', { cwd: root });
        for (const page of pages) {
          const html = withoutLazyStyles(await readFile(root + page, 'utf8'));
          const placed =
            page === '404.html'
              ? await standAlone(html, (path) => readFile(root + path, 'utf8'))
              : relativeLinks(html, page);
          await writeFile(root + page, withSecurityPolicy(placed));
        }
        for (const sheet of globSync('**/*.css', { cwd: root })) {
          const css = await readFile(root + sheet, 'utf8');
          await writeFile(root + sheet, relativeStyleLinks(css, sheet));
        }
        logger.info(`${pages.length} pages made relative and given their security policy`);
      },
    },
  };
}
