/** The review page: what is due, a session with its ratings, undo, practice that moves nothing. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/progress/entry.ts';
import { expectAccessible } from './axe.ts';
import { ago, day, lessonAtWork, readFacts, readIndex, writeFacts } from './learner.ts';
import { useBrowser, visit } from './visit.ts';

useBrowser();

/** Two questions of the first lesson: one of single choice, one of short text. */
const asked = ['old-and-new-settings', 'words-to-filter-for'] as const;
const rightOption = 'Each environment read the file once, at its own init.';

/** Opens the review page for somebody who met the two questions two days ago. */
async function meetTwo(page: Page): Promise<void> {
  const lesson = lessonAtWork(await readIndex(page));
  const facts = asked.map((id, at): Entry => {
    const question = lesson.questions.find((one) => one.id === `${lesson.id}/${id}`);
    if (!question) throw new Error(`There is no question ${id}.`);
    const { id: name, hash } = question;
    const given = { kind: 'answer-given', given: null, place: 'lesson' } as const;
    return ago(2 * day - at * 1000, { ...given, question: name, hash, correct: false });
  });
  await writeFacts(page, facts);
  await page.reload();
}

const start = (page: Page) => page.getByRole('button', { name: 'Review', exact: true }).click();
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });

const check = (page: Page) => page.getByRole('button', { name: 'Check' }).click();

/** Answers the first question right. */
async function answerRight(page: Page): Promise<void> {
  await page.getByRole('radio', { name: rightOption }).check({ force: true });
  await check(page);
}

/** Answers the second question wrong. */
async function answerWrong(page: Page): Promise<void> {
  await page.locator('.question input[type=text]').fill('nonsense');
  await check(page);
}

/** Reviews and undos that are stored. */
const reviews = async (page: Page) =>
  (await readFacts(page)).flatMap((entry) =>
    entry.kind === 'card-reviewed'
      ? `${entry.question.split('/')[1]} ${entry.rating}`
      : entry.kind === 'review-undone'
        ? 'undo'
        : [],
  );

describe('before a question was met', () => {
  test('the page says what it will do', () =>
    visit('review/', async ({ page }) => {
      await page.getByText('You have met none yet.', { exact: false }).waitFor();
      expect(await page.getByRole('button', { name: 'Practise' }).isVisible()).toBe(false);
      await expectAccessible(page);
    }));
});

test('a session: rated, asked once more, taken back, ended', () =>
  visit('review/', async ({ page }) => {
    await meetTwo(page);
    await page.getByText('2 questions due today: about 1 minute.').waitFor();
    await page.locator('.rest [data-due]', { hasText: '2 due' }).waitFor();
    await start(page);

    await heading(page, 'Question 1 of 2').waitFor();
    await answerRight(page);
    await page.getByRole('button', { name: 'Good in 2 days' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Easy in 8 days' }).click();

    await heading(page, 'Question 2 of 2').waitFor();
    await answerWrong(page);
    await page.getByText('It is asked once more at the end', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await heading(page, 'Question 3 of 3').waitFor();
    expect(await reviews(page)).toEqual(['old-and-new-settings easy', 'words-to-filter-for again']);

    // Back to the question that was missed, and from there to the one before it.
    await page.getByRole('button', { name: 'Undo' }).click();
    await heading(page, 'Question 2 of 2').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await heading(page, 'Question 1 of 2').waitFor();
    expect(await page.getByRole('button', { name: 'Undo' }).isVisible()).toBe(false);
    expect(await reviews(page)).toHaveLength(6);
    await page.locator('.rest [data-due]', { hasText: '2 due' }).waitFor();

    await answerRight(page);
    await page.getByRole('button', { name: 'Enough for today' }).click();
    await page.getByText('1 question, 1 right at once.').waitFor();
    expect((await reviews(page)).at(-1)).toBe('old-and-new-settings good');
    await page.getByRole('button', { name: 'Back to review' }).click();
    await page.getByText('1 question due today: about 1 minute.').waitFor();
  }));

test('leaving in the middle loses nothing: what was rated is rated, the rest is still due', () =>
  visit('review/', async ({ page }) => {
    await meetTwo(page);
    await start(page);
    await answerRight(page);
    await page.getByRole('button', { name: 'Good in 2 days' }).click();
    await heading(page, 'Question 2 of 2').waitFor();
    await page.reload();
    await page.getByText('1 question due today: about 1 minute.').waitFor();
  }));

test('a session by keyboard alone', () =>
  visit('review/', async ({ page }) => {
    await meetTwo(page);
    const button = page.getByRole('button', { name: 'Review', exact: true });
    await button.focus();
    await page.keyboard.press('Enter');
    await heading(page, 'Question 1 of 2').waitFor();
    await page.waitForFunction(() => document.activeElement?.textContent === 'Question 1 of 2');
    // Past "Enough for today" to the options.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    for (const key of ['Space', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown']) {
      await page.keyboard.press(key);
      const chosen = await page.evaluate(() => document.activeElement?.closest('label')?.textContent.trim());
      if (chosen === rightOption) break;
    }
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.textContent.startsWith('Good'));
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.textContent === 'Question 2 of 2');
    expect(await reviews(page)).toEqual(['old-and-new-settings good']);
  }));

test('practice writes answers and moves no due date', () =>
  visit('review/', async ({ page }) => {
    await meetTwo(page);
    await page.getByRole('button', { name: 'Practise' }).click();
    await heading(page, 'Question 1 of 2').waitFor();
    await answerRight(page);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'End practice' }).click();
    await page.getByText('No due date has moved.', { exact: false }).waitFor();
    const facts = await readFacts(page);
    expect(facts.filter((entry) => entry.kind === 'answer-given' && entry.place === 'practice')).toHaveLength(1);
    expect(await reviews(page)).toEqual([]);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('2 questions due today: about 1 minute.').waitFor();
  }));
