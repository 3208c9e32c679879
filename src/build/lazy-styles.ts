/**
 * Finds the style sheets that belong to parts loaded on demand. Astro links the styles of everything a page's scripts
 * could ever import, the editor's included; the bundler's own loader fetches them with the part they belong to, so the
 * links can go.
 */
import type { Plugin } from 'vite';

export interface LazyStyles {
  /** Goes into the build of the server's code and of the page's code, in this order. */
  readonly plugin: Plugin;
  /** Drops the links to sheets that nothing in a page's HTML needs. */
  readonly withoutLazyStyles: (html: string) => string;
}

const isStyle = (id: string): boolean => /\.css($|\?)|[?&]lang[.=]css/.test(id);

export function lazyStyles(): LazyStyles {
  /** Styles of components that are rendered into pages. */
  const rendered = new Set<string>();
  const lazy = new Set<string>();
  return {
    plugin: {
      name: 'lazy-styles',
      enforce: 'post',
      generateBundle(_options, bundle) {
        for (const chunk of Object.values(bundle)) {
          if (chunk.type !== 'chunk') continue;
          const styles = Object.keys(chunk.modules).filter(isStyle);
          if (this.environment.name !== 'client') {
            for (const id of styles) {
              if (reachesPage(id, (module) => this.getModuleInfo(module)?.importers ?? [])) rendered.add(id);
            }
          } else if (styles.length > 0 && !styles.some((id) => rendered.has(id))) {
            for (const sheet of chunk.viteMetadata?.importedCss ?? []) lazy.add(sheet);
          }
        }
      },
    },
    withoutLazyStyles: (html) =>
      html.replace(/<link\b[^>]*\srel="stylesheet"[^>]*\shref="\/([^"]*)"[^>]*>/g, (link, path: string) =>
        lazy.has(path) ? '' : link,
      ),
  };
}

/** Whether static imports lead from this module up to a page or a component of one. */
function reachesPage(id: string, importers: (id: string) => readonly string[], seen = new Set<string>()): boolean {
  if (/\.(astro|mdx)($|\?)/.test(id)) return true;
  if (seen.has(id)) return false;
  seen.add(id);
  return importers(id).some((importer) => reachesPage(importer, importers, seen));
}
