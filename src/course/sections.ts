/** The headings of a lesson with the anchors that its page gives them. Pure. */

export interface Section {
  /** The anchor: `one-request-at-a-time-one-init`. */
  readonly id: string;
  readonly title: string;
}

/** `mdx` is the text of a lesson's index.mdx. */
export function sectionsOf(mdx: string): readonly Section[] {
  const text = mdx.replace(/^---\r?\n[\s\S]*?\r?\n---/, '').replace(/^(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1\s*$/gm, '');
  const seen = new Map<string, number>();
  return [...text.matchAll(/^#{2,4}\s+(.+?)\s*#*$/gm)].map(([, heading = '']) => {
    const title = heading
      .replace(/<[^>]*>/g, '')
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[`*]/g, '')
      .trim();
    const slug = slugOf(title);
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return { id: count === 0 ? slug : `${slug}-${count}`, title };
  });
}

/** As GitHub and Astro make anchors: lower case, letters and digits, a hyphen for each space. */
const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
