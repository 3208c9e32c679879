/** Functions that end badly: each gives what Lambda gives or a clear message, nothing is lost, the next run works. */
import { expect, test } from 'vitest';
import { lessonAddress, RunnerOnPage, touch } from './runner.ts';
import { useBrowser, visit } from './visit.ts';

useBrowser();

const works = "export const handler = async () => 'works again';";

/** Runs `code`, reads the answer, then shows that the runner still has the code and that good code runs. */
async function endsWith(code: string, answer: RegExp, lines: readonly RegExp[] = []): Promise<void> {
  await visit(
    lessonAddress,
    async ({ page }) => {
      const runner = new RunnerOnPage(page);
      await runner.edit(code);
      expect(await runner.invoke()).toMatch(answer);
      const log = await runner.log();
      for (const line of lines) expect(log).toContainEqual(expect.stringMatching(line));
      expect(await runner.section.getByRole('textbox', { name: 'Code of index.mjs' }).inputValue()).toBe(code);
      await runner.edit(works);
      expect(await runner.invoke()).toMatch(/^Request 2: cold start, .* result "works again"/);
    },
    touch,
  );
}

test('a handler that throws', () =>
  endsWith(
    "export const handler = async () => { throw new RangeError('no stock'); };",
    /error \{"errorType":"RangeError","errorMessage":"no stock"/,
    [/ERROR\s+Invoke Error\s+\{"errorType":"RangeError"/],
  ));

test('a handler that never ends', () =>
  endsWith(
    'export const handler = async () => { while (true) {} };',
    /^Request 1: cold start, .*error \{"errorType":"Sandbox\.Timedout","errorMessage":"RequestId: [0-9a-f-]{36} Error: Task timed out after 3\.00 seconds"\}/,
    [/REPORT .*Duration: 3000\.00 ms .*Status: timeout/],
  ));

test('a handler that eats memory', () =>
  endsWith(
    "export const handler = async () => { const all = []; while (true) all.push('x'.repeat(1e6) + all.length); };",
    /error \{"errorType":"Runtime\.(?:ExitError|OutOfMemory)","errorMessage":"RequestId: [0-9a-f-]{36} Error: Runtime exited with error: signal: (?:killed|aborted)"\}/,
    [/REPORT .*Max Memory Used: 128 MB.*Error Type: Runtime\.OutOfMemory/],
  ));

test('code with a syntax error', () =>
  endsWith(
    'export const handler = async () => {',
    /error \{"errorType":"Runtime\.UserCodeSyntaxError","errorMessage":"SyntaxError: /,
    [/INIT_REPORT .*Status: error\s+Error Type: Runtime\.UserCodeSyntaxError/],
  ));

test('the page keeps drawing while a handler never ends', () =>
  visit(
    lessonAddress,
    async ({ page }) => {
      const runner = new RunnerOnPage(page);
      await runner.edit('export const handler = async () => { while (true) {} };');
      await page.evaluate(() => {
        const counter = { frames: 0 };
        Object.assign(globalThis, { counter });
        const count = () => {
          if (document.querySelector('.doing.busy')) counter.frames += 1;
          requestAnimationFrame(count);
        };
        requestAnimationFrame(count);
      });
      await runner.invoke();
      expect(
        await page.evaluate(() => (globalThis as unknown as { counter: { frames: number } }).counter.frames),
      ).toBeGreaterThan(2);
    },
    touch,
  ));

test('an event that is not JSON is refused with the place of the mistake, and is still there', () =>
  visit(lessonAddress, async ({ page }) => {
    const runner = new RunnerOnPage(page);
    await runner.invoke();
    await runner.setEvent('{\n  "order": oops\n}');
    expect(await runner.until(() => runner.press(/^Invoke/))).toMatch(
      /The test event is not JSON\. Line 2, column 12:/,
    );
    expect(await runner.section.getByLabel('Test event', { exact: true }).inputValue()).toBe('{\n  "order": oops\n}');
    await runner.setEvent('{ "order": 5 }');
    expect(await runner.invoke()).toMatch(/^Request 2: warm start, .*"order":5/);
  }));

test('what a function prints and returns is shown as text', () =>
  visit(
    lessonAddress,
    async ({ page }) => {
      const runner = new RunnerOnPage(page);
      const markup = '<img src=x onerror="document.title=1"><b>bold</b>';
      await runner.edit(
        `const markup = ${JSON.stringify(markup)}; console.log(markup); export const handler = async () => markup;`,
      );
      await runner.invoke();
      expect(await runner.log()).toContainEqual(expect.stringContaining(markup));
      expect(await runner.section.getByText(JSON.stringify(markup)).count()).toBeGreaterThan(0);
      expect(await page.locator('img[src=x]').count()).toBe(0);
    },
    touch,
  ));
