/** Every page: accessible in both themes and sizes, complete without scripts, under any path, and light to load. */
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { expectAccessible } from './axe.ts';
import { lessonAddress, RunnerOnPage } from './runner.ts';
import { useBrowser, visit } from './visit.ts';

useBrowser();

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const addresses = globSync('**/*.html', { cwd: dist })
  .map((file) =>
    file.replaceAll('\\', '/').replace(/(?:^|\/)index\.html$/, (found) => (found.startsWith('/') ? '/' : '')),
  )
  .sort();

describe.each(addresses)('/%s', (address) => {
  // One load serves for all of it: there are too many pages to open each in every theme and size.
  test('has no axe violation in either theme and size, does not scroll sideways on a phone, leaves nothing to fill in', () =>
    visit(
      address,
      async ({ page }) => {
        await expectAccessible(page);
        // What an author wrote for the build to fill in.
        expect(await page.content()).not.toMatch(/\{fact |\{=/);
        await page.emulateMedia({ colorScheme: 'light' });
        await page.setViewportSize({ width: 390, height: 844 });
        await expectAccessible(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      },
      { colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
    ));
});

/** Statuses of the site's own addresses: pages share most of their links. */
const statuses = new Map<string, Promise<number>>();

/** Fails unless all links of a page that stay on the site stay below its address and lead somewhere. */
async function expectLinksBelow(page: Page, site: string): Promise<void> {
  const links = await page
    .locator('a[href]:not([href^="#"])')
    .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
  const own = links.map((link) => link.replace(/#.*$/, '')).filter((link) => link.startsWith(new URL(site).origin));
  expect(own).not.toEqual([]);
  for (const link of new Set(own)) {
    expect(link.startsWith(site), link).toBe(true);
    const status = statuses.get(link) ?? page.request.get(link).then((response) => response.status());
    statuses.set(link, status);
    expect(await status, link).toBe(200);
  }
}

test.each(addresses.filter((address) => address !== '404.html'))(
  '/%s under a deep path has links that hold',
  (address) => visit(address, async ({ page, site }) => expectLinksBelow(page, site), { site: inject('deepUrl') }),
);

test.each(['nowhere/', 'lessons/nowhere/at/all'])('the address %s leads to a page whose links hold', (address) =>
  visit(
    address,
    async ({ page, site }) => {
      await page.getByRole('heading', { name: 'There is no page here' }).waitFor();
      await page
        .locator(`a[href="${new URL('lessons/', site).pathname}"]`)
        .first()
        .waitFor();
      await expectLinksBelow(page, site);
    },
    { site: inject('deepUrl'), lost: true },
  ),
);

test('the lesson runs under a deep path', () =>
  visit(
    lessonAddress,
    async ({ page }) => {
      expect(await new RunnerOnPage(page).invoke()).toMatch(/Request 1: cold start/);
    },
    { site: inject('deepUrl') },
  ));

test('without scripts the lesson has its code, the recorded run, its log and its bill', () =>
  visit(
    lessonAddress,
    async ({ page }) => {
      const runner = new RunnerOnPage(page);
      expect(await runner.section.getByText('const database = await connect();').first().isVisible()).toBe(true);
      expect(await runner.section.getByText('export const connect').first().isVisible()).toBe(true);
      const log = await runner.log();
      expect(log.some((line) => line.startsWith('INIT_START'))).toBe(true);
      expect(log.filter((line) => line.startsWith('REPORT'))).toHaveLength(2);
      expect(await runner.section.getByRole('img', { name: /^Timeline: 1 environment, 2 requests/ }).isVisible()).toBe(
        true,
      );
      expect(await runner.section.getByRole('row', { name: /^total/ }).isVisible()).toBe(true);
    },
    { javaScriptEnabled: false },
  ));

test('nothing of the editor or the engine is requested before it is asked for', () =>
  visit(lessonAddress, async ({ page, requested }) => {
    const engine = () => requested.filter((path) => path.endsWith('.wasm') || /host.*\.js$/.test(path));
    const editor = () => requested.filter((path) => /monaco|editor/i.test(path));
    await page.waitForLoadState('networkidle');
    expect([...engine(), ...editor()]).toEqual([]);
    const runner = new RunnerOnPage(page);
    await runner.invoke();
    expect(engine()).not.toEqual([]);
    expect(editor()).toEqual([]);
    await runner.press('Edit');
    await runner.section.locator('.monaco-editor').waitFor();
    expect(editor()).not.toEqual([]);
  }));

test('the font that a page loads in advance is the one its text is set in, and comes once', () =>
  visit(lessonAddress, async ({ page, requested }) => {
    const preloaded = await page
      .locator('link[rel=preload][as=font]')
      .evaluateAll((links) => links.map((link) => (link as HTMLLinkElement).href));
    const loaded = await page.evaluate(async () => {
      await document.fonts.ready;
      return [...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family);
    });
    expect(preloaded).toHaveLength(1);
    expect(requested.filter((path) => preloaded[0]?.endsWith(path))).toHaveLength(1);
    expect(loaded.join()).toContain('Inter Variable');
  }));

test('the security policy is in force: no inline script, no foreign connection', () =>
  visit(
    lessonAddress,
    async ({ page }) => {
      const outcome = await page.evaluate(async () => {
        const script = document.createElement('script');
        script.textContent = 'globalThis.intruder = true';
        document.head.append(script);
        const connection = await fetch('https://example.com/').then(
          () => 'connected',
          () => 'refused',
        );
        return { intruder: 'intruder' in globalThis, connection };
      });
      expect(outcome).toEqual({ intruder: false, connection: 'refused' });
    },
    { expectedConsole: /Content Security Policy|example\.com/ },
  ));
