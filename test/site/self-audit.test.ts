/** The self-audit in a real browser: judged by keyboard, disagreed with, kept, followed in another tab, complete on paper. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessible } from './axe.ts';
import { useBrowser, visit } from './visit.ts';

useBrowser();

const address = 'checklist/';
const item = (page: Page, statement: RegExp) => page.getByRole('group', { name: statement });
const says = (page: Page, id: string) => page.locator(`[data-item="${id}"] .says`);

test('by keyboard: judge a statement, be disagreed with, and find both after a reload', () =>
  visit(address, async ({ page }) => {
    const lifecycle = item(page, /^I can explain what an execution environment/);
    await lifecycle.getByRole('radio', { name: 'not yet' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await lifecycle.getByRole('radio', { name: 'can show it' }).isChecked()).toBe(true);
    await says(page, 'lifecycle')
      .getByText('You say you can show it; nothing you did here has shown it yet.', { exact: false })
      .waitFor();
    await page.getByText('You say you can show 1 of 15', { exact: false }).waitFor();
    await expectAccessible(page);
    await page.reload();
    await says(page, 'lifecycle').getByText('You say you can show it', { exact: false }).waitFor();
    expect(await lifecycle.getByRole('radio', { name: 'can show it' }).isChecked()).toBe(true);
    await says(page, 'lifecycle').getByRole('link').click();
    await page.getByRole('heading', { name: 'Init runs once per environment, not once per request' }).waitFor();
  }));

test('what was shown elsewhere in the course is evidence, also in a tab that was open before', () =>
  visit(address, async ({ page, site }) => {
    await item(page, /^I can explain what an execution environment/)
      .getByRole('radio', { name: 'not yet' })
      .check({ force: true });
    const evidence = page.locator('[data-item="lifecycle"] .evidence');
    await evidence.getByText('challenge “Reuse a client” not passed yet', { exact: false }).waitFor();
    const other = await page.context().newPage();
    await other.goto(new URL('challenges/reuse-a-client/', site).href);
    await other.getByRole('button', { name: 'Edit' }).click();
    await other.getByRole('textbox', { name: 'Code of index.mjs' }).waitFor({ state: 'attached' });
    await other.keyboard.press('Control+A');
    await other.keyboard.insertText(
      `import { connect } from './database.mjs';\nconst database = await connect();\n` +
        `export const handler = async ({ product }) => ({ product, price: await database.priceOf(product) });\n`,
    );
    await other.getByRole('button', { name: 'Run checks' }).click();
    await other.getByText('4 of 4 passed').waitFor();
    await evidence.getByText('challenge “Reuse a client” passed', { exact: false }).waitFor();
    await says(page, 'lifecycle')
      .getByText('You say not yet; yet you passed “Reuse a client”.', { exact: false })
      .waitFor();
  }));

test('without scripts it is a list with what each statement means and what shows it', () =>
  visit(
    address,
    async ({ page }) => {
      const first = page.locator('[data-item="lifecycle"]');
      expect(await first.getByText('You name the phases', { exact: false }).isVisible()).toBe(true);
      expect(await first.getByRole('link', { name: 'Cold starts and warm starts' }).isVisible()).toBe(true);
      expect(await page.getByRole('radio').count()).toBe(45);
    },
    { javaScriptEnabled: false },
  ));

test('on paper a box to tick stands before each choice', () =>
  visit(address, async ({ page }) => {
    await page.emulateMedia({ media: 'print' });
    const box = await page
      .locator('[data-item="cost"] label span')
      .first()
      .evaluate((label) => getComputedStyle(label, '::before').content);
    expect(box).toBe('"☐ "');
  }));
