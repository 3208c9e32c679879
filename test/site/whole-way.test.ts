/** All the way through: a lesson with its predictions and quiz, a challenge, and then everything that can happen to it. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { drawQuestion, firstSeed } from '../../src/quiz/draw.ts';
import { typeOf } from '../../src/quiz/types.ts';
import { readCourseQuestions } from '../quiz/example.ts';
import { ago, lessonAtWork, readIndex, writeFacts } from './learner.ts';
import { answerByKeyboard, QuestionOnPage } from './quiz.ts';
import { recordAddress, RecordOnPage, storedFacts } from './record.ts';
import { lessonAddress, RunnerOnPage, touch } from './runner.ts';
import { useBrowser, visit } from './visit.ts';

useBrowser();

const challengeAddress = 'challenges/reuse-a-client/';
const solution = `import { connect } from './database.mjs';
const database = await connect();
export const handler = async ({ product }) => ({ product, price: await database.priceOf(product) });
`;

const percent = (page: Page) => page.locator('.course-progress [data-percent]').innerText();

/** Reads, predicts and answers everything there is in one lesson. */
async function workThroughLesson(page: Page): Promise<void> {
  const lesson = lessonAtWork(await readIndex(page));
  // Somebody has been here for a while.
  await writeFacts(page, [ago(60_000, { kind: 'time-spent', lesson: lesson.id, seconds: 60 })]);
  await page.reload();
  for (const { id } of lesson.predictions) await page.locator(`#${id} label`).first().click();
  for (const data of (await readCourseQuestions()).filter((each) => each.lesson.id === lesson.id)) {
    const on = new QuestionOnPage(page, data.id);
    const question = drawQuestion(data, firstSeed(data));
    await answerByKeyboard[data.type]?.(on, question, typeOf(data).key(question));
    await on.check();
  }
  await page.locator('lesson-end').scrollIntoViewIfNeeded();
  await page.getByRole('heading', { name: 'This lesson is done' }).waitFor();
}

async function passChallenge(page: Page): Promise<void> {
  const runner = new RunnerOnPage(page, 'price');
  await runner.edit(solution);
  await page.locator('[data-action="check"]').click();
  await page.getByText('4 of 4 passed').waitFor();
  await expect.poll(async () => JSON.stringify(await storedFacts(page))).toContain('challenge-passed');
}

/** Everything that was done is there: in the record, and on the pages that are made from it. */
async function expectAllThere(page: Page, site: string): Promise<void> {
  await page.goto(new URL('progress/', site).href);
  await expect.poll(() => percent(page)).not.toBe('0%');
  await page
    .locator('[data-lesson-row="cold-and-warm-starts"]')
    .getByText(/^done · read ·/)
    .waitFor();
  await page.goto(new URL(lessonAddress, site).href);
  await page.getByRole('heading', { name: 'This lesson is done' }).waitFor();
  await page.goto(new URL(challengeAddress, site).href);
  const code = new RunnerOnPage(page, 'price').section.locator('.edited-code');
  expect(await code.innerText()).toBe(solution);
}

test('a lesson, its quiz and a challenge survive everything', async () => {
  let file = '';
  let kinds: readonly string[] = [];
  await visit(
    lessonAddress,
    async ({ page, site }) => {
      await workThroughLesson(page);
      await page.goto(new URL(challengeAddress, site).href);
      await passChallenge(page);
      await page.reload();
      await expectAllThere(page, site);

      const context = page.context();
      await page.close();
      const again = await context.newPage();
      await again.goto(site);
      await expectAllThere(again, site);

      const second = await context.newPage();
      await second.goto(new URL('progress/', site).href);
      await expect.poll(() => percent(second)).not.toBe('0%');
      await again.goto(new URL(recordAddress, site).href);
      const record = new RecordOnPage(again);
      file = await record.download();
      kinds = (await storedFacts(again)).map(({ kind, id }) => `${kind} ${id}`);
      await record.deleteEverything();
      await expect.poll(() => percent(second)).toBe('0%');
    },
    // A tab in the background paints nothing, and so uses no typeface.
    { ...touch, expectedConsole: /preloaded using link preload/ },
  );
  expect(kinds.length).toBeGreaterThan(10);

  await visit(
    recordAddress,
    async ({ page, site }) => {
      const record = new RecordOnPage(page);
      await record.choose(file);
      await record.add();
      expect((await storedFacts(page)).map(({ kind, id }) => `${kind} ${id}`)).toEqual(kinds);
      await expectAllThere(page, site);
    },
    touch,
  );
}, 180_000);
