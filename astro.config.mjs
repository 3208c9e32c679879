/** The site: static pages around the lessons, one build that runs under any path. */
import { defineConfig } from 'astro/config';
import mdx from '@astrojs/mdx';
import starlight from '@astrojs/starlight';
import svelte from '@astrojs/svelte';
import { checkContent } from './src/build/check-content.ts';
import { finishPages } from './src/build/finish-pages.ts';
import { proveChallenges } from './src/build/prove-challenges.ts';
import { proveScenarios } from './src/build/prove-scenarios.ts';

/** @param {string} name */
const shell = (name) => `./src/components/shell/${name}.astro`;

export default defineConfig({
  output: 'static',
  publicDir: './src/public',
  trailingSlash: 'always',
  // A lesson page loads what it shows and nothing in advance.
  prefetch: false,
  markdown: { shikiConfig: { theme: 'css-variables' } },
  vite: {
    // Inlined scripts would resolve their imports against the page instead of against themselves.
    build: {
      assetsInlineLimit: 0,
      // The editor is by far the largest part, and loaded only when somebody edits.
      chunkSizeWarningLimit: 8000,
      // Astro marks the styles of MDX files with a directive of its own, which the bundler need not know.
      rolldownOptions: { checks: { moduleLevelDirective: false } },
    },
    // Modules, so that the sandbox loads Intl only for code that needs it.
    worker: { format: 'es' },
    experimental: {
      // Scripts find their neighbours from where they are; `finishPages` does the same for pages and styles.
      renderBuiltUrl: (_file, { hostType, ssr }) => (hostType === 'js' && !ssr ? { relative: true } : undefined),
    },
  },
  integrations: [
    checkContent(),
    proveChallenges(),
    proveScenarios(),
    starlight({
      title: 'Coldstart',
      description: 'A course on AWS Lambda that you run instead of read.',
      favicon: '/favicon.svg',
      // There is no picture to share, so links show as text.
      head: [{ tag: 'meta', attrs: { name: 'twitter:card', content: 'summary' } }],
      customCss: ['./src/styles/site.css'],
      components: {
        ContentPanel: shell('ContentPanel'),
        Footer: shell('Footer'),
        Head: shell('Head'),
        Header: shell('Header'),
        MarkdownContent: shell('MarkdownContent'),
        MobileMenuFooter: shell('MobileMenuFooter'),
        PageTitle: shell('PageTitle'),
        Sidebar: shell('Sidebar'),
        ThemeProvider: shell('ThemeProvider'),
      },
      // Shiki colours code from the course's tokens at build time, so code blocks need no script.
      expressiveCode: false,
      markdown: { headingLinks: false },
      pagefind: false,
      tableOfContents: false,
      disable404Route: true,
    }),
    mdx(),
    svelte(),
    // A sitemap needs the site's full address, which one build for every path does not have: this keeps Starlight from
    // adding the integration of this name, which would only warn about it.
    { name: '@astrojs/sitemap', hooks: {} },
    finishPages(),
  ],
});
