/** The lesson by keyboard alone: reach the runner, change the code in the full editor, run, look back in time. */
import { expect, test } from 'vitest';
import { lessonAddress, RunnerOnPage } from './runner.ts';
import { useBrowser, visit } from './visit.ts';

useBrowser();

test('everything of the runner is reached with Tab, and Invoke runs with Enter', () =>
  visit(lessonAddress, async ({ page }) => {
    const runner = new RunnerOnPage(page);
    const reached: string[] = [];
    const invoke = runner.section.getByRole('button', { name: /^Invoke/ });
    // 200 is more stops than the page has: not reaching the button must fail instead of going on for ever.
    for (let stops = 0; stops < 200; stops += 1) {
      await page.keyboard.press('Tab');
      reached.push(await page.evaluate(() => document.activeElement?.getAttribute('data-action') ?? ''));
      if (await invoke.evaluate((button) => button === document.activeElement)) break;
    }
    expect(reached).toContain('setting:memory');
    expect(reached).toContain('edit');
    expect(reached.at(-1)).toBe('invoke');
    expect(await runner.until(() => page.keyboard.press('Enter'))).toMatch(/Request 1: cold start/);
    expect(await runner.until(() => page.keyboard.press('Control+Enter'))).toMatch(/Request 2: warm start/);
    await page.keyboard.press('Tab');
    expect(await runner.until(() => page.keyboard.press('Enter'))).toMatch(/^15 min passed/);
  }));

test('code is edited in the full editor, run with Ctrl+Enter, and left with Ctrl+M and Tab', () =>
  visit(lessonAddress, async ({ page }) => {
    const runner = new RunnerOnPage(page);
    await runner.section.getByRole('button', { name: 'Edit' }).focus();
    await page.keyboard.press('Enter');
    const editor = runner.section.getByRole('textbox', { name: 'Code of index.mjs' });
    await editor.waitFor({ state: 'attached' });
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText("export const handler = async () => 'by keyboard';");
    expect(await runner.until(() => page.keyboard.press('Control+Enter'))).toMatch(/result "by keyboard"/);
    await page.keyboard.press('Control+M');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.monaco-editor') === null)).toBe(true);
  }));
