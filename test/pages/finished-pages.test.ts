/** Built pages run under any path and carry a policy that allows their own scripts only. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { relativeLinks, relativeStyleLinks } from '../../src/build/relative-links.ts';
import { withSecurityPolicy } from '../../src/build/security-policy.ts';
import { standAlone } from '../../src/build/stand-alone.ts';

describe('relativeLinks', () => {
  it('starts every address at the page', () => {
    const html = '<a href="/">Home</a><script type="module" src="/_astro/a.js"></script><img src="/b.svg">';
    expect(relativeLinks(html, 'lessons/cold/index.html')).toBe(
      '<a href="../../">Home</a><script type="module" src="../../_astro/a.js"></script><img src="../../b.svg">',
    );
  });

  it('starts with a dot at the root, so that islands can import it', () => {
    expect(relativeLinks('<astro-island component-url="/_astro/r.js"></astro-island>', 'index.html')).toBe(
      '<astro-island component-url="./_astro/r.js"></astro-island>',
    );
  });

  it('leaves text, inline scripts and other origins alone', () => {
    const html = '<p>href="/x"</p><script>const a = \'<a href="/x">\';</script><a href="//cdn.test/x">x</a>';
    expect(relativeLinks(html, 'a/index.html')).toBe(html);
  });

  it('starts the addresses of a style sheet at the sheet', () => {
    expect(relativeStyleLinks('a{src:url(/_astro/f.woff2)}b{src:url("/c.svg")}', '_astro/s.css')).toBe(
      'a{src:url(../_astro/f.woff2)}b{src:url("../c.svg")}',
    );
  });
});

describe('withSecurityPolicy', () => {
  const page = withSecurityPolicy(
    '<head><meta charset="utf-8"/></head><script>go()</script><script src="./a.js"></script>',
  );

  it('comes before everything that could load something', () => {
    expect(page.startsWith('<head><meta charset="utf-8"/><meta http-equiv="Content-Security-Policy"')).toBe(true);
  });

  it('allows inline scripts by their hash, and no others', () => {
    const hash = createHash('sha256').update('go()').digest('base64');
    expect(/script-src ([^;]*)/.exec(page)?.[1]).toBe(`'self' 'wasm-unsafe-eval' 'sha256-${hash}'`);
  });

  it('connects to its own origin only', () => {
    expect(page).toContain("connect-src 'self';");
  });
});

describe('standAlone', () => {
  it('carries its styles, without typefaces, and no script files', async () => {
    const html =
      '<link rel="stylesheet" href="/_astro/s.css"><script type="module" src="/_astro/a.js"></script><p>x</p>';
    const sheets: Record<string, string> = { '_astro/s.css': '@font-face{src:url(/f.woff2)}p{color:red}' };
    expect(await standAlone(html, async (path) => sheets[path] ?? '')).toBe('<style>p{color:red}</style><p>x</p>');
  });
});
