/** Turns the addresses in built pages and styles that start at the site's root into ones that start at the file. */

/** Attributes that hold one address, in pages and in Astro's islands. */
const attributes = ['href', 'src', 'action', 'poster', 'component-url', 'renderer-url', 'before-hydration-url'];
const inTag = new RegExp(`(\\s(?:${attributes.join('|')})=")/(?!/)([^"]*)`, 'g');

/**
 * `page` is the page's path below the site's root: `lessons/cold-starts/index.html`.
 * Only attributes inside tags change; text and inline scripts stay as they are.
 */
export function relativeLinks(html: string, page: string): string {
  const up = wayToRoot(page);
  return html
    .split(/(<script\b[^>]*>[\s\S]*?<\/script>)/)
    .map((part) =>
      part.startsWith('<script')
        ? part.replace(/^<script\b[^>]*>/, (tag) => rewrite(tag, up))
        : part.replace(/<[a-z][^>]*>/gi, (tag) => rewrite(tag, up)),
    )
    .join('');
}

const rewrite = (tag: string, up: string): string => tag.replace(inTag, `$1${up}$2`);

/** The same for a style sheet's `url(…)`. */
export function relativeStyleLinks(css: string, sheet: string): string {
  return css.replace(/url\((['"]?)\/(?!\/)/g, (_, quote: string) => `url(${quote}${wayToRoot(sheet)}`);
}

/** `./` or `../../`: from a file to the site's root. */
const wayToRoot = (file: string): string => '../'.repeat(file.split('/').length - 1) || './';
