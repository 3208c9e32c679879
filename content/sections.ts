/** The headings of a page with the anchors that Astro gives them. Pure. */
import GithubSlugger from 'github-slugger';

export interface Section {
  /** The anchor: `one-request-at-a-time-one-init`. */
  readonly id: string;
  readonly title: string;
}

/** `mdx` is the text of a page; headings inside code blocks are none. */
export function sectionsOf(mdx: string): readonly Section[] {
  const text = mdx.replace(/^---\r?\n[\s\S]*?\r?\n---/, '').replace(/^ *(`{3,}|~{3,})[^\n]*\n[\s\S]*?^ *\1\s*$/gm, '');
  const slugger = new GithubSlugger();
  return [...text.matchAll(/^#{2,4}\s+(.+?)\s*#*$/gm)].map(([, heading = '']) => {
    const title = heading
      .replace(/<[^>]*>/g, '')
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[`*]/g, '')
      .trim();
    return { id: slugger.slug(title), title };
  });
}
