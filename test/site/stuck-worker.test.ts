/** The watchdog: a worker that stops answering is ended, the page says so, and the next run works. */
import { expect, test } from 'vitest';
import { lessonAddress, RunnerOnPage } from './runner.ts';
import { hangFirstWorker } from './stuck-worker.ts';
import { useBrowser, visit } from './visit.ts';

useBrowser();

test('a worker that hangs is ended and the next run starts with a new account', () =>
  visit('about/', async ({ page }) => {
    await hangFirstWorker(page, ['open']);
    await page.clock.install();
    await page.goto(new URL(lessonAddress, page.url().replace(/about\/$/, '')).href);
    const runner = new RunnerOnPage(page);
    const said = runner.until(async () => {
      await runner.press(/^Invoke/);
      await runner.section.getByText('Starting the sandbox…').waitFor();
      await page.clock.runFor(31_000);
    });
    expect(await said).toMatch(/The sandbox did not answer for 30 seconds and was ended/);
    expect(await runner.until(() => runner.press('Try again'))).toMatch(/Request 1: cold start/);
  }));
