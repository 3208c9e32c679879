/** The first lesson's runner in a real browser: cold and warm starts, waiting, bursts, new code. */
import { expect, test } from 'vitest';
import { lessonAddress, RunnerOnPage, touch } from './runner.ts';
import { useBrowser, visit } from './visit.ts';

useBrowser();

const connections = (log: readonly string[]) => log.filter((line) => line.includes('connected')).length;
const initDurations = (log: readonly string[]) => log.filter((line) => line.includes('Init Duration')).length;

test('the first request is cold, the second warm: init ran once and the counter goes on', () =>
  visit(lessonAddress, async ({ page }) => {
    const runner = new RunnerOnPage(page);
    expect(await runner.invoke()).toMatch(/^Request 1: cold start, billed \d+ ms, result .*"served":1/);
    expect(await runner.invoke()).toMatch(/^Request 2: warm start, billed \d+ ms, result .*"served":2/);
    const log = await runner.log();
    expect(connections(log)).toBe(1);
    expect(initDurations(log)).toBe(1);
    expect(log.filter((line) => line.startsWith('REPORT'))).toHaveLength(2);
    expect(await runner.environments()).toBe(1);
  }));

test('after an hour of waiting the next request is cold again', () =>
  visit(lessonAddress, async ({ page }) => {
    const runner = new RunnerOnPage(page);
    await runner.invoke();
    expect(await runner.wait('1 h')).toBe('1 h passed, 1 environment is gone.');
    expect(await runner.invoke()).toMatch(/^Request 2: cold start, .*"served":1/);
    expect(await runner.environments()).toBe(2);
    expect(await runner.happenings()).toContain('gone (idle)');
  }));

test('five requests at once take five environments', () =>
  visit(lessonAddress, async ({ page }) => {
    const runner = new RunnerOnPage(page);
    expect(await runner.burst()).toMatch(/^5 requests: 5 cold starts, billed \d+ ms in all\.$/);
    expect(await runner.environments()).toBe(5);
    expect(connections(await runner.log())).toBe(5);
  }));

test('new code means new environments', () =>
  visit(
    lessonAddress,
    async ({ page }) => {
      const runner = new RunnerOnPage(page);
      await runner.invoke();
      await runner.edit("export const handler = async () => 'edited';");
      expect(await runner.invoke()).toMatch(/^Request 2: cold start, .* result "edited"/);
      expect(await runner.happenings()).toContain('gone (code-changed)');
    },
    touch,
  ));

test('another memory size means new environments too', () =>
  visit(lessonAddress, async ({ page }) => {
    const runner = new RunnerOnPage(page);
    await runner.invoke();
    await runner.press(/^Memory: /);
    await runner.section.getByLabel('Memory', { exact: true }).fill('512');
    expect(await runner.invoke()).toMatch(/^Request 2: cold start/);
    expect((await runner.log()).at(-1)).toContain('Memory Size: 512 MB');
    expect(await runner.happenings()).toContain('gone (configuration-changed)');
  }));

test('moving the slider to the beginning takes log and bill along, and back', () =>
  visit(lessonAddress, async ({ page }) => {
    const runner = new RunnerOnPage(page);
    await runner.invoke();
    const log = await runner.log();
    const slider = runner.section.getByRole('slider', { name: 'Moment in virtual time' });
    await slider.press('Home');
    expect(await runner.section.getByText('No log lines.').isVisible()).toBe(true);
    expect(await runner.section.getByText('Bill at this moment').isVisible()).toBe(true);
    await slider.press('End');
    expect(await runner.log()).toEqual(log);
  }));
