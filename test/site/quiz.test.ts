/** The questions of a lesson in a real browser: by keyboard alone, kept after a reload, asked again, without scripts. */
import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { drawQuestion, firstSeed } from '../../src/quiz/draw.ts';
import type { QuestionData } from '../../src/quiz/question.ts';
import { typeOf } from '../../src/quiz/types.ts';
import { readCourseQuestions, readExample } from '../quiz/example.ts';
import { expectAccessible } from './axe.ts';
import { answerByKeyboard, QuestionOnPage } from './quiz.ts';
import { lessonAddress } from './runner.ts';
import { useBrowser, visit } from './visit.ts';

useBrowser();

const questions = (await readCourseQuestions()).filter(({ lesson }) => lesson.id === 'cold-and-warm-starts');
const example = await readExample();
const byId = (id: string): QuestionData => {
  const found = questions.find((question) => question.id === `cold-and-warm-starts/${id}`);
  if (!found) throw new Error(`The lesson has no question ${id}.`);
  return found;
};

/** The question as the page shows it first. */
const shown = (data: QuestionData) => drawQuestion(data, firstSeed(data));

/** Answers a question with its key, by keyboard, and checks it. */
async function answerRight(page: Page, data: QuestionData): Promise<QuestionOnPage> {
  const on = new QuestionOnPage(page, data.id);
  const question = shown(data);
  await answerByKeyboard[data.type]?.(on, question, typeOf(data).key(question));
  await on.check();
  return on;
}

test('every question of the lesson is answered by keyboard alone', () =>
  visit(lessonAddress, async ({ page }) => {
    for (const data of questions) {
      const on = await answerRight(page, data);
      expect([data.id, await on.said()]).toEqual([data.id, expect.stringMatching(/^Right\./)]);
    }
    await page.getByText(`${questions.length} right, 0 missed.`).waitFor();
    await expectAccessible(page);
  }));

/** Puts the questions of the example in the place of the lesson's, as data only: they are mounted, not hydrated. */
async function showExample(page: Page): Promise<void> {
  await page.route('**/quiz/cold-and-warm-starts.json', (route) => route.fulfill({ json: example }));
  await page.evaluate(
    (all) => {
      const quiz = document.querySelector('coldstart-quiz');
      for (const old of document.querySelectorAll('coldstart-question')) old.remove();
      for (const { id, hash } of all.toReversed()) {
        const question = document.createElement('coldstart-question');
        Object.assign(question.dataset, { id, hash });
        question.className = 'question';
        question.tabIndex = -1;
        const place = document.createElement('div');
        place.dataset.question = '';
        question.append(place);
        quiz?.prepend(question);
      }
    },
    example.map(({ id, hash }) => ({ id, hash })),
  );
}

test.each(['dark', 'light'] as const)(
  'a question of every type, mounted from data, by keyboard and accessible, %s',
  (colorScheme) =>
    visit(
      lessonAddress,
      async ({ page }) => {
        await showExample(page);
        for (const { id } of example) {
          const on = new QuestionOnPage(page, id);
          await on.element.focus();
          await on.button('Check').waitFor();
        }
        await expectAccessible(page);
        for (const data of example) {
          const on = await answerRight(page, data);
          expect([data.id, await on.said()]).toEqual([data.id, expect.stringMatching(/^Right\./)]);
        }
        await expectAccessible(page);
      },
      { colorScheme },
    ),
);

test('a wrong answer is told why, and a run that the learner starts disproves it', () =>
  visit(lessonAddress, async ({ page }) => {
    const on = new QuestionOnPage(page, byId('old-and-new-settings').id);
    await on.element.getByText('Lambda keeps the results of earlier requests.').click();
    await on.button('Check').click();
    await on.element.getByText('What it keeps is the process').first().waitFor();
    expect(await on.said()).toMatch(/^Not right\./);
    await on.button('Run it and see').click();
    await on.element.getByRole('img', { name: /^Timeline: 1 environment, 2 requests/ }).waitFor();
    expect(await on.element.getByText('"served": 2').isVisible()).toBe(true);
    await expectAccessible(page);
  }));

test('a prediction is graded by a run in the page, and the run is shown', () =>
  visit(lessonAddress, async ({ page, requested }) => {
    const data = byId('after-a-pause');
    expect(requested.some((path) => path.endsWith('.wasm'))).toBe(false);
    const on = await answerRight(page, data);
    await on.element.getByRole('img', { name: /^Timeline: 2 environments, 3 requests/ }).waitFor();
    expect(requested.some((path) => path.endsWith('.wasm'))).toBe(true);
  }));

test('without a sandbox a prediction is graded by the run of the build', () =>
  visit(
    lessonAddress,
    async ({ page }) => {
      await page.route('**/*.wasm', (route) => route.abort());
      const on = await answerRight(page, byId('after-a-pause'));
      expect(await on.said()).toMatch(/^Right\. .*graded by the run that was recorded when this page was built\.$/);
    },
    { expectedConsole: /wasm|Failed to load/i, lost: true },
  ));

