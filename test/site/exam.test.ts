/** Exams: choosing, sitting, reload, the end of the time, the report. Time is the page's clock, set by the test. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectAccessible } from './axe.ts';
import { readFacts } from './learner.ts';
import { touch } from './runner.ts';
import { useBrowser, visit } from './visit.ts';

useBrowser();

const start = (page: Page) => page.getByRole('button', { name: 'Start the exam' }).click();
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).waitFor();
const sheet = (page: Page) => page.getByRole('navigation', { name: 'Answer sheet' });
const timeLeft = (page: Page) => page.getByRole('timer').innerText();

/** Chooses these topics only. */
async function choose(page: Page, topics: readonly string[]): Promise<void> {
  for (const unit of await page.locator('[data-unit-choice]').all()) await unit.uncheck();
  for (const topic of topics) {
    const box = page.locator(`[name=topic][value$="/${topic}"]`).first();
    if (!(await box.isVisible())) await page.locator('.unit', { has: box }).getByText('Its topics').click();
    await box.check();
  }
}

/** An exam about these topics only. */
async function startWith(page: Page, topics: readonly string[]): Promise<void> {
  await choose(page, topics);
  await start(page);
  await heading(page, /^Question 1 of/);
}

/** Shows one question of the exam after the other until there is one that is typed into. */
async function goToField(page: Page): Promise<ReturnType<Page['locator']>> {
  const field = page.locator('.question input[type=text], .question input[type=number]').first();
  for (const button of await sheet(page)
    .getByRole('button', { name: /^Question/ })
    .all()) {
    await button.click();
    await page
      .locator('.question fieldset')
      .locator('input, select, textarea, button')
      .first()
      .waitFor({ state: 'attached' });
    if ((await field.count()) > 0) return field;
  }
  throw new Error('No question of the exam is typed into.');
}

/** Does something to the question on show so that it counts as answered, whatever its type. */
async function answerSomehow(page: Page): Promise<void> {
  const question = page.locator('.question fieldset').first();
  // Its view is loaded after the page around it.
  await question.locator('input, select, textarea, button').first().waitFor({ state: 'attached' });
  const choice = question.locator('input[type=radio], input[type=checkbox]').first();
  const field = question.locator('input[type=text], input[type=number], input:not([type]), textarea').first();
  const select = question.locator('select').first();
  if ((await choice.count()) > 0) await choice.check({ force: true });
  else if ((await field.count()) > 0) await field.fill('1');
  else if ((await select.count()) > 0) await select.selectOption({ index: 1 });
  else await question.locator('button:not([aria-disabled=true])').first().click();
  await sheet(page).getByText('1 answered', { exact: false }).waitFor();
}

const finished = async (page: Page) => (await readFacts(page)).filter(({ kind }) => kind === 'exam-finished');

describe('choosing', () => {
  test('says how long it will be, and that there are too few questions', () =>
    visit('exam/', async ({ page }) => {
      const said = page.locator('[data-say=exam-choice]');
      await page.getByRole('radio', { name: /^5 questions/ }).check();
      expect(await said.innerText()).toBe('5 questions, 10 minutes.');
      await choose(page, ['cold-start', 'warm-start']);
      const available = await page
        .locator('[name=topic]:checked')
        .evaluateAll((boxes) => boxes.reduce((sum, box) => sum + Number((box as HTMLElement).dataset.count), 0));
      expect(available).toBeGreaterThan(5);
      await page.getByRole('radio', { name: /^65 questions/ }).check();
      expect(await said.innerText()).toBe(
        `There are only ${available} questions for this choice: the exam has these, in ${available * 2} minutes.`,
      );
      await choose(page, []);
      expect(await said.innerText()).toBe('Choose at least one topic.');
      await start(page);
      expect(await page.getByRole('timer').isVisible()).toBe(false);
    }));
});

