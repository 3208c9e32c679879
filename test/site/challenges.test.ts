/** Challenges in a real browser: by keyboard from failing to passing, hints, solutions beside one's code, what is kept. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectAccessible } from './axe.ts';
import { RunnerOnPage, touch } from './runner.ts';
import { useBrowser, visit } from './visit.ts';

useBrowser();

const address = 'challenges/reuse-a-client/';
const solution = `import { connect } from './database.mjs';

const database = await connect();

export const handler = async ({ product }) => ({ product, price: await database.priceOf(product) });
`;

const checks = (page: Page) => page.getByRole('region', { name: 'Checks' });

/** Waits until the checks have been run; resolves to how many passed. */
async function summary(page: Page): Promise<string> {
  const text = checks(page).getByText(/^\d of \d+ passed$/);
  await text.waitFor();
  return text.innerText();
}

/** Presses Tab until an element has the focus that does `action`. */
async function tabTo(page: Page, action: string): Promise<void> {
  for (let stops = 0; stops < 200; stops += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(() => document.activeElement?.getAttribute('data-action'))) === action) return;
  }
  throw new Error(`Nothing that does ${action} was reached with Tab.`);
}

test('by keyboard: the start fails, says why, is changed, passes, and is still passed after a reload', () =>
  visit(address, async ({ page }) => {
    const runner = new RunnerOnPage(page, 'price');
    await tabTo(page, 'check');
    const failed = await runner.until(async () => {
      await page.keyboard.press('Enter');
      await summary(page);
    });
    expect(failed).toMatch(
      /^1 of 4 checks passed\. First failure: Five requests in a row open one connection\. .* Saw: 5 lines: in request 1, a cold start, and in requests 2 to 5, warm starts\./,
    );
    await checks(page).getByText('5 lines: in request 1, a cold start', { exact: false }).waitFor();
    await expectAccessible(page);

    await page.keyboard.press('Shift+Tab');
    await tabTo(page, 'check');
    await runner.section.getByRole('button', { name: 'Edit' }).focus();
    await page.keyboard.press('Enter');
    await runner.section.getByRole('textbox', { name: 'Code of index.mjs' }).waitFor({ state: 'attached' });
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(solution);
    await checks(page).getByText('of the code before your last change').waitFor();
    await page.keyboard.press('Control+M');
    await tabTo(page, 'check');
    const passed = await runner.until(async () => {
      await page.keyboard.press('Enter');
      await checks(page).getByText('4 of 4 passed').waitFor();
    });
    expect(passed).toBe('All 4 checks passed. The challenge is done.');
    await page.getByText('· passed').waitFor();

    await page.reload();
    await page.getByText('· passed').waitFor();
    await runner.section.getByText('edited', { exact: true }).waitFor();
    expect(await runner.section.getByLabel('Code of index.mjs, edited').innerText()).toContain(
      'const database = await connect();\n\nexport',
    );
    await checks(page).getByText('You have passed this challenge.', { exact: false }).waitFor();
    await page.getByRole('link', { name: 'Challenge, passed: Reuse a client' }).first().waitFor();
  }));

test('hints come one at a time, and what was opened stays open to be opened', () =>
  visit(address, async ({ page }) => {
    const hints = page.getByRole('region', { name: 'Hints' });
    const visible = async () => {
      const all = await hints.locator('summary').all();
      const shown = await Promise.all(all.map((hint) => hint.isVisible()));
      return shown.filter(Boolean).length;
    };
    expect(await visible()).toBe(1);
    await hints.getByText('Hint 1 of 3').focus();
    await page.keyboard.press('Enter');
    await hints.getByText('Look at the log of two requests in a row.', { exact: false }).waitFor();
    await hints.getByText('Hint 2 of 3').waitFor();
    expect(await visible()).toBe(2);
    await hints.getByText('Hint 1 of 3, opened').waitFor();
    await page.keyboard.press('Enter');
    expect(await visible()).toBe(2);
    await page.reload();
    await hints.getByText('Hint 1 of 3').hover();
    await hints.getByText('Hint 1 of 3, opened').waitFor();
    expect(await visible()).toBe(2);
  }));

