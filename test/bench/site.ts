/** How a lesson page feels on a cold browser: what it loads, and how long the first Invoke takes. */
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright-core';
import { serve } from '../../src/serve.mjs';
import { findBrowser, launchOptions } from '../site/browser.ts';
import { lessonAddress, RunnerOnPage } from '../site/runner.ts';
import { type Measurement, median } from './measure.ts';

interface Loaded {
  /** Sizes as a host sends them, gzip, in kB. */
  script: number;
  everything: number;
}

/** Counts what a page and its workers load from now on. */
function countLoaded(page: Page): () => Promise<Loaded> {
  const pending: Promise<void>[] = [];
  const loaded: Loaded = { script: 0, everything: 0 };
  page.on('response', (response) => {
    const count = async () => {
      const size = gzipSync(await response.body()).length / 1000;
      loaded.everything += size;
      if (new URL(response.url()).pathname.endsWith('.js')) loaded.script += size;
    };
    pending.push(count());
  });
  return async () => {
    for (let known = -1; known !== pending.length;) {
      known = pending.length;
      await Promise.all(pending);
      // What loads when the browser is idle has this long to begin.
      await page.waitForTimeout(1500);
    }
    return { ...loaded };
  };
}

/** Real ms from pressing Invoke to its outcome on the page, both taken in the page. */
async function timeInvoke(page: Page, runner: RunnerOnPage): Promise<number> {
  await page.evaluate(() => {
    const times = { clicked: 0, shown: 0 };
    Object.assign(globalThis, { times });
    addEventListener('click', () => (times.clicked ||= performance.now()), true);
    const status = document.querySelector('.runner > [role=status]');
    if (status === null) throw new Error('The runner has no status.');
    new MutationObserver(() => (times.shown ||= performance.now())).observe(status, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  await runner.invoke();
  return page.evaluate(() => {
    const { times } = globalThis as unknown as { times: { clicked: number; shown: number } };
    return times.shown - times.clicked;
  });
}

interface ColdVisit {
  readonly firstInvokeMs: number;
  readonly secondInvokeMs: number;
  readonly atRest: Loaded;
  readonly afterInvoke: Loaded;
  readonly afterEdit: Loaded;
}

async function visitCold(browser: Browser, site: string): Promise<ColdVisit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const loaded = countLoaded(page);
  await page.goto(new URL(lessonAddress, site).href);
  const atRest = await loaded();
  const runner = new RunnerOnPage(page);
  const firstInvokeMs = await timeInvoke(page, runner);
  const secondInvokeMs = await timeInvoke(page, runner);
  const afterInvoke = await loaded();
  await runner.press('Edit');
  await runner.section.locator('.monaco-editor').waitFor();
  const afterEdit = await loaded();
  await context.close();
  return { firstInvokeMs, secondInvokeMs, atRest, afterInvoke, afterEdit };
}

/** Needs a built site in dist/. */
export async function measureSite(): Promise<Measurement[]> {
  const server = await serve({ directory: fileURLToPath(new URL('../../dist', import.meta.url)) });
  const browser = await chromium.launch(launchOptions(await findBrowser()));
  const visits: ColdVisit[] = [];
  for (let i = 0; i < 5; i += 1) visits.push(await visitCold(browser, server.url));
  await browser.close();
  await server.close();
  const middle = (read: (visit: ColdVisit) => number): number => median(visits.map(read));
  const second = { name: 'an Invoke after it', value: middle((visit) => visit.secondInvokeMs) };
  return [
    {
      name: 'Invoke to result, cold page, median',
      value: middle((visit) => visit.firstInvokeMs),
      unit: 'ms',
      aim: { atMost: 150 },
      baseline: second,
    },
    {
      name: 'script before interaction',
      value: middle((visit) => visit.atRest.script),
      unit: 'kB gz',
      aim: { atMost: 30 },
    },
    { name: 'script after the first Invoke', value: middle((visit) => visit.afterInvoke.script), unit: 'kB gz' },
    { name: 'script after the first Edit', value: middle((visit) => visit.afterEdit.script), unit: 'kB gz' },
    { name: 'everything before interaction', value: middle((visit) => visit.atRest.everything), unit: 'kB gz' },
    {
      name: 'everything after the first Invoke',
      value: middle((visit) => visit.afterInvoke.everything),
      unit: 'kB gz',
    },
    { name: 'everything after the first Edit', value: middle((visit) => visit.afterEdit.everything), unit: 'kB gz' },
  ];
}