test('sat, flagged, reloaded, handed in, and followed up', () =>
  visit('exam/', async ({ page, site }) => {
    await page.clock.install();
    await page.reload();
    await page.getByRole('radio', { name: /^5 questions/ }).check();
    await start(page);
    await heading(page, 'Question 1 of 5');
    await answerSomehow(page);
    await page.getByLabel('Flag to look at again').check();
    // Nothing is said to an answer before it is handed in.
    expect(await page.locator('.question').getByRole('button', { name: 'Check' }).count()).toBe(0);
    expect(await page.locator('.question').innerText()).not.toMatch(/right|wrong|Taught under/i);
    await expectAccessible(page);
    await sheet(page).getByRole('button', { name: 'Question 3, open' }).click();
    await heading(page, 'Question 3 of 5');

    await page.clock.fastForward('03:00');
    await page.reload();
    await heading(page, 'Question 3 of 5');
    expect(await timeLeft(page)).toMatch(/^6:5\d|^7:00/);
    await sheet(page).getByRole('button', { name: 'Question 1, answered, flagged' }).waitFor();

    // From elsewhere there is a way back.
    await page.goto(new URL('about/', site).href);
    await page.getByRole('link', { name: 'Back to your exam' }).first().click();
    await heading(page, 'Question 3 of 5');

    await page.getByRole('button', { name: 'Hand in' }).click();
    const dialog = page.getByRole('dialog', { name: 'Hand in the exam?' });
    await dialog.getByText('4 questions have no answer and will count as missed.', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Hand in' }).click();
    await dialog.getByRole('button', { name: 'Hand in' }).click();

    await heading(page, /^[01] of 5 right$/);
    expect(await finished(page)).toHaveLength(1);
    await page.getByText(/Time used: 3 min\./).waitFor();
    await page.getByText('5 questions with your answers').click();
    await page.getByText('Question 5: no answer', { exact: false }).waitFor();
    await expectAccessible(page);
    expect(await page.getByText('Read again:').first().isVisible()).toBe(true);

    await page.reload();
    await heading(page, /^[01] of 5 right$/);
    await page.getByRole('link', { name: /^Practise what you missed/ }).click();
    await page.getByText(/^What you missed in your exam: [45] questions/).waitFor();
    await page.goto(new URL('exam/', site).href);
    await page.getByRole('region', { name: 'Your exams' }).getByRole('link').waitFor();
  }));

test('typing goes on while what is typed is kept, and is there after a reload', () =>
  visit('exam/', async ({ page }) => {
    await startWith(page, ['cold-start']);
    const field = await goToField(page);
    await field.focus();
    await page.keyboard.type('12');
    await sheet(page).getByText('1 answered', { exact: false }).waitFor();
    await page.waitForFunction(async () => {
      const request = indexedDB.open('coldstart');
      await new Promise((resolve) => (request.onsuccess = resolve));
      const all = request.result.transaction('entries').objectStore('entries').getAll();
      await new Promise((resolve) => (all.onsuccess = resolve));
      request.result.close();
      return /"given":"?12"?[,}]/.test(JSON.stringify(all.result));
    });
    await page.keyboard.type('3');
    expect(await field.inputValue()).toBe('123');
    await page.reload();
    await field.waitFor();
    expect(await field.inputValue()).toBe('123');
  }));

describe('the end of the time', () => {
  test('hands in by itself', () =>
    visit('exam/', async ({ page }) => {
      await page.clock.install();
      await page.reload();
      await startWith(page, ['cold-start']);
      await answerSomehow(page);
      await page.clock.fastForward('02:10:00');
      await page.getByText('Your time was over: what you had answered was handed in.', { exact: false }).waitFor();
      const [exam] = await finished(page);
      const minutes = exam?.kind === 'exam-finished' ? exam.seconds / 60 : 0;
      expect(minutes).toBe(exam?.kind === 'exam-finished' ? exam.questions.length * 2 : -1);
      const answers = (await readFacts(page)).filter(
        (entry) => entry.kind === 'answer-given' && entry.place === 'exam',
      );
      expect(answers).toHaveLength(1);
    }));

  test('hands in what there was when the page was closed meanwhile', () =>
    visit('exam/', async ({ page, site }) => {
      await page.clock.install();
      await page.reload();
      await startWith(page, ['cold-start']);
      await answerSomehow(page);
      await page.goto(new URL('about/', site).href);
      await page.clock.fastForward('48:00:00');
      await page.goto(new URL('exam/', site).href);
      await page.getByText('Your time was over: what you had answered was handed in.', { exact: false }).waitFor();
      expect(await finished(page)).toHaveLength(1);
    }));

  test('a clock that is set back gives no time back', () =>
    visit('exam/', async ({ page }) => {
      const now = Date.now();
      await page.clock.setFixedTime(now);
      await page.reload();
      await startWith(page, ['cold-start']);
      const before = await timeLeft(page);
      await page.clock.setFixedTime(now + 60_000);
      await page.waitForFunction((was) => document.querySelector('[role=timer]')?.textContent !== was, before);
      const later = await timeLeft(page);
      await page.clock.setFixedTime(now - 86_400_000);
      await page.reload();
      await heading(page, /^Question 1 of/);
      expect([later, before]).toContain(await timeLeft(page));
    }));
});

test('two tabs sit one exam: answers are in both, and handing in ends it in both, once', () =>
  visit('exam/', async ({ page, site }) => {
    await startWith(page, ['cold-start']);
    const other = await page.context().newPage();
    await other.goto(new URL('exam/', site).href);
    await heading(other, /^Question 1 of/);
    await answerSomehow(page);
    await sheet(other).getByRole('button', { name: 'Question 1, answered' }).waitFor();
    await other.getByRole('button', { name: 'Hand in' }).click();
    await other.getByRole('dialog').getByRole('button', { name: 'Hand in' }).click();
    await heading(other, / right$/);
    await heading(page, / right$/);
    expect(await finished(page)).toHaveLength(1);
  }));

test('on a phone the exam fits', () =>
  visit(
    'exam/',
    async ({ page }) => {
      await startWith(page, ['cold-start']);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await expectAccessible(page);
    },
    touch,
  ));