test('a solution stands beside the learner’s code and leaves it alone', () =>
  visit(
    address,
    async ({ page }) => {
      const runner = new RunnerOnPage(page, 'price');
      const own = 'export const handler = async () => 1;';
      await runner.edit(own);
      await page.getByText('Show a solution beside your code').click();
      const diff = page.getByRole('region', { name: 'index.mjs: your code and the solution' });
      expect(await diff.locator('.own code').allInnerTexts()).toEqual([own]);
      expect(await diff.locator('.theirs code').allInnerTexts()).toContain('const database = await connect();');
      await page.getByRole('button', { name: 'Solution 2 of 2' }).click();
      expect(await diff.locator('.theirs code').allInnerTexts()).toContain('let connecting;');
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      expect(await runner.section.getByRole('textbox', { name: 'Code of index.mjs' }).inputValue()).toBe(own);
    },
    touch,
  ));

test('given files cannot be changed, and settled configuration cannot either', () =>
  visit(
    address,
    async ({ page }) => {
      const runner = new RunnerOnPage(page, 'price');
      await runner.edit(solution);
      await runner.section.getByRole('tab', { name: 'database.mjs given' }).click();
      const given = runner.section.getByRole('textbox', { name: 'Code of database.mjs' });
      expect(await given.getAttribute('readonly')).not.toBeNull();
      expect(await runner.section.getByRole('button', { name: /^Memory/ }).count()).toBe(0);
    },
    touch,
  ));

test('the run of a check can be looked at, until one goes back or invokes', () =>
  visit(address, async ({ page }) => {
    const runner = new RunnerOnPage(page, 'price');
    await page.getByRole('button', { name: 'Run checks' }).click();
    await summary(page);
    expect(await runner.environments()).toBe(1);
    await page.getByRole('button', { name: 'Look at this run: Ten requests, five at once' }).click();
    await runner.section
      .getByText('Timeline, log and bill show the run of the check', { exact: false })
      .first()
      .waitFor();
    expect(await runner.environments()).toBe(5);
    await runner.press('Back to your own run');
    expect(await runner.environments()).toBe(1);
    await page.getByRole('button', { name: 'Look at this run: Ten requests, five at once' }).click();
    expect(await runner.invoke()).toMatch(/^Request 1: cold start/);
    expect(await runner.environments()).toBe(1);
  }));

describe('code that never ends', () => {
  const endless = `export const handler = async () => { for (;;); };`;

  test('fails its checks, and the next run works', () =>
    visit(
      address,
      async ({ page }) => {
        const runner = new RunnerOnPage(page, 'price');
        await runner.edit(endless);
        await page.getByRole('button', { name: 'Run checks' }).click();
        expect(await summary(page)).toBe('0 of 4 passed');
        await checks(page).getByText('Requests 1 to 5: timed out after 3 s.').waitFor();
        await runner.edit(solution);
        await page.getByRole('button', { name: 'Run checks' }).click();
        await checks(page).getByText('4 of 4 passed').waitFor();
      },
      touch,
    ));

  test('is stopped at once, and the runner’s own session goes on', () =>
    visit(
      address,
      async ({ page }) => {
        const runner = new RunnerOnPage(page, 'price');
        await runner.invoke();
        await page.getByRole('button', { name: 'Run checks' }).click();
        await page.getByRole('button', { name: 'Stop' }).click();
        await runner.section.getByRole('status').getByText('Stopped.').waitFor();
        expect(await runner.invoke()).toMatch(/^Request 2: warm start/);
        await page.getByRole('button', { name: 'Run checks' }).click();
        expect(await summary(page)).toBe('1 of 4 passed');
      },
      touch,
    ));
});

test('without scripts there are the brief, the code, the checks by name, and hints in their folds', () =>
  visit(
    address,
    async ({ page }) => {
      expect(await page.getByText('An environment opens one connection', { exact: false }).isVisible()).toBe(true);
      expect(await page.getByText('const database = await connect();').first().isVisible()).toBe(true);
      expect(await page.getByText('Five requests in a row open one connection').isVisible()).toBe(true);
      for (const hint of ['Hint 1 of 3', 'Hint 2 of 3', 'Hint 3 of 3']) {
        expect(await page.getByText(hint).isVisible()).toBe(true);
      }
      expect(await page.getByRole('button', { name: 'Run checks' }).count()).toBe(0);
    },
    { javaScriptEnabled: false },
  ));

test('on paper hints and solutions stay closed', () =>
  visit(address, async ({ page }) => {
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText('Look at the log of two requests', { exact: false }).isVisible()).toBe(false);
    expect(await page.getByText('A shop asks this function', { exact: false }).isVisible()).toBe(true);
  }));
