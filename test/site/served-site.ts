/** Before the site's tests: serves `dist/` at `/` and under a deep path, and starts one browser for all of them. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { serve } from '../../src/serve.mjs';
import { findBrowser, launchOptions } from './browser.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The course at the root of its own origin; ends with a slash. */
    rootUrl: string;
    /** The same files under a path, as on a Pages site; ends with a slash. */
    deepUrl: string;
    browserEndpoint: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = fileURLToPath(new URL('../../dist', import.meta.url));
  if (!existsSync(`${directory}/index.html`)) {
    throw new Error('There is no built site in dist/ to test. Run "npm run build" first.');
  }
  const browser = await chromium.launchServer(launchOptions(await findBrowser()));
  const atRoot = await serve({ directory });
  const deep = await serve({ directory, base: '/some/deep/path/' });
  project.provide('rootUrl', atRoot.url);
  project.provide('deepUrl', deep.url);
  project.provide('browserEndpoint', browser.wsEndpoint());
  return async () => {
    await browser.close();
    await atRoot.close();
    await deep.close();
  };
}