test('an incomplete answer is not graded, and says what is missing', () =>
  visit(lessonAddress, async ({ page }) => {
    const on = new QuestionOnPage(page, byId('billed-cold-start').id);
    await on.button('Check').click();
    await on.element.getByText('Write a number first.').waitFor();
    await on.element.locator('fieldset input').fill('about 350 MB');
    await on.button('Check').click();
    await on.element.getByText('Write a number, such as 12 ms.').waitFor();
  }));

test('answers survive a reload: that and when, without giving them away', () =>
  visit(lessonAddress, async ({ page }) => {
    await answerRight(page, byId('words-to-filter-for'));
    const wrong = new QuestionOnPage(page, byId('billed-cold-start').id);
    await wrong.element.locator('fieldset input').fill('251');
    await wrong.button('Check').click();
    await wrong.element.getByText('That leaves init out.', { exact: false }).first().waitFor();
    await page.reload();
    const right = new QuestionOnPage(page, byId('words-to-filter-for').id);
    await right.element.scrollIntoViewIfNeeded();
    await right.element.getByText('✓ Answered right today').waitFor();
    await wrong.element.getByText('✗ Answered wrong today').waitFor();
    expect(await right.element.locator('fieldset input').inputValue()).toBe('');
    expect(await page.locator('coldstart-quiz').getByText('That leaves init out.').isVisible()).toBe(false);
  }));

test('another try draws other numbers or another order, and only the missed ones can be asked again', () =>
  visit(lessonAddress, async ({ page }) => {
    const settings = new QuestionOnPage(page, byId('old-and-new-settings').id);
    await settings.element.getByText('S3 hands out the old file for a while.').click();
    await settings.button('Check').click();
    await settings.button('Try again').waitFor();
    const words = await answerRight(page, byId('words-to-filter-for'));
    await page.getByText('1 right, 1 missed, 12 open.').waitFor();
    await page.getByRole('button', { name: 'Only the missed ones' }).click();
    await words.element.waitFor({ state: 'hidden' });
    expect(await settings.element.isVisible()).toBe(true);
    await expect.poll(() => settings.element.locator('fieldset input:checked').count()).toBe(0);
    await page.getByRole('button', { name: 'All again' }).click();
    await words.element.waitFor();
    await expect.poll(() => words.element.locator('fieldset input').inputValue()).toBe('');
    await page.reload();
    await page.locator('coldstart-quiz').scrollIntoViewIfNeeded();
    await page.getByText('1 right, 1 missed, 12 open.').waitFor();
    await page.getByRole('button', { name: 'Only the missed ones' }).click();
    await words.element.waitFor({ state: 'hidden' });
    expect(await settings.element.isVisible()).toBe(true);
  }));

test('how sure one is can be said with an answer', () =>
  visit(lessonAddress, async ({ page }) => {
    const on = new QuestionOnPage(page, byId('words-to-filter-for').id);
    await on.element.locator('fieldset input').fill('Init Duration');
    await on.element.getByText('I think so').click();
    await on.button('Check').click();
    await on.element.getByText('You said: I think so.').waitFor();
  }));

test('what was chosen before the code came is not lost', () =>
  visit(lessonAddress, async ({ page }) => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/start-quiz*.js', async (route) => {
      await held;
      await route.continue();
    });
    const on = new QuestionOnPage(page, byId('old-and-new-settings').id);
    await on.element.getByText('Each environment read the file once').click();
    await on.button('Check').click();
    release();
    await on.element.locator('.said b').waitFor();
    expect(await on.said()).toMatch(/^Right\./);
  }));

test('nothing of the questions is loaded before one is touched', () =>
  visit(lessonAddress, async ({ page, requested }) => {
    await page.waitForLoadState('networkidle');
    expect(requested.filter((path) => /start-quiz.*\.js$|^quiz\//.test(path))).toEqual([]);
    await page.locator('coldstart-question').first().hover();
    await page.locator('coldstart-question[data-alive]').waitFor();
    expect(requested).toContain('quiz/cold-and-warm-starts.json');
  }));

test('without scripts the questions are there, and the answers in a fold', () =>
  visit(
    lessonAddress,
    async ({ page }) => {
      expect(await page.locator('coldstart-question').count()).toBe(questions.length);
      expect(await page.locator('coldstart-question').getByRole('button', { name: 'Check' }).count()).toBe(0);
      const fold = page.locator('details.sheet');
      await fold.getByText('Answers').click();
      expect(await fold.locator('> ol > li').count()).toBe(questions.length);
      expect(await fold.getByText('Each environment read the file once, at its own init. — right').isVisible()).toBe(
        true,
      );
    },
    { javaScriptEnabled: false },
  ));
