/** What a learner made: links that carry it, drafts that survive a reload, reset that can be undone. */
import { expect, test } from 'vitest';
import { lessonAddress, RunnerOnPage, touch } from './runner.ts';
import { useBrowser, visit } from './visit.ts';

useBrowser();

const code = 'export const handler = async (event) => `shared ${event.order}`;';

test('a shared link carries code, event and settings, and does not run by itself', async () => {
  let link = '';
  await visit(
    lessonAddress,
    async ({ page }) => {
      const runner = new RunnerOnPage(page);
      await runner.edit(code);
      await runner.setEvent('{ "order": 12 }');
      await runner.press(/^Memory: /);
      await runner.section.getByLabel('Memory', { exact: true }).fill('256');
      await runner.press('Share');
      link = await runner.section.getByLabel('Link with code, event and settings').inputValue();
    },
    touch,
  );
  await visit(
    link,
    async ({ page, requested }) => {
      const runner = new RunnerOnPage(page);
      await runner.section.getByText('They have not been run.', { exact: false }).first().waitFor();
      expect(requested.filter((path) => path.endsWith('.wasm'))).toEqual([]);
      expect(await runner.section.getByLabel('Test event', { exact: true }).inputValue()).toBe('{ "order": 12 }');
      expect(await runner.section.getByRole('button', { name: /^Memory: / }).innerText()).toBe('256 MB');
      expect(await runner.invoke()).toMatch(/Request 1: cold start, .* result "shared 12"/);
    },
    touch,
  );
});

test('a link that was cut says so and changes nothing', () =>
  visit(`${lessonAddress}#run=1.checkout.q1bKL0pN`, async ({ page }) => {
    const runner = new RunnerOnPage(page);
    await runner.section.getByText('The link is damaged', { exact: false }).first().waitFor();
    expect(await runner.invoke()).toMatch(/Request 1: cold start, .*"served":1/);
  }));

test('what was typed survives a reload', () =>
  visit(
    lessonAddress,
    async ({ page }) => {
      const runner = new RunnerOnPage(page);
      await runner.edit(code);
      await runner.setEvent('{ "order": 3 }');
      await page.reload();
      expect(await runner.invoke()).toMatch(/Request 1: cold start, .* result "shared 3"/);
    },
    touch,
  ));

test('reset brings the lesson back, and undo what was typed', () =>
  visit(
    lessonAddress,
    async ({ page }) => {
      const runner = new RunnerOnPage(page);
      await runner.edit(code);
      await runner.until(() => runner.press('Reset'));
      expect(await runner.invoke()).toMatch(/Request 1: cold start, .*"served":1/);
      await runner.edit(code);
      await runner.until(() => runner.press('Reset'));
      await runner.press('Undo');
      expect(await runner.section.getByRole('textbox', { name: 'Code of index.mjs' }).inputValue()).toBe(code);
    },
    touch,
  ));

test('what is typed and chosen before the script of the runner is there is kept', () =>
  visit('lessons/when-not-to-use-lambda/', async ({ page }) => {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.route(/\/start-runner[^/]*\.js$/, async (route) => {
      await released;
      await route.continue();
    });
    const report = new RunnerOnPage(page, 'report').section;
    const choice = report.getByLabel('Choose a test event');
    await choice.focus();
    await choice.selectOption({ label: 'first-quarter' });
    const room = new RunnerOnPage(page, 'chat-room').section;
    const area = room.getByLabel('Test event', { exact: true });
    await area.focus();
    await area.press('ControlOrMeta+A');
    await page.keyboard.type('{ "typed": 77 }');
    release();
    await page.waitForLoadState('networkidle');
    // A runner that is alive shows a mistake at once.
    await page.keyboard.press('End');
    await page.keyboard.type('x');
    await room.getByText(/Not JSON/).waitFor();
    expect(await area.inputValue()).toBe('{ "typed": 77 }x');
    expect(await choice.locator('option:checked').innerText()).toBe('first-quarter');
    const event = report.getByLabel('Test event', { exact: true });
    await page.waitForFunction(
      (text) => (text as HTMLTextAreaElement).value.includes('240'),
      await event.elementHandle(),
    );
  }));
