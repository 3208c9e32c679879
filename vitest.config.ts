/** Vitest: `unit` and `content` run in Node, `site` drives a real browser against the built site. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/site/**', 'test/content/**'],
          globalSetup: ['test/sandbox/conformance/print-table.ts'],
          // A sandbox test may compile WebAssembly on a busy two-core machine.
          testTimeout: 30_000,
        },
      },
      {
        test: { name: 'content', include: ['test/content/**/*.test.ts'], testTimeout: 60_000 },
      },
      {
        test: {
          name: 'site',
          include: ['test/site/**/*.test.ts'],
          globalSetup: ['test/site/served-site.ts'],
          // One browser and one server for all files; each test opens its own context. The browser needs the other core.
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
